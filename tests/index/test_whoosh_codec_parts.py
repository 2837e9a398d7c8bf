"""What Whoosh reads of our files besides searching them: terms, lengths, columns, deletions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import whoosh
from whoosh import query as wq
from whoosh import scoring, sorting
from whoosh.codec.base import PerDocumentReader, TermsReader
from whoosh.index import open_dir
from whoosh.matching import Matcher
from whoosh.reading import IndexReader, SegmentReader, TermNotFound
from whoosh.searching import Searcher

from index.api import Document
from index.factory import open_index
from index.whoosh_backend.codec import ArrayCodec, ArraySegment
from index.whoosh_backend.records import UNKNOWN
from index.whoosh_backend.schema import COLUMNS, STEMMED
from tests.index.whoosh_pairs import DELETED, SEGMENTS, Pair, make_batches, make_pair

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("author", "entity", "lang", "place", "source", "text", "title")
LIVE = {doc.id: doc for batch in make_batches() for doc in batch if doc.id not in DELETED}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return make_pair(tmp_path_factory.mktemp("pair"), list(make_batches()), DELETED)


def readers(pair: Pair) -> list[tuple[IndexReader, IndexReader]]:
    """The readers of both for each segment, then for all of them."""
    ours, theirs = pair.ours.reader(), pair.theirs.reader()
    rows = zip(ours.leaf_readers(), theirs.leaf_readers(), strict=True)
    return [*((one, other) for (one, _), (other, _) in rows), (ours, theirs)]


def inside(pair: Pair) -> tuple[TermsReader, PerDocumentReader, ArraySegment]:
    """The readers of the codec for the first segment."""
    segment = pair.ours._segments()[0]
    storage, codec = pair.ours.storage, segment.codec()
    return (
        codec.terms_reader(storage, segment),
        codec.per_document_reader(storage, segment),
        segment,
    )


def shape(info: object) -> list[float]:
    """The statistics of a term."""
    names = ("weight", "doc_frequency", "min_length", "max_length", "max_weight", "min_id")
    return [getattr(info, name)() for name in (*names, "max_id")]


def test_a_program_that_knows_nothing_of_us_finds_the_same(pair: Pair) -> None:
    code = (
        "import sys, warnings\n"
        "warnings.simplefilter('ignore')\n"
        "from whoosh.index import open_dir\n"
        "from whoosh.query import And, Or, Term\n"
        "query = Or([Term('title', 'ba'), And([Term('text', 'babe'), Term('lang', 'en')])])\n"
        "with open_dir(sys.argv[1]).searcher() as searcher:\n"
        "    print(*(hit['id'] for hit in searcher.search(query, limit=None)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(pair.folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = {int(doc) for doc in ran.stdout.split()}
    query = wq.Or(
        [wq.Term("title", "ba"), wq.And([wq.Term("text", "babe"), wq.Term("lang", "en")])]
    )
    theirs = pair.theirs.searcher().search(query, limit=None)
    assert found == {int(hit["id"]) for hit in theirs}
    assert found


def test_terms_are_those_of_the_other_codec(pair: Pair) -> None:
    for ours, theirs in readers(pair):
        expected = [term for term in theirs.all_terms() if term[0] != "id"]
        assert list(ours.all_terms()) == expected
        assert sorted(ours.indexed_field_names()) == list(FIELDS)
        for field in FIELDS:
            assert list(ours.lexicon(field)) == list(theirs.lexicon(field))
            assert list(ours.expand_prefix(field, "ba")) == list(theirs.expand_prefix(field, "ba"))
        for field, start in (("text", "fi"), ("title", "zz"), ("lang", ""), ("text", "ba")):
            following = [term for term in theirs.terms_from(field, start) if term[0] != "id"]
            assert list(ours.terms_from(field, start)) == following


def test_terms_have_the_same_statistics(pair: Pair) -> None:
    for ours, theirs in readers(pair):
        for field in STEMMED:
            for term in list(theirs.lexicon(field))[::3]:
                assert shape(ours.term_info(field, term)) == shape(theirs.term_info(field, term))
                assert ours.frequency(field, term) == theirs.frequency(field, term)
                assert ours.doc_frequency(field, term) == theirs.doc_frequency(field, term)
        for term in theirs.lexicon("entity"):
            assert ours.doc_frequency("entity", term) == theirs.doc_frequency("entity", term)
            assert ours.frequency("entity", term) == theirs.frequency("entity", term)


def test_items_are_terms_with_statistics(pair: Pair) -> None:
    for ours, theirs in readers(pair)[:SEGMENTS]:
        whole = {term: shape(info) for term, info in theirs if term[0] in STEMMED}
        assert {term: shape(info) for term, info in ours if term[0] in STEMMED} == whole
        some = [term for term, _ in theirs.iter_from("title", "mi")]
        assert [term for term, _ in ours.iter_from("title", "mi")] == some


def test_unknown_terms_and_fields(pair: Pair) -> None:
    for ours, _ in readers(pair):
        assert ("text", "nowhere") not in ours
        assert ("nowhere", "ba") not in ours
        assert ("text", "ba") in ours
        assert ours.frequency("text", "nowhere") == ours.doc_frequency("text", "nowhere") == 0
        with pytest.raises(TermNotFound):
            ours.term_info("text", "nowhere")
    terms, _, _ = inside(pair)
    assert ("nowhere", b"ba") not in terms
    with pytest.raises(KeyError):
        terms.matcher("nowhere", b"ba", None)
    terms.close()


def test_lengths_and_counts_are_the_same(pair: Pair) -> None:
    for ours, theirs in readers(pair):
        assert ours.doc_count_all() == theirs.doc_count_all()
        assert ours.doc_count() == theirs.doc_count()
        assert ours.has_deletions()
        assert list(ours.all_doc_ids()) == list(theirs.all_doc_ids())
        for field in (*STEMMED, "source"):
            assert ours.field_length(field) == theirs.field_length(field)
            rows = [
                [reader.doc_field_length(doc, field, 7) for doc in range(reader.doc_count_all())]
                for reader in (ours, theirs)
            ]
            assert rows[0] == rows[1]
        for field in STEMMED:
            assert ours.max_field_length(field) == theirs.max_field_length(field)
            assert ours.min_field_length(field) == theirs.min_field_length(field)
        assert ours.max_field_length("source") == ours.min_field_length("source") == 0


def test_long_texts_keep_their_exact_length(tmp_path: Path) -> None:
    texts = ("word " * 11, "word other " * 150, "word " * 401)
    batch = [Document(doc, "", text, doc) for doc, text in enumerate(texts)]
    pair = make_pair(tmp_path, [batch], [])
    ours, theirs = pair.ours.reader(), pair.theirs.reader()
    assert [ours.doc_field_length(doc, "text") for doc in range(3)] == [11, 300, 401]
    assert [theirs.doc_field_length(doc, "text") for doc in range(3)] != [11, 300, 401]
    found = [
        {hit["id"] for hit in index.searcher().search(wq.Term("text", "other"))}
        for index in (pair.ours, pair.theirs)
    ]
    assert found == [{1}, {"1"}]


def test_stored_fields_are_ids(pair: Pair) -> None:
    for ours, theirs in readers(pair):
        expected = [int(fields["id"]) for _, fields in theirs.iter_docs()]
        assert [fields["id"] for _, fields in ours.iter_docs()] == expected
    assert {fields["id"] for fields in pair.ours.reader().all_stored_fields()} == set(LIVE)
    assert not any(pair.ours.reader().has_vector(doc, "text") for doc in range(9))


def test_cursors_go_through_the_terms(pair: Pair) -> None:
    for ours, theirs in readers(pair)[:SEGMENTS]:
        mine, other = ours.cursor("text"), theirs.cursor("text")
        assert mine.first() == other.first()
        for _ in range(80):
            assert mine.text() == other.text()
            assert mine.is_valid()
            assert shape(mine.term_info()) == shape(other.term_info())
            assert mine.next() == other.next()
        for key in ("fi", "ba", "lé", "東", "\U0010ffff", b"no", ""):
            assert mine.find(key) == other.find(key if isinstance(key, bytes) else key.encode())
        mine.find("zzzz")
        while mine.next() is not None:
            assert mine.is_valid()
        assert not mine.is_valid()
        assert mine.term_info() is None


def test_posting_lists_hold_the_same(pair: Pair) -> None:
    for ours, theirs in readers(pair)[:SEGMENTS]:
        for word in list(theirs.lexicon("text"))[::5]:
            mine, other = (reader.postings("text", word) for reader in (ours, theirs))
            kept, held = mine.copy(), mine.is_active()
            while other.is_active():
                assert (mine.id(), mine.weight()) == (other.id(), other.weight())
                for what in ("positions", "frequency"):
                    assert mine.value_as(what) == other.value_as(what)
                mine.next()
                other.next()
            assert not mine.is_active()
            assert kept.is_active() == held


def test_a_posting_list_is_skipped_whole(pair: Pair) -> None:
    searcher = pair.ours.searcher()
    (leaf, _), *_ = searcher.leaf_searchers()
    scorer = scoring.BM25F().scorer(leaf, "text", b"ba")
    matcher = leaf.reader().postings("text", "ba", scorer=scorer).child
    first, best = matcher.id(), max(scores_in(matcher.copy()))
    assert matcher.max_quality() >= best
    matcher.skip_to_quality(best / 2)
    assert matcher.id() == first
    last = list(matcher.all_ids())[-1]
    matcher.skip_to_quality(matcher.max_quality())
    assert not matcher.is_active()
    # Matchers that exclude ask for one more.
    assert matcher.id() == last


def scores_in(matcher: Matcher) -> Iterator[float]:
    while matcher.is_active():
        yield matcher.score()
        matcher.next()


def test_words_close_in_spelling_are_the_same(pair: Pair) -> None:
    found = 0
    for ours, theirs in readers(pair)[:SEGMENTS]:
        for word in ("babe", "kulnos", "léb", "fidorta", "x"):
            for distance, fixed in ((1, 0), (2, 1)):
                close = set(ours.terms_within("text", word, distance, fixed))
                assert close == set(theirs.terms_within("text", word, distance, fixed))
                found += len(close)
        for word in ("babx", "fidorx"):
            suggested = ours.corrector("text").suggest(word, limit=3)
            assert suggested == theirs.corrector("text").suggest(word, limit=3)
            found += len(suggested)
    assert found > 30


def test_deleting_through_a_segment_of_whoosh(pair: Pair) -> None:
    terms, documents, segment = inside(pair)
    whole = segment.doc_count_all()
    before = segment.deleted_docs()
    assert documents.deleted_docs() == before
    assert documents.doc_count() == segment.doc_count() == whole - len(before)
    alive = next(doc for doc in range(whole) if not segment.is_deleted(doc))
    segment.delete_document(alive)
    segment.delete_document(alive)
    assert documents.is_deleted(alive)
    assert segment.deleted_docs() == {*before, alive}
    reader = SegmentReader(pair.ours.storage, pair.ours.schema, segment)
    hits = Searcher(reader).search(wq.Every(), limit=None)
    assert {hit.docnum for hit in hits} == set(range(whole)) - before - {alive}
    segment.delete_document(alive, delete=False)
    assert segment.deleted_docs() == before
    assert documents.has_deletions() is bool(before)
    segment.delete(np.arange(whole))
    assert segment.doc_count() == 0
    documents.close()
    assert ("text", b"ba") in terms


def test_a_new_segment_is_ours_and_one_file(pair: Pair) -> None:
    one, other = (ArrayCodec().new_segment(None, "MAIN") for _ in range(2))
    assert isinstance(one, ArraySegment)
    assert one.file_name != other.file_name
    assert (one.doc_count(), one.has_deletions(), one.should_assemble()) == (0, False, False)
    assert {segment.file_name for segment in pair.ours._segments()} == {
        path.name for path in pair.folder.glob("*.arrays")
    }


def test_an_empty_index_is_searched(tmp_path: Path) -> None:
    open_index(tmp_path / "index", create=True)
    with open_dir(str(tmp_path / "index")).searcher() as searcher:
        for query in (wq.Term("text", "a"), wq.Every(), wq.Prefix("title", "a"), wq.Every("lang")):
            assert not searcher.search(query)


@pytest.mark.skipif(whoosh.__version__ != (2, 7, 4), reason="others keep segments that are gone")
def test_a_searcher_sees_that_there_was_a_commit(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    searcher = open_dir(str(tmp_path / "index")).searcher()
    for doc in range(3):
        index.apply([Document(doc, "", "word", 0)], [doc - 1])
        assert not searcher.up_to_date()
        searcher = searcher.refresh()
        assert searcher.up_to_date()
        assert [hit["id"] for hit in searcher.search(wq.Term("text", "word"))] == [doc]
    searcher.close()


def ids_of(searcher: Searcher, **options: object) -> list[int]:
    return [hit["id"] for hit in searcher.search(wq.Every(), limit=None, **options)]


@pytest.mark.parametrize("reverse", [False, True])
def test_columns_of_moments_are_sorted_by(pair: Pair, reverse: bool) -> None:
    def published(doc: int) -> int:
        moment = LIVE[doc].published
        return UNKNOWN if moment is None else moment

    searcher = pair.ours.searcher()
    keys = {"added": lambda doc: LIVE[doc].added, "date": published}
    for name, key in keys.items():
        found = ids_of(searcher, sortedby=sorting.FieldFacet(name, reverse=reverse))
        assert sorted(found) == sorted(LIVE)
        moments = list(map(key, found))
        assert moments == sorted(moments, reverse=reverse)
    limited = searcher.search(wq.Every(), limit=4, sortedby="added", reverse=reverse)
    expected = sorted((one.added for one in LIVE.values()), reverse=reverse)[:4]
    assert [LIVE[hit["id"]].added for hit in limited] == expected


@pytest.mark.parametrize("reverse", [False, True])
def test_the_column_of_sources_is_sorted_by(pair: Pair, reverse: bool) -> None:
    facet = sorting.FieldFacet("source", reverse=reverse)
    sources = [LIVE[doc].source for doc in ids_of(pair.ours.searcher(), sortedby=facet)]
    assert sources == sorted((one.source for one in LIVE.values()), reverse=reverse)


def test_columns_are_grouped_by(pair: Pair) -> None:
    facets = sorting.Facets().add_field("source").add_field("entity", allow_overlap=True)
    searcher = pair.ours.searcher()
    results = searcher.search(wq.Every(), limit=None, groupedby=facets)
    ids = {hit.docnum: hit["id"] for hit in results}
    by_source = {
        name: {ids[doc] for doc in docs} for name, docs in results.groups("source").items()
    }
    by_entity = {
        name: {ids[doc] for doc in docs} for name, docs in results.groups("entity").items()
    }
    assert by_source == {
        name: {one.id for one in LIVE.values() if one.source == name}
        for name in {one.source for one in LIVE.values()}
    }
    assert by_entity == {
        str(entity): {one.id for one in LIVE.values() if entity in one.entities}
        for entity in {entity for one in LIVE.values() for entity in one.entities}
    }


def test_columns_are_read(pair: Pair) -> None:
    reader = pair.ours.reader()
    ids = {doc: fields["id"] for doc, fields in reader.iter_docs()}
    for name in COLUMNS:
        assert reader.has_column(name)
        column = reader.column_reader(name)
        for doc, known in ids.items():
            document = LIVE[known]
            assert (
                column[doc]
                == {
                    "added": document.added,
                    "date": UNKNOWN if document.published is None else document.published,
                    "entity": tuple(map(str, document.entities)),
                    "source": document.source,
                }[name]
            )
    assert not reader.has_column("text")
    _, documents, _ = inside(pair)
    assert documents.supports_columns()
    assert documents.list_columns() == sorted(COLUMNS)
