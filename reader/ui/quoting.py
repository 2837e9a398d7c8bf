"""Which stretch of a text is selected, and how keys move its ends. Pure.

Offsets are code points of the text of an article, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reader.sentences import sentences

# A letter of a script written without spaces is a word of its own.
_UNSPACED = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’.,\-–][^\W{_UNSPACED}]+)*")

_AROUND = 10_000
"""Code points on either side of a place that are looked through at once."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch that is being selected. Keys move its end, or its start once the ends have been
    exchanged."""

    start: int
    end: int
    moves_end: bool = True

    @property
    def moving(self) -> int:
        """The end that keys move."""
        return self.end if self.moves_end else self.start

    def exchanged(self) -> Quote:
        """The same stretch with the other end to be moved."""
        return replace(self, moves_end=not self.moves_end)


class _Window:
    """The sentences and words of the part of a text around a place. What is cut off at its ends
    is far from there."""

    def __init__(self, text: str, at: int, around: int) -> None:
        self.start = max(0, text.rfind(" ", 0, max(0, at - around)))
        behind = text.find(" ", at + around) if at + around < len(text) else -1
        self.end = len(text) if behind < 0 else behind
        self._text = text[self.start : self.end]
        self.sentences = [
            (start + self.start, end + self.start) for start, end in sentences(self._text)
        ]
        self.starts = [start for start, _ in self.sentences]
        self.ends = [end for _, end in self.sentences]

    def holds(self, at: int, length: int) -> bool:
        """Whether a sentence ends before a place and one starts behind it, of a text so long."""
        before = self.start == 0 or (self.start < at and bool(self.ends) and self.ends[0] < at)
        behind = self.end == length or (
            at < self.end and bool(self.starts) and self.starts[-1] > at
        )
        return before and behind

    @cached_property
    def words(self) -> tuple[list[int], list[int]]:
        """Where words start, and where they end."""
        words = [word.span() for word in _WORD.finditer(self._text)]
        # A sentence ends behind its full stop and starts before its quotation mark.
        return (
            sorted({*(start + self.start for start, _ in words), *self.starts}),
            sorted({*(end + self.start for _, end in words), *self.ends}),
        )


class Passages:
    """The sentences, words and paragraphs of one text, each found when it is first needed: of a
    long text those `around` a place, in code points, and further ones as keys go on."""

    def __init__(self, text: str, around: int = _AROUND) -> None:
        self._text = text
        self._around = around
        self._window: _Window | None = None

    def _near(self, at: int) -> _Window:
        window, around = self._window, self._around
        while window is None or not window.holds(at, len(self._text)):
            window = _Window(self._text, at, around)
            around *= 4
        self._window = window
        return window

    def over(self, at: int) -> Quote | None:
        """The sentence that lies over `at`, else the next one, else the last; None in a text
        without any."""
        window = self._near(at)
        return _sentence(window, bisect_right(window.ends, at))

    def within(self, start: int, end: int) -> Quote | None:
        """The first sentence that starts in a stretch, else the one that lies over its start."""
        window = self._near(start)
        number = bisect_left(window.starts, start)
        if number < len(window.starts) and window.starts[number] < end:
            return _sentence(window, number)
        return self.over(start)

    def by_sentence(self, quote: Quote, step: int) -> Quote:
        """Take in the next sentence (1) or let the last one go (-1); of the start, likewise.

        The only one is not let go: the one before (or after) takes its place.
        """
        window = self._near(quote.moving)
        moved = _moved(quote, window.starts, window.ends, step)
        return moved if moved is not None else self.beside(quote, step)

    def beside(self, quote: Quote, step: int) -> Quote:
        """The sentence after (1) or before (-1) a stretch in its place; at the end of the text the
        last one of it."""
        if step > 0:
            window = self._near(quote.end)
            sentence = _sentence(window, bisect_left(window.starts, quote.end))
        else:
            window = self._near(quote.start)
            sentence = _sentence(window, bisect_right(window.ends, quote.start) - 1)
        return replace(sentence or quote, moves_end=quote.moves_end)

    def by_word(self, quote: Quote, step: int) -> Quote:
        """Move an end by a word on (1) or back (-1); a word stays."""
        starts, ends = self._near(quote.moving).words
        return _moved(quote, starts, ends, step) or quote

    def paragraph(self, quote: Quote) -> Quote:
        """The whole of the lines that something of a stretch is in."""
        start = self._text.rfind("\n", 0, quote.start) + 1
        behind = self._text.find("\n", quote.end)
        end = len(self._text) if behind < 0 else behind
        start, end = trimmed(self._text, start, end)
        return replace(quote, start=start, end=end)


def _sentence(window: _Window, number: int) -> Quote | None:
    """A sentence by its number, the nearest where there is none."""
    if not window.sentences:
        return None
    return Quote(*window.sentences[max(0, min(number, len(window.sentences) - 1))])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks at its ends."""
    stretch = text[start:end]
    start += len(stretch) - len(stretch.lstrip())
    return start, max(start, start + len(stretch.strip()))


def _moved(quote: Quote, starts: Sequence[int], ends: Sequence[int], step: int) -> Quote | None:
    """With the end that moves at the next of its places; None where nothing would be left."""
    places, at = (ends, quote.end) if quote.moves_end else (starts, quote.start)
    number = bisect_right(places, at) if step > 0 else bisect_left(places, at) - 1
    if not 0 <= number < len(places):
        # There is no more text that way.
        return quote
    place = places[number]
    if quote.moves_end:
        return replace(quote, end=place) if place > quote.start else None
    return replace(quote, start=place) if place < quote.end else None
