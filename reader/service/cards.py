"""What the library knows of an entity, and the sentences that show it.

Everything is asked of the library alone: a card is right at once after a correction, and while
the index is built anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index.query import And, IdSet, InSet, Range, Sort
from reader.entities import fold_name
from reader.model import (
    ArticleId,
    ArticleRow,
    Entity,
    EntityCard,
    EntityCount,
    EntityId,
    EntityKind,
    Evidence,
    NameCount,
    Page,
)
from reader.service.evidence import evidence_of
from reader.service.lookup import find_named
from reader.service.resolve import numbered

if TYPE_CHECKING:
    from reader.service.everything import Everything
    from reader.service.searching import Searching
    from reader.store import Store

FORMS, TOGETHER, PLACES, TAGS = 20, 30, 12, 12
"""The most of each that a card has."""

LOOKED_AT = 120
"""Entities named with another among which its places are looked for first."""

KEPT = 40
"""Sets of articles that are kept: one for each entity of a card. One of 20,000 articles takes
160 kB."""

_DATED = Range("date", None, None)

NEAR = 5
"""Names told where none is as it was asked for."""


class Cards:
    """Cards of entities. An id may be that of one that was made part of another."""

    def __init__(self, store: Store, searching: Searching) -> None:
        self._store = store
        self._searching = searching
        self._token: int | None = None
        self._namings: dict[EntityId, InSet] = {}

    def card(self, entity_id: int) -> EntityCard:
        """Raises EntityNotFoundError."""
        entities = self._store.entities
        with self._store.snapshot():
            count = entities.get(entity_id)
            entity = count.entity
            naming = self._naming(entity.id)
            # Those that are named most with it are read once: most places are among them.
            others = entities.together(entity.id, LOOKED_AT)
            places = [one for one in others if one.entity.kind is EntityKind.LOC]
            if len(others) == LOOKED_AT and len(places) < PLACES:
                places = list(entities.together(entity.id, PLACES, EntityKind.LOC))
            return EntityCard(
                entity=entity,
                articles=count.articles,
                mentions=count.mentions,
                forms=entities.forms(entity.id, FORMS),
                first=self._end(naming, Sort.OLDEST),
                last=self._end(naming, Sort.NEWEST),
                months=self._everything.count_months(naming.ids),
                together=others[:TOGETHER],
                places=tuple(places[:PLACES]),
                tags=self._tags(naming.ids),
                related=self._related(entity),
            )

    def articles(self, entity_id: int, start: int, limit: int) -> Page[Evidence]:
        """Articles that name an entity, newest first, from the `start`-th on (0 is the first),
        each with the first sentence that names it. Raises EntityNotFoundError."""
        with self._store.snapshot():
            entity = self._store.entities.get(entity_id).entity
            ordered, total = self._everything.select(
                self._naming(entity.id), Sort.NEWEST, start + limit
            )
            return Page(tuple(self._evidence(ordered[start:], [entity.id])), None, total)

    def evidence(self, entity_id: int, other_id: int) -> Evidence | None:
        """The first sentence of the newest article in which one sentence names both; None when
        there is none. Raises EntityNotFoundError."""
        entities = self._store.entities
        with self._store.snapshot():
            both = [entities.get(one).entity.id for one in (entity_id, other_id)]
            naming = And(tuple(map(self._naming, both)))
            shared, _ = self._everything.select(naming, Sort.NEWEST, None)
            article_id = entities.first_together(shared, *both)
            found = () if article_id is None else self._evidence([article_id], both)
            return next(iter(found), None)

    def find(self, name: str) -> tuple[Entity, ...]:
        """Entities that bear a name ("#12" is the one with that id), most articles first; where
        nobody does, those with all words of it in one of their names."""
        if (number := numbered(name)) is not None:
            return tuple(self._store.entities.get_entities([number]).values())
        entities, key = self._store.entities, fold_name(name)
        found = self._entities(find_named(self._store, name))
        bearers = {one.id for one in entities.candidates([key])}
        exact = [one for one in found if one.id in bearers or fold_name(one.name) == key]
        return tuple(exact) or found

    def near(self, name: str) -> tuple[EntityCount, ...]:
        """Entities with a name that begins like a word of this one, or nearly so: the words
        that may have been meant, most articles first."""
        found: dict[EntityId, EntityCount] = {}
        names = self._store.names
        for word in fold_name(name).split():
            for one in (*names.starting(word, None, NEAR), *names.like(word, None, NEAR)):
                found[one.entity.id] = one
        ranked = sorted(found.values(), key=lambda one: (-one.articles, one.entity.name))
        return tuple(ranked[:NEAR])

    @property
    def _everything(self) -> Everything:
        return self._searching.everything

    def _entities(self, ids: Sequence[EntityId]) -> tuple[Entity, ...]:
        named = self._store.entities.get_entities(ids)
        return tuple(dict.fromkeys(named[one] for one in ids if one in named))

    def _naming(self, entity_id: EntityId) -> InSet:
        """The articles that name an entity, as a condition; kept until the library changes, for
        whoever looks at a card asks for its sentences one by one."""
        token = self._store.change_token()
        if token != self._token or len(self._namings) >= KEPT:
            self._token, self._namings = token, {}
        if entity_id not in self._namings:
            ids = IdSet.of_rising(self._store.entities.article_ids(entity_id))
            self._namings[entity_id] = InSet("entity", ids)
        return self._namings[entity_id]

    def _end(self, naming: InSet, sort: Sort) -> ArticleRow | None:
        """Of the articles that have a date: when others came says nothing of the entity."""
        ordered, _ = self._everything.select(And((naming, _DATED)), sort, 1)
        return next(iter(self._store.articles.get_rows(ordered).values()), None)

    def _tags(self, ids: IdSet) -> tuple[NameCount, ...]:
        from reader.service.masks import count_names  # loads numpy

        return count_names(self._store.tags.packed_each(), ids, TAGS)

    def _related(self, entity: Entity) -> tuple[Entity, ...]:
        from reader.entities.owners import related  # reads lists

        kinds: dict[EntityKind, list[str]] = {}
        for key, kind in related(entity.name, entity.kind):
            kinds.setdefault(kind, []).append(key)
        found = [
            one.id
            for kind, keys in kinds.items()
            for one in self._store.entities.candidates(keys, kind)
            if one.articles
        ]
        return self._entities(found)

    def _evidence(self, ids: Sequence[int], entity_ids: Sequence[EntityId]) -> Iterable[Evidence]:
        rows = self._store.articles.get_rows(ids)
        texts = self._store.articles.get_texts(ids)
        for one in map(ArticleId, ids):
            for sentence in self._store.entities.sentence_places(one, entity_ids)[:1]:
                yield evidence_of(rows[one], texts[one], sentence)
