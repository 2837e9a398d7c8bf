"""Sorted terms in a file, and finding them by what they are, begin with or look like.

The terms stand in order of their bytes, each between two bytes that are in no term. Every BLOCK-th
is repeated in a section that is small enough to be held in memory; a search ends in one block.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis.words import CloseTo, Fits, FormIs, FormTest, StartsLike, StartsWith
from index.whoosh_backend.distances import accepted
from index.whoosh_backend.schema import from_term, to_term
from index.whoosh_backend.sections import DamagedFileError, Sections, SectionWriter

BLOCK = 64
_TERMS, _HEADS, _STARTS, _COUNT, _MARKS = "terms", "heads", "starts", "count", "marks"
_BETWEEN = b"\xff"
"""Stands around terms; no byte of UTF-8."""
_ANY_CODE_POINT = rb"(?:[\x00-\x7f]|[\xc0-\xfe][\x80-\xbf]*)"
_LETTER_BITS = 27
_LETTERS = np.uint32((1 << _LETTER_BITS) - 1)
_LONGEST = 31
_ASCII = 128
_WORD = 8  # bytes

Ordinals = NDArray[np.int64]
"""Places of terms in a dictionary, rising."""


def add_dictionary(
    writer: SectionWriter, name: str, terms: Sequence[bytes], *, spelled: bool = False
) -> None:
    """Write rising terms; only those to be found by their spelling have marks of it."""
    blob = _BETWEEN.join([b"", *terms, b""])
    starts = _starts_in(blob)
    writer.add(f"{name}/{_TERMS}", blob)
    writer.add(f"{name}/{_HEADS}", _BETWEEN.join(terms[::BLOCK]))
    writer.add(f"{name}/{_STARTS}", np.append(starts[:-1:BLOCK], starts[-1:]).astype(np.uint32))
    writer.add(f"{name}/{_COUNT}", np.array([len(terms)], np.int64))
    if spelled:
        writer.add(f"{name}/{_MARKS}", _marks_of(blob, starts))


def order_of(terms: Sequence[bytes]) -> Ordinals:
    """The places of different terms in rising order."""
    leads = np.array(terms, f"S{2 * _WORD}").view(">u8").astype(np.uint64).reshape(-1, 2)
    order = np.lexsort((leads[:, 1], leads[:, 0]))
    leads = leads[order]
    # Where terms begin with the same bytes the rest of them decides.
    level = np.flatnonzero((leads[1:] == leads[:-1]).all(axis=1))
    for run in np.split(level, np.flatnonzero(np.diff(level) > 1) + 1) if len(level) else ():
        stretch = slice(int(run[0]), int(run[-1]) + 2)
        order[stretch] = sorted(order[stretch].tolist(), key=terms.__getitem__)
    return order


class Dictionary:
    """The terms of a field of a segment, known by their ordinals."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._blob = sections.column(f"{name}/{_TERMS}")
        self._sections = sections
        self._name = name

    def __len__(self) -> int:
        return self._count

    def find(self, term: bytes) -> int | None:
        """The ordinal of a term."""
        block, place, terms = self._seek(term)
        found = place < len(terms) and terms[place] == term
        return block * BLOCK + place if found else None

    def term(self, ordinal: int) -> bytes:
        return self._block(ordinal // BLOCK)[ordinal % BLOCK]

    def terms(self, first: int, last: int) -> list[bytes]:
        """The terms of a range of ordinals."""
        if first >= last:
            return []
        start, stop = first // BLOCK, (last - 1) // BLOCK
        lines = self._lines(start, stop + 1)
        return lines[first - start * BLOCK : last - start * BLOCK]

    def starting(self, lead: bytes) -> tuple[int, int]:
        """The range of ordinals of the terms that begin with `lead`."""
        # No term holds the byte 255, so that what follows the lead sorts before it.
        return self._first(lead), self._first(lead + b"\xff")

    def matching(self, test: FormTest) -> Ordinals:
        """The terms that a test of words accepts."""
        match test:
            case FormIs():
                found = self.find(to_term(test.form))
                return np.array([] if found is None else [found], np.int64)
            case StartsWith():
                return np.arange(*self.starting(to_term(test.lead)))
            case Fits():
                return self._fitting(test)
            case _:
                return self._like(test)

    def _fitting(self, test: Fits) -> Ordinals:
        """One regular expression over the terms that begin like the pattern."""
        first, last = self.starting(to_term(test.lead))
        if first == last:
            return np.zeros(0, np.int64)
        block = first // BLOCK
        stretch = self._stretch(block, (last - 1) // BLOCK + 1)
        found = [match.start() for match in _pattern_of(test.pattern).finditer(stretch)]
        return block * BLOCK + np.searchsorted(_starts_in(stretch), np.array(found, np.int64))

    def _like(self, test: CloseTo | StartsLike) -> Ordinals:
        """The terms whose letters and length come close enough, then those that are accepted."""
        first, last = self.starting(to_term(test.lead))
        marks = self._sections.column(f"{self._name}/{_MARKS}")[first:last]
        wanted = _mark_of(test.form)
        lengths = (marks >> _LETTER_BITS).astype(np.int8) - np.int8(wanted >> _LETTER_BITS)
        # An edit brings in one letter at most, and takes one away.
        distance = test.distance if isinstance(test, CloseTo) else 1
        near = np.bitwise_count(wanted & ~marks & _LETTERS) <= distance
        near &= lengths >= -distance
        if isinstance(test, CloseTo):
            near &= np.bitwise_count(marks & ~wanted & _LETTERS) <= distance
            near &= lengths <= distance
        found = np.flatnonzero(near)
        forms = [from_term(term) for term in self._pick(first, last, found)]
        return np.compress(accepted(test, forms), found) + first

    def _pick(self, first: int, last: int, some: Ordinals) -> Iterator[bytes]:
        """Some terms of a range, which is read in one piece; counted from its first."""
        if not len(some):
            return
        block = first // BLOCK
        stretch = self._stretch(block, (last - 1) // BLOCK + 1)
        starts = _starts_in(stretch)
        at = some + (first - block * BLOCK)
        for start, stop in zip(starts[at].tolist(), starts[at + 1].tolist(), strict=True):
            yield stretch[start + 1 : stop]

    def _first(self, key: bytes) -> int:
        """The ordinal of the first term not below `key`."""
        block, place, _ = self._seek(key)
        return block * BLOCK + place

    def _seek(self, key: bytes) -> tuple[int, int, list[bytes]]:
        """The block where `key` belongs, its place there, and the terms of the block."""
        block = max(bisect_right(self._heads, key) - 1, 0)
        terms = self._block(block) if self._heads else []
        return block, bisect_left(terms, key), terms

    def _block(self, number: int) -> list[bytes]:
        return self._lines(number, number + 1)

    def _lines(self, first: int, last: int) -> list[bytes]:
        """The terms of some blocks."""
        return self._stretch(first, last)[1:-1].split(_BETWEEN)

    def _stretch(self, first: int, last: int) -> bytes:
        """Some blocks as they lie in the file."""
        return self._blob[self._starts[first] : self._starts[last] + 1].tobytes()

    @cached_property
    def _count(self) -> int:
        return int(self._sections.array(f"{self._name}/{_COUNT}")[0])

    @cached_property
    def _heads(self) -> list[bytes]:
        blob = self._sections.bytes(f"{self._name}/{_HEADS}")
        heads = blob.split(_BETWEEN) if len(self) else []
        if len(heads) != len(self._starts) - 1:
            raise DamagedFileError(f"section {self._name}/{_HEADS} is not as it should be")
        return heads

    @cached_property
    def _starts(self) -> list[int]:
        """Where each block begins in the file, and where the last one ends."""
        starts: list[int] = self._sections.array(f"{self._name}/{_STARTS}").tolist()
        return starts


def _starts_in(blob: bytes) -> Ordinals:
    """Where the byte before each term stands, and the last one."""
    return np.flatnonzero(np.frombuffer(blob, np.uint8) == _BETWEEN[0])


def _marks_of(blob: bytes, starts: Ordinals) -> NDArray[np.uint32]:
    """What can be told of each term at once: a set of bits for its ASCII characters, and above
    them its length in code points."""
    codes = np.frombuffer(blob, np.uint8)
    bits = np.left_shift(np.uint32(1), codes % _LETTER_BITS, dtype=np.uint32)
    bits[codes >= _ASCII] = 0
    begins = ((codes & 0xC0) != 0x80) & (codes != _BETWEEN[0])
    if len(starts) < 2:
        return bits[:0]
    letters = np.bitwise_or.reduceat(bits, starts[:-1])
    lengths = np.add.reduceat(begins, starts[:-1], dtype=np.uint32)
    lengths = np.minimum(lengths, _LONGEST) << np.uint32(_LETTER_BITS)
    marks: NDArray[np.uint32] = letters | lengths
    return marks


def _mark_of(form: str) -> np.uint32:
    bits = 0
    for char in form:
        bits |= (1 << ord(char) % _LETTER_BITS) if char.isascii() else 0
    return np.uint32(bits | min(len(form), _LONGEST) << _LETTER_BITS)


def _pattern_of(pattern: str) -> re.Pattern[bytes]:
    """A wildcard pattern for a whole term with the byte before it."""
    wild = {"*": rb"[^\xff]*", "?": _ANY_CODE_POINT}
    parts = (wild.get(char) or re.escape(to_term(char)) for char in pattern)
    return re.compile(_BETWEEN + b"".join(parts) + rb"(?=\xff)")
