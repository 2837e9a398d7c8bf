"""The outbox: which articles the index has not heard of yet."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader.model import ArticleId, OutboxItem
from reader.store.database import Database


class Outbox:
    """Articles that wait for the index. Applying one twice is harmless.

    What is to be marked done has to be taken together with what the index is given of it, in
    one snapshot: a change that comes later has another revision, and is not lost.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def pending(self) -> int:
        """How many wait."""
        return int(self._database.value("SELECT n FROM counter WHERE name = 'pending'"))

    def ids(self) -> array[int]:
        """Those that wait, ascending."""
        return self._database.ids("SELECT article_id FROM outbox ORDER BY article_id")

    def take(self, limit: int) -> tuple[OutboxItem, ...]:
        """The first that wait; they stay until they are done.

        Those need entities in whose text nobody has looked for them. Where something else than
        the present recogniser has, the index is better off with what that found than without
        (`Stale` has them).
        """
        rows = self._database.rows(
            "SELECT o.article_id, o.revision, a.version, a.recogniser IS NULL"
            " FROM outbox o CROSS JOIN article a ON a.id = o.article_id"
            " ORDER BY o.article_id LIMIT ?",
            (limit,),
        )
        return tuple(OutboxItem(ArticleId(row[0]), row[1], row[2], bool(row[3])) for row in rows)

    def done(self, items: Iterable[OutboxItem]) -> None:
        """The index has these. An article that changed since its item was taken goes on
        waiting."""
        with self._database.transaction():
            self._database.run_many(
                "DELETE FROM outbox WHERE article_id = ? AND revision = ?",
                [(item.article_id, item.revision) for item in items],
            )

    def add_all(self) -> None:
        """Let every article wait."""
        with self._database.transaction():
            self._database.run(
                "INSERT OR IGNORE INTO outbox (article_id, revision) SELECT id, 1 FROM article"
            )
