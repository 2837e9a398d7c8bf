"""Rows of the log of changes."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import EventKind
from reader.store.database import Database
from reader.store.packing import pack_ids
from reader.store.sets import SetChange


def insert_event(database: Database, at: int, kind: EventKind, detail: str, changed: int) -> int:
    """Log a change made in the same transaction, `at` in seconds since 1970 UTC; its id.

    What was undone before it can no longer be redone.
    """
    database.run("UPDATE event SET state = 'dropped' WHERE state = 'undone'")
    return database.run(
        "INSERT INTO event (at, kind, detail, changed, state) VALUES (?, ?, ?, ?, 'done')",
        (at, kind, detail, changed),
    )


def insert_sets(database: Database, event_id: int, changes: Sequence[SetChange]) -> None:
    """Log the articles that got or lost tags and marks with an event."""
    database.run_many(
        "INSERT INTO event_change (event_id, name, added, ids) VALUES (?, ?, ?, ?)",
        [(event_id, one.name, one.added, pack_ids(one.ids)) for one in changes],
    )
