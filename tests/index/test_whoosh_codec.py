"""Whoosh's own searcher finds in our files what it finds in those of its own codec."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from whoosh import query as wq
from whoosh import scoring
from whoosh.searching import Results, Searcher

from index.analysis import forms
from tests.index.whoosh_pairs import DELETED, SEGMENTS, SIZE, WORDS, Pair, make_batches, make_pair

TOLERANCE = 1e-4


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    return make_pair(tmp_path_factory.mktemp("pair"), list(make_batches()), DELETED)


@pytest.fixture(scope="module")
def searchers(pair: Pair) -> tuple[Searcher, Searcher]:
    return pair.ours.searcher(), pair.theirs.searcher()


def ranked(results: Results) -> list[tuple[int, float]]:
    """Documents with their scores."""
    return [(int(hit["id"]), hit.score) for hit in results]


def check_same(
    searchers: tuple[Searcher, Searcher], query: wq.Query, limit: int | None = None, **options: Any
) -> int:
    """How many documents both find, in one order and with one score."""
    found = searchers[0].search(query, limit=limit, **options)
    try:
        expected = searchers[1].search(query, limit=limit, **options)
    except IndexError:
        # Excluding may ask one of Whoosh's own posting lists for more than it has.
        return 0
    assert set(found.docs()) == set(expected.docs()), query
    ours, theirs = ranked(found), ranked(expected)
    assert [doc for doc, _ in ours] == [doc for doc, _ in theirs], query
    scores = [score for _, score in theirs]
    assert [score for _, score in ours] == pytest.approx(scores, rel=TOLERANCE), query
    return len(ours)


class Queries:
    """Queries of every kind, at random."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)
        self._leaves: Sequence[Callable[[], wq.Query]] = (
            self._term, self._term, self._key, self._phrase, self._prefix, self._wildcard,
            self._fuzzy, self._regex, self._term_range, self._every,
        )  # fmt: skip
        self._trees: Sequence[Callable[[int], wq.Query]] = (
            self._and, self._or, self._and_with_not, self._and_not, self._and_maybe,
            self._constant, self._disjunction,
        )  # fmt: skip

    def any(self, depth: int = 2) -> wq.Query:
        if depth == 0 or self._rng.random() < 0.3:
            return self._rng.choice(self._leaves)()
        return self._rng.choice(self._trees)(depth - 1)

    def _word(self) -> str:
        # The words at the front are the frequent ones.
        return forms(WORDS[int(self._rng.random() ** 2 * len(WORDS))])[0]

    def _field(self) -> str:
        return self._rng.choice(("text", "text", "title"))

    def _boost(self) -> float:
        return self._rng.choice((1.0, 1.0, 2.5, 0.5))

    def _term(self) -> wq.Query:
        return wq.Term(self._field(), self._word(), boost=self._boost())

    def _key(self) -> wq.Query:
        values = {
            "lang": ("en", "de", "fr"),
            "entity": ("3", "17", "29", "99"),
            "source": ("babe", "wire", "kulmi"),
            "author": ("ann", "babe", "dor"),
            "place": ("mino", "babe"),
        }
        field = self._rng.choice(list(values))
        return wq.Term(field, self._rng.choice(values[field]))

    def _phrase(self) -> wq.Query:
        words = [self._word() for _ in range(self._rng.randint(2, 3))]
        return wq.Phrase(self._field(), words, slop=self._rng.randint(1, 4), boost=self._boost())

    def _prefix(self) -> wq.Query:
        return wq.Prefix(self._field(), self._word()[: self._rng.randint(1, 5)])

    def _wildcard(self) -> wq.Query:
        word = self._word()
        at = self._rng.randrange(len(word))
        return wq.Wildcard(self._field(), word[:at] + self._rng.choice("*?") + word[at + 1 :])

    def _fuzzy(self) -> wq.Query:
        word, at = self._word(), self._rng.randrange(3)
        changed = word[:at] + "x" + word[at + self._rng.randrange(2) :]
        near, lead = self._rng.randint(1, 2), self._rng.randint(0, 1)
        return wq.FuzzyTerm(self._field(), changed, maxdist=near, prefixlength=lead)

    def _regex(self) -> wq.Query:
        return wq.Regex(self._field(), f"{self._word()[:2]}[a-m]+s?")

    def _term_range(self) -> wq.Query:
        start, end = sorted((self._word(), self._word()))
        excluded = self._rng.random() < 0.5
        return wq.TermRange(self._field(), start, end, startexcl=excluded, endexcl=not excluded)

    def _every(self) -> wq.Query:
        return wq.Every(self._rng.choice((None, "text", "lang", "entity")))

    def _some(self, depth: int) -> list[wq.Query]:
        return [self.any(depth) for _ in range(self._rng.randint(2, 3))]

    def _and(self, depth: int) -> wq.Query:
        return wq.And(self._some(depth), boost=self._boost())

    def _or(self, depth: int) -> wq.Query:
        return wq.Or(self._some(depth), boost=self._boost())

    def _and_with_not(self, depth: int) -> wq.Query:
        return wq.And([*self._some(depth), wq.Not(self.any(depth))])

    def _and_not(self, depth: int) -> wq.Query:
        return wq.AndNot(self.any(depth), self.any(depth))

    def _and_maybe(self, depth: int) -> wq.Query:
        return wq.AndMaybe(self.any(depth), self.any(depth))

    def _constant(self, depth: int) -> wq.Query:
        return wq.ConstantScoreQuery(self.any(depth), self._boost())

    def _disjunction(self, depth: int) -> wq.Query:
        return wq.DisjunctionMax(self._some(depth), tiebreak=0.3)


def test_both_have_segments_and_deleted_documents(pair: Pair) -> None:
    for index in (pair.ours, pair.theirs):
        assert len(index._segments()) == SEGMENTS
        assert index.doc_count_all() == SEGMENTS * SIZE
        assert index.doc_count() == SEGMENTS * SIZE - len(DELETED)


@pytest.mark.parametrize("seed", range(4))
def test_several_hundred_queries_are_answered_alike(
    searchers: tuple[Searcher, Searcher], seed: int
) -> None:
    queries = Queries(seed)
    found = [check_same(searchers, queries.any()) for _ in range(100)]
    assert sum(map(bool, found)) > 70


def test_every_kind_of_query_finds_something(searchers: tuple[Searcher, Searcher]) -> None:
    queries = Queries(9)
    for leaf in queries._leaves:
        assert sum(check_same(searchers, leaf()) for _ in range(8)), leaf
    for tree in queries._trees:
        assert sum(check_same(searchers, tree(1)) for _ in range(8)), tree


@pytest.mark.parametrize(
    "weighting",
    [scoring.BM25F(B=0.3, K1=1.8, title_B=0.9), scoring.TF_IDF(), scoring.Frequency()],
    ids=lambda one: type(one).__name__,
)
def test_other_weightings_score_alike(pair: Pair, weighting: scoring.WeightingModel) -> None:
    searchers = pair.ours.searcher(weighting=weighting), pair.theirs.searcher(weighting=weighting)
    queries = Queries(21)
    assert sum(bool(check_same(searchers, queries.any())) for _ in range(40)) > 25


def test_the_first_of_many_are_the_same(searchers: tuple[Searcher, Searcher]) -> None:
    queries = Queries(31)
    for _ in range(60):
        # What Whoosh adds for a negation depends on how it skips.
        query = queries.any()
        if not any(isinstance(one, wq.Not) for one in walk(query)):
            check_same(searchers, query, limit=5)


def test_filters_and_masks_leave_the_same(searchers: tuple[Searcher, Searcher]) -> None:
    queries = Queries(41)
    for _ in range(30):
        query, other = queries.any(), queries._term()
        everything = check_same(searchers, query)
        kept = check_same(searchers, query, filter=other)
        assert kept + check_same(searchers, query, mask=other) == everything


def walk(query: wq.Query) -> Iterator[wq.Query]:
    yield query
    for child in query.children():
        yield from walk(child)
