"""Rows of the log of changes."""

from __future__ import annotations

from reader.model import EventKind
from reader.store.database import Database


def insert_event(database: Database, at: int, kind: EventKind, detail: str, changed: int) -> int:
    """Log a change made in the same transaction, `at` in seconds since 1970 UTC; its id.

    What was undone before it can no longer be redone.
    """
    database.run("UPDATE event SET state = 'dropped' WHERE state = 'undone'")
    return database.run(
        "INSERT INTO event (at, kind, detail, changed, state) VALUES (?, ?, ?, ?, 'done')",
        (at, kind, detail, changed),
    )
