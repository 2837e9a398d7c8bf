"""One paragraph as it is being put together: words, white space and the marks on them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from reader.clean import clean_text
from reader.model import MarkupKind

Mark = tuple[int, int, MarkupKind, str]
"""Start, end, kind and target; offsets lie in the text it comes with."""

STRUCK = "~~"
"""Stands before and behind words that are struck out."""

MOST_OPEN = 16
"""How many marks may be open at once; further ones are passed over."""

_NOT_STARTED = -1
# Nothing of this is seen, so a paragraph of it is none.
_INVISIBLE = "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f \n"


@dataclass(slots=True)
class Inline:
    """An element open inside a paragraph; `depth` tells the block it was opened in.

    One inside another of its kind marks nothing. Without a kind its words are struck out.
    """

    name: str
    kind: MarkupKind | None
    target: str
    depth: int
    start: int = _NOT_STARTED
    is_inner: bool = False


class Line:
    """Collects the pieces of a paragraph; each must be clean by itself.

    White space is one space, and none at the ends or beside a break; a mark begins and ends
    with a word.
    """

    def __init__(self) -> None:
        self.open: list[Inline] = []
        self.breaks = 0
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._length = 0
        self._space = False
        self._composes = False
        self._fresh: list[Inline] = []

    @property
    def is_empty(self) -> bool:
        return self._length == 0

    def add(self, piece: str) -> None:
        """Add words; spaces and line ends in them are white space."""
        words = piece.split()
        if not words:
            self._space = True
            return
        if self._length:
            if self.breaks:
                self._append("\n")
            elif self._space or piece[0].isspace():
                self._append(" ")
        self.breaks = 0
        self._space = piece[-1].isspace()
        self._word(" ".join(words))

    def add_exactly(self, piece: str) -> None:
        """Add a piece with its spaces and line ends; a break becomes one of them."""
        if not piece:
            return
        if self.breaks and not piece.startswith("\n") and not self._parts[-1].endswith("\n"):
            self._append("\n")
        self.breaks = 0
        self._word(piece)

    def begin(self, inline: Inline) -> None:
        if len(self.open) >= MOST_OPEN:
            return
        for other in self.open:
            if other.kind is inline.kind:
                inline.is_inner = True
                break
        else:
            self._fresh.append(inline)
        self.open.append(inline)

    def end(self, name: str) -> None:
        """End the latest mark of this name, if one is open."""
        for inline in reversed(self.open):
            if inline.name == name:
                self._end(inline)
                return

    def end_deeper(self, depth: int) -> None:
        """End the marks that were opened in a block that is closed now."""
        for inline in reversed(self.open[:]):
            if inline.depth > depth:
                self._end(inline)

    def take(self) -> tuple[str, list[Mark]]:
        """Return what was collected and begin anew; open marks go on in the next paragraph."""
        if self.open:
            self._part_open()
        text, marks = "".join(self._parts), self._marks
        if self._composes:
            text, marks = _recompose(self._parts, marks)
        self._parts, self._marks, self._length = [], [], 0
        self.breaks, self._space, self._composes = 0, False, False
        return text, marks

    def _part_open(self) -> None:
        for inline in self.open:
            self._close(inline)
            inline.start = _NOT_STARTED
        self._fresh = [inline for inline in self.open if not inline.is_inner]

    def _word(self, piece: str) -> None:
        struck = False
        if self._fresh:
            for inline in self._fresh:
                inline.start = self._length
                struck = struck or inline.kind is None
            self._fresh.clear()
        if struck:
            self._append(STRUCK)
        if piece[0] >= "\u0300" and _may_compose(piece[0]):
            self._composes = True
        self._append(piece)

    def _append(self, piece: str) -> None:
        self._parts.append(piece)
        self._length += len(piece)

    def _end(self, inline: Inline) -> None:
        self._close(inline)
        self.open = [other for other in self.open if other is not inline]
        if inline.start == _NOT_STARTED:
            self._fresh = [other for other in self._fresh if other is not inline]

    def _close(self, inline: Inline) -> None:
        if inline.start == _NOT_STARTED or inline.start >= self._length:
            return
        if inline.kind is None:
            self._append(STRUCK)
        else:
            self._marks.append((inline.start, self._length, inline.kind, inline.target))


def is_invisible(text: str) -> bool:
    """Tell whether there is nothing to be seen in a text."""
    return not text.strip(_INVISIBLE)


def _may_compose(character: str) -> bool:
    """Tell whether NFC may join a character with the one before it."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _recompose(parts: list[str], marks: list[Mark]) -> tuple[str, list[Mark]]:
    """Join pieces of which some begin with what belongs to the character before it."""
    groups: list[list[str]] = []
    holder: list[str] | None = None
    for part in parts:
        count = 0
        while holder is not None and count < len(part) and _may_compose(part[count]):
            count += 1
        if holder is not None:
            holder.append(part[:count])
        groups.append([part[count:]])
        if count < len(part):
            holder = groups[-1]
    cleaned = [clean_text("".join(group)) for group in groups]
    before = [0, *accumulate(map(len, parts))]
    after = [0, *accumulate(map(len, cleaned))]
    moved = dict(zip(before, after, strict=True))
    text = "".join(cleaned)
    kept = [
        (_first_seen(text, moved[start], moved[end]), moved[end], kind, target)
        for start, end, kind, target in marks
    ]
    return text, [mark for mark in kept if mark[0] < mark[1]]


def _first_seen(text: str, start: int, end: int) -> int:
    """Where the white space at the start of a stretch ends: its first letter has gone to the
    word before it."""
    return start + len(text[start:end]) - len(text[start:end].lstrip())
