"""Every backend answers as the reference does."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.api import Document, FacetCount, SearchIndex
from index.memory import MemoryIndex
from index.query import (
    And,
    Everything,
    Fuzzy,
    IdSet,
    InSet,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Sort,
    Term,
    Wildcard,
)

MakeIndex = Callable[[Path], SearchIndex]

WORDS = (
    "strike", "strikes", "striking", "Strikes", "stroke", "nuclear", "nuclei", "nucleus",
    "US", "U.S.", "U.S.-led", "us", "led", "covid-19", "covid", "19", "don't", "don’t",
    "café", "CAFE", "Łódź", "1,000", "1000", "3.5", "the", "a", "Russia’s", "russia", "東京",
    "grain", "deal", "grains", "dealt", "—", "_", "",
)  # fmt: skip
SOURCES = ("", "Reuters", "Ärzteblatt", "arzteblatt", "Meridian Wire", "reuters world")
LANGS = ("", "en", "EN", "de")
FIELDS = ("", "title", "text", "source", "author", "place", "lang", "entity")
IDS = st.integers(1, 14)
MOMENTS = st.integers(-100_000_000, 2_000_000_000) | st.integers(0, 4)

texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
documents = st.builds(
    Document,
    id=IDS,
    title=st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
    text=texts,
    added=MOMENTS,
    published=st.none() | MOMENTS,
    source=st.sampled_from(SOURCES),
    authors=st.lists(st.sampled_from(("Ann Lee", "Lee Strike", "B. Us")), max_size=2).map(tuple),
    place=st.sampled_from(("", "Łódź", "Grain Deal City")),
    lang=st.sampled_from(LANGS),
    entities=st.sets(st.integers(1, 12), max_size=4).map(tuple),
)

words = st.sampled_from((*WORDS, "str", "strk", "grian", "nucl", "Lee", "Ann", "lodz", "1", "12"))
fields = st.sampled_from(FIELDS)
word_groups = st.lists(words, max_size=3).map(tuple)
patterns = st.sampled_from(
    ("str?ke", "nucle*", "g*n", "?s", "1*", "covid-1*", "*", "d?al*", "u.s.-l*", "e?", "caf?", "L*")
)
moments = st.none() | MOMENTS
leaves: st.SearchStrategy[Query] = st.one_of(
    st.builds(Term, words, fields, st.booleans()),
    st.builds(Phrase, word_groups, fields),
    st.builds(Near, word_groups, st.integers(-1, 8), fields),
    st.builds(Prefix, words, fields),
    st.builds(Wildcard, patterns, fields),
    st.builds(Fuzzy, words, st.integers(1, 2), fields),
    st.builds(Range, st.sampled_from(("date", "added")), moments, moments),
    st.builds(InSet, st.just("tag:x"), st.lists(IDS).map(IdSet)),
    st.just(Everything()),
)


def combine(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    clauses = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(st.builds(And, clauses), st.builds(Or, clauses), st.builds(Not, inner))


queries = st.recursive(leaves, combine, max_leaves=6)
commits = st.lists(
    st.tuples(st.lists(documents, max_size=6), st.lists(IDS, max_size=2)), min_size=1, max_size=4
)


def check_same(index: SearchIndex, reference: MemoryIndex, query: Query) -> None:
    expected = reference.ids(query)
    assert index.ids(query) == expected
    for sort in Sort:
        ranked = reference.order(query, sort=sort)
        assert index.order(query, sort=sort) == ranked
        assert index.search(query, sort=sort, limit=3) == reference.search(
            query, sort=sort, limit=3
        )
        whole = index.search(query, sort=sort, limit=100)
        assert [match.id for match in whole.matches] == list(ranked)
        assert whole == reference.search(query, sort=sort, limit=100)
        assert whole.total == len(expected)
    assert index.search(query, offset=2, limit=2) == reference.search(query, offset=2, limit=2)
    assert index.facets(query, limit=3) == reference.facets(query, limit=3)


@given(history=commits, asked=st.lists(queries, min_size=1, max_size=6))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_answers_are_those_of_the_reference(
    make_index: MakeIndex,
    history: list[tuple[list[Document], list[int]]],
    asked: list[Query],
) -> None:
    with TemporaryDirectory() as folder:
        index, reference = make_index(Path(folder)), MemoryIndex()
        for put, remove in history:
            index.apply(put, remove)
            reference.apply(put, remove)
            assert index.document_ids() == reference.document_ids()
            assert index.status().documents == reference.status().documents
            for query in asked:
                check_same(index, reference, query)
        index.close()


ALL_KINDS: tuple[Query, ...] = (
    Everything(),
    Term("strike"),
    Term("Strikes", exact=True),
    Term("U.S.-led"),
    Term("—"),
    Term("lee", "author"),
    Term("7", "entity"),
    Phrase(("grain", "deal")),
    Near(("deal", "strike"), 4),
    Near(("deal",), 0, "title"),
    Prefix("nucl"),
    Wildcard("g*n"),
    Fuzzy("grian"),
    Range("date", 0, 500),
    Range("date", -(10**30), None),
    Range("added", None, 10**30),
    InSet("is:read", IdSet(range(0, 40, 3))),
    And((Term("strike"), Not(Term("grain")))),
    Or((Term("strike"), Prefix("deal"), InSet("tag:x", IdSet((1, 2, 3))))),
    And((Or((Prefix("stri"), Term("deal"), Not(Term("the")))), Term("grain"))),
    Not(Term("strike")),
)


def make_documents(seed: int, count: int) -> list[Document]:
    rng = random.Random(seed)
    return [
        Document(
            id=rng.randrange(60),
            title=" ".join(rng.choices(WORDS, k=3)),
            text=" ".join(rng.choices(WORDS, k=12)),
            added=rng.randrange(1000),
            published=rng.choice((None, rng.randrange(1000))),
            source=rng.choice(SOURCES),
            authors=("Ann Lee",),
            entities=tuple(rng.sample(range(10), 3)),
        )
        for _ in range(count)
    ]


def test_many_small_commits(make_index: MakeIndex, tmp_path: Path) -> None:
    index, reference = make_index(tmp_path), MemoryIndex()
    for seed in range(35):
        put, remove = make_documents(seed, 1 + seed % 4), [seed % 60] if seed % 5 == 0 else []
        index.apply(put, remove)
        reference.apply(put, remove)
        while seed % 3 == 0 and index.merge():
            pass
        if seed % 7 == 0:
            for query in ALL_KINDS:
                check_same(index, reference, query)
    for query in ALL_KINDS:
        check_same(index, reference, query)
    assert index.status().segments < 20


@pytest.mark.parametrize("word", ["strkie", "grian", "nuclaer", "the", "xyz", "two words", "", "—"])
def test_suggestions(make_index: MakeIndex, tmp_path: Path, word: str) -> None:
    index, reference = make_index(tmp_path), MemoryIndex()
    for backend in (index, reference):
        backend.apply(make_documents(1, 30))
        backend.apply(make_documents(2, 10), remove=range(20))
    assert index.suggest(word, limit=5) == reference.suggest(word, limit=5)


def test_a_rare_word_is_suggested_before_frequent_ones_that_are_less_like(
    make_index: MakeIndex, tmp_path: Path
) -> None:
    frequent = [f"h{one}{other}sx" for one in "bcdefgh" for other in "bcdefgh"]
    index = make_index(tmp_path)
    index.apply([Document(at, "", word, 0) for at, word in enumerate([*frequent, *frequent])])
    index.apply([Document(1000, "", "hausy", 0)])
    assert index.suggest("hausx", limit=3) == ["hausy", "hbbsx", "hbcsx"]
    assert index.complete("h", limit=3) == ["hbbsx", "hbcsx", "hbdsx"]


@pytest.mark.parametrize("lead", ["stri", "strk", "grian", "nuc", "n", "two words", "", "—", "éCo"])
def test_completions(make_index: MakeIndex, tmp_path: Path, lead: str) -> None:
    index, reference = make_index(tmp_path), MemoryIndex()
    for backend in (index, reference):
        backend.apply(make_documents(1, 30))
        backend.apply(make_documents(2, 10), remove=range(20))
    assert index.complete(lead, limit=5) == reference.complete(lead, limit=5)


def test_applying_again_changes_nothing(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    put, remove = make_documents(3, 20), [1, 2, 3]
    index.apply(put, remove)
    before = [index.search(query, limit=100) for query in ALL_KINDS]
    index.apply(put, remove)
    assert [index.search(query, limit=100) for query in ALL_KINDS] == before


def test_the_last_of_two_documents_with_one_id_stays(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    index.apply([Document(1, "first", "", 0), Document(1, "second", "", 0)], remove=[1])
    assert list(index.ids(Term("second"))) == [1]
    assert not len(index.ids(Term("first")))
    assert index.status().documents == 1


def test_an_empty_index_answers(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    index.apply([], [])
    index.apply([], [5])
    for query in ALL_KINDS:
        check_same(index, MemoryIndex(), query)
    assert list(index.suggest("word")) == []
    assert len(index.document_ids()) == 0
    assert index.status().documents == 0


def test_removing_everything_leaves_nothing(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    index.apply(make_documents(4, 30))
    index.apply([], list(index.document_ids()))
    for query in ALL_KINDS:
        check_same(index, MemoryIndex(), query)


@pytest.mark.parametrize(
    "field",
    ["tag", "note", "in", "is", "has", "id", "change", "who", "org", "where", "date", "added"],
)
def test_a_field_of_the_reader_is_a_programming_error(
    make_index: MakeIndex, tmp_path: Path, field: str
) -> None:
    index = make_index(tmp_path)
    for query in (Term("x", field), Prefix("x", field), Phrase(("x",), field)):
        with pytest.raises(ValueError, match=field):
            index.search(And((Term("a"), Not(Or((query,))))))


def test_a_range_of_words_is_a_programming_error(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    with pytest.raises(ValueError, match="title"):
        index.ids(Range("title", 1, 2))


def test_an_author_is_apart_from_the_next(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    index.apply([Document(1, "", "", 0, authors=("Ann Lee", "Bo Kim"))])
    assert list(index.ids(Phrase(("ann", "lee"), "author"))) == [1]
    assert not len(index.ids(Phrase(("lee", "bo"), "author")))
    assert not len(index.ids(Near(("lee", "bo"), 20, "author")))


def test_capabilities_name_the_backend(make_index: MakeIndex, tmp_path: Path) -> None:
    capabilities = make_index(tmp_path).capabilities
    assert (capabilities.name, capabilities.durable) in {("memory", False), ("whoosh", True)}


def test_months_are_whole_and_fall(make_index: MakeIndex, tmp_path: Path) -> None:
    index = make_index(tmp_path)
    moments = (1_700_000_000, 1_690_000_000, 1_690_000_001, None, -1)
    index.apply([Document(i, "", "", 5, published=at) for i, at in enumerate(moments)])
    assert index.facets(Everything(), limit=1).months == (
        FacetCount("2023-11", 1),
        FacetCount("2023-07", 2),
        FacetCount("1969-12", 1),
    )
