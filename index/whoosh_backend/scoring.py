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
        rows = []
        for clause in filter(_adds, clauses):
            matching = self._matching.found(clause, found.part)
            mask = matching.mask & found.mask
            if np.count_nonzero(mask) < len(matching.docs):
                matching = Found(found.part, mask, np.flatnonzero(mask))
            rows.append((matching.docs, self.scores(clause, matching)))
        return _add_up(rows, found)

    def _leaf_scores(self, leaf: WordLeaf, found: Found) -> Scores:
        if not is_weighed(leaf):
            return np.full(len(found.docs), WORD_CONSTANT)
        counted = self._matching.counted(leaf, found.part)
        norms = self._matching.snapshot.norms(found.part)
        rows = [
            _weigh(found, counted.text, TEXT_WEIGHT, norms.text),
            _weigh(found, counted.title, TITLE_WEIGHT, norms.title),
        ]
        return saturate(self._rarity(leaf), _add_up(rows, found))

    def _rarity(self, leaf: WordLeaf) -> float:
        if leaf not in self._rarities:
            snapshot = self._matching.snapshot
            matching = sum(self._matching.counted(leaf, part).size for part in snapshot.parts)
            self._rarities[leaf] = rarity(snapshot.totals, matching)
        return self._rarities[leaf]


def _adds(query: Query) -> bool:
    return not isinstance(query, Everything | InSet | Range | Not)


def _weigh(found: Found, row: Row, weight: float, norms: Scores) -> tuple[Docs, Scores]:
    """What is counted in one field, weighed; of a long row only what was found."""
    docs, counts = row.docs, row.counts
    if len(found.docs) * _MUCH_SMALLER < len(docs):
        places = np.searchsorted(docs, found.docs)
        places[places == len(docs)] = 0
        held = np.flatnonzero(np.take(docs, places) == found.docs)
        docs, counts = np.take(found.docs, held), np.take(counts, np.take(places, held))
    return docs, weight * counts / np.take(norms, docs)


def _add_up(rows: Sequence[tuple[Docs, Scores]], found: Found) -> Scores:
    """The sum of the numbers that rows have for each document that was found, in their order."""
    rows = [row for row in rows if len(row[0])]
    if len(rows) == 1 and len(rows[0][0]) == len(found.docs):
        return rows[0][1]
    docs = join((docs for docs, _ in rows), np.int64)
    numbers = join((numbers for _, numbers in rows), np.float64)
    return np.take(np.bincount(docs, numbers, len(found.mask)), found.docs)
