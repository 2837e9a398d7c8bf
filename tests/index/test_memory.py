"""What each query means, by tables written by hand."""

from __future__ import annotations

import pytest

from index.api import Document, FacetCount, Facets, IndexStatus
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

DOCUMENTS = (
    Document(
        1,
        "Drone strikes near Odesa",
        "The U.S.-led talks on the grain deal stalled after strikes on the port.",
        added=100,
        published=50,
        source="Meridian Wire",
        authors=("Ann Lee", "Bo Kim"),
        place="Odesa",
        lang="en",
        entities=(7, 8),
    ),
    Document(
        2,
        "Grain deal extended",
        "The deal on grain: a striking success, said the café owner’s son. Nuclear talks go on.",
        added=90,
        published=200,
        source="northgate Courier",
        authors=("Lee Ann",),
        lang="en",
        entities=(8,),
    ),
    Document(3, "Port", "Nuclei and covid-19. A deal, far from any grain.", added=200, lang="de"),
    Document(4, "", "", added=200, published=200, source="Äther"),
)


@pytest.fixture
def index() -> MemoryIndex:
    made = MemoryIndex()
    made.apply(DOCUMENTS)
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Everything(), {1, 2, 3, 4}),
        (Term("strike"), {1, 2}),
        (Term("Strikes", exact=True), {1}),
        (Term("strike", exact=True), set()),
        (Term("US"), {1}),
        (Term("U.S.-led"), {1}),
        (Term("led-us"), set()),
        (Term("CAFE"), {2}),
        (Term("owner"), {2}),
        (Term("covid-19"), {3}),
        (Term("port", "title"), {3}),
        (Term("port", "text"), {1}),
        (Term("port"), {1, 3}),
        (Term("meridian", "source"), {1}),
        (Term("meridians", "source"), set()),
        (Term("NORTHGATE", "source"), {2}),
        (Term("odesa", "place"), {1}),
        (Term("en", "lang"), {1, 2}),
        (Term("EN", "lang"), set()),
        (Term("8", "entity"), {1, 2}),
        (Term("", "lang"), set()),
        (Term("…"), set()),
        (Phrase(("grain", "deal")), {1, 2}),
        (Phrase(("deals", "on", "grains")), {2}),
        (Phrase(("extended", "the")), set()),
        (Phrase(("ann", "lee"), "author"), {1}),
        (Phrase(("lee", "bo"), "author"), set()),
        (Near(("grain", "deal"), 2), {1, 2}),
        (Near(("grain", "deal"), 1, "text"), {1}),
        (Near(("grain", "deal"), 5), {1, 2, 3}),
        (Near(("drone", "port"), 100), set()),
        (Near(("deal", "deals"), 0), {1, 2, 3}),
        (Prefix("nucle"), {2, 3}),
        (Prefix("U.S.-l"), {1}),
        (Prefix("1"), {3}),
        (Prefix("d", "lang"), {3}),
        (Wildcard("strik*g"), {2}),
        (Wildcard("por?"), {1, 3}),
        (Wildcard("Meri*", "source"), {1}),
        (Fuzzy("grian"), {1, 2, 3}),
        (Fuzzy("drome", 1), {1}),
        (Fuzzy("edal", 2), set()),
        (Range("date", 50, 200), {1}),
        (Range("date", None, 201), {1, 2, 4}),
        (Range("date", 51, None), {2, 4}),
        (Range("date", None, None), {1, 2, 4}),
        (Range("added", 100, 201), {1, 3, 4}),
        (InSet("tag:x", IdSet((2, 4, 99))), {2, 4}),
        (And(()), {1, 2, 3, 4}),
        (And((Term("deal"), Term("port"))), {1, 3}),
        (And((Not(Term("deal")),)), {4}),
        (And((Term("deal"), Not(Term("port")))), {2}),
        (Or(()), set()),
        (Or((Term("drone"), Prefix("nuclei"))), {1, 3}),
        (Not(Not(Term("drone"))), {1}),
        (Not(Or((Term("drone"), Not(Term("grain"))))), {2, 3}),
    ],
)
def test_what_matches(index: MemoryIndex, query: Query, expected: set[int]) -> None:
    assert set(index.ids(query)) == expected
    assert set(index.order(query)) == expected
    assert index.search(query, limit=0).total == len(expected)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.NEWEST, [4, 3, 2, 1]),
        (Sort.OLDEST, [1, 4, 3, 2]),
        (Sort.SOURCE, [3, 4, 1, 2]),
        (Sort.TITLE, [4, 1, 2, 3]),
        (Sort.RELEVANCE, [4, 3, 2, 1]),
    ],
)
def test_orders(index: MemoryIndex, sort: Sort, expected: list[int]) -> None:
    assert list(index.order(Everything(), sort=sort)) == expected
    page = index.search(Everything(), sort=sort, offset=1, limit=2)
    assert [match.id for match in page.matches] == expected[1:3]
    assert page.total == 4


def test_more_and_closer_to_the_title_is_better() -> None:
    index = MemoryIndex()
    index.apply(
        [
            Document(1, "news", "port " + "word " * 20, 0),
            Document(2, "port", "word " * 20, 0),
            Document(3, "news", "port port " + "word " * 19, 0),
            Document(4, "news", "port " + "word " * 60, 0),
            Document(5, "news", "word " * 20, 0),
        ]
    )
    assert list(index.order(Term("port"))) == [2, 3, 1, 4]
    page = index.search(Or((Term("port"), Term("word"))))
    assert page.matches[0].id == 2
    assert all(match.score > 0 for match in page.matches)


def test_what_has_no_frequency_adds_a_constant(index: MemoryIndex) -> None:
    def scores(query: Query) -> dict[int, float]:
        return {match.id: match.score for match in index.search(query).matches}

    assert scores(Prefix("nucle")) == {2: 1.0, 3: 1.0}
    assert scores(Term("en", "lang")) == {1: 1.0, 2: 1.0}
    assert scores(Range("date", None, None)) == {1: 0.0, 2: 0.0, 4: 0.0}
    assert scores(Not(Term("deal"))) == {4: 0.0}
    both = scores(Or((Prefix("nucle"), Fuzzy("grian"))))
    assert both == {1: 1.0, 2: 2.0, 3: 2.0}
    assert scores(And((Term("drone"), InSet("x", IdSet((1,)))))) == scores(Term("drone"))


def test_scores_are_of_relevance_alone(index: MemoryIndex) -> None:
    assert {m.score for m in index.search(Term("deal"), sort=Sort.NEWEST).matches} == {0.0}


def test_facets(index: MemoryIndex) -> None:
    assert index.facets(Everything(), limit=1) == Facets(
        entities=(FacetCount("8", 2),),
        sources=(FacetCount("Meridian Wire", 1),),
        months=(FacetCount("1970-01", 3),),
    )
    assert index.facets(Term("nothing")) == Facets()


def test_suggestions_know_frequency(index: MemoryIndex) -> None:
    assert index.suggest("gran") == ["grain"]
    assert index.suggest("stricking") == ["striking"]
    assert index.suggest("nuclea", limit=1) == ["nuclear"]
    assert index.suggest("no word") == []


def test_replacing_and_removing(index: MemoryIndex) -> None:
    index.apply([Document(3, "Drone", "", 1)], remove=[1, 77])
    assert set(index.ids(Term("drone"))) == {3}
    assert index.document_ids() == IdSet((2, 3, 4))
    assert index.status() == IndexStatus(3, segments=1, size=0, format="memory")


@pytest.mark.parametrize("query", [Term("x", "tag"), Range("title", 1, 2), Prefix("x", "who")])
def test_what_only_a_reader_knows(index: MemoryIndex, query: Query) -> None:
    with pytest.raises(ValueError, match="field"):
        index.ids(Not(query))


def test_closing_empties(index: MemoryIndex) -> None:
    index.close()
    assert len(index.document_ids()) == 0
