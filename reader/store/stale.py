"""Which articles were named by what, and which are to be named anew."""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from reader.model import ArticleId, OutboxItem
from reader.store.database import Database, Row


class Stale:
    """Articles by the recogniser that named them.

    Its stamp stands with each article. One of another stamp goes on being found by the names it
    has until it is named anew.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, stamp: str | None) -> int:
        """How many articles were named by something else or not yet; for None the latter only."""
        if stamp is None:
            unnamed = "SELECT count(*) FROM article WHERE recogniser IS NULL"
            return int(self._database.value(unnamed))
        done = "SELECT count(*) FROM article WHERE recogniser = ?"
        articles = self._database.value("SELECT n FROM counter WHERE name = 'articles'")
        return int(articles) - int(self._database.value(done, (stamp,)))

    def take(self, stamp: str | None, limit: int) -> tuple[OutboxItem, ...]:
        """The newest of those that `count` counts. They need not wait for the index."""
        with self._database.snapshot():
            rows = [row for other in self._others(stamp) for row in self._newest(other, limit)]
        return tuple(
            OutboxItem(ArticleId(article_id), 0, version, needs_entities=True)
            for _, article_id, version in nlargest(limit, rows)
        )

    def _newest(self, stamp: str | None, limit: int) -> list[Row]:
        return self._database.rows(
            "SELECT sort_at, id, version FROM article WHERE recogniser IS ?"
            " ORDER BY sort_at DESC, id DESC LIMIT ?",
            (stamp, limit),
        )

    def _others(self, stamp: str | None) -> Iterator[str | None]:
        """The stamps that there are beside this one: one step each in the index."""
        yield None
        smallest, following = "SELECT min(recogniser) FROM article", " WHERE recogniser > ?"
        at = None if stamp is None else self._database.value(smallest)
        while at is not None:
            if at != stamp:
                yield at
            at = self._database.value(smallest + following, (at,))
