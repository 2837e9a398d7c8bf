"""Articles that have come in and that rules have not seen yet."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from reader.store.database import Database, json_ids


class Arrivals:
    """New articles, each until rules are through with it. Nothing else makes one arrive."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many there are."""
        return int(self._database.value("SELECT count(*) FROM arrival"))

    def are_there(self) -> bool:
        """Whether there is any."""
        return self._database.row("SELECT 1 FROM arrival LIMIT 1") is not None

    def take(self, limit: int) -> array[int]:
        """The first that the index has heard of, ascending; they stay until they are done."""
        return self._database.ids(
            "SELECT article_id FROM arrival x WHERE NOT EXISTS"
            " (SELECT 1 FROM outbox o WHERE o.article_id = x.article_id)"
            " ORDER BY article_id LIMIT ?",
            (limit,),
        )

    def done(self, ids: Iterable[int]) -> None:
        """Rules are through with these."""
        with self._database.transaction():
            self._database.run(
                "DELETE FROM arrival WHERE article_id IN (SELECT value FROM json_each(?))",
                (json_ids(ids),),
            )

    def clear(self) -> None:
        """Let none wait: there is no rule."""
        if self.are_there():  # else every run would write
            with self._database.transaction():
                self._database.run("DELETE FROM arrival")

    def links(self, ids: Iterable[int]) -> Mapping[int, str]:
        """The links of articles, "" for none."""
        rows = self._database.rows(
            "SELECT article_id, url FROM body WHERE article_id IN (SELECT value FROM json_each(?))",
            (json_ids(ids),),
        )
        return dict(rows)
