"""The words of many texts at once, as numbers: the tokenizer for building an index.

A token never spans white space, so a text may be cut into chunks first and each different chunk
tokenised once: what follows is one look-up for each word. Most punctuation can be taken for
white space before, because no token holds it.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.tokens import forms, stem

_NOTHING, _BOUNDARY, _FIRST_MANY = -1, -2, -3
"""What a chunk may be besides the number of its only word."""

_BETWEEN = b"\xff"
"""Stands between two texts; no byte of UTF-8."""

_DROPPED = b"\xfe"
"""Stands for what is to be left out; no byte of UTF-8 either."""

_MARKS = "“”–—…"
_APOSTROPHES = "’‘"


def _simplify_ascii() -> bytes:
    """Small letters, and a space for all that no token holds and that ends none early: a full
    stop, a comma and an apostrophe may be inside a token, an underscore keeps one from ending."""
    kept = bytearray(range(256))
    for code in range(128):
        char = chr(code)
        kept[code] = ord(char.lower()) if char.isalnum() or char in "'.,_" else ord(" ")
    return bytes(kept)


_SIMPLE = _simplify_ascii()


class Vocabulary:
    """The different words of the texts read so far, numbered in the order they came.

    It grows with what is read, by about 150 bytes for each of `__len__`.
    """

    def __init__(self) -> None:
        self.forms: list[str] = []
        self.stems: list[str] = []
        self._stem_of = array("i")
        self._numbers: dict[str, int] = {}
        self._stem_numbers: dict[str, int] = {}
        self._chunks = _Chunks(self)

    def __len__(self) -> int:
        """How many different chunks were met."""
        return len(self._chunks)

    @property
    def stem_numbers(self) -> NDArray[np.int32]:
        """For each form the place of its stem in `stems`."""
        return np.array(self._stem_of, np.int32)

    def number(self, form: str) -> int:
        """The number of a folded word."""
        found = self._numbers.setdefault(form, len(self.forms))
        if found == len(self.forms):
            self.forms.append(form)
            self._stem_of.append(self._number_stem(stem(form)))
        return found

    def _number_stem(self, word: str) -> int:
        found = self._stem_numbers.setdefault(word, len(self.stems))
        if found == len(self.stems):
            self.stems.append(word)
        return found

    def read(self, texts: Sequence[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The words of the texts as numbers, one text after the other, and how many each has."""
        chunks = self._cut(texts)
        found = np.fromiter(map(self._chunks.__getitem__, chunks), np.int32, len(chunks))
        if found.min(initial=0) < 0:
            found = self._expand(found)
        ends = np.flatnonzero(found == _BOUNDARY)
        lengths = np.diff(ends, prepend=-1) - 1
        return np.delete(found, ends), lengths

    def _cut(self, texts: Sequence[str]) -> list[bytes]:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        data = bytearray((b" " + _BETWEEN + b" ").join([*encoded, b""]))
        _simplify_quotes(np.frombuffer(data, np.uint8))
        data = data.translate(_SIMPLE, _DROPPED)
        _part_stops(np.frombuffer(data, np.uint8))
        return bytes(data).split()

    def _expand(self, found: NDArray[np.int32]) -> NDArray[np.int32]:
        """Leave out chunks without words, and put several words in the place of one chunk."""
        found = found[found != _NOTHING]
        many = np.flatnonzero(found <= _FIRST_MANY)
        if not len(many):
            return found
        pieces, end = [], 0
        for at in many.tolist():
            pieces += [found[end:at], self._chunks.many[_FIRST_MANY - int(found[at])]]
            end = at + 1
        return np.concatenate([*pieces, found[end:]])


class _Chunks(dict[bytes, int]):
    """What each chunk stands for; a new one is tokenised."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary
        self.many: list[NDArray[np.int32]] = []
        self[_BETWEEN] = _BOUNDARY

    def __missing__(self, chunk: bytes) -> int:
        numbers = [
            self._vocabulary.number(form) for form in forms(chunk.decode("utf-8", "surrogatepass"))
        ]
        if len(numbers) > 1:
            self.many.append(np.array(numbers, np.int32))
            numbers = [_FIRST_MANY + 1 - len(self.many)]
        self[chunk] = found = numbers[0] if numbers else _NOTHING
        return found


def _simplify_quotes(codes: NDArray[np.uint8]) -> None:
    """Put a space for typographic marks, three bytes each, and a plain apostrophe."""
    at = np.flatnonzero((codes[:-2] == 0xE2) & (codes[1:-1] == 0x80))
    third = codes[at + 2]
    marks = at[np.isin(third, [mark.encode()[2] for mark in _MARKS])]
    apostrophes = at[np.isin(third, [mark.encode()[2] for mark in _APOSTROPHES])]
    codes[marks] = codes[marks + 1] = codes[marks + 2] = ord(" ")
    codes[apostrophes] = ord("'")
    codes[apostrophes + 1] = codes[apostrophes + 2] = _DROPPED[0]


def _part_stops(codes: NDArray[np.uint8]) -> None:
    """Put a space for a full stop or a comma before a space: it is inside no token."""
    stops = (codes[:-1] == ord(".")) | (codes[:-1] == ord(","))
    codes[:-1][stops & (codes[1:] == ord(" "))] = ord(" ")
