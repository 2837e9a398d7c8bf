"""What documents score. The figures are those of `index.analysis.weights`, to the last bit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.weights import TEXT_WEIGHT, TITLE_WEIGHT, WORD_CONSTANT, rarity, saturate
from index.analysis.words import WordLeaf, is_weighed
from index.query import And, Everything, InSet, Not, Or, Query, Range
from index.whoosh_backend.arrays import join
from index.whoosh_backend.matching import Docs, Found, Matching, Row

Scores = NDArray[np.float64]

_MUCH_SMALLER = 32
"""So many times fewer documents than a row has are looked up in it one by one."""


_Row = tuple[Docs, Scores]
"""Different documents, with a number for each."""


class Scoring:
    """Scores for one query."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._rarities: dict[WordLeaf, float] = {}

    def scores(self, query: Query, found: Found) -> Scores:
        """What documents, all of which match, score."""
        match query:
            case And():
                return self._sum(query.clauses, found)
            case Or():
                return self._sum_of_matching(query.clauses, found)
            case Everything() | InSet() | Range() | Not():
                return np.zeros(len(found.docs))
            case _:
                return self._leaf_scores(query, found)

    def _sum(self, clauses: Sequence[Query], found: Found) -> Scores:
        """What all clauses add up to."""
        totals = np.zeros(len(found.docs))
        for clause in filter(_adds, clauses):
            totals += self.scores(clause, found)
        return totals

    def _sum_of_matching(self, clauses: Sequence[Query], found: Found) -> Scores:
        """What those clauses add up to that match each document."""
        rows: list[_Row] = []
        for clause in filter(_adds, clauses):
            if is_weighed(clause):
                rows += self._leaf_rows(clause, found)
            else:
                rows.append(self._row(clause, found))
        return _add_up(rows, found)

    def _row(self, clause: Query, found: Found) -> _Row:
        """What a clause scores for those documents that match it."""
        matching = self._matching.found(clause, found.part)
        mask = matching.mask & found.mask
        if np.count_nonzero(mask) < len(matching.docs):
            matching = Found(found.part, mask, np.flatnonzero(mask))
        return matching.docs, self.scores(clause, matching)

    def _leaf_scores(self, leaf: WordLeaf, found: Found) -> Scores:
        if not is_weighed(leaf):
            return np.full(len(found.docs), WORD_CONSTANT)
        weight = _add_up(self._weights(leaf, found), found)
        return saturate(self._rarity(leaf), weight)

    def _weights(self, leaf: WordLeaf, found: Found) -> list[_Row]:
        """The weight of a word in the text and in the title."""
        counted = self._matching.counted(leaf, found.part)
        norms = self._matching.snapshot.norms(found.part)
        return [
            _weigh(found, counted.text, TEXT_WEIGHT, norms.text),
            _weigh(found, counted.title, TITLE_WEIGHT, norms.title),
        ]

    def _leaf_rows(self, leaf: WordLeaf, found: Found) -> list[_Row]:
        """What a word scores, in two rows: where it is in the text, and where in the title only.
        Documents that were not found may be among them."""
        idf = self._rarity(leaf)
        text, title = self._weights(leaf, found)
        rows = _join_fields(text, title, found) if len(title[0]) else [text]
        return [(docs, saturate(idf, weight)) for docs, weight in rows]

    def _rarity(self, leaf: WordLeaf) -> float:
        if leaf not in self._rarities:
            snapshot = self._matching.snapshot
            matching = sum(self._matching.counted(leaf, part).size for part in snapshot.parts)
            self._rarities[leaf] = rarity(snapshot.totals, matching)
        return self._rarities[leaf]


def _adds(query: Query) -> bool:
    return not isinstance(query, Everything | InSet | Range | Not)


def _weigh(found: Found, row: Row, weight: float, norms: Scores) -> _Row:
    """What is counted in one field, weighed; of a long row only what was found."""
    docs, counts = row.docs, row.counts
    if len(found.docs) * _MUCH_SMALLER < len(docs):
        places = np.searchsorted(docs, found.docs)
        places[places == len(docs)] = 0
        held = np.flatnonzero(docs.take(places) == found.docs)
        docs, counts = found.docs.take(held), np.take(counts, places.take(held))
    return docs, weight * counts / norms.take(docs)


def _join_fields(text: _Row, title: _Row, found: Found) -> list[_Row]:
    """The weights of two fields added up in documents of the first, and those of the others."""
    (docs, weight), (titled, title_weight) = text, title
    if len(titled) * _MUCH_SMALLER > len(found.mask):
        table = np.bincount(np.concatenate([docs, titled]), np.concatenate([weight, title_weight]))
        in_text = np.zeros(len(table), bool)
        in_text[docs] = True
        alone = ~in_text.take(titled)
        weight = np.take(table, docs)
    else:
        places = np.searchsorted(docs, titled)
        inside = np.flatnonzero(places < len(docs))
        inside = inside[docs.take(places[inside]) == titled[inside]]
        weight[places[inside]] += title_weight[inside]
        alone = np.ones(len(titled), bool)
        alone[inside] = False
    return [(docs, weight), (np.compress(alone, titled), np.compress(alone, title_weight))]


def _add_up(rows: Sequence[_Row], found: Found) -> Scores:
    """The sum of the numbers that rows have for each document that was found, in their order."""
    rows = [row for row in rows if len(row[0])]
    if len(rows) == 1 and np.array_equal(rows[0][0], found.docs):
        return rows[0][1]
    docs = join((docs for docs, _ in rows), np.int64)
    numbers = join((numbers for _, numbers in rows), np.float64)
    return np.take(np.bincount(docs, numbers, len(found.mask)), found.docs)
