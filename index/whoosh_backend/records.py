"""The column of what a segment knows of each document besides its words."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, compress, repeat
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

from whoosh.columns import Column

from index.analysis import fold
from index.api import Document

UNKNOWN = -(2**63)
"""Stands for a publication date that is not known."""


class Record(NamedTuple):
    """A document without its words. Moments in seconds since 1970 UTC, lengths in tokens;
    `title` is folded, for sorting."""

    id: int
    added: int
    published: int
    title_length: int
    text_length: int
    source: str
    title: str
    entities: tuple[int, ...]


_T = TypeVar("_T")
_CHECK = 4  # bytes
_LENGTH = 8  # bytes
_PLAIN = 6
"""Columns of numbers that mean the same in every segment: all but `source_refs`, the last."""

Keep = Sequence[int]
"""1 for each document of a segment that is kept, 0 for each other."""


def make_record(document: Document, title_length: int, text_length: int) -> Record:
    published = UNKNOWN if document.published is None else document.published
    return Record(
        document.id,
        document.added,
        published,
        title_length,
        text_length,
        document.source,
        fold(document.title),
        document.entities,
    )


class RecordsColumn(Column):  # type: ignore[misc]
    """The records of a segment as a column of Whoosh: the value of the first document is the
    `Records` of all, so that a whole segment is written and read at once."""

    def writer(self, dbfile: Any) -> _Writer:
        return _Writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Records:
        records = read_records(dbfile.get(basepos, length))
        if len(records) != doccount:
            raise ValueError("records of another number of documents")
        return records

    def default_value(self, _reverse: bool = False) -> None:
        """There is none: every document has a record."""


class _Writer:
    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._size = 0

    def add(self, _docnum: int, value: Records) -> None:
        self._size += len(value)
        for piece in value.pieces():
            self._dbfile.write(piece)

    def finish(self, doccount: int) -> None:
        if doccount != self._size:
            raise ValueError(f"{self._size} records for {doccount} documents")


class Records:
    """The records of a segment by attribute, each in the order of the documents.

    `titles_json` is a list in JSON. Source and entities of a document are `sources` at its
    place in `source_refs`, and `entities` of it.
    """

    def __init__(
        self,
        numbers: Sequence[array[int]],
        sources: list[str],
        titles_json: bytes,
        all_entities: array[int],
    ) -> None:
        (
            self.ids,
            self.added,
            self.published,
            self.title_lengths,
            self.text_lengths,
            self.entity_counts,
            self.source_refs,
        ) = self._numbers = numbers
        self.sources = sources
        self.titles_json = titles_json
        self.all_entities = all_entities

    @classmethod
    def of(cls, rows: Sequence[Record]) -> Records:
        """The records of some documents, at least one."""
        *numbers, sources, titles, entities = zip(*rows, strict=True)
        table, refs = _numbered(sources)
        columns = [array("q", column) for column in numbers]
        counts = array("q", map(len, entities))
        everyone = array("q", chain.from_iterable(entities))
        return cls([*columns, counts, refs], table, json.dumps(titles).encode(), everyone)

    @classmethod
    def joined(cls, parts: Sequence[tuple[Records, Keep]]) -> Records:
        """The records that are kept of several segments, one after the other. Column by column
        and without a step in Python: a record as an object takes ten times the memory."""
        columns = [
            array("q", _kept((part._numbers[at], keep) for part, keep in parts))
            for at in range(_PLAIN)
        ]
        named = ((map(p.sources.__getitem__, p.source_refs), keep) for p, keep in parts)
        table, refs = _numbered(list(_kept(named)))
        titles = list(_kept((json.loads(part.titles_json), keep) for part, keep in parts))
        entities = (
            (part.all_entities, chain.from_iterable(map(repeat, keep, part.entity_counts)))
            for part, keep in parts
        )
        everyone = array("q", _kept(entities))
        return cls([*columns, refs], table, json.dumps(titles).encode(), everyone)

    def pieces(self) -> Iterator[bytes]:
        """The records as bytes: a checksum, then sections, each after its length in bytes."""
        texts = (json.dumps(self.sources).encode(), self.titles_json)
        numbers = (column.tobytes() for column in (*self._numbers, self.all_entities))
        sections = [
            piece
            for section in (*texts, *numbers)
            for piece in (len(section).to_bytes(_LENGTH, "little"), section)
        ]
        check = 0
        for piece in sections:
            check = crc32(piece, check)
        yield check.to_bytes(_CHECK, "little")
        yield from sections

    def __len__(self) -> int:
        return len(self.ids)

    def entities(self, doc: int) -> array[int]:
        """The entity ids of a document."""
        return self.all_entities[self._entity_starts[doc] : self._entity_starts[doc + 1]]

    @cached_property
    def titles(self) -> list[str]:
        titles: list[str] = json.loads(self.titles_json)
        return titles

    @cached_property
    def when(self) -> array[int]:
        """The moment each document sorts by: published, else added."""
        pairs = zip(self.published, self.added, strict=True)
        return array("q", (a if p == UNKNOWN else p for p, a in pairs))

    @cached_property
    def numbers_by_id(self) -> dict[int, int]:
        """Document number by id."""
        return {doc_id: doc for doc, doc_id in enumerate(self.ids)}

    @cached_property
    def source_keys(self) -> list[str]:
        """The folded sources, in the order of `sources`."""
        return [fold(source) for source in self.sources]

    @cached_property
    def _entity_starts(self) -> array[int]:
        starts = array("q", [0])
        for count in self.entity_counts:
            starts.append(starts[-1] + count)
        return starts


def read_records(data: bytes) -> Records:
    """The records of a segment from their bytes. Raises ValueError for bytes that are none."""
    view = memoryview(data)
    if not data or crc32(view[_CHECK:]) != int.from_bytes(view[:_CHECK], "little"):
        raise ValueError("records are damaged")
    sections = []
    at = _CHECK
    while at < len(view):
        start = at + _LENGTH
        at = start + int.from_bytes(view[at:start], "little")
        sections.append(view[start:at])
    sources, titles, *rest = sections
    *numbers, entities = map(_read_array, rest)
    return Records(numbers, json.loads(bytes(sources)), bytes(titles), entities)


def _read_array(data: memoryview) -> array[int]:
    numbers = array("q")
    numbers.frombytes(data)
    return numbers


def _numbered(values: Sequence[str]) -> tuple[list[str], array[int]]:
    """The different values, and the place of each value among them."""
    table = {value: at for at, value in enumerate(dict.fromkeys(values))}
    return list(table), array("q", map(table.__getitem__, values))


def _kept(columns: Iterable[tuple[Iterable[_T], Iterable[int]]]) -> Iterator[_T]:
    """What is kept of several columns, one after the other."""
    return chain.from_iterable(compress(column, keep) for column, keep in columns)
