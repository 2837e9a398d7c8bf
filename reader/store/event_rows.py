"""Rows of the log of changes."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence

from reader.errors import LibraryDamagedError
from reader.model import EventKind
from reader.store.database import Database
from reader.store.packing import pack_ids, unpack_ids
from reader.store.sets import SetChange

_TABLES = (
    ("event", "id"),
    ("event_change", "event_id"),
    ("event_source", "event_id"),
    ("event_entity", "event_id"),
    ("event_row", "event_id"),
    ("rule_deed", "back"),
)
"""Where the id of an event stands."""


def insert_event(database: Database, at: int, kind: EventKind, detail: str, changed: int) -> int:
    """Log a change made in the same transaction, `at` in seconds since 1970 UTC; its id.

    What was undone before it can no longer be redone.
    """
    database.run("UPDATE event SET state = 'dropped' WHERE state = 'undone'")
    return _insert(database, None, (at, kind, detail, changed))


def insert_event_in_passing(
    database: Database, at: int, kind: EventKind, detail: str, changed: int
) -> int:
    """Log a change that nobody asked for by name, such as that of an article opened; its id.

    It comes right before what was undone and can be redone after it as before. Those events have
    the highest ids of all; each moves up by one.
    """
    first = database.value("SELECT min(id) FROM event WHERE state = 'undone'")
    if first is not None:
        _move_up(database, first)
    return _insert(database, first, (at, kind, detail, changed))


def _insert(
    database: Database, event_id: int | None, values: tuple[int, EventKind, str, int]
) -> int:
    return database.run(
        "INSERT INTO event (id, at, kind, detail, changed, state) VALUES (?, ?, ?, ?, ?, 'done')",
        (event_id, *values),
    )


def _move_up(database: Database, first: int) -> None:
    """Move the events from an id on up by one, by way of ids that no event has."""
    database.run("PRAGMA defer_foreign_keys = ON")
    for table, column in _TABLES:
        database.run(
            f"UPDATE {table} SET {column} = -{column} - 1 WHERE {column} >= ?",  # noqa: S608
            (first,),
        )
        database.run(
            f"UPDATE {table} SET {column} = -{column} WHERE {column} < 0"  # noqa: S608
        )


def replace_ids(database: Database, event_id: int, change: SetChange) -> None:
    """Log that a change that was made again was one of these articles only."""
    database.run(
        "UPDATE event_change SET ids = ? WHERE event_id = ? AND name = ? AND added = ?",
        (pack_ids(change.ids), event_id, change.name, change.added),
    )


def logged_ids(database: Database, packed: bytes) -> array[int]:
    """The articles of a logged change, ascending. Raises LibraryDamagedError."""
    try:
        return unpack_ids(packed)
    except (zlib.error, ValueError) as error:
        raise LibraryDamagedError(database.path, str(error)) from error


def insert_sets(database: Database, event_id: int, changes: Sequence[SetChange]) -> None:
    """Log the articles that got or lost tags and marks with an event."""
    database.run_many(
        "INSERT INTO event_change (event_id, name, added, ids) VALUES (?, ?, ?, ?)",
        [(event_id, one.name, one.added, pack_ids(one.ids)) for one in changes],
    )
