"""Which entity stands for which: chains of entities that the reader made part of others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reader.errors import EntityNotFoundError
from reader.store.database import Database, json_ids


class Roots:
    """The ends of chains, as they are kept in `entity.root`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, ids: Collection[int]) -> dict[int, int]:
        """The roots of those of `ids` that are part of another entity."""
        return dict(
            self._database.rows(
                "SELECT id, root FROM entity"
                " WHERE id IN (SELECT value FROM json_each(?)) AND root IS NOT NULL",
                (json_ids(ids),),
            )
        )

    def all(self) -> dict[int, int]:
        """The roots of all that are part of another entity: as many as a reader has merged."""
        return dict(self._database.rows("SELECT id, root FROM entity WHERE root IS NOT NULL"))

    def root(self, entity_id: int) -> int:
        """The entity that stands for this one. Raises EntityNotFoundError."""
        row = self._database.row("SELECT coalesce(root, id) FROM entity WHERE id = ?", (entity_id,))
        if row is None:
            raise EntityNotFoundError(entity_id)
        return int(row[0])

    def members(self, ids: Iterable[int]) -> list[int]:
        """All that have the same root as one of `ids`, those of them that stand for themselves
        first."""
        rows = self._database.rows(
            "WITH wanted AS (SELECT DISTINCT coalesce(e.root, e.id) AS id"
            " FROM json_each(?) j CROSS JOIN entity e ON e.id = j.value)"
            " SELECT id FROM wanted"
            " UNION ALL SELECT e.id FROM wanted w CROSS JOIN entity e ON e.root = w.id",
            (json_ids(ids),),
        )
        return [row[0] for row in rows]

    def settle(self, ids: Iterable[int]) -> None:
        """Follow the chains from these entities anew, in the running transaction."""
        self._database.run_many(
            "WITH RECURSIVE chain (id, next) AS ("
            " SELECT id, merged_into FROM entity WHERE id = ?1"
            " UNION SELECT e.id, e.merged_into FROM chain c CROSS JOIN entity e ON e.id = c.next)"
            " UPDATE entity SET root = (SELECT nullif(id, ?1) FROM chain WHERE next IS NULL)"
            " WHERE id = ?1",
            [(one,) for one in ids],
        )

    def count_again(self, ids: Iterable[int]) -> None:
        """Count the articles and mentions of these entities anew, in the running transaction."""
        for one in ids:
            is_root = self.root(one) == one
            members = json_ids(self.members([one]) if is_root else ())
            self._database.run(
                "UPDATE entity SET (articles, mentions) = (SELECT count(DISTINCT article_id),"
                " coalesce(sum(n), 0) FROM article_entity"
                " WHERE entity_id IN (SELECT value FROM json_each(?))) WHERE id = ?",
                (members, one),
            )
