"""Matches in order. Documents of a part are numbered by age, so that ties, which go to the newer
document, are settled by their numbers; across parts by moment and id."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from index.api import Match
from index.query import Query, Sort
from index.whoosh_backend.arrays import Array, Ints
from index.whoosh_backend.matching import Docs, Found, Matching
from index.whoosh_backend.schema import to_term
from index.whoosh_backend.scoring import Scoring
from index.whoosh_backend.snapshot import Part, Snapshot


@dataclass(frozen=True, slots=True)
class _Row:
    """Matches of one part, rising; `keys` are what they are ordered by, least first."""

    part: Part
    docs: Docs
    keys: Array


class Ranking:
    """One query over one snapshot, in order."""

    def __init__(self, snapshot: Snapshot, query: Query, sort: Sort) -> None:
        matching = Matching(snapshot)
        self._scoring = Scoring(matching)
        self._query = query
        self._sort = sort
        found = [matching.found(query, part) for part in snapshot.parts]
        self._found = [one for one in found if len(one.docs)]

    @property
    def total(self) -> int:
        """How many documents match."""
        return sum(len(found.docs) for found in self._found)

    def page(self, offset: int, limit: int) -> tuple[Match, ...]:
        """The matches from `offset`, at most `limit`."""
        wanted = slice(offset, offset + limit)
        rows = [self._best(found, wanted.stop) for found in self._found]
        ids, keys = _in_order(rows, self._sort)
        scores = -keys[wanted] if self._sort is Sort.RELEVANCE else np.zeros(len(ids[wanted]))
        return tuple(map(Match, ids[wanted].tolist(), scores.tolist()))

    def all(self) -> array[int]:
        """The ids of all matches."""
        rows = [_Row(one.part, one.docs, self._keys(one)) for one in self._found]
        return array("q", _in_order(rows, self._sort)[0].tobytes())

    def _best(self, found: Found, count: int) -> _Row:
        """The first `count` of a part, or all."""
        docs = found.docs
        if self._sort is Sort.NEWEST:
            docs = docs[len(docs) - min(count, len(docs)) :]
            return _Row(found.part, docs, ~found.part.view.records.when[docs])
        keys = self._keys(found)
        if count < len(docs):
            chosen = _least(keys, count)
            docs, keys = docs[chosen], keys[chosen]
        return _Row(found.part, docs, keys)

    def _keys(self, found: Found) -> Array:
        """What documents are ordered by within a part."""
        records = found.part.view.records
        match self._sort:
            case Sort.RELEVANCE:
                return -self._scoring.scores(self._query, found)
            case Sort.NEWEST:
                return ~records.when.take(found.docs)
            case Sort.OLDEST:
                return records.when.take(found.docs)
            case Sort.SOURCE:
                return records.source_ranks.take(found.docs)
            case Sort.LONGEST:
                return -records.text_lengths.take(found.docs).astype(np.int64)
            case _:  # Sort.TITLE
                return records.title_ranks.take(found.docs)


def _least(keys: Array, count: int) -> Ints:
    """The places of the `count` least keys, rising; of those that are level the last."""
    if not count:
        return np.zeros(0, np.int64)
    last = np.partition(keys, count - 1)[count - 1]
    before = np.flatnonzero(keys < last)
    level = np.flatnonzero(keys == last)
    chosen = np.concatenate([before, level[len(level) - (count - len(before)) :]])
    chosen.sort()
    return chosen


def _in_order(rows: Sequence[_Row], sort: Sort) -> tuple[Ints, Array]:
    """The ids of some rows in order, with their keys."""
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0)
    keys = np.concatenate(_keys_across(rows, sort))
    ids = np.concatenate([row.part.view.records.ids.take(row.docs) for row in rows])
    when = np.concatenate([row.part.view.records.when.take(row.docs) for row in rows])
    order = np.lexsort((~ids, ~when, keys))
    return ids[order], keys[order]


def _keys_across(rows: Sequence[_Row], sort: Sort) -> list[Array]:
    """Keys that can be compared between parts: those of names are ranks within one."""
    if sort not in (Sort.SOURCE, Sort.TITLE) or len(rows) == 1:
        return [row.keys for row in rows]
    names = [_names(row, sort) for row in rows]
    ranks = {name: rank for rank, name in enumerate(sorted(set(chain.from_iterable(names))))}
    return [np.fromiter(map(ranks.__getitem__, row), np.int64, len(row)) for row in names]


def _names(row: _Row, sort: Sort) -> list[bytes]:
    records = row.part.view.records
    if sort is Sort.SOURCE:
        keys = list(map(to_term, records.source_keys))
        return [keys[ref] for ref in records.sources.refs[row.docs].tolist()]
    return records.titles_of(row.docs)
