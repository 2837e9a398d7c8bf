"""What a key typed into the palette costs, with many tags and saved searches to be found."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks import measure
from benchmarks.terminal import Terminal
from reader.errors import SavedSearchExistsError
from reader.service.library import Library

TAGS = 500
SEARCHES = 50

_SYLLABLES = ("ka", "lo", "mi", "ber", "ton", "ra", "vi", "dex", "nor", "sal")
_TYPED = ("mark unread", "favuorite", "subscribe", "kalo", "theme light", "undo", "export")
_PAUSE = 0.05
"""Seconds between keys: nobody types faster."""


def measure_palette(library: Path) -> dict[str, measure.Value]:
    """Processor milliseconds of a key in the palette over a library, drawing included; tags and
    saved searches are added to it first."""
    _furnish(library)
    with Terminal(library) as terminal:
        terminal.wait_for("help")
        terminal.watch(2.5)
        terminal.press("\x10", 1.0)
        before, keys = terminal.used().cpu_seconds, 0
        for text in _TYPED:
            for key in (*text, *["\x7f"] * len(text)):
                terminal.press(key, _PAUSE)
                keys += 1
        terminal.watch(0.5)
        used = terminal.used().cpu_seconds - before
    return {"palette_key_ms": round(1000 * used / keys, 2), "palette_keys": keys}


def _furnish(library: Path) -> None:
    """Give a library tags and saved searches, the same ones every time."""
    random = Random(6)
    names = ["".join(random.choices(_SYLLABLES, k=3)) for _ in range(TAGS)]
    opened = Library.open(library)
    try:
        ids = list(opened.reading.newest())[: TAGS // 10]
        for at in range(0, TAGS, 10):
            tags = [f"{name}/{at}" for name in names[at : at + 10]]
            opened.tagging.tag([ids[at // 10 % len(ids)]], tags, [])
        for at in range(SEARCHES):
            _save(opened, f"{names[at]} {at}")
    finally:
        opened.close()


def _save(opened: Library, name: str) -> None:
    try:
        opened.saved_searches.add(name, "is:unread")
    except SavedSearchExistsError:
        return
