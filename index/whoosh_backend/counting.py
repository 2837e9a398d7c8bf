"""Facets: how often each value is met among the documents that match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.api import FacetCount, Facets
from index.query import Query
from index.whoosh_backend.arrays import Array, Ints, join
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
    rows = zip(months[known].tolist(), counts[known].tolist(), strict=True)
    return {_name_month(month): count for month, count in rows}


def _name_month(months: int) -> str:
    """A month, counted from the first of 1970, as a facet."""
    years, month = divmod(months, 12)
    return f"{1970 + years:04}-{month + 1:02}"


def _count_entities(found: Found) -> _Counts:
    """The entities of some documents of a part, with the number of documents of each."""
    records = found.part.view.records
    if len(found.docs) * _MANY > found.part.size:
        counts = found.part.view.values("entity").counts_in(found.mask)
    else:
        counts = np.bincount(records.entity_refs(found.docs), minlength=len(records.entity_ids))
    held = np.flatnonzero(counts)
    return np.take(records.entity_ids, held), np.take(counts, held)


def _most(rows: Sequence[_Counts], limit: int) -> tuple[FacetCount, ...]:
    """The entities of most documents, those of equally many by their ids as texts."""
    ids, counts = _add_up(rows)
    if 0 < limit < len(ids):
        with_so_many = np.bincount(counts)
        # Where `limit` entities are reached, from the highest count downwards.
        below = np.searchsorted(with_so_many[::-1].cumsum(), limit)
        most = np.flatnonzero(counts >= len(with_so_many) - 1 - below)
        ids, counts = ids[most], counts[most]
    ranked = sorted(zip(map(str, ids.tolist()), counts.tolist(), strict=True), key=_most_first)
    return tuple(FacetCount(*one) for one in ranked[:limit])


def _most_first(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _add_up(rows: Sequence[_Counts]) -> _Counts:
    """Counts of several parts as one; each entity once."""
    ids = join((ids for ids, _ in rows), np.int64)
    counts = join((counts for _, counts in rows), np.int64)
    if len(rows) < 2 or not len(ids):
        return ids, counts
    first, last = int(ids.min()), int(ids.max())
    if last - first > _SPARSE * len(ids):
        ids, places = np.unique(ids, return_inverse=True)
        return ids, np.bincount(places, counts).astype(np.int64)
    table = np.bincount(ids - first, counts)
    held = np.flatnonzero(table)
    return held + first, np.take(table, held).astype(np.int64)
