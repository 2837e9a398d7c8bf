"""What keys cost the screen in a library in which much was done: selecting, the left pane, a long
article with highlights, finding in it, a text of four megabytes, the list of changes, the palette.

Milliseconds are of processor time of the screen process, drawing included. Of several rounds the
least counts: what else the process does by itself comes on top in the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.libraries import bring_to_rest
from benchmarks.screen import HELD, RESTING, TITLE
from benchmarks.terminal import Terminal
from reader.model import Draft, Precision, Published
from reader.service.library import Library

_DOWN, _OPEN, _ESCAPE, _DELETE, _PANE = "j", "\r", "\x1b", "\x7f", "\t"
_FIND, _PALETTE = "\x06", "\x10"
_OPENED = {"palette": ("", _PALETTE), "history": (":history", "\r"), "help": ("", "?")}
"""What lies over the panes when it is open: what is typed before the key that opens it."""

_LONGEST, _CHARACTERS = "The longest of all", 4_000_000

_TYPING = 0.05
"""Seconds between keys that are typed: nobody is faster."""

_ESCAPED = 0.3
"""Seconds after which an escape is known to be no part of a longer key."""

_LETTER = "e"
_SOUGHT = ("reporters", "statement", "according")
_FINDABLE = ("mark unread", "favuorite", "subscribe", "kalo", "theme light", "undo", "export")


@dataclass(frozen=True, slots=True)
class Keys:
    """How many keys of a kind in a round, and how many rounds; `starts` of the screen for what is
    dear once; `settling_seconds` until nothing of a start goes on."""

    held: int = 60
    typed: int = 20
    rounds: int = 5
    starts: int = 3
    settling_seconds: float = 2.5


def measure_keys(library: Path, title: str, keys: Keys) -> dict[str, measure.Value]:
    """Figures of a furnished library whose first article is called `title`."""
    found: dict[str, float] = {}
    for parts in ((_in_the_list, _in_the_left_pane, _in_the_palette), (_in_the_article,)):
        with Terminal(library) as terminal:
            terminal.wait_for(title[:TITLE])
            terminal.watch(keys.settling_seconds)
            for measured in parts:
                found |= measured(_Hand(terminal, keys))
    for name, (line, key) in _OPENED.items():
        first, again = _opening(library, title, keys, line, key)
        found |= {f"{name}_first_ms": first, f"{name}_ms": again}
    found |= _in_a_long_text(library, keys)
    return {name: round(milliseconds, 2) for name, milliseconds in found.items()}


@dataclass(frozen=True, slots=True)
class _Hand:
    """Presses keys and tells what they cost."""

    terminal: Terminal
    keys: Keys

    def press(self, keys: Sequence[str], pause: float) -> float:
        """Milliseconds of all of them."""
        before = self.terminal.spent()
        for key in keys:
            self.terminal.press(key, pause)
        return 1000 * (self.terminal.spent() - before)

    def least(self, keys: str, pause: float = HELD) -> float:
        """Milliseconds of one key that is held down, or of keys in turn, each."""
        held = [*keys] * (self.keys.held // len(keys))
        return min(self.press(held, pause) / len(held) for _ in range(self.keys.rounds))

    def typed(self, words: Sequence[str]) -> float:
        """Milliseconds of a key of words that are typed and deleted again, one after another."""
        keys = [key for word in words for key in (*word, *_DELETE * len(word))]
        return min(self.press(keys, _TYPING) / len(keys) for _ in range(self.keys.rounds))

    def settle(self, *keys: str) -> None:
        for key in keys:
            self.terminal.press(key, RESTING)
        self.terminal.watch(RESTING)


def _in_the_list(hand: _Hand) -> dict[str, float]:
    found = {"key_ms": hand.least(_DOWN)}
    hand.settle("g", "g")
    found["pane_ms"] = hand.least(_PANE)
    found["select_ms"] = hand.least("v")
    hand.settle(_ESCAPE, "g", "g", "*")
    found["key_selected_ms"] = hand.least(_DOWN)
    pairs = [hand.press("*" * hand.keys.typed, RESTING) for _ in range(hand.keys.rounds)]
    found["select_all_ms"] = min(pairs) / hand.keys.typed
    return found


def _in_the_left_pane(hand: _Hand) -> dict[str, float]:
    hand.settle(_ESCAPE, "s", "g", "g")
    found = {"key_sources_ms": hand.least(_DOWN)}
    # The first heading stands below the row of all articles.
    hand.settle("g", "g", _DOWN)
    return found | {"fold_ms": hand.least("hl")}


def _in_the_article(hand: _Hand) -> dict[str, float]:
    hand.settle(_OPEN)
    found = {"key_noted_ms": hand.least(_DOWN)}
    hand.settle("g", "g")
    found["note_ms"] = hand.least('"', RESTING / 3)
    hand.settle("g", "g", _FIND)
    found["find_ms"] = hand.typed(_SOUGHT)
    costs = []
    for _ in range(hand.keys.typed):
        costs.append(hand.press([_LETTER], _TYPING))
        hand.press([_DELETE], _TYPING)
    return found | {"find_letter_ms": median(costs)}


def _in_the_palette(hand: _Hand) -> dict[str, float]:
    hand.settle(_PALETTE)
    return {"palette_key_ms": hand.typed(_FINDABLE)}


def _opening(library: Path, title: str, keys: Keys, line: str, key: str) -> tuple[float, float]:
    """Milliseconds of opening something for the first time, and again."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(keys.starts):
        with Terminal(library) as terminal:
            terminal.wait_for(title[:TITLE])
            terminal.watch(keys.settling_seconds)
            hand = _Hand(terminal, keys)
            for costs in (first, again, again, again):
                hand.press(line, _TYPING)
                terminal.watch(_ESCAPED)
                costs.append(hand.press([key], 1.0))
                hand.press([_ESCAPE], _ESCAPED)
    return min(first), min(again)


def _in_a_long_text(library: Path, keys: Keys) -> dict[str, float]:
    """Keys in the longest text that is taken in, which is added to the library."""
    with Terminal(_with_long_text(library)) as terminal:
        terminal.wait_for(_LONGEST)
        hand = _Hand(terminal, keys)
        hand.settle(_OPEN)
        terminal.watch(keys.settling_seconds)
        found = {"key_long_ms": hand.least(_DOWN), "page_long_ms": hand.least(" ", RESTING / 3)}
        found["quote_long_ms"] = hand.least("v", RESTING / 3)
        hand.settle(_ESCAPE, "g", "g", _FIND)
        return found | {"find_long_ms": hand.typed(_SOUGHT)}


def _with_long_text(folder: Path) -> Path:
    library = Library.open(folder)
    try:
        (newest,) = library.reading.newest(1)
        long = library.reading.get_article(newest)
        text = "\n\n".join([long.text] * (_CHARACTERS // len(long.text)))
        when = long.row.published
        assert when is not None
        later = Published(when.at + timedelta(days=1), Precision.SECOND)
        with library.store.transaction():
            library.store.articles.save(Draft(title=_LONGEST, text=text, published=later))
        library.indexing.run()
    finally:
        library.close()
    bring_to_rest(folder)
    return folder
