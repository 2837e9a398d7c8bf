"""Facets: how often each value is met among the documents that match."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.api import FacetCount, Facets, month_of
from index.query import Query
from index.whoosh_backend.arrays import Array, Ints
from index.whoosh_backend.matching import Docs, Matching
from index.whoosh_backend.records import UNKNOWN, RecordsReader
from index.whoosh_backend.snapshot import Snapshot

_DAY = 24 * 3600  # seconds


def count_facets(snapshot: Snapshot, query: Query, limit: int) -> Facets:
    """The facets of all documents that match."""
    matching = Matching(snapshot)
    found = [
        (part.view.records, np.flatnonzero(matching.mask(query, part))) for part in snapshot.parts
    ]
    sources: Counter[str] = Counter()
    days: Counter[int] = Counter()
    for records, docs in found:
        sources.update(_count_sources(records, docs))
        days.update(_count_days(records, docs))
    months: Counter[str] = Counter()
    for day, documents in days.items():
        months[month_of(day * _DAY)] += documents
    rest = Facets.from_counts({}, sources, months, limit)
    return Facets(_count_entities(found, limit), rest.sources, rest.months)


def _count_sources(records: RecordsReader, docs: Docs) -> dict[str, int]:
    labels = records.sources
    counts = np.bincount(np.take(labels.refs, docs), minlength=len(labels.table)).tolist()
    return {name: n for name, n in zip(labels.table, counts, strict=True) if n and name}


def _count_days(records: RecordsReader, docs: Docs) -> dict[int, int]:
    published = np.take(records.published, docs)
    days, counts = np.unique(published[published != UNKNOWN] // _DAY, return_counts=True)
    return dict(zip(days.tolist(), counts.tolist(), strict=True))


def _count_entities(
    found: Sequence[tuple[RecordsReader, Docs]], limit: int
) -> tuple[FacetCount, ...]:
    """The entities of most documents, those of equally many by their ids as texts."""
    rows = [_entities_in(records, docs) for records, docs in found if len(docs)]
    ids, counts = _add_up(rows)
    if 0 < limit < len(ids):
        most = np.flatnonzero(counts >= np.partition(counts, -limit)[-limit])
        ids, counts = ids[most], counts[most]
    ranked = sorted(zip(map(str, ids.tolist()), counts.tolist(), strict=True), key=_most_first)
    return tuple(FacetCount(*one) for one in ranked[:limit])


def _most_first(one: tuple[str, int]) -> tuple[int, str]:
    return -one[1], one[0]


def _entities_in(records: RecordsReader, docs: Docs) -> tuple[Ints, Ints]:
    """The entities of some documents of a part, with the number of documents of each."""
    counts = np.bincount(records.entity_refs(docs), minlength=len(records.entity_ids))
    held = np.flatnonzero(counts)
    return records.entity_ids[held], counts[held]


def _add_up(rows: Sequence[tuple[Ints, Array]]) -> tuple[Ints, Ints]:
    """Counts of several parts as one; each entity once."""
    if len(rows) == 1:
        return rows[0]
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    ids, places = np.unique(np.concatenate([ids for ids, _ in rows]), return_inverse=True)
    counts = np.zeros(len(ids), np.int64)
    start = 0
    for of_part, documents in rows:
        counts[places[start : start + len(of_part)]] += documents
        start += len(of_part)
    return ids, counts
