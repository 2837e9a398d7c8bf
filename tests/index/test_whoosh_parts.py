"""The pieces of the Whoosh backend, one by one."""

from __future__ import annotations

from array import array
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.filedb.structfile import StructFile
from whoosh.index import FileIndex
from whoosh.query import And as StockAnd
from whoosh.query import Prefix as StockPrefix
from whoosh.query import Term as StockTerm

from index.analysis import forms, stem
from index.api import Document
from index.factory import open_index
from index.query import Term
from index.whoosh_backend import segments as segments_module
from index.whoosh_backend.building import build_segments
from index.whoosh_backend.codec import ListsCodec
from index.whoosh_backend.lexicon import Lexicon, write_lexicon
from index.whoosh_backend.merging import FACTOR, LARGEST, Size, choose_merge
from index.whoosh_backend.records import (
    UNKNOWN,
    Record,
    Records,
    RecordsColumn,
    make_record,
    read_records,
)
from index.whoosh_backend.schema import INDEX_NAME, make_schema
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.storage import IndexStorage

DOCUMENTS = [
    Document(
        1, "Grain deal", "Strikes and strike; the strike of 東京.", 5, 3, "A", entities=(4, 9)
    ),
    Document(2, "", "striking " * 400, 6, None, ""),
    Document(-3, "Grain", "", -7, -8, "A", entities=(9,)),
]


@pytest.fixture
def storage(tmp_path: Path) -> IndexStorage:
    made = IndexStorage(tmp_path)
    made.create()
    return made


def test_stock_searchers_can_read_the_index(tmp_path: Path) -> None:
    open_index(tmp_path, create=True).apply(DOCUMENTS)
    stock = FileIndex(IndexStorage(tmp_path), indexname=INDEX_NAME)
    with stock.searcher() as searcher:

        def found(query: object) -> list[int]:
            return sorted(searcher.docs_for_query(query))

        assert found(StockTerm("text", "strike")) == [0]
        assert found(StockPrefix("text", "stri")) == [0, 1]
        assert found(StockAnd([StockTerm("title", "grain"), StockTerm("entity", "9")])) == [0, 2]
        reader = searcher.reader()
        info = reader.term_info("text", "striking")
        assert (info.doc_frequency(), info.weight(), info.max_weight()) == (1, 400, 400)
        matcher = reader.postings("text", "strike")
        assert array("I", matcher.value()).tolist() == [2, 4]
        assert matcher.weight() == 2


def test_a_segment_holds_what_was_written(storage: IndexStorage) -> None:
    schema = make_schema()
    (segment,) = build_segments(storage, schema, DOCUMENTS)
    view = SegmentView(storage, schema, segment)
    assert view.size == 3
    assert [doc for doc, _ in view.postings("text", b"strike").items()] == [0]
    assert len(view.postings("text", b"nothing")) == 0
    assert len(view.records) == 3
    assert rows(view.records)[0] == make_record(DOCUMENTS[0], 2, 8)
    assert view.records.published[1] == UNKNOWN
    assert list(view.records.ids) == [1, 2, -3]
    assert list(view.terms("title")) == [b"deal", b"grain"]
    assert list(view.terms("lang")) == list(view.lists("lang")) == []
    view.close()


def test_many_words_become_several_segments(storage: IndexStorage) -> None:
    documents = [Document(doc, "a b", "c d e", 0) for doc in range(5)]
    segments = list(build_segments(storage, make_schema(), documents, tokens_at_once=10))
    assert [segment.doc_count() for segment in segments] == [2, 2, 1]
    segments = list(build_segments(storage, make_schema(), documents[:4], tokens_at_once=10))
    assert [segment.doc_count() for segment in segments] == [2, 2]


def test_vectors_are_refused() -> None:
    with pytest.raises(ValueError, match="vectors"):
        ListsCodec().postings_writer(None, byteids=True)


words = st.sets(st.sampled_from(forms("strike strikes striking a at ate nuclei 東 us 1,000 z")))


@given(title=words, text=words)
def test_stems_lead_to_their_forms(title: set[str], text: set[str]) -> None:
    class Segment:
        def create_file(self, storage: BytesIO, extension: str) -> StructFile:
            file = StructFile(storage)
            file.onclose = lambda closed: setattr(closed, "file", None)
            return file

        def open_file(self, storage: BytesIO, extension: str) -> StructFile:
            return Bytes(storage.getvalue())

    class Bytes(StructFile):  # type: ignore[misc]
        def __init__(self, data: bytes) -> None:
            self.file = data

        def get(self, position: int, length: int) -> bytes:
            return self.file[position : position + length]

    storage, segment = BytesIO(), Segment()
    held = {"title": title, "text": text}
    write_lexicon(storage, segment, {f: [w.encode() for w in ws] for f, ws in held.items()})
    lexicon = Lexicon(storage, segment)
    for field, forms_held in held.items():
        for word in ("strike", "at", "a", "nucleus", "nuclei", "東", "us", "1000", "0", "zz", "b"):
            expected = {form for form in forms_held if stem(form) == stem(word)}
            assert {form.decode() for form in lexicon.forms(field, stem(word))} == expected


def rows(records: Records) -> list[Record]:
    """The records document by document."""
    return [
        Record(
            records.ids[doc],
            records.added[doc],
            records.published[doc],
            records.title_lengths[doc],
            records.text_lengths[doc],
            records.sources[records.source_refs[doc]],
            records.titles[doc],
            tuple(records.entities(doc)),
        )
        for doc in range(len(records))
    ]


names = st.text(max_size=3)
numbers = st.integers(-(2**63), 2**63 - 1)
some_records = st.builds(
    Record, *[numbers] * 3, *[st.integers(0, 9)] * 2, names, names, st.tuples(numbers) | st.just(())
)


@given(
    st.lists(st.lists(st.tuples(some_records, st.booleans()), min_size=1), min_size=1, max_size=4)
)
def test_records_of_segments_are_joined(segments: list[list[tuple[Record, bool]]]) -> None:
    parts = [
        (Records.of([row for row, _ in segment]), bytes(keep for _, keep in segment))
        for segment in segments
    ]
    joined = read_records(b"".join(Records.joined(parts).pieces()))
    kept = [row for segment in segments for row, keep in segment if keep]
    assert rows(joined) == kept
    assert len(joined) == len(kept)
    assert joined.sources == list(dict.fromkeys(row.source for row in kept))


def test_records_that_do_not_fit_are_refused() -> None:
    file = StructFile(BytesIO())
    column = RecordsColumn()
    writer = column.writer(file)
    records = Records.of([Record(1, 2, 3, 4, 5, "s", "t", (6,))])
    writer.add(0, records)
    writer.finish(1)
    with pytest.raises(ValueError, match="1 records for 2"):
        writer.finish(2)
    data = file.file.getvalue()
    assert column.default_value() is None
    assert rows(read_records(data)) == rows(records)
    file.get = lambda position, length: data[position : position + length]
    with pytest.raises(ValueError, match="another number"):
        column.reader(file, 0, len(data), 2)
    for damaged in (data[:-1], data[:9] + b"x" + data[10:], b""):
        with pytest.raises(ValueError, match="damaged"):
            read_records(damaged)


def sizes(*live: int) -> list[Size]:
    return [Size(count, 0) for count in live]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([], []),
        (sizes(*[5] * (FACTOR - 1)), []),
        (sizes(*[5] * FACTOR), list(range(FACTOR))),
        (sizes(500, *[5] * FACTOR), list(range(1, FACTOR + 1))),
        (sizes(*[50] * FACTOR, *[5] * FACTOR), list(range(FACTOR, 2 * FACTOR))),
        (sizes(*[LARGEST] * 2 * FACTOR), []),
        (sizes(*[LARGEST // 2] * FACTOR), [0, 1]),
        (sizes(*[LARGEST // 2 + 1] * FACTOR), []),
        (sizes(*[LARGEST // 2 + 1] * FACTOR, *[90_000] * FACTOR), [FACTOR, FACTOR + 1]),
        (sizes(90_000, 15_000, *[90_000] * FACTOR), [1, 0, 2]),
        ([Size(9, 9), Size(9, 10)], [1]),
        ([Size(LARGEST, LARGEST + 1)], [0]),
    ],
)
def test_what_is_merged(segments: list[Size], expected: list[int]) -> None:
    assert choose_merge(segments) == expected


@given(st.lists(st.integers(1, 300) | st.integers(1, LARGEST), max_size=60))
def test_merging_ends_with_few_segments(commits: list[int]) -> None:
    segments: list[int] = []
    for documents in commits:
        segments.append(documents)
        while chosen := choose_merge(sizes(*segments)):
            merged = sum(segments[at] for at in chosen)
            assert len(chosen) > 1
            assert merged <= LARGEST
            segments = [size for at, size in enumerate(segments) if at not in chosen] + [merged]
    assert sum(segments) == sum(commits)
    assert len(segments) < FACTOR * 6 + 2 * sum(commits) // LARGEST


def test_the_same_words_in_another_segment_are_found(tmp_path: Path) -> None:
    index = open_index(tmp_path, create=True)
    for doc in range(FACTOR + 1):
        index.apply([Document(doc, f"only{doc}", "strikes" if doc % 2 else "striking", 0)])
    assert index.status().segments == 2
    assert list(index.ids(Term("strike"))) == list(range(FACTOR + 1))
    assert list(index.ids(Term("only3"))) == [3]


def test_a_merge_gives_back_what_it_has_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten: list[str] = []
    real = SegmentView.forget_pages

    def forget(view: SegmentView) -> None:
        forgotten.append(view.name)
        real(view)

    monkeypatch.setattr(segments_module, "_KEPT_PAGES", 20)
    monkeypatch.setattr(SegmentView, "forget_pages", forget)
    index = open_index(tmp_path, create=True)
    for doc in range(FACTOR):
        index.apply([Document(doc, f"only{doc}", "one two three four", 0)])
    assert len(set(forgotten)) == FACTOR
    assert len(forgotten) > 2 * FACTOR
    assert list(index.ids(Term("three"))) == list(range(FACTOR))
    index.check()


def test_segments_without_a_word_are_merged(tmp_path: Path) -> None:
    index = open_index(tmp_path, create=True)
    for doc in range(FACTOR):
        index.apply([Document(doc, "", "", 0)])
    assert index.status().segments == 1
    assert list(index.document_ids()) == list(range(FACTOR))
