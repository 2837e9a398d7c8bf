"""The column of what a segment knows of each document besides its words."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple
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


_NUMBERS = 5
_CHECK = 4  # bytes


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
    """A column of `Record`, laid out by attribute so that a whole one is read at once.

    A checksum, then sections, each after its length in bytes: the five numbers, the places of
    the sources in their table, that table, the titles, how many entities each document has, the
    entities.
    """

    def writer(self, dbfile: Any) -> _Writer:
        return _Writer(dbfile)

    def reader(self, dbfile: Any, basepos: int, length: int, doccount: int) -> Records:
        return Records(dbfile.get(basepos, length), doccount)

    def default_value(self, _reverse: bool = False) -> None:
        """There is none: every document has a record."""


class _Writer:
    def __init__(self, dbfile: Any) -> None:
        self._dbfile = dbfile
        self._rows: list[Record] = []

    def add(self, docnum: int, value: Record) -> None:
        if docnum != len(self._rows):
            raise ValueError(f"record {docnum} after {len(self._rows)}")
        self._rows.append(value)

    def finish(self, doccount: int) -> None:
        rows = self._rows
        if doccount != len(rows):
            raise ValueError(f"{len(rows)} records for {doccount} documents")
        table = {source: at for at, source in enumerate(dict.fromkeys(r.source for r in rows))}
        numbers = (row[:_NUMBERS] for row in rows)
        sections = [array("q", column).tobytes() for column in zip(*numbers, strict=True)]
        sections += [
            array("q", (table[row.source] for row in rows)).tobytes(),
            json.dumps(list(table)).encode(),
            json.dumps([row.title for row in rows]).encode(),
            array("q", (len(row.entities) for row in rows)).tobytes(),
            array("q", (entity for row in rows for entity in row.entities)).tobytes(),
        ]
        data = b"".join(array("q", [len(part)]).tobytes() + part for part in sections)
        self._dbfile.write(crc32(data).to_bytes(_CHECK, "little") + data)


class Records(Sequence[Record]):
    """The records of a segment by document number; the attributes hold one value for each.

    Raises ValueError for bytes that are no such column.
    """

    def __init__(self, data: bytes, doccount: int) -> None:
        if not data or crc32(data[_CHECK:]) != int.from_bytes(data[:_CHECK], "little"):
            raise ValueError("records are damaged")
        sections = []
        at = _CHECK
        while at < len(data):
            size = array("q", data[at : at + 8])[0]
            sections.append(data[at + 8 : at + 8 + size])
            at += 8 + size
        numbers = [array("q", section) for section in sections[:_NUMBERS]]
        self.ids, self.added, self.published, self.title_lengths, self.text_lengths = numbers
        self.source_refs = array("q", sections[5])
        self.sources: list[str] = json.loads(sections[6])
        self._titles = sections[7]
        self._entity_counts = array("q", sections[8])
        self._entities = array("q", sections[9])
        if len(self.ids) != doccount:
            raise ValueError("records of another number of documents")

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, doc: Any) -> Any:
        return Record(
            self.ids[doc],
            self.added[doc],
            self.published[doc],
            self.title_lengths[doc],
            self.text_lengths[doc],
            self.sources[self.source_refs[doc]],
            self.titles[doc],
            tuple(self.entities(doc)),
        )

    def entities(self, doc: int) -> array[int]:
        """The entity ids of a document."""
        return self._entities[self._entity_starts[doc] : self._entity_starts[doc + 1]]

    @cached_property
    def titles(self) -> list[str]:
        titles: list[str] = json.loads(self._titles)
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
        for count in self._entity_counts:
            starts.append(starts[-1] + count)
        return starts
