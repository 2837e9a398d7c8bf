"""Words looked for in one text, whatever their case and accents. Pure.

Offsets are code points of the text as it is, half open.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, starmap
from unicodedata import combining, normalize

from reader.model import Span

_ALIKE = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-"}
"""What is typed with a plainer key than it is printed with."""


MOST = 1000
"""Places that are found of words; where there are more, nobody goes to each of them."""


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


_PIECE = 1 << 16
"""Code points that are folded without a pause: no other thread runs meanwhile."""


def fold(text: str) -> str:
    """A text without case and accents, every blank a space."""
    pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
    return "".join(piece.translate(_FOLDS) for piece in pieces)


class Folded:
    """A text made ready to be searched many times."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._folded = fold(text)
        # Where each code point of the folded text comes from, where that is not its own place.
        odd = [letter for letter in set(text) if len(_FOLDS[ord(letter)]) != 1]
        self._from = _origins(text, odd) if odd else None

    def find(self, words: str, near: int = 0) -> tuple[Span, ...]:
        """Where `words` stand, one behind the other; nothing for no words. Of more than MOST
        places those that come first from `near` on, around the end, and one more than MOST."""
        if not (sought := fold(words.strip())):
            return ()
        # A letter can stand there a million times.
        places = list(islice(self._places(sought, 0, len(self._folded)), MOST + 1))
        if len(places) > MOST and near:
            at = near if self._from is None else bisect_left(self._from, near)
            behind = self._places(sought, at, len(self._folded))
            places = sorted(islice(chain(behind, self._places(sought, 0, at)), MOST + 1))
        if self._from is None:
            return tuple(starmap(Span, places))
        return tuple(self._spans(places, self._from))

    def _places(self, sought: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        at = self._folded.find(sought, start, end)
        while at >= 0:
            yield at, at + len(sought)
            at = self._folded.find(sought, at + len(sought), end)

    def _spans(self, places: Iterable[tuple[int, int]], origin: Sequence[int]) -> Iterator[Span]:
        free = 0
        for start, end in places:
            # Accents that stand alone belong to the letter before them.
            behind = origin[end] if end < len(origin) else self._size
            span = Span(origin[start], max(origin[end - 1] + 1, behind))
            if span.start >= free:
                yield span
                free = span.end


def _origins(text: str, odd: Iterable[str]) -> array[int]:
    """Where each code point of a folded text comes from; all letters but the odd ones fold to
    one each."""
    origin, at = array("q"), 0
    for found in re.finditer(f"[{re.escape(''.join(odd))}]", text):
        origin.extend(range(at, found.start()))
        origin.extend([found.start()] * len(_FOLDS[ord(found[0])]))
        at = found.end()
    origin.extend(range(at, len(text)))
    return origin
