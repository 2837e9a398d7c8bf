"""Posting lists that are written and read whole.

Whoosh's own codec pickles each posting by itself and hands postings out one by one. Here a list
is three arrays: documents, how many places each has, and the places. The rest of the codec
(dictionary of terms, columns, segments) is Whoosh's, and stock searchers can read the lists.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, compress, repeat
from operator import sub
from typing import Any
from zlib import crc32

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo
from whoosh.formats import Format
from whoosh.matching import ListMatcher

_CHECK = struct.Struct("<I")
_SHAPE = struct.Struct("<IIcc")

BYTE_ORDER = sys.byteorder
"""The lists are in the order of the machine, which is part of the format of an index."""


class PlacesFormat(Format):  # type: ignore[misc]
    """A posting value that is the places of a term: unsigned, four bytes each, rising."""


class Postings(Sequence[bytes]):
    """The posting list of a term: documents in rising order, with `counts` of `places` each.
    As a sequence, the posting values."""

    __slots__ = ("counts", "docs", "places")

    def __init__(self, docs: array[int], counts: array[int], places: array[int]) -> None:
        self.docs = docs
        self.counts = counts
        self.places = places

    def append(self, doc: int, places: list[int]) -> None:
        """Add a document, higher than those before it."""
        self.docs.append(doc)
        self.counts.append(len(places))
        self.places.fromlist(places)

    def append_moved(self, other: Postings, numbers: Sequence[int]) -> None:
        """Add the postings of another segment under new numbers of its documents, without those
        whose number is negative. A merge spends its time here, hence no step in Python."""
        docs = list(map(numbers.__getitem__, other.docs))
        if min(docs, default=0) >= 0:
            self.docs.fromlist(docs)
            # By way of a list, the quickest from one type of array to another.
            self.counts.fromlist(other.counts.tolist())
            self.places.fromlist(other.places.tolist())
            return
        keep = [doc >= 0 for doc in docs]
        kept_places = chain.from_iterable(map(repeat, keep, other.counts))
        self.docs.extend(compress(docs, keep))
        self.counts.extend(compress(other.counts, keep))
        self.places.extend(compress(other.places, kept_places))

    def __len__(self) -> int:
        return len(self.docs)

    def __getitem__(self, at: Any) -> Any:
        start = sum(self.counts[:at])
        return array("I", self.places[start : start + self.counts[at]]).tobytes()

    def items(self) -> Iterator[tuple[int, Sequence[int]]]:
        """Each document with its places."""
        end = 0
        for doc, count in zip(self.docs, self.counts, strict=True):
            start, end = end, end + count
            yield doc, self.places[start:end]

    def placed(self, shift: int) -> Iterator[tuple[int, int]]:
        """Each document with each of its places less `shift`. Without a step in Python, for this
        is where phrases of frequent words spend their time."""
        docs = chain.from_iterable(map(repeat, self.docs, self.counts))
        return zip(docs, map(sub, self.places, repeat(shift)), strict=False)


NO_POSTINGS = Postings(array("I"), array("B"), array("B"))


class ListsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with posting lists in whole arrays."""

    def field_writer(self, storage: Any, segment: Any) -> ListsWriter:
        return ListsWriter(self, storage, segment)

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> _ListWriter:
        if byteids:
            raise ValueError("term vectors are not kept")
        return _ListWriter(dbfile)

    def postings_reader(
        self, dbfile: Any, terminfo: Any, format_: Any, term: Any = None, scorer: Any = None
    ) -> ListMatcher:
        postings = read_postings(dbfile, terminfo)
        return ListMatcher(
            postings.docs,
            weights=postings.counts,
            values=postings,
            format=format_,
            scorer=scorer,
            term=term,
            terminfo=terminfo,
        )


class ListsWriter(W3FieldWriter):  # type: ignore[misc]
    """Whoosh's writer of terms, given a list at a time."""

    def write_term(self, term: bytes, postings: Postings) -> None:
        """Write a term, higher than those before it in its field, with at least one posting."""
        self.start_term(term)
        self._postwriter.postings = postings
        self.finish_term()


class _ListWriter:
    """Writes the posting lists of a field one after the other."""

    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self.postings = NO_POSTINGS

    def start_postings(self, _format: Any, _terminfo: Any) -> None:
        self.postings = NO_POSTINGS

    def finish_postings(self) -> Any:
        docs, counts = self.postings.docs, self.postings.counts
        offset = self._dbfile.tell()
        for piece in _pack(self.postings):
            self._dbfile.write(piece)
        places = len(self.postings.places)
        info = W3TermInfo(places, len(docs), None, 0, max(counts), docs[0], docs[-1])
        info.set_extent(offset, self._dbfile.tell() - offset)
        return info


def _pack(postings: Postings) -> Iterator[bytes]:
    docs, counts, places = postings.docs, postings.counts, postings.places
    codes = "I", _smallest_code(counts), _smallest_code(places)
    shape = _SHAPE.pack(len(docs), len(places), codes[1].encode(), codes[2].encode())
    columns = zip(codes, (docs, counts, places), strict=True)
    pieces = [shape, *(array(code, column.tolist()).tobytes() for code, column in columns)]
    check = 0
    for piece in pieces:
        check = crc32(piece, check)
    yield _CHECK.pack(check)
    yield from pieces


def read_postings(dbfile: Any, terminfo: Any) -> Postings:
    """The posting list of a term, from the file of lists.

    Raises ValueError or struct.error for bytes that are no posting list."""
    offset, _ = terminfo.extent()
    check, shape = dbfile.get(offset, _CHECK.size), dbfile.get(offset + _CHECK.size, _SHAPE.size)
    size, placed, counts_code, places_code = _SHAPE.unpack(shape)
    docs, counts, places = array("I"), array(counts_code.decode()), array(places_code.decode())
    counts_at = size * docs.itemsize
    places_at = counts_at + size * counts.itemsize
    body = dbfile.get(offset + _CHECK.size + _SHAPE.size, places_at + placed * places.itemsize)
    if _CHECK.pack(crc32(shape + body)) != check:
        raise ValueError("posting list is damaged")
    docs.frombytes(body[:counts_at])
    counts.frombytes(body[counts_at:places_at])
    places.frombytes(body[places_at:])
    return Postings(docs, counts, places)


def _smallest_code(numbers: Sequence[int]) -> str:
    """The type of the array that keeps the numbers in the fewest bytes each."""
    largest = max(numbers, default=0)
    return "B" if largest <= 0xFF else "H" if largest <= 0xFFFF else "I"
