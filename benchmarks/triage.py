"""What triage costs in a large library: keys, tagging very many, the list of changes, going back,
saved searches, rules on what arrives, and taking it all out again.

Processor time. Everything is done to copies of a library in which much was done before.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.asking import cpu_ms
from benchmarks.corpus import make_article, make_world
from benchmarks.documents import LATER
from benchmarks.furnishing import Furnished, furnished, set_rules
from benchmarks.libraries import SEED, Work
from benchmarks.measure import Value
from benchmarks.stages import run_stage
from benchmarks.triage_keys import Keys, measure_keys
from reader.service.library import Library

_MB = 1_000_000
_BACK = 100
_TIMES = 5
_COUNTED = 20


@dataclass(frozen=True, slots=True)
class Doings:
    """How much is done to a library of so many articles."""

    articles: int = 100_000
    changes: int = 10_000
    tagged: int = 1_000
    arriving: tuple[int, int] = (1_000, 10_000)
    exported: int = 10_000
    facts: int = 100_000
    keys: Keys = field(default_factory=Keys)


def measure_triage(work: Work, doings: Doings) -> dict[str, Value]:
    """All figures, those of keys among them."""
    source = furnished(work, doings.articles, doings.changes)
    found: dict[str, Value] = {"articles": doings.articles, "events": doings.changes}
    found |= {"arriving": doings.arriving[1], "exported": doings.exported}
    with _Copy(work, source) as folder:
        found |= measure_keys(folder, source.title, doings.keys)
        found |= measure_folder(folder, doings)
    with _Copy(work, source) as folder:
        found |= _arriving(work, source, folder, doings.arriving)
    with _Copy(work, source) as folder:
        found |= _taking_out(work, source, folder, doings)
    return found


class _Copy:
    """A copy of a library, there as long as it is worked in."""

    def __init__(self, work: Work, source: Furnished, name: str = "triage") -> None:
        self._work, self._source, self._name = work, source, name

    def __enter__(self) -> Path:
        folder = self._work.place(self._name)
        shutil.copytree(self._source.folder, folder)
        return folder

    def __exit__(self, *_: object) -> None:
        self._work.place(self._name)


def measure_folder(folder: Path, doings: Doings) -> dict[str, float]:
    """Figures of the library of a folder, which is changed."""
    library = Library.open(folder)
    try:
        found = _changing(library, doings) | _saved(library)
    finally:
        library.close()
    return {name: round(milliseconds, 2) for name, milliseconds in found.items()}


def _changing(library: Library, doings: Doings) -> dict[str, float]:
    ids = list(library.store.articles.ids())
    some = Random(SEED).sample(ids, min(doings.tagged, len(ids)))
    changes = library.history.list_events(doings.changes)
    back, numbers = changes[min(_BACK, len(changes) - 1)].id, count()
    found = {
        "events_ms": _median(lambda: library.history.list_events(doings.changes)),
        "jump_ms": cpu_ms(lambda: library.history.jump(back)),
        "jump_forward_ms": cpu_ms(lambda: library.history.jump(changes[0].id)),
        "tag_ms": _median(lambda: library.tagging.tag(some, [f"tag/{next(numbers)}"], [])),
        "retag_ms": cpu_ms(lambda: library.tagging.rename("tag", "other")),
        "undo_ms": cpu_ms(library.history.undo),
        "tag_all_ms": cpu_ms(lambda: library.tagging.tag(ids, ["every"], [])),
        "undo_all_ms": cpu_ms(library.history.undo),
    }
    with library.store.transaction():
        for number, one in enumerate(some):
            library.notes.add(one, 0, 12, f"Ask the harbour about {number}.")
    found["noted_ms"] = _median(lambda: library.searching.ids("has:note note:harbour"))
    return found


def _saved(library: Library) -> dict[str, float]:
    saved = library.saved_searches.list()
    # Each in turn, so that words of all kinds are among them.
    some = saved[:: max(1, len(saved) // _COUNTED)][:_COUNTED]

    def counted() -> None:
        for one in some:
            library.saved_searches.count(one)

    return {"counts_first_ms": cpu_ms(counted), "counts_ms": _median(counted)}


def _arriving(
    work: Work, source: Furnished, folder: Path, counts: tuple[int, int]
) -> dict[str, Value]:
    """Rules on some articles and then on more, beside bringing the same in without rules."""
    library = Library.open(folder)
    set_rules(library, source.corpus)
    library.close()
    found: dict[str, Value] = {}
    # Of the same world, so that its words are in them.
    world, first = make_world(SEED), source.corpus.count + LATER
    fresh = (make_article(world, first + number) for number in range(sum(counts)))
    for size, number in zip(("few", "many"), counts, strict=True):
        path = work.place("arriving.jsonl")
        with path.open("w", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(one)}\n" for one in islice(fresh, number))
        told = run_stage("arrive", work.place("answer.json"), folder, path)
        if told["added"] != number or not told["changed"]:
            raise RuntimeError(f"rules on {number} articles came to {told}")
        found[f"rules_{size}_ms"] = round(1000 * told["rules_cpu"] / number, 4)
        found[f"rules_{size}_percent"] = round(100 * told["rules_cpu"] / told["cpu"], 2)
    return found


def _taking_out(work: Work, source: Furnished, folder: Path, doings: Doings) -> dict[str, Value]:
    answer, file = work.place("answer.json"), work.place("taken-out")
    exported = run_stage("export", answer, folder, file, doings.exported)
    found: dict[str, Value] = {
        "export_ms": round(exported["ms"], 3),
        "export_peak_mb": _mb(exported["peak"]),
    }
    for size, facts in (("few", doings.facts // 10), ("many", doings.facts)):
        run_stage("make-facts", answer, folder, facts)
        dumped = run_stage("dump", answer, folder, file)
        with _Copy(work, source, "restored") as bare:
            restored = run_stage("restore", answer, bare, file)
        found |= {
            f"dump_{size}_lines": int(dumped["lines"]),
            f"dump_{size}_s": round(dumped["cpu"], 2),
            f"dump_{size}_peak_mb": _mb(dumped["peak"]),
            f"restore_{size}_s": round(restored["cpu"], 2),
            f"restore_{size}_peak_mb": _mb(restored["peak"]),
        }
    work.place("taken-out")
    return found


def _mb(size: float) -> float:
    return round(size / _MB, 1)


def _median(deed: Callable[[], object]) -> float:
    return median(cpu_ms(deed) for _ in range(_TIMES))
