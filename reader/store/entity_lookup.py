"""Entities by the words of their names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from reader.model import Candidate, EntityId, EntityKind
from reader.store.database import Database, json_ids
from reader.store.rows import kept_strings
from reader.store.words import name_words

LAST_CHARACTER = "\U0010ffff"

IS_BORNE = """NOT EXISTS (
    SELECT 1 FROM entity_split s WHERE s.entity_id = a.entity_id AND s.alias_key = a.key
)"""
"""Whether an alias `a` is still one of its entity: the reader may have split it off."""

_OF_ALIASES = f"""
SELECT coalesce(o.root, o.id) FROM alias a CROSS JOIN entity o ON o.id = a.entity_id
WHERE a.id IN (SELECT value FROM json_each(:aliases)) AND {IS_BORNE}
"""  # noqa: S608 - put together from constants

_FREQUENT = f"""
SELECT e.id FROM entity e
WHERE e.id IN ({_OF_ALIASES} UNION ALL SELECT value FROM json_each(:renamed))
    AND e.articles > 0 AND NOT e.ignored
    AND (:kind IS NULL OR coalesce(e.reader_kind, e.kind) = :kind)
ORDER BY e.articles DESC, e.id
"""  # noqa: S608 - put together from constants

IS_OF_KIND = "(:kind IS NULL OR e.kind = :kind OR e.reader_kind = :kind)"
"""Whether an entity `e` is found again by its key among those of a kind."""

_CANDIDATES = f"""
SELECT r.id, r.key, coalesce(r.reader_kind, r.kind), coalesce(r.reader_name, r.name), r.articles,
    r.ignored, r.ignored OR r.reader_name IS NOT NULL OR r.reader_kind IS NOT NULL
        OR EXISTS (SELECT 1 FROM entity m WHERE m.root = r.id)
FROM (
    SELECT DISTINCT coalesce(e.root, e.id) AS id
    FROM alias a CROSS JOIN entity e ON e.id = a.entity_id
    WHERE a.key IN (SELECT value FROM json_each(:keys)) AND {IS_OF_KIND} AND {IS_BORNE}
) f CROSS JOIN entity r ON r.id = f.id
ORDER BY r.articles DESC, r.id
"""  # noqa: S608

_ALIASES = f"""
SELECT value, e.id, e.key, {IS_OF_KIND}, a.key
FROM json_each(:roots) CROSS JOIN entity e ON e.id = value
CROSS JOIN alias a ON a.entity_id = e.id WHERE {IS_BORNE}
UNION ALL
SELECT value, e.id, e.key, {IS_OF_KIND}, a.key
FROM json_each(:roots) CROSS JOIN entity e ON e.root = value
CROSS JOIN alias a ON a.entity_id = e.id WHERE {IS_BORNE}
"""  # noqa: S608

Test = Callable[[Collection[str]], bool]
"""Whether a name of these words is asked for."""


class EntityLookup:
    """Roots by any name of theirs, of what was made part of them, and by that the reader gave."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def candidates(self, keys: Collection[str], kind: EntityKind | None) -> tuple[Candidate, ...]:
        with self._database.snapshot():
            rows = self._database.rows(_CANDIDATES, {"keys": kept_strings(keys), "kind": kind})
            own: dict[int, dict[str, None]] = {row[0]: {} for row in rows}
            aliases: dict[int, dict[str, EntityId]] = {row[0]: {} for row in rows}
            asked = {"roots": json_ids(own), "kind": kind}
            for root, bearer, key, is_of_kind, alias in self._database.rows(_ALIASES, asked):
                aliases[root].setdefault(alias, EntityId(bearer))
                if is_of_kind:
                    own[root][key] = None
        return tuple(
            Candidate(
                id=EntityId(root),
                key=key,
                kind=EntityKind(shown),
                name=name,
                articles=articles,
                keys=tuple(own[root]),
                aliases=aliases[root],
                ignored=bool(ignored),
                corrected=bool(corrected),
            )
            for root, key, shown, name, articles, ignored, corrected in rows
        )

    def find_ids(self, name: str, kind: EntityKind | None) -> tuple[EntityId, ...]:
        words = name_words(name)
        if not words:
            return ()
        aliases = self._database.ids(
            "SELECT alias_id FROM alias_word WHERE word IN (SELECT value FROM json_each(:words))"
            " GROUP BY alias_id HAVING count(*) = :n",
            {"words": kept_strings(words), "n": len(words)},
        )
        return self._frequent(aliases, lambda known: set(words) <= set(known), kind)

    def find_ids_starting(self, prefix: str, kind: EntityKind | None) -> tuple[EntityId, ...]:
        words = name_words(prefix)
        if not words:
            return ()
        found = [
            set(
                self._database.ids(
                    "SELECT alias_id FROM alias_word WHERE word >= ? AND word < ?",
                    (word, word + LAST_CHARACTER),
                )
            )
            for word in words
        ]
        aliases = set.intersection(*found)
        return self._frequent(aliases, lambda known: begin_with(words, known), kind)

    def _frequent(
        self, aliases: Iterable[int], test: Test, kind: EntityKind | None
    ) -> tuple[EntityId, ...]:
        rows = self._database.rows(
            _FREQUENT,
            {
                "aliases": json_ids(aliases),
                "renamed": json_ids(renamed(self._database, test)),
                "kind": kind,
            },
        )
        return tuple(EntityId(row[0]) for row in rows)


def renamed(database: Database, test: Test) -> list[int]:
    """The roots of entities to which the reader gave a name that is asked for: there are as
    many as the reader has renamed."""
    rows = database.rows(
        "SELECT coalesce(root, id), reader_name FROM entity WHERE reader_name IS NOT NULL"
    )
    return [root for root, name in rows if test(name_words(name))]


def begin_with(words: Collection[str], known: Collection[str]) -> bool:
    """Whether each of `words` is the beginning of a known one."""
    return all(any(one.startswith(word) for one in known) for word in words)
