"""Entities as they are shown: who and what articles name, counted and looked up.

What is shown is the root of what the reader merged, under the name and kind the reader gave it;
ignored ones are nowhere. Every id of the library may be asked for: it stands for its root.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest

from reader.errors import EntityNotFoundError
from reader.model import (
    SURE,
    ArticleId,
    Candidate,
    Entity,
    EntityCount,
    EntityId,
    EntityKind,
    Mention,
    Named,
    NamedSentence,
    NameForm,
    StoredEntity,
    Together,
)
from reader.sentences import sentences
from reader.store.collecting import uncollected
from reader.store.database import Database, json_ids
from reader.store.entity_lookup import EntityLookup
from reader.store.entity_rows import SHOWN, counts_of, namings_of, shown_entities
from reader.store.naming import LEAST, Naming
from reader.store.naming_rows import NamingRows
from reader.store.roots import Roots
from reader.store.together import Togethers


class Entities:
    """Who and what articles name. An entity that nobody names any more keeps its id."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._naming = NamingRows(database)
        self._roots = Roots(database)
        self._togethers = Togethers(database)
        self._lookup = EntityLookup(database)

    def replace_many(self, batch: Sequence[Named]) -> None:
        """Put these in place of all mentions of their articles, and let the index hear of it.

        Nothing happens to an article that has another text than that of `version`: the offsets
        would lie in a text that is gone. An entity without an id is the one of its key and kind,
        made when it is not there. The rules of the reader are applied.
        """
        with self._database.transaction(), uncollected():
            self._naming.replace(batch)

    def replace_mentions(
        self,
        article_id: int,
        entities: Iterable[StoredEntity],
        recogniser: str = "",
        version: int | None = None,
    ) -> bool:
        """The same for one article; False when it has another text."""
        named = Named(ArticleId(article_id), version, recogniser, tuple(entities))
        with self._database.transaction():
            return bool(self._naming.replace([named]))

    def list_mentions(self, article_id: int, *, least: float = SURE) -> tuple[Mention, ...]:
        """Every place of an article that names something, in order; `least` is the confidence
        from which on one is told."""
        with self._database.snapshot():
            naming = namings_of(self._database, [article_id]).get(article_id)
            if naming is None:
                return ()
            shown = shown_entities(self._database, naming.ids)
            text = self._text(article_id)
        return tuple(
            Mention(
                one.start,
                one.end,
                text[one.start : one.end],
                shown[one.entity_id].entity.kind,
                shown[one.entity_id].entity.id,
                shown[one.entity_id].entity.name,
                one.sure / 100,
            )
            for one in naming.mentions()
            if one.sure >= round(least * 100) and one.entity_id in shown
        )

    def list_places(
        self, article_ids: Collection[int], entity_ids: Collection[int]
    ) -> dict[ArticleId, tuple[tuple[int, int], ...]]:
        """Where articles name some of these entities: start and end of each place, in order.

        Articles that name none of them are left out.
        """
        with self._database.snapshot():
            members = set(self._roots.members(entity_ids))
            namings = namings_of(self._database, article_ids)
        places = {
            ArticleId(article_id): tuple(
                (one.start, one.end)
                for one in naming.mentions()
                if one.sure >= LEAST and one.entity_id in members
            )
            for article_id, naming in namings.items()
        }
        return {article_id: found for article_id, found in places.items() if found}

    def sentence_places(
        self, article_id: int, entity_ids: Collection[int]
    ) -> tuple[NamedSentence, ...]:
        """The sentences of an article that name all of these entities, with the mentions of
        these."""
        mentions = self.list_mentions(article_id)
        wanted = set(self.canonical(entity_ids).values())
        if not mentions or not wanted:
            return ()
        mentions = tuple(one for one in mentions if one.entity_id in wanted)
        starts = [one.start for one in mentions]
        found = []
        for start, end in sentences(self._text(article_id)):
            inside = mentions[bisect_left(starts, start) : bisect_left(starts, end)]
            if {one.entity_id for one in inside} == wanted:
                found.append(NamedSentence(start, end, inside))
        return tuple(found)

    def get(self, entity_id: int) -> EntityCount:
        """An entity with its counts. Raises EntityNotFoundError, for an ignored one too."""
        shown = shown_entities(self._database, [entity_id])
        if entity_id not in shown:
            raise EntityNotFoundError(entity_id)
        return shown[entity_id]

    def get_entities(self, ids: Collection[int]) -> dict[EntityId, Entity]:
        """What those of `ids` that exist stand for."""
        shown = shown_entities(self._database, ids)
        return {EntityId(one): count.entity for one, count in shown.items()}

    def canonical(self, ids: Collection[int]) -> dict[int, EntityId]:
        """What each of these ids stands for, those that exist."""
        rows = self._database.rows(
            "SELECT id, coalesce(root, id) FROM entity"
            " WHERE id IN (SELECT value FROM json_each(?))",
            (json_ids(ids),),
        )
        return dict(rows)

    def members(self, entity_id: int) -> tuple[EntityId, ...]:
        """All ids that stand for the same entity as this one, its own first."""
        return tuple(map(EntityId, self._roots.members([entity_id])))

    def article_ids(self, entity_id: int, limit: int = -1) -> array[int]:
        """The articles that name an entity, ascending, or the `limit` that came last of them,
        latest first."""
        members = self._roots.members([entity_id])
        if limit < 0:
            # One text is many times quicker to get than rows.
            ids = self._database.value(
                "SELECT group_concat(article_id) FROM article_entity"
                " WHERE entity_id IN (SELECT value FROM json_each(?))",
                (json_ids(members),),
            )
            return array("q", sorted(set(map(int, ids.split(","))) if ids else ()))
        return self._database.ids(
            "SELECT DISTINCT article_id FROM article_entity"
            " WHERE entity_id IN (SELECT value FROM json_each(?))"
            " ORDER BY article_id DESC LIMIT ?",
            (json_ids(members), limit),
        )

    def first_together(self, article_ids: Sequence[int], *entity_ids: int) -> ArticleId | None:
        """The first of these articles that has a sentence with all of these entities."""
        with self._database.snapshot():
            wanted = set(self.canonical(entity_ids).values())
            roots = self._roots.all()
            for start in range(0, len(article_ids), _SOME):
                some = article_ids[start : start + _SOME]
                namings = namings_of(self._database, some)
                for one in some:
                    if one in namings and _names(namings[one], wanted, roots):
                        return ArticleId(one)
        return None

    def totals(self) -> tuple[int, int]:
        """How many entities articles name, and how often they name any."""
        entities, mentions = self._database.rows(
            "SELECT count(*), coalesce(sum(mentions), 0) FROM entity"
            " WHERE articles > 0 AND NOT ignored"
        )[0]
        return entities, mentions

    def forms(self, entity_id: int, limit: int) -> tuple[NameForm, ...]:
        """How articles write the name of an entity, most frequent first."""
        rows = self._database.rows(
            "SELECT text, sum(n) AS n FROM form"
            " WHERE entity_id IN (SELECT value FROM json_each(?))"
            " GROUP BY text ORDER BY n DESC, text LIMIT ?",
            (json_ids(self._roots.members([entity_id])), limit),
        )
        return tuple(NameForm(*row) for row in rows)

    def together(
        self, entity_id: int, limit: int, kind: EntityKind | None = None
    ) -> tuple[Together, ...]:
        """Who and what is named in the same sentences as an entity, in most sentences first."""
        found: list[Together] = []
        with self._database.snapshot():
            root = self._roots.root(entity_id)
            for part in self._togethers.ranked(root, max(_FEW, 2 * limit)):
                shown = self.get_entities([one for one, _ in part])
                named = [(shown.get(EntityId(one)), n) for one, n in part]
                found += [
                    Together(entity, n)
                    for entity, n in named
                    if entity is not None and kind in (None, entity.kind)
                ]
                if len(found) >= limit:
                    break
        return tuple(found[:limit])

    def candidates(
        self, keys: Collection[str], kind: EntityKind | None = None
    ) -> tuple[Candidate, ...]:
        """Entities that bear one of these folded names, most articles first. One that was made
        part of another is told as that one; ignored ones are among them."""
        return self._lookup.candidates(keys, kind)

    def find_ids(self, name: str, kind: EntityKind | None = None) -> tuple[EntityId, ...]:
        """Entities, most frequent first, one of whose names holds all words of `name`.

        Case, accents, dots and apostrophes do not count. Those no article names are left out.
        """
        return self._lookup.find_ids(name, kind)

    def find_ids_starting(
        self, prefix: str, kind: EntityKind | None = None
    ) -> tuple[EntityId, ...]:
        """Entities, most frequent first, with words in a name that start as those of `prefix`."""
        return self._lookup.find_ids_starting(prefix, kind)

    def article_counts(self, article_id: int) -> tuple[EntityCount, ...]:
        """The entities of one article, most mentions first, then by name.

        `mentions` are those in it, `articles` those of the whole library.
        """
        with self._database.snapshot():
            mentions, _ = self._counted([article_id])
            shown = shown_entities(self._database, mentions)
        counts = [replace(one, mentions=mentions[root]) for root, one in shown.items()]
        counts.sort(key=lambda one: (-one.mentions, one.entity.name, one.entity.id))
        return tuple(counts)

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[EntityCount, ...]:
        """Entities by number of articles among `within`, most first, then by name.

        `within` None is all articles.
        """
        if within is None:
            return counts_of(self._database.rows(_COUNTS, (limit,)))
        with self._database.snapshot():
            mentions, articles = self._counted(list(within))
            for ignored in self._database.ids(_IGNORED):
                del articles[ignored]
            # Only those that may be among the first are looked up, with all that tie with them.
            least = nlargest(limit, articles.values())[-1:] or [0]
            first = [root for root, n in articles.items() if n >= least[0]]
            shown = shown_entities(self._database, first)
        counts = [
            EntityCount(one.entity, mentions[root], articles[root]) for root, one in shown.items()
        ]
        counts.sort(key=lambda one: (-one.articles, one.entity.name, one.entity.id))
        return tuple(counts[:limit])

    def _counted(self, article_ids: Collection[int]) -> tuple[Counter[int], Counter[int]]:
        """Mentions and articles by root among some articles."""
        roots = self._roots.all()
        mentions: Counter[int] = Counter()
        articles: Counter[int] = Counter()
        for naming in namings_of(self._database, article_ids).values():
            counted = naming.counted()
            if roots:
                counted = [roots.get(one, one) for one in counted]
            mentions.update(counted)
            articles.update(set(counted))
        return mentions, articles

    def _text(self, article_id: int) -> str:
        return str(
            self._database.value("SELECT text FROM body WHERE article_id = ?", (article_id,))
        )


def _names(naming: Naming, wanted: set[EntityId], roots: Mapping[int, int]) -> bool:
    return any(wanted <= {roots.get(one, one) for one in inside} for inside in naming.sentences())


_SOME = 200
"""Articles whose mentions are read at once."""

_FEW = 32
"""Others of an entity that are looked at first."""

_IGNORED = "SELECT id FROM entity INDEXED BY entity_ignored WHERE ignored"

_COUNTS = f"""
SELECT {SHOWN} FROM entity e WHERE e.articles > 0 AND NOT e.ignored
ORDER BY e.articles DESC, coalesce(e.reader_name, e.name), e.id LIMIT ?
"""  # noqa: S608 - put together from constants
