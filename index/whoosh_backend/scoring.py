"""What documents score. The figures are those of `index.analysis.weights`, to the last bit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.analysis.weights import TEXT_WEIGHT, TITLE_WEIGHT, WORD_CONSTANT, rarity, saturate
from index.analysis.words import WordLeaf, is_weighed
from index.query import And, Everything, InSet, Not, Or, Query, Range
from index.whoosh_backend.arrays import Array
from index.whoosh_backend.matching import Docs, Matching
from index.whoosh_backend.snapshot import Part

Scores = NDArray[np.float64]


class Scoring:
    """Scores for one query."""

    def __init__(self, matching: Matching) -> None:
        self._matching = matching
        self._rarities: dict[WordLeaf, float] = {}

    def scores(self, query: Query, docs: Docs, part: Part) -> Scores:
        """What rising documents of a part, all of which match, score."""
        match query:
            case And() | Or():
                return self._sum(query, docs, part)
            case Everything() | InSet() | Range() | Not():
                return np.zeros(len(docs))
            case _:
                return self._leaf_scores(query, docs, part)

    def _sum(self, query: And | Or, docs: Docs, part: Part) -> Scores:
        totals = np.zeros(len(docs))
        for clause in query.clauses:
            if isinstance(clause, Everything | InSet | Range | Not):
                continue
            if isinstance(query, And):
                totals += self.scores(clause, docs, part)
            else:
                matching = self._matching.docs(clause, part)
                places, matching = _places_in(docs, matching, part)
                totals[places] += self.scores(clause, matching, part)
        return totals

    def _leaf_scores(self, leaf: WordLeaf, docs: Docs, part: Part) -> Scores:
        if not is_weighed(leaf):
            return np.full(len(docs), WORD_CONSTANT)
        counted = self._matching.counted(leaf, part)
        in_text, titled, in_title = counted.in_text, counted.titled, counted.in_title
        if len(docs) < len(counted.docs):
            chosen = np.searchsorted(counted.docs, docs)
            in_text = in_text[chosen]
            # Where of `docs` those with the word in their title stand.
            kept = np.searchsorted(chosen, titled)
            kept[kept == len(chosen)] = 0
            held = chosen[kept] == titled if len(chosen) else np.zeros(len(kept), bool)
            titled, in_title = kept[held], in_title[held]
        norms = self._matching.snapshot.norms(part)
        weight = TEXT_WEIGHT * in_text / norms.text[docs]
        weight[titled] += TITLE_WEIGHT * in_title / norms.title[docs[titled]]
        return saturate(self._rarity(leaf), weight)

    def _rarity(self, leaf: WordLeaf) -> float:
        if leaf not in self._rarities:
            snapshot = self._matching.snapshot
            matching = sum(len(self._matching.docs(leaf, part)) for part in snapshot.parts)
            self._rarities[leaf] = rarity(snapshot.totals, matching)
        return self._rarities[leaf]


def _places_in(docs: Docs, some: Docs, part: Part) -> tuple[Array, Docs]:
    """Where in `docs` those of `some` stand that are among them, and which these are."""
    places = np.full(part.size, -1, np.int32)
    places[docs] = np.arange(len(docs), dtype=np.int32)
    found = places[some]
    if len(found) and found.min() < 0:
        return found[found >= 0], some[found >= 0]
    return found, some
