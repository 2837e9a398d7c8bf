"""Facets: how often each value is met among the documents that match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.api import FacetCount, Facets, month_of
from index.query import Query
from index.whoosh_backend.arrays import Array, Ints
from index.whoosh_backend.matching import Docs, Found, Matching
from index.whoosh_backend.records import NO_MONTH, RecordsReader
from index.whoosh_backend.snapshot import Snapshot

_Counts = tuple[Ints, Array]
"""Different numbers with how often each is met."""

_MANY = 6
"""Of so many documents one is found from where on it is quicker to go through all entities."""

_SPARSE = 8
"""Ids in a row for each that is met, up to which a table of all is the quickest."""


def count_facets(snapshot: Snapshot, query: Query, limit: int) -> Facets:
    """The facets of all documents that match."""
    matching = Matching(snapshot)
    found = [matching.found(query, part) for part in snapshot.parts]
    sources: Counter[str] = Counter()
    months: Counter[str] = Counter()
    for one in found:
        records = one.part.view.records
        sources.update(_count_sources(records, one.docs))
        months.update(_count_months(records, one.docs))
    rest = Facets.from_counts({}, sources, months, limit)
    entities = [_count_entities(one) for one in found if len(one.docs)]
    return Facets(_most(entities, limit), rest.sources, rest.months)


def _count_sources(records: RecordsReader, docs: Docs) -> dict[str, int]:
    labels = records.sources
    counts = np.bincount(np.take(labels.refs, docs), minlength=len(labels.table)).tolist()
    return {name: n for name, n in zip(labels.table, counts, strict=True) if n and name}


def _count_months(records: RecordsReader, docs: Docs) -> dict[str, int]:
    months, counts = np.unique(np.take(records.months, docs), return_counts=True)
    known = months != NO_MONTH
    begins = months[known].astype("M8[M]").astype("M8[s]").astype(np.int64)
    rows = zip(begins.tolist(), counts[known].tolist(), strict=True)
    return {month_of(begin): count for begin, count in rows}


def _count_entities(found: Found) -> _Counts:
    """The entities of some documents of a part, with the number of documents of each."""
    records = found.part.view.records
    if len(found.docs) * _MANY > found.part.size:
        return records.entity_ids, found.part.view.values("entity").counts_in(found.mask)
    counts = np.bincount(records.entity_refs(found.docs), minlength=len(records.entity_ids))
    held = np.flatnonzero(counts)
    return np.take(records.entity_ids, held), np.take(counts, held)


def _most(rows: Sequence[_Counts], limit: int) -> tuple[FacetCount, ...]:
    """The entities of most documents, those of equally many by their ids as texts."""
    ids, counts = _add_up(rows, limit)
    named = zip(map(str, ids.tolist()), counts.tolist(), strict=True)
    return tuple(FacetCount(*one) for one in sorted(named, key=_most_first)[:limit])


def _most_first(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _add_up(rows: Sequence[_Counts], limit: int) -> _Counts:
    """Counts of several parts as one, those that are among the `limit` highest."""
    rows = [row for row in rows if len(row[0])] or [(np.zeros(0, np.int64), np.zeros(0, np.int64))]
    if len(rows) == 1:
        ids, counts = rows[0]
        most = _highest(counts, limit)
        return ids[most], counts[most]
    first = min(int(ids.min()) for ids, _ in rows)
    last = max(int(ids.max()) for ids, _ in rows)
    if last - first > _SPARSE * sum(len(ids) for ids, _ in rows):
        ids, places = np.unique(np.concatenate([ids for ids, _ in rows]), return_inverse=True)
        counts = np.concatenate([counts for _, counts in rows])
        return _add_up([(ids, np.bincount(places, counts).astype(np.int64))], limit)
    table = np.zeros(last - first + 1, np.int64)
    for ids, counts in rows:
        table[ids - first] += counts
    most = _highest(table, limit)
    return most + first, table[most]


def _highest(counts: Array, limit: int) -> Ints:
    """Where the `limit` highest counts stand, and others that are level with the last of them;
    no count of nothing."""
    with_so_many = np.bincount(counts)
    # From the highest count downwards, where so many are reached.
    below = int(np.searchsorted(with_so_many[::-1].cumsum(), limit))
    return np.flatnonzero(counts >= max(len(with_so_many) - 1 - below, 1))
