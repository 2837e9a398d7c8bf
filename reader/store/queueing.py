"""Letting the index hear of articles."""

from __future__ import annotations

from collections.abc import Iterable

from reader.store.database import Database


def queue(database: Database, article_ids: Iterable[int]) -> None:
    """Let the index hear of articles as they are now, even if an earlier state of one is on its
    way there: that one has another revision."""
    database.run_many(
        "INSERT INTO outbox (article_id, revision) VALUES (?, 1)"
        " ON CONFLICT (article_id) DO UPDATE SET revision = revision + 1",
        [(one,) for one in article_ids],
    )
