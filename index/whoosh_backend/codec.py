"""Our segments as Whoosh sees them, so that its own searchers can open the index.

The program itself does not come this way: it reads whole arrays (`matching.py`). Segments are
written by `building.py` alone, hence the writing half of the codec is not there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from copy import copy
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, FieldCursor, PerDocumentReader, Segment, TermsReader
from whoosh.columns import ColumnReader
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from index.query import KEY_FIELDS, TEXT_FIELDS
from index.whoosh_backend.arrays import Array
from index.whoosh_backend.postings import ValueReader, WordReader
from index.whoosh_backend.records import RecordsReader
from index.whoosh_backend.schema import COLUMNS, INDEX_NAME, STEMMED
from index.whoosh_backend.segments import SegmentView

_FIELDS = sorted((*TEXT_FIELDS, *KEY_FIELDS))
_EXTENSION = ".arrays"


class ArraySegment(Segment):  # type: ignore[misc]
    """What a table of contents says of a segment."""

    checksum = 0
    _size = 0
    _deleted = b""

    @classmethod
    def new(cls) -> ArraySegment:
        """A segment with a name of its own."""
        segment = cls(INDEX_NAME)
        segment.segid = token_hex(8)
        return segment

    @property
    def file_name(self) -> str:
        name: str = self.make_filename(_EXTENSION)
        return name

    @property
    def deleted(self) -> Array:
        """The documents that are deleted, rising."""
        return np.frombuffer(self._deleted, np.uint16)

    def delete(self, docs: Array) -> None:
        """Delete documents; those that are deleted already change nothing."""
        self._deleted = np.union1d(self.deleted, docs).astype(np.uint16).tobytes()

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._size = doccount

    def doc_count_all(self) -> int:
        return self._size

    def deleted_count(self) -> int:
        return len(self.deleted)

    def deleted_docs(self) -> frozenset[int]:
        return frozenset(self.deleted.tolist())

    def is_deleted(self, docnum: int) -> bool:
        return bool((self.deleted == docnum).any())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if delete:
            self.delete(np.array([docnum]))
        else:
            self._deleted = np.setdiff1d(self.deleted, docnum).astype(np.uint16).tobytes()


class ArrayCodec(Codec):  # type: ignore[misc]
    """The reading half of a codec."""

    def new_segment(self, _storage: Any, _indexname: str) -> ArraySegment:
        return ArraySegment.new()

    def terms_reader(self, storage: Any, segment: ArraySegment) -> _Terms:
        return _Terms(_open(storage, segment))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> _Documents:
        return _Documents(_open(storage, segment), segment)


def _open(storage: Any, segment: ArraySegment) -> SegmentView:
    return SegmentView(Path(storage.folder) / segment.file_name, segment.checksum)


class _Terms(TermsReader):  # type: ignore[misc]
    """Terms in order of field and bytes."""

    def __init__(self, view: SegmentView) -> None:
        self._view = view

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def cursor(self, fieldname: str, fieldobj: Any) -> _Cursor:
        return _Cursor(self, self._view.lists(fieldname), fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        for field in _FIELDS[bisect_left(_FIELDS, fieldname) :]:
            dictionary = self._view.lists(field).dictionary
            first = dictionary.starting(prefix)[0] if field == fieldname else 0
            for term in dictionary.terms(first, len(dictionary)):
                yield field, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return self.items_from("", b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        docs, counts, _ = self._read(fieldname, text)
        return self._info(fieldname, docs, counts)

    def frequency(self, fieldname: str, text: bytes) -> float:
        weight: float = self.term_info(fieldname, text).weight()
        return weight

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._read(fieldname, text)[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> _Postings:
        docs, counts, places = self._read(fieldname, text)
        ends = np.cumsum(counts)[:-1]
        values = [part.astype(np.uint32).tobytes() for part in np.split(places, ends)]
        return _Postings(
            docs.tolist(),
            weights=counts.astype(float).tolist(),
            values=values,
            format=format_,
            scorer=scorer,
            term=(fieldname, text),
            terminfo=self._info(fieldname, docs, counts),
        )

    def indexed_field_names(self) -> list[str]:
        return _FIELDS

    def close(self) -> None:
        """The file is let go with the last array of it."""

    def _info(self, field: str, docs: Array, counts: Array) -> TermInfo:
        lengths = _lengths(self._view, field)
        held = lengths[docs] if lengths is not None else np.zeros(1, np.int64)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(docs),
            minlength=int(held.min()),
            maxlength=int(held.max()),
            maxweight=float(counts.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def _find(self, field: str, term: bytes) -> int | None:
        return self._view.lists(field).dictionary.find(term) if field in _FIELDS else None

    def _read(self, field: str, term: bytes) -> tuple[Array, Array, Array]:
        """Documents, counts and places of a list. Raises KeyError."""
        ordinal = self._find(field, term)
        if ordinal is None:
            raise KeyError(field, term)
        reader = self._view.lists(field)
        docs = reader.docs(ordinal)
        if isinstance(reader, WordReader):
            return *reader.row(ordinal), reader.places(ordinal)
        return docs, np.ones(len(docs), np.int64), np.zeros(len(docs), np.int64)


class _Postings(ListMatcher):  # type: ignore[misc]
    """A posting list, which is one block of its own."""

    def id(self) -> int:
        # Matchers that exclude ask for one more after the last.
        found: int = self._ids[min(self._i, len(self._ids) - 1)]
        return found

    def block_max_weight(self) -> float:
        weight: float = self._terminfo.max_weight()
        return weight

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() <= minquality:
            self._i = len(self._ids)
        return 0

    def copy(self) -> _Postings:
        return copy(self)


class _Cursor(FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field."""

    def __init__(self, terms: _Terms, lists: ValueReader, field: str, fieldobj: Any) -> None:
        self._terms = terms
        self._dictionary = lists.dictionary
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        term = self._fieldobj.to_bytes(string) if isinstance(string, str) else string
        self._at = self._dictionary.starting(term)[0]
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        if not self.is_valid():
            return None
        text: str = self._fieldobj.from_bytes(self._dictionary.term(self._at))
        return text

    def term_info(self) -> TermInfo | None:
        if not self.is_valid():
            return None
        return self._terms.term_info(self._field, self._dictionary.term(self._at))

    def is_valid(self) -> bool:
        return self._at < len(self._dictionary)


class _Documents(PerDocumentReader):  # type: ignore[misc]
    """Lengths, ids and deletions."""

    def __init__(self, view: SegmentView, segment: ArraySegment) -> None:
        self._view = view
        self._segment = segment

    def close(self) -> None:
        """As with the terms."""

    def doc_count(self) -> int:
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in COLUMNS

    def list_columns(self) -> list[str]:
        return list(COLUMNS)

    def column_reader(self, fieldname: str, _column: Any) -> _Column:
        return _Column(_values(self._view.records, fieldname))

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = _lengths(self._view, fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = _lengths(self._view, fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        lengths = _lengths(self._view, fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = _lengths(self._view, fieldname)
        return 0 if lengths is None else int(lengths.max())

    def has_vector(self, _docnum: int, _fieldname: str) -> bool:
        return False

    def stored_fields(self, docnum: int) -> dict[str, int]:
        return {"id": int(self._view.records.ids[docnum])}


class _Column(ColumnReader):  # type: ignore[misc]
    """What a column has for each document."""

    def __init__(self, values: Sequence[Any]) -> None:
        super().__init__(None, 0, 0, len(values))
        self._values = self._keys = values

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def sort_key(self, docnum: int) -> Any:
        return self._keys[docnum]

    def set_reverse(self) -> None:
        """Let numbers be sorted the other way."""
        self._keys = [-value for value in self._values]


def _values(records: RecordsReader, column: str) -> Sequence[Any]:
    match column:
        case "added":
            return list(records.added.tolist())
        case "date":
            return list(records.published.tolist())
        case "source":
            return [records.sources.table[ref] for ref in records.sources.refs.tolist()]
        case _:  # "entity"
            entities = map(str, records.all().entity_ids.tolist())
            counts = np.diff(records.entity_starts.astype(np.int64))
            return [tuple(islice(entities, count)) for count in counts.tolist()]


def _lengths(view: SegmentView, field: str) -> Array | None:
    """The length of each document in a field that is scored, in tokens."""
    if field not in STEMMED:
        return None
    records = view.records
    return records.title_lengths if field == "title" else records.text_lengths
