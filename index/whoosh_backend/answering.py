"""Questions to one snapshot of the index, and their answers."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any

from index.analysis.weights import WORD_CONSTANT, Weigh, make_weigh
from index.analysis.words import (
    CloseTo,
    StartsLike,
    WordLeaf,
    completion_test,
    is_weighed,
    rank_completions,
    rank_spellings,
    spelling_test,
)
from index.api import Facets, Match, MatchPage, month_of
from index.query import And, Everything, IdSet, InSet, Not, Or, Query, Range, Sort
from index.whoosh_backend.matching import Docs, Matching, check_fields
from index.whoosh_backend.records import UNKNOWN
from index.whoosh_backend.schema import STEMMED, from_term
from index.whoosh_backend.snapshot import Part, Snapshot

_Ranked = list[tuple[Any, ...]]
"""Matches in order: what the order goes by, then the id as the last item, negated so that the
higher of two comes first."""


def search(snapshot: Snapshot, query: Query, sort: Sort, offset: int, limit: int) -> MatchPage:
    keys = _Run(snapshot, query).keys(sort)
    ranked = nsmallest(offset + limit, keys) if offset + limit < len(keys) // 4 else sorted(keys)
    scored = sort is Sort.RELEVANCE
    matches = tuple(
        Match(-key[-1], -key[0] if scored else 0.0) for key in ranked[offset : offset + limit]
    )
    return MatchPage(matches, len(keys))


def order(snapshot: Snapshot, query: Query, sort: Sort) -> array[int]:
    return array("q", (-key[-1] for key in sorted(_Run(snapshot, query).keys(sort))))


def ids(snapshot: Snapshot, query: Query) -> IdSet:
    run = _Run(snapshot, query)
    return IdSet(part.records.ids[doc] for part in snapshot.parts for doc in run.docs(part))


def facets(snapshot: Snapshot, query: Query, limit: int) -> Facets:
    run = _Run(snapshot, query)
    entities: Counter[int] = Counter()
    sources: Counter[str] = Counter()
    moments: Counter[int] = Counter()
    for part in snapshot.parts:
        docs, records = run.docs(part), part.records
        entities.update(chain.from_iterable(map(records.entities, docs)))
        refs = Counter(map(records.source_refs.__getitem__, docs))
        sources.update({records.sources[ref]: count for ref, count in refs.items()})
        moments.update(map(records.published.__getitem__, docs))
    del sources[""], moments[UNKNOWN]
    months: Counter[str] = Counter()
    for day, count in _by_day(moments).items():
        months[month_of(day * _DAY)] += count
    return Facets.from_counts({str(e): n for e, n in entities.items()}, sources, months, limit)


_DAY = 24 * 3600


def _by_day(moments: Mapping[int, int]) -> Counter[int]:
    days: Counter[int] = Counter()
    for moment, count in moments.items():
        days[moment // _DAY] += count
    return days


def suggest(snapshot: Snapshot, word: str, limit: int) -> Sequence[str]:
    test = spelling_test(word)
    return rank_spellings(test, _known(snapshot, test), limit) if test else []


def complete(snapshot: Snapshot, lead: str, limit: int) -> Sequence[str]:
    test = completion_test(lead)
    return rank_completions(test, _known(snapshot, test), limit) if test else []


def _known(snapshot: Snapshot, test: CloseTo | StartsLike) -> Counter[str]:
    """The words of titles and texts that `test` accepts, with the documents that hold them."""
    known: Counter[str] = Counter()
    for part in snapshot.parts:
        words = {term for field in STEMMED for term in part.view.find_words(field, test)}
        for term in words:
            docs: Docs = set()
            for field in STEMMED:
                docs |= set(part.view.postings(field, term).docs)
            known[from_term(term)] += len(docs - part.deleted)
    return +known


class _Run:
    """One query over one snapshot."""

    def __init__(self, snapshot: Snapshot, query: Query) -> None:
        check_fields(query)
        self._snapshot = snapshot
        self._query = query
        self._matching = Matching(snapshot)
        self._weighs: dict[WordLeaf, Weigh] = {}

    def docs(self, part: Part) -> Docs:
        return self._matching.docs(self._query, part)

    def keys(self, sort: Sort) -> _Ranked:
        """What each match is sorted by, the id last and negated."""
        keys: _Ranked = []
        for part in self._snapshot.parts:
            docs = self.docs(part)
            keys.extend(_sort_keys(part, docs, sort, self._scores(docs, part, sort)))
        return keys

    def _scores(self, docs: Docs, part: Part, sort: Sort) -> Mapping[int, float]:
        return self.scores(self._query, docs, part) if sort is Sort.RELEVANCE else {}

    def scores(self, query: Query, docs: Docs, part: Part) -> Mapping[int, float]:
        """What the documents `docs`, all of which match, score."""
        match query:
            case And() | Or():
                totals = dict.fromkeys(docs, 0.0)
                for clause in query.clauses:
                    if not _adds_nothing(clause):
                        matching = docs & self._matching.docs(clause, part)
                        for doc, score in self.scores(clause, matching, part).items():
                            totals[doc] += score
                return totals
            case Everything() | InSet() | Range() | Not():
                return dict.fromkeys(docs, 0.0)
            case _:
                return self._leaf_scores(query, docs, part)

    def _leaf_scores(self, leaf: WordLeaf, docs: Docs, part: Part) -> Mapping[int, float]:
        if not is_weighed(leaf):
            return dict.fromkeys(docs, WORD_CONSTANT)
        weigh = self._weigh(leaf)
        counted = self._matching.counted(leaf, part)
        in_title, in_text = counted.title.get, counted.text.get
        title_lengths, text_lengths = part.records.title_lengths, part.records.text_lengths
        return {
            doc: weigh(in_title(doc, 0), in_text(doc, 0), title_lengths[doc], text_lengths[doc])
            for doc in docs
        }

    def _weigh(self, leaf: WordLeaf) -> Weigh:
        if leaf not in self._weighs:
            matching = sum(len(self._matching.docs(leaf, part)) for part in self._snapshot.parts)
            self._weighs[leaf] = make_weigh(self._snapshot.totals, matching)
        return self._weighs[leaf]


def _adds_nothing(query: Query) -> bool:
    return isinstance(query, Everything | InSet | Range | Not)


def _sort_keys(part: Part, docs: Docs, sort: Sort, scores: Mapping[int, float]) -> _Ranked:
    records = part.records
    when, ids = records.when, records.ids
    match sort:
        case Sort.RELEVANCE:
            return [(-scores[doc], -when[doc], -ids[doc]) for doc in docs]
        case Sort.NEWEST:
            return [(-when[doc], -ids[doc]) for doc in docs]
        case Sort.OLDEST:
            return [(when[doc], -ids[doc]) for doc in docs]
        case Sort.SOURCE:
            keys, refs = records.source_keys, records.source_refs
            return [(keys[refs[doc]], -when[doc], -ids[doc]) for doc in docs]
        case _:  # Sort.TITLE
            titles = records.titles
            return [(titles[doc], -when[doc], -ids[doc]) for doc in docs]
