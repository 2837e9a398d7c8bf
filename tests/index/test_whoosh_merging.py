"""Segments are built of documents and merged to what a fresh build of the survivors is."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from index.analysis.tokens import VALUE_GAP
from index.api import Document, SearchIndex
from index.factory import open_index
from index.memory import MemoryIndex
from index.query import And, Everything, Near, Not, Phrase, Prefix, Sort, Term
from index.whoosh_backend import building, postings
from index.whoosh_backend.building import SegmentBuilder
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.committing import merge_some, write_lock
from index.whoosh_backend.merging import Merged, Source, merge_segments
from index.whoosh_backend.records import moment_of
from index.whoosh_backend.schema import from_term, to_term
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.snapshot import Snapshot, open_snapshot
from index.whoosh_backend.storage import IndexStorage

WORDS = (
    "grain", "grains", "grained", "deal", "deals", "dealt", "striking", "strike", "strikes",
    "Łódź", "café", "東京", "covid-19", *(f"word{number}" for number in range(40)),
)  # fmt: skip
AUTHORS = ("Ann Lee", "Bo Kim", "Lee Ann", "Ann Kim")


def make_documents(seed: int, ids: Sequence[int]) -> list[Document]:
    """Documents that come in no order of time."""
    rng = random.Random(seed)
    return [
        Document(
            doc,
            title=" ".join(rng.choices(WORDS, k=rng.randrange(5))),
            text=" ".join(rng.choices(WORDS, k=rng.randrange(60))),
            added=rng.randrange(50),
            published=rng.choice((None, rng.randrange(-50, 100))),
            source=f"Source {rng.randrange(6)}" if rng.randrange(4) else "",
            authors=tuple(rng.sample(AUTHORS, rng.randrange(3))),
            place=rng.choice(("", "Łódź", "Grain City")),
            lang=rng.choice(("", "en", "de", f"x-{doc}")),
            entities=tuple(rng.sample(range(-5, 20), rng.randrange(5))),
        )
        for doc in ids
    ]


@pytest.fixture
def storage(tmp_path: Path) -> IndexStorage:
    return IndexStorage(tmp_path)


def build(storage: IndexStorage, documents: Sequence[Document]) -> ArraySegment:
    (segment,) = SegmentBuilder().build(storage, documents)
    return segment


def view_of(storage: IndexStorage, segment: ArraySegment) -> SegmentView:
    return SegmentView(storage.path / segment.file_name, segment.checksum)


def merge(storage: IndexStorage, segments: Sequence[ArraySegment]) -> Merged:
    """Merge segments into a file that has its name."""
    sources = [Source(view_of(storage, one), one.deleted) for one in segments]
    merged = merge_segments(storage, sources, "merged")
    storage.rename_file("merged", merged.segment.file_name)
    return merged


def content(storage: IndexStorage, segment: ArraySegment) -> bytes:
    return (storage.path / segment.file_name).read_bytes()


def delete(storage: IndexStorage, segment: ArraySegment, ids: set[int]) -> None:
    known = view_of(storage, segment).records.ids.tolist()
    segment.delete(np.array([doc for doc, one in enumerate(known) if one in ids], np.int64))


@pytest.mark.parametrize("at_once", [3, 1 << 20])
@pytest.mark.parametrize("deleted", [set(), set(range(0, 90, 4)), set(range(30))])
def test_what_is_merged_is_what_would_be_built(
    storage: IndexStorage, monkeypatch: pytest.MonkeyPatch, deleted: set[int], at_once: int
) -> None:
    monkeypatch.setattr(postings, "AT_ONCE", at_once)
    batches = [make_documents(seed, range(seed * 30, seed * 30 + 30)) for seed in range(3)]
    segments = [build(storage, batch) for batch in batches]
    for segment in segments:
        delete(storage, segment, deleted)
    merged = merge(storage, segments)
    survivors = [one for batch in batches for one in batch if one.id not in deleted]
    fresh = build(storage, survivors)
    assert merged.segment.doc_count() == len(survivors)
    assert content(storage, merged.segment) == content(storage, fresh)
    assert merged.segment.checksum == fresh.checksum


def test_what_is_merged_can_be_merged_again(storage: IndexStorage) -> None:
    batches = [make_documents(seed, range(seed * 20, seed * 20 + 20)) for seed in range(4)]
    first, second, third, fourth = (build(storage, batch) for batch in batches)
    one, other = (merge(storage, pair).segment for pair in ((third, first), (fourth, second)))
    delete(storage, one, {3, 45})
    whole = merge(storage, [other, one]).segment
    delete(storage, whole, set(range(20, 80)))
    rest = merge(storage, [whole]).segment
    kept = [document for document in batches[0] if document.id != 3]
    assert content(storage, rest) == content(storage, build(storage, kept))


def test_each_document_has_a_new_number(storage: IndexStorage) -> None:
    segments = [build(storage, make_documents(seed, range(seed, 40, 2))) for seed in range(2)]
    delete(storage, segments[0], {4, 8})
    merged = merge(storage, segments)
    ids = view_of(storage, merged.segment).records.ids
    for segment, numbers in zip(segments, merged.numbers, strict=True):
        before = view_of(storage, segment).records.ids
        gone = numbers < 0
        assert np.flatnonzero(gone).tolist() == segment.deleted.tolist()
        assert ids[numbers[~gone]].tolist() == before[~gone].tolist()


def test_documents_are_numbered_by_their_time(storage: IndexStorage) -> None:
    documents = make_documents(5, range(60))
    view = view_of(storage, build(storage, documents))
    expected = sorted(documents, key=lambda one: (moment_of(one), one.id))
    assert view.records.ids.tolist() == [one.id for one in expected]
    assert view.size == 60


def test_a_segment_ends_after_so_many_tokens(
    storage: IndexStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = [Document(doc, "", "a b c", doc) for doc in range(1000)]
    builder = SegmentBuilder()
    made = list(builder.build(storage, documents, tokens_at_once=1000))
    assert [one.doc_count() for one in made] == [500, 500]
    assert list(builder.build(storage, [])) == []
    monkeypatch.setattr(building, "MOST_DOCUMENTS", 300)
    assert [one.doc_count() for one in builder.build(storage, documents)] == [250] * 4


def test_words_are_forgotten_when_they_become_too_many(
    storage: IndexStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    builder = SegmentBuilder()
    documents = make_documents(1, range(30))
    (plain,) = builder.build(storage, documents)
    monkeypatch.setattr(building, "_MOST_WORDS", 10)
    for _ in range(2):
        (made,) = builder.build(storage, documents)
        assert content(storage, made) == content(storage, plain)


def test_long_texts_and_frequent_words_are_whole(storage: IndexStorage) -> None:
    text = "often " * 300 + "then " + " ".join(f"w{number}" for number in range(70_000))
    documents = [
        Document(1, "often", text, 5),
        Document(2, "short", "often w1 w69999 last", 4),
        Document(3, "", "", 3),
    ]
    segments = [build(storage, documents[:1]), build(storage, documents[1:])]
    merged = merge(storage, segments).segment
    assert content(storage, merged) == content(storage, build(storage, documents))
    for segment, doc in ((segments[0], 0), (merged, 2)):
        view = view_of(storage, segment)
        words = view.words("text")
        for term, places in ((b"often", [*range(300)]), (b"w69999", [70_300])):
            ordinal = words.dictionary.find(term)
            assert ordinal is not None
            assert words.docs(ordinal).tolist()[-1] == doc
            assert words.row(ordinal)[1].tolist()[-1] == len(places)
            assert words.places(ordinal).tolist()[-len(places) :] == places
        assert view.records.text_lengths.tolist()[-1] == 70_301


def test_authors_stand_apart(storage: IndexStorage) -> None:
    documents = [
        Document(1, "", "", 1, authors=("Ann Lee", "", "Bo")),
        Document(2, "", "", 2),
        Document(3, "", "", 3, authors=("Lee",)),
    ]
    for segment in (
        build(storage, documents),
        merge(storage, [build(storage, [one]) for one in documents]).segment,
    ):
        words = view_of(storage, segment).words("author")
        placed = {
            from_term(term): (words.docs(at).tolist(), words.places(at).tolist())
            for at, term in enumerate(words.dictionary.terms(0, 3))
        }
        assert placed == {
            "ann": ([0], [0]),
            "lee": ([0, 2], [1, 0]),
            "bo": ([0], [2 + 2 * VALUE_GAP]),
        }


def test_segments_without_words_are_merged(storage: IndexStorage) -> None:
    documents = [Document(doc, "—", "", doc) for doc in range(4)]
    segments = [build(storage, documents[:2]), build(storage, documents[2:])]
    merged = merge(storage, segments).segment
    assert content(storage, merged) == content(storage, build(storage, documents))
    view = view_of(storage, merged)
    assert not len(view.stemmed("text").dictionary)
    assert view.stemmed("title").find_stem("a") is None
    assert view.lists("lang").dictionary.find(to_term("en")) is None
    assert view.lists("author") is view.words("author")


QUERIES = (
    Everything(),
    Term("grain"),
    Term("grains", exact=True),
    Phrase(("grain", "deal")),
    Near(("strike", "deal"), 5),
    Prefix("word1"),
    And((Term("deal"), Not(Term("strike")))),
    Term("3", "entity"),
    Phrase(("ann", "lee"), "author"),
)


def check_same(index: SearchIndex, reference: MemoryIndex) -> None:
    for query in QUERIES:
        for sort in Sort:
            found = index.search(query, sort=sort, limit=200)
            assert found == reference.search(query, sort=sort, limit=200)
        assert index.facets(query) == reference.facets(query)


def test_documents_deleted_during_a_merge_stay_deleted(tmp_path: Path) -> None:
    index, reference = open_index(tmp_path / "index", create=True), MemoryIndex()
    other, storage = open_index(tmp_path / "index"), IndexStorage(tmp_path / "index")
    for seed in range(8):
        batch = make_documents(seed, range(seed * 10, seed * 10 + 10))
        for backend in (index, reference):
            backend.apply(batch, [seed * 9])
    late = make_documents(99, [2, 30, 100])

    @contextmanager
    def locked() -> Iterator[Snapshot]:
        """The commit of another writer lies between the reading and the swap."""
        for backend in (other, reference):
            backend.apply(late, [1, 9, 17, 63])
        with write_lock(storage):
            yield open_snapshot(storage, storage.generation(), {})

    assert merge_some(storage, open_snapshot(storage, storage.generation(), {}), locked)
    assert index.status().segments == 2
    assert index.status().documents == reference.status().documents
    check_same(index, reference)


def test_answers_do_not_change_when_segments_are_merged(tmp_path: Path) -> None:
    index, reference = open_index(tmp_path / "index", create=True), MemoryIndex()
    for seed in range(40):
        batch = make_documents(seed, range(seed % 13 * 5, seed % 13 * 5 + 9))
        for backend in (index, reference):
            backend.apply(batch, [seed])
    before = index.status().segments
    while index.merge():
        check_same(index, reference)
    assert index.status().segments < before
    check_same(index, reference)
