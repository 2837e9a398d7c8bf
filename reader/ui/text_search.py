"""Words looked for in one text, whatever their case and accents. Pure.

Offsets are code points of the text as it is, half open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import starmap
from unicodedata import combining, normalize

from reader.model import Span
from reader.ui.highlight import Paint, Run

_ALIKE = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
"""What is typed with a plainer key than it is printed with."""


class _Folds(dict[int, str]):
    """What becomes of a code point: nothing of an accent that stands alone."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter.isspace():
            folded = " "
        else:
            parts = normalize("NFKD", letter)
            bare = "".join(one for one in parts if not combining(one))
            folded = "".join(_ALIKE.get(one, one) for one in bare.casefold())
        self[code] = folded
        return folded


_FOLDS = _Folds()


def fold(text: str) -> str:
    """A text without case and accents, every blank a space."""
    return text.translate(_FOLDS)


class Folded:
    """A text made ready to be searched many times."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._folded = fold(text)
        # Where each code point of the folded text comes from, where that is not its own place.
        self._from: list[int] | None = None
        if any(len(_FOLDS[ord(letter)]) != 1 for letter in set(text)):
            lengths = ((at, len(_FOLDS[ord(letter)])) for at, letter in enumerate(text))
            self._from = [at for at, length in lengths for _ in range(length)]

    def find(self, words: str) -> tuple[Span, ...]:
        """Where `words` stand, one behind the other; nothing for no words."""
        if not (sought := fold(words.strip())):
            return ()
        # A letter can stand there thousands of times.
        places = [found.span() for found in re.finditer(re.escape(sought), self._folded)]
        if self._from is None:
            return tuple(starmap(Span, places))
        return tuple(self._spans(places, self._from))

    def _spans(self, places: Iterable[tuple[int, int]], origin: Sequence[int]) -> Iterator[Span]:
        free = 0
        for start, end in places:
            # Accents that stand alone belong to the letter before them.
            behind = origin[end] if end < len(origin) else self._size
            span = Span(origin[start], max(origin[end - 1] + 1, behind))
            if span.start >= free:
                yield span
                free = span.end


class Overlay:
    """Paints that lie over the runs of a text and never over each other, in order. They are
    laid on when a line is drawn: however many there are, a key costs what is in view."""

    def __init__(self, paints: Iterable[Paint] = ()) -> None:
        self.paints = list(paints)
        self._starts = [paint.start for paint in self.paints]

    def __bool__(self) -> bool:
        return bool(self.paints)

    def place_of(self, start: int) -> int | None:
        """Which of them starts at an offset, counted from 1."""
        number = bisect_right(self._starts, start)
        return number if number and self._starts[number - 1] == start else None

    def laid_on(self, runs: Sequence[Run]) -> list[Run]:
        """The runs of a stretch of the text, cut where these begin and end."""
        return [part for run in runs for part in self._cut(run)] if self.paints else list(runs)

    def _cut(self, run: Run) -> Iterator[Run]:
        at = run.start
        for paint in self.paints[max(0, bisect_right(self._starts, at) - 1) :]:
            if paint.start >= run.end:
                break
            first, last = max(at, paint.start), min(run.end, paint.end)
            if first < last:
                if at < first:
                    yield Run(at, first, run.styles)
                yield Run(first, last, (*run.styles, paint.style))
                at = last
        if at < run.end:
            yield Run(at, run.end, run.styles)
