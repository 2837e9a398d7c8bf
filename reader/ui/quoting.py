"""Which stretch of a text is selected, and how keys move its ends. Pure.

Offsets are code points of the text of an article, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reader.sentences import sentences

# A letter of a script written without spaces is a word of its own.
_UNSPACED = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+(?:['’.,\-–][^\W{_UNSPACED}]+)*")


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch that is being selected. Keys move its end, or its start once the ends have been
    exchanged."""

    start: int
    end: int
    moves_end: bool = True

    def exchanged(self) -> Quote:
        """The same stretch with the other end to be moved."""
        return replace(self, moves_end=not self.moves_end)


class Passages:
    """The sentences, words and paragraphs of one text, each found when it is first needed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._sentences = sentences(text)
        self._starts = [start for start, _ in self._sentences]
        self._ends = [end for _, end in self._sentences]
        self._word_starts: Sequence[int] = ()
        self._word_ends: Sequence[int] = ()

    def over(self, at: int) -> Quote | None:
        """The sentence that lies over `at`, else the next one, else the last; None in a text
        without any."""
        return self._sentence(bisect_right(self._ends, at))

    def within(self, start: int, end: int) -> Quote | None:
        """The first sentence that starts in a stretch, else the one that lies over its start."""
        number = bisect_left(self._starts, start)
        if number < len(self._starts) and self._starts[number] < end:
            return self._sentence(number)
        return self.over(start)

    def by_sentence(self, quote: Quote, step: int) -> Quote:
        """Take in the next sentence (1) or let the last one go (-1); of the start, likewise.

        The only one is not let go: the one before (or after) takes its place.
        """
        moved = _moved(quote, self._starts, self._ends, step)
        return moved if moved is not None else self.beside(quote, step)

    def beside(self, quote: Quote, step: int) -> Quote:
        """The sentence after (1) or before (-1) a stretch in its place; at the end of the text the
        last one of it."""
        if step > 0:
            at = bisect_left(self._starts, quote.end)
        else:
            at = bisect_right(self._ends, quote.start) - 1
        sentence = self._sentence(at) or quote
        return replace(sentence, moves_end=quote.moves_end)

    def _sentence(self, number: int) -> Quote | None:
        """A sentence by its number, the nearest where there is none."""
        if not self._sentences:
            return None
        return Quote(*self._sentences[max(0, min(number, len(self._sentences) - 1))])

    def by_word(self, quote: Quote, step: int) -> Quote:
        """Move an end by a word on (1) or back (-1); a word stays."""
        if not self._word_ends:
            words = [word.span() for word in _WORD.finditer(self._text)]
            # A sentence ends behind its full stop and starts before its quotation mark.
            self._word_starts = sorted({*(start for start, _ in words), *self._starts})
            self._word_ends = sorted({*(end for _, end in words), *self._ends})
        return _moved(quote, self._word_starts, self._word_ends, step) or quote

    def paragraph(self, quote: Quote) -> Quote:
        """The whole of the lines that something of a stretch is in."""
        start = self._text.rfind("\n", 0, quote.start) + 1
        behind = self._text.find("\n", quote.end)
        end = len(self._text) if behind < 0 else behind
        start, end = trimmed(self._text, start, end)
        return replace(quote, start=start, end=end)


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
