"""Counts over the whole answer to a query: tags, sources, names, months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.query import IdSet, Query
from reader.model import Entity, EntityId, EntityKind, NameCount

if TYPE_CHECKING:
    from index.api import FacetCount
    from reader.service.index_access import IndexAccess
    from reader.store import Store

SPARE = 20
"""Entities asked for beyond those wanted: some may be part of others, or said to be none."""

FIRST = 400
"""Entities of an answer that are looked at for the most frequent ones of each kind."""

MOST = 5 * FIRST
"""The same where those were not enough."""

_SOUGHT = (EntityKind.PER, EntityKind.ORG, EntityKind.LOC)
"""Kinds for which more is looked at where there are not enough."""


@dataclass(frozen=True, slots=True)
class EntityFacet:
    """An entity and how many articles of an answer name it."""

    entity: Entity
    articles: int


@dataclass(frozen=True, slots=True)
class FacetView:
    """Most frequent values among the articles of an answer; months newest first."""

    tags: tuple[NameCount, ...]
    sources: tuple[NameCount, ...]
    entities: tuple[EntityFacet, ...]
    months: tuple[NameCount, ...]


class Facets:
    """Counts over the articles that answer a resolved query."""

    def __init__(self, store: Store, index: IndexAccess) -> None:
        self._store = store
        self._index = index

    def count(self, query: Query, limit: int) -> FacetView:
        """At most `limit` values of each kind, and all months. Raises SearchUnavailableError."""
        from reader.service.masks import count_names

        tagged, lags = bool(self._store.tags.list_counts(1)), self._lags()
        with self._index.asking() as index:
            found = index.facets(query, limit=limit + SPARE)
            ids = index.ids(query) if tagged or lags else IdSet()
        entities = self._named(found.entities)[:limit]
        return FacetView(
            tags=count_names(self._store.tags.packed_each(), ids, limit),
            sources=_counts(found.sources)[:limit],
            entities=tuple(self._as_now(entities, ids) if lags else entities),
            months=_counts(found.months),
        )

    def count_entities(self, query: Query, limit: int) -> tuple[EntityFacet, ...]:
        """The `limit` most frequent entities of each kind, kind by kind; kinds of which there
        are none among the most frequent of all have fewer. Raises SearchUnavailableError."""
        kept: dict[EntityKind, list[EntityFacet]] = {}
        for looked_at in (FIRST, MOST):
            with self._index.asking() as index:
                counts = index.facets(query, limit=looked_at).entities
            named = self._named(counts)
            kept = {
                kind: [one for one in named if one.entity.kind is kind][:limit]
                for kind in EntityKind
            }
            if len(counts) < looked_at or all(len(kept[kind]) == limit for kind in _SOUGHT):
                break
        if self._lags():
            with self._index.asking() as index:
                ids = index.ids(query)
            kept = {kind: self._as_now(some, ids) for kind, some in kept.items()}
        return tuple(one for some in kept.values() for one in some)

    def _lags(self) -> bool:
        """Whether the index may know articles by what was before a correction."""
        return self._store.outbox.pending() > 0

    def _as_now(self, facets: Sequence[EntityFacet], ids: IdSet) -> list[EntityFacet]:
        """The same, counted among `ids` by the library."""
        from reader.service.masks import common

        each = [(one.entity, self._store.entities.article_ids(one.entity.id)) for one in facets]
        counted = [EntityFacet(one, len(common(ids, articles))) for one, articles in each]
        return sorted((one for one in counted if one.articles), key=lambda one: -one.articles)

    def _named(self, counts: Iterable[FacetCount]) -> list[EntityFacet]:
        """Counts of entities, most articles first, under the one that each is part of.

        The index may have heard of an entity of which the library has not: the library is older
        then, put back from a copy.
        """
        by_id = {EntityId(int(count.value)): count.documents for count in counts}
        named = self._store.entities.get_entities(by_id)
        articles: Counter[Entity] = Counter()
        for one, n in by_id.items():
            if one in named:
                articles[named[one]] += n
        return [EntityFacet(*one) for one in articles.most_common()]


def _counts(found: Iterable[FacetCount]) -> tuple[NameCount, ...]:
    return tuple(NameCount(one.value, one.documents) for one in found)
