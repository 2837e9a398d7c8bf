"""Entities, their names, and where articles name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import groupby
from operator import itemgetter

from reader.model import (
    ArticleId,
    Entity,
    EntityCount,
    EntityId,
    EntityKind,
    Mention,
    StoredEntity,
)
from reader.store.database import Database, Row, json_ids
from reader.store.rows import kept_strings
from reader.store.saving import forget_mentions, queue
from reader.store.words import name_words

LAST_CHARACTER = "\U0010ffff"


class Entities:
    """Who and what articles name. An entity that nobody names any more keeps its id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_mentions(
        self,
        article_id: int,
        entities: Iterable[StoredEntity],
        recogniser: str = "",
        version: int | None = None,
    ) -> bool:
        """Put these in place of all mentions of an article, and let the index hear of it.

        Nothing happens, and the answer is False, when the article has another text than that
        of `version` (OutboxItem.version): the offsets would lie in a text that is gone.
        """
        with self._database.transaction():
            row = self._database.row("SELECT version FROM article WHERE id = ?", (article_id,))
            if row is None or version not in (None, row[0]):
                return False
            forget_mentions(self._database, article_id)
            self._add_mentions(article_id, entities)
            self._database.run(
                "UPDATE article SET recogniser = ? WHERE id = ?", (recogniser, article_id)
            )
            queue(self._database, article_id)
        return True

    def list_mentions(self, article_id: int) -> tuple[Mention, ...]:
        """Every place of an article that names something, in order."""
        with self._database.snapshot():
            rows = self._database.rows(
                "SELECT m.start, m.end, e.kind, e.id, e.name"
                " FROM mention m CROSS JOIN entity e ON e.id = m.entity_id"
                " WHERE m.article_id = ? ORDER BY m.start, m.end",
                (article_id,),
            )
            text = self._text(article_id) if rows else ""
        return tuple(
            Mention(start, end, text[start:end], EntityKind(kind), EntityId(entity_id), name)
            for start, end, kind, entity_id, name in rows
        )

    def list_places(
        self, article_ids: Collection[int], entity_ids: Collection[int]
    ) -> dict[ArticleId, tuple[tuple[int, int], ...]]:
        """Where articles name some of these entities: start and end of each place, in order.

        Articles that name none of them are left out.
        """
        rows = self._database.rows(
            "SELECT article_id, start, end FROM mention"
            " WHERE article_id IN (SELECT value FROM json_each(?))"
            " AND entity_id IN (SELECT value FROM json_each(?))"
            " ORDER BY article_id, start, end",
            (json_ids(article_ids), json_ids(entity_ids)),
        )
        return {
            article_id: tuple((start, end) for _, start, end in places)
            for article_id, places in groupby(rows, key=itemgetter(0))
        }

    def find_ids(self, name: str, kind: EntityKind | None = None) -> tuple[EntityId, ...]:
        """Entities, most frequent first, one of whose names holds all words of `name`.

        Case, accents, dots and apostrophes do not count. Those no article names are left out.
        """
        words = name_words(name)
        rows = self._database.rows(
            "SELECT id FROM entity WHERE articles > 0 AND id IN"
            " (SELECT entity_id FROM alias WHERE id IN"
            "  (SELECT alias_id FROM alias_word WHERE word IN (SELECT value FROM json_each(:words))"
            "   GROUP BY alias_id HAVING count(*) = :n))"
            " AND (:kind IS NULL OR kind = :kind) ORDER BY articles DESC, id",
            {"words": kept_strings(words), "n": len(words), "kind": kind},
        )
        return tuple(EntityId(row[0]) for row in rows)

    def find_ids_starting(
        self, prefix: str, kind: EntityKind | None = None
    ) -> tuple[EntityId, ...]:
        """Entities, most frequent first, with words in a name that start as those of `prefix`."""
        aliases: set[int] | None = None
        for word in name_words(prefix):
            found = self._database.ids(
                "SELECT DISTINCT alias_id FROM alias_word WHERE word >= ? AND word < ?",
                (word, word + LAST_CHARACTER),
            )
            aliases = set(found) if aliases is None else aliases & set(found)
        rows = self._database.rows(
            "SELECT id FROM entity WHERE articles > 0 AND id IN"
            " (SELECT entity_id FROM alias WHERE id IN (SELECT value FROM json_each(:aliases)))"
            " AND (:kind IS NULL OR kind = :kind) ORDER BY articles DESC, id",
            {"aliases": json_ids(aliases or ()), "kind": kind},
        )
        return tuple(EntityId(row[0]) for row in rows)

    def article_counts(self, article_id: int) -> tuple[EntityCount, ...]:
        """The entities of one article, most mentions first, then by name.

        `mentions` are those in it, `articles` those of the whole library.
        """
        return _counts(
            self._database.rows(
                "SELECT e.id, e.name, e.kind, x.n, e.articles"
                " FROM article_entity x CROSS JOIN entity e ON e.id = x.entity_id"
                " WHERE x.article_id = ? ORDER BY x.n DESC, e.name, e.id",
                (article_id,),
            )
        )

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[EntityCount, ...]:
        """Entities by number of articles among `within`, most first, then by name.

        `within` None is all articles.
        """
        if within is None:
            return _counts(self._database.rows(_COUNTS, (limit,)))
        return _counts(self._database.rows(_COUNTS_WITHIN, (json_ids(within), limit)))

    def get_entities(self, ids: Collection[int]) -> dict[EntityId, Entity]:
        """Those of `ids` that exist."""
        rows = self._database.rows(
            "SELECT id, name, kind FROM entity WHERE id IN (SELECT value FROM json_each(?))",
            (json_ids(ids),),
        )
        return {row[0]: _entity(row) for row in rows}

    def _text(self, article_id: int) -> str:
        return str(
            self._database.value("SELECT text FROM body WHERE article_id = ?", (article_id,))
        )

    def _add_mentions(self, article_id: int, entities: Iterable[StoredEntity]) -> None:
        places: dict[tuple[int, int], tuple[int, int]] = {}
        for entity in entities:
            entity_id = self._find_or_add(entity)
            for one in entity.mentions:
                places.setdefault((one.start, one.end), (entity_id, round(one.confidence * 100)))
        counted = Counter(entity_id for entity_id, _ in places.values())
        self._database.run_many(
            "INSERT INTO mention (article_id, start, end, entity_id, confidence)"
            " VALUES (?, ?, ?, ?, ?)",
            [(article_id, *place, *what) for place, what in places.items()],
        )
        self._database.run_many(
            "INSERT INTO article_entity (article_id, entity_id, n) VALUES (?, ?, ?)",
            [(article_id, *one) for one in counted.items()],
        )

    def _find_or_add(self, entity: StoredEntity) -> int:
        entity_id = self._find(entity)
        if entity_id is None:
            entity_id = self._database.run(
                "INSERT INTO entity (kind, key, name) VALUES (?, ?, ?)",
                (entity.kind, entity.key, entity.name),
            )
        self._add_aliases(entity_id, entity)
        return entity_id

    def _find(self, entity: StoredEntity) -> int | None:
        row = self._database.row(
            "SELECT id FROM entity WHERE key = ? AND kind = ?", (entity.key, entity.kind)
        )
        if row is not None:
            return int(row[0])
        owners = self._database.rows(
            "SELECT DISTINCT entity_id FROM alias"
            " WHERE key IN (SELECT value FROM json_each(?)) AND kind = ? AND links",
            (kept_strings(_linking_keys(entity)), entity.kind),
        )
        # A name that several bear tells nothing.
        return int(owners[0][0]) if len(owners) == 1 else None

    def _add_aliases(self, entity_id: int, entity: StoredEntity) -> None:
        links = set(_linking_keys(entity))
        for key in dict.fromkeys((entity.key, *entity.alias_keys)):
            alias = self._database.row(
                "INSERT INTO alias (key, kind, entity_id, links) VALUES (?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING RETURNING id",
                (key, entity.kind, entity_id, key in links),
            )
            if alias is not None:
                self._database.run_many(
                    "INSERT INTO alias_word (word, alias_id) VALUES (?, ?)",
                    [(word, alias[0]) for word in name_words(key)],
                )


_COUNTS = """
SELECT id, name, kind, mentions, articles FROM entity
WHERE articles > 0
ORDER BY articles DESC, name, id LIMIT ?
"""

_COUNTS_WITHIN = """
SELECT e.id, e.name, e.kind, c.mentions, c.articles FROM (
    SELECT entity_id, sum(n) AS mentions, count(*) AS articles FROM article_entity
    WHERE article_id IN (SELECT value FROM json_each(?))
    GROUP BY entity_id
) c CROSS JOIN entity e ON e.id = c.entity_id
ORDER BY c.articles DESC, e.name, e.id LIMIT ?
"""


def _linking_keys(entity: StoredEntity) -> list[str]:
    """The names that find an entity again: a surname alone would mix up families."""
    return [entity.key, *(key for key in entity.alias_keys if len(key.split()) > 1)]


def _entity(row: Row) -> Entity:
    return Entity(EntityId(row[0]), row[1], EntityKind(row[2]))


def _counts(rows: Iterable[Row]) -> tuple[EntityCount, ...]:
    return tuple(EntityCount(_entity(row), row[3], row[4]) for row in rows)
