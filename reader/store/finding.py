"""Entities found again by their keys, or made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from reader.model import EntityKind, StoredEntity
from reader.store.database import Database, json_ids
from reader.store.rows import kept_strings
from reader.store.words import name_words


class EntityFinder:
    """The entities of a library by folded name and kind, many at once, in the running
    transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find_or_add(self, entities: Sequence[StoredEntity]) -> list[int]:
        """The ids of these, in order; what is not there yet is made, with its names.

        One is found by `entity_id`, else by its key among its kind, else by its key among those
        that the reader said are of this kind.
        """
        known = self._known({one.key for one in entities if one.entity_id is None})
        added: dict[tuple[str, str], tuple[int, StoredEntity]] = {}
        following = count(int(self._database.value("SELECT coalesce(max(id), 0) FROM entity")) + 1)
        ids = []
        for one in entities:
            entity_id: int | None = one.entity_id
            if entity_id is None:
                entity_id = known.get((one.key, one.kind))
            if entity_id is None:
                entity_id = known[one.key, one.kind] = next(following)
                added[one.key, one.kind] = entity_id, one
            ids.append(entity_id)
        self._database.run_many(
            "INSERT INTO entity (id, kind, key, name) VALUES (?, ?, ?, ?)",
            [(number, one.kind, one.key, one.name) for number, one in added.values()],
        )
        self._name_stubs(ids, entities)
        self._add_aliases(ids, entities)
        return ids

    def find(self, key: str, kind: EntityKind) -> int | None:
        """The entity that is recognised by this key as of this kind."""
        return self._known([key]).get((key, kind))

    def add(self, name: str, kind: EntityKind, key: str, *aliases: str) -> int:
        """The entity of this key and kind, made when it is not there."""
        return self.find_or_add([StoredEntity(name, kind, key, aliases, ())])[0]

    def _known(self, keys: Iterable[str]) -> dict[tuple[str, str], int]:
        rows = self._database.rows(
            "SELECT key, kind, reader_kind, id FROM entity"
            " WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id DESC",
            (kept_strings(keys),),
        )
        said = {(key, told): entity_id for key, _, told, entity_id in rows if told is not None}
        return said | {(key, kind): entity_id for key, kind, _, entity_id in rows}

    def _name_stubs(self, ids: Sequence[int], entities: Sequence[StoredEntity]) -> None:
        """What was made from a list of corrections may have had its key for a name so far."""
        stubs = set(
            self._database.ids(
                "SELECT id FROM entity WHERE id IN (SELECT value FROM json_each(?))"
                " AND articles = 0 AND name = key",
                (json_ids(set(ids)),),
            )
        )
        self._database.run_many(
            "UPDATE entity SET name = ? WHERE id = ?",
            [
                (one.name, number)
                for number, one in zip(ids, entities, strict=True)
                if number in stubs
            ],
        )

    def _add_aliases(self, ids: Sequence[int], entities: Sequence[StoredEntity]) -> None:
        wanted = {
            (key, entity_id)
            for entity_id, one in zip(ids, entities, strict=True)
            for key in (one.key, *one.alias_keys)
        }
        wanted.difference_update(
            self._database.rows(
                "SELECT key, entity_id FROM alias"
                " WHERE entity_id IN (SELECT value FROM json_each(?))",
                (json_ids(set(ids)),),
            )
        )
        first = int(self._database.value("SELECT coalesce(max(id), 0) FROM alias")) + 1
        aliases = [(number, *alias) for number, alias in enumerate(sorted(wanted), first)]
        self._database.run_many("INSERT INTO alias (id, key, entity_id) VALUES (?, ?, ?)", aliases)
        self._database.run_many(
            "INSERT INTO alias_word (word, alias_id) VALUES (?, ?)",
            sorted((word, number) for number, key, _ in aliases for word in name_words(key)),
        )
