"""What the screen costs: the first picture, a key in the list, an article opened, memory.

Processor time is that of the screen process alone, read from the system while it runs, in steps
of a clock tick; what it does by itself meanwhile is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.libraries import Work
from benchmarks.terminal import Terminal
from reader.model import Mark
from reader.service.library import Library

HELD = 1 / 30
"""Seconds between the keys of one that is held down."""

RESTING = 0.3
"""Seconds after a key in which the article under the cursor is shown."""

TITLE = 16
"""Characters of a title that are looked for: no list is too narrow for them."""

_DOWN, _OPEN, _NEXT = "j", "\r", "n"
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Amounts:
    """How often each thing is done; `settling_seconds` until nothing of the start goes on."""

    starts: int = 5
    held_keys: int = 300
    resting_keys: int = 40
    opened: int = 40
    idle_seconds: float = 5.0
    settling_seconds: float = 2.5


def measure_screen(
    work: Work, small: int, large: int, amounts: Amounts
) -> dict[str, measure.Value]:
    """Both sizes: the first picture, and at the large one all else; and their ratio."""
    found: dict[str, measure.Value] = {"articles_small": small, "articles_large": large}
    libraries = {"small": work.stored(small), "large": work.stored(large)}
    paints: dict[str, list[float]] = {name: [] for name in libraries}
    for _ in range(amounts.starts):  # taking turns, so that a busy machine hits both
        for name, library in libraries.items():
            paints[name].append(_first_paint(library))
    for name, seconds in paints.items():
        found[f"first_paint_{name}_s"] = round(median(seconds), 3)
        found[f"first_paint_{name}_min_s"] = round(min(seconds), 3)
    found["first_paint_ratio"] = round(min(paints["large"]) / min(paints["small"]), 3)
    return found | _measure_use(libraries["large"], amounts)


def _first_paint(library: Path) -> float:
    """Processor seconds until the first title of the list is drawn."""
    title = _first_title(library)
    with Terminal(library) as terminal:
        terminal.wait_for(title)
        return terminal.used().cpu_seconds


def _measure_use(library: Path, amounts: Amounts) -> dict[str, measure.Value]:
    _forget_read(library)
    with Terminal(library) as terminal:
        terminal.wait_for(_first_title(library))
        terminal.watch(amounts.settling_seconds)
        idle = _cpu_of(terminal, [""], amounts.idle_seconds)
        held = _cpu_of(terminal, [_DOWN] * amounts.held_keys, HELD)
        resting = _cpu_of(terminal, [_DOWN] * amounts.resting_keys, RESTING)
        # To the top again, where the articles of 800 words are; each `n` opens the next one.
        _cpu_of(terminal, ["g", "g", _OPEN], RESTING)
        opening = _cpu_of(terminal, [_NEXT] * amounts.opened, RESTING)
        memory = terminal.used()
    # What was opened was marked read, the one on which Enter was pressed among them.
    opened = _forget_read(library) - 1
    if not 0 < opened <= amounts.opened:
        raise RuntimeError(f"{amounts.opened} keys opened {opened} articles")
    return {
        "idle_ms_per_second": _milliseconds(idle, amounts.idle_seconds),
        "key_ms": _milliseconds(held, amounts.held_keys),
        "key_with_preview_ms": _milliseconds(resting, amounts.resting_keys),
        "open_ms": _milliseconds(opening, opened),
        "memory_mb": round(memory.rss_bytes / _MB, 1),
        "memory_peak_mb": round(memory.peak_bytes / _MB, 1),
    }


def _cpu_of(terminal: Terminal, keys: Iterable[str], pause: float) -> float:
    before = terminal.used().cpu_seconds
    for key in keys:
        terminal.press(key, pause)
    return terminal.used().cpu_seconds - before


def _milliseconds(seconds: float, times: float) -> float:
    return round(1000 * seconds / times, 2)


def _forget_read(library: Path) -> int:
    """Mark every article unread; how many were read."""
    opened = Library.open(library)
    try:
        read = list(opened.searching.ids("is:read"))
        opened.tagging.mark(read, Mark.UNREAD)
        return len(read)
    finally:
        opened.close()


def _first_title(library: Path) -> str:
    opened = Library.open(library)
    try:
        first = opened.reading.newest(1)[0]
        (row,) = opened.reading.rows([first]).values()
        return row.title[:TITLE]
    finally:
        opened.close()
