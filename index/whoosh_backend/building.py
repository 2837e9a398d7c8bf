"""Documents to segments, and segments to fewer segments."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import count, groupby
from typing import Any

from index.api import Document
from index.query import KEY_FIELDS, TEXT_FIELDS
from index.whoosh_backend.codec import ListsCodec, ListsWriter, Postings
from index.whoosh_backend.lexicon import write_lexicon
from index.whoosh_backend.records import Record, Records, make_record
from index.whoosh_backend.schema import (
    INDEX_NAME,
    RECORDS,
    terms_of,
    to_term,
)
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.storage import IndexStorage

TOKENS_AT_ONCE = 1_000_000
"""Tokens gathered in memory before they become a segment: about 100 MB."""

_FIELDS = (*TEXT_FIELDS, *KEY_FIELDS)

Terms = Iterable[tuple[bytes, Postings]]
"""Terms in order of their bytes, each with at least one posting."""


def build_segments(
    storage: IndexStorage,
    schema: Any,
    documents: Iterable[Document],
    *,
    tokens_at_once: int = TOKENS_AT_ONCE,
) -> Iterator[Any]:
    """Write documents as segments, one for each `tokens_at_once`."""
    batch = _Batch()
    for document in documents:
        batch.add(document)
        if batch.tokens >= tokens_at_once:
            yield _write(storage, schema, Records.of(batch.records), batch.terms())
            batch = _Batch()
    if batch.records:
        yield _write(storage, schema, Records.of(batch.records), batch.terms())


def merge_segments(
    storage: IndexStorage, schema: Any, parts: Sequence[tuple[SegmentView, frozenset[int]]]
) -> Any:
    """Write one segment of the documents of several, without those deleted from each."""
    views = [view for view, _ in parts]
    keeps = [bytes(doc not in deleted for doc in range(view.size)) for view, deleted in parts]
    numbers = count()
    moved = [array("q", (next(numbers) if kept else -1 for kept in keep)) for keep in keeps]
    records = Records.joined([(v.records, keep) for v, keep in zip(views, keeps, strict=True)])
    terms = ((field, _merged_terms(field, views, moved)) for field in _FIELDS)
    segment = _write(storage, schema, records, terms)
    for view in views:
        view.forget_pages()
    return segment


class _Batch:
    """Documents that will be one segment."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.tokens = 0
        self._postings: dict[str, dict[str, Postings]] = {f: {} for f in _FIELDS}

    def add(self, document: Document) -> None:
        doc = len(self.records)
        lengths = dict.fromkeys(_FIELDS, 0)
        for field, words in terms_of(document):
            postings = self._postings[field]
            for form, positions in words.items():
                lengths[field] += len(positions)
                if form not in postings:
                    postings[form] = Postings(array("I"), array("I"), array("I"))
                postings[form].append(doc, positions)
        self.records.append(make_record(document, lengths["title"], lengths["text"]))
        self.tokens += sum(lengths.values())

    def terms(self) -> Iterator[tuple[str, Terms]]:
        for field, postings in self._postings.items():
            keyed = sorted((to_term(form), form) for form in postings)
            yield field, ((term, postings[form]) for term, form in keyed)


def _merged_terms(field: str, views: Sequence[SegmentView], moved: Sequence[array[int]]) -> Terms:
    """The terms of several segments as those of one, under the new numbers of documents."""
    rows = [_numbered_lists(field, part, view) for part, view in enumerate(views)]
    for term, held in groupby(merge(*rows), key=lambda item: item[0]):
        joined = Postings(array("I"), array("I"), array("I"))
        for _, part, info in held:
            joined.append_moved(views[part].read(info), moved[part])
        if joined:
            yield term, joined


def _numbered_lists(field: str, part: int, view: SegmentView) -> Iterator[tuple[bytes, int, Any]]:
    for term, info in view.lists(field):
        yield term, part, info


def _write(
    storage: IndexStorage,
    schema: Any,
    records: Records,
    terms: Iterable[tuple[str, Terms]],
) -> Any:
    """Write one segment."""
    codec = ListsCodec()
    segment = codec.new_segment(storage, INDEX_NAME)
    segment.set_doc_count(len(records))
    _write_records(codec.per_document_writer(storage, segment), schema, records)
    writer = codec.field_writer(storage, segment)
    try:
        forms = {field: _write_field(writer, schema, field, postings) for field, postings in terms}
    finally:
        writer.close()
    write_lexicon(storage, segment, forms)
    # Part of the table of contents, with all else that a segment says of itself.
    segment.checksums = {name: storage.checksum(name) for name in segment.list_files(storage)}
    return segment


def _write_records(writer: Any, schema: Any, records: Records) -> None:
    for doc in range(len(records)):
        writer.start_doc(doc)
        if not doc:
            writer.add_column_value(RECORDS, schema[RECORDS].column_type, records)
        writer.finish_doc()
    writer.close()


def _write_field(writer: ListsWriter, schema: Any, field: str, terms: Terms) -> list[bytes]:
    """Write the posting lists of a field; returns its terms."""
    written = []
    writer.start_field(field, schema[field])
    for term, postings in terms:
        writer.write_term(term, postings)
        written.append(term)
    writer.finish_field()
    return written
