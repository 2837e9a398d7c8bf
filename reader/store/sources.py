"""Sources: where articles come from."""

from __future__ import annotations

from collections.abc import Iterable

from reader.model import NameCount
from reader.store.database import Database, json_ids


class Sources:
    """The sources; the one without a name is that of articles that tell none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[NameCount, ...]:
        """Sources by number of articles, most first, then by name; `within` None is all."""
        if within is None:
            rows = self._database.rows(
                "SELECT name, articles FROM source ORDER BY articles DESC, name LIMIT ?",
                (limit,),
            )
        else:
            rows = self._database.rows(
                "SELECT s.name, count(*) AS n"
                " FROM article a CROSS JOIN source s ON s.id = a.source_id"
                " WHERE a.id IN (SELECT value FROM json_each(?))"
                " GROUP BY s.id ORDER BY n DESC, s.name LIMIT ?",
                (json_ids(within), limit),
            )
        return tuple(NameCount(*row) for row in rows)
