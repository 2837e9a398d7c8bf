"""What triage costs in a large library: tagging very many, the list of changes, going back.

Processor time. Measured on a copy of the library that the screen is measured on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.asking import cpu_ms
from benchmarks.libraries import SEED, Work, remove
from benchmarks.measure import Value
from benchmarks.palette import measure_palette
from reader.service.library import Library

TAGGED = 1_000
"""Articles tagged at once."""

NOTES = 1_000

_TAGS = 200
_BACK = 100
_TIMES = 5


def measure_triage(work: Work, articles: int, events: int) -> dict[str, Value]:
    """Figures of a library of `articles` with `events` changes, those of the palette among
    them."""
    folder = work.place("triage")
    shutil.copytree(work.stored(articles), folder)
    try:
        palette = measure_palette(folder)
        figures = measure_folder(folder, events)
        return {"articles": articles, "events": events, **palette, **figures}
    finally:
        remove(folder)


def measure_folder(folder: Path, events: int) -> dict[str, Value]:
    """Figures of the library of a folder, which is changed."""
    library = Library.open(folder)
    ids = list(library.store.articles.ids())
    some = Random(SEED).sample(ids, min(TAGGED, len(ids)))
    numbers = count()
    found: dict[str, Value] = {
        "tag_ms": _median(lambda: library.tagging.tag(some, [f"tag/{next(numbers)}"], [])),
        "retag_ms": cpu_ms(lambda: library.tagging.rename("tag", "other")),
        "undo_ms": cpu_ms(library.history.undo),
    }
    _note(library, some)
    found["noted_ms"] = _median(lambda: library.searching.ids("has:note note:harbour"))
    _change(library, ids, events)
    changes = library.history.list_events(events)
    back = changes[min(_BACK, len(changes) - 1)].id
    found["history_ms"] = _median(lambda: library.history.list_events(events))
    found["jump_ms"] = cpu_ms(lambda: library.history.jump(back))
    library.close()
    return {name: round(float(value), 2) for name, value in found.items()}


def _median(deed: Callable[[], object]) -> float:
    return median(cpu_ms(deed) for _ in range(_TIMES))


def _note(library: Library, ids: list[int]) -> None:
    with library.store.transaction():
        for number, one in enumerate(ids[:NOTES]):
            library.notes.add(one, 0, 12, f"Ask the harbour about {number}.")


def _change(library: Library, ids: list[int], events: int) -> None:
    """Changes of single articles, as a person makes them: a tag is set, and taken away again."""
    with library.store.transaction():
        for number in range(events):
            one, tags = ids[number // 2 % len(ids)], [f"day/{number // 2 % _TAGS}"]
            library.tagging.tag([one], *(([], tags) if number % 2 else (tags, [])))
