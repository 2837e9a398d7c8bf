"""Rows of the log of changes."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from reader.errors import LibraryDamagedError
from reader.model import EventKind, Mark
from reader.store.database import Database
from reader.store.packing import pack_ids, unpack_ids
from reader.store.sets import MARK_SIGN, SetChange


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is logged of a change: when it was made (seconds since 1970 UTC), how many articles
    differ, the `query` that said which are meant, and the article where there is one only."""

    at: int
    kind: EventKind
    detail: str
    changed: int
    query: str = ""
    article_id: int | None = None


def insert_event(database: Database, event: NewEvent) -> int:
    """Log a change made in the same transaction; its id.

    What was undone before it can no longer be redone.
    """
    drop_undone(database)
    return _insert(database, None, event, passing=False)


def insert_event_in_passing(database: Database, event: NewEvent) -> int:
    """Log a change that nobody asked for by name, such as that of an article opened; its id.

    It comes right before what was undone and can be redone after it as before: that, and what
    was passed over when it was undone, goes to the next place and keeps its id.
    """
    first = database.value("SELECT min(place) FROM event WHERE state = 'undone'")
    if first is not None:
        database.run("UPDATE event SET place = place + 1 WHERE place >= ?", (first,))
    return _insert(database, first, event, passing=True)


def _insert(database: Database, place: int | None, event: NewEvent, *, passing: bool) -> int:
    """Log an event at a place, or as the last; its id."""
    return database.run(
        "INSERT INTO event"
        " (place, at, kind, detail, changed, state, passing, query, article)"
        " VALUES (coalesce(?, (SELECT max(place) FROM event) + 1, 1), ?, ?, ?, ?, 'done', ?, ?, ?)",
        (
            place,
            event.at,
            event.kind,
            event.detail,
            event.changed,
            passing,
            event.query,
            event.article_id,
        ),
    )


def place_of(database: Database, event_id: int) -> int:
    """Where an event stands in the order, 1 being the first; 0 where there is no such event."""
    row = database.row("SELECT place FROM event WHERE id = ?", (event_id,))
    return int(row[0]) if row else 0


def drop_undone(database: Database) -> None:
    """Let what was undone stay so for good."""
    _settle(database)
    database.run("UPDATE event SET state = 'dropped' WHERE state = 'undone'")


def _settle(database: Database) -> None:
    """Take from marks made in passing what they change no more, as what was undone goes.

    Who marks an article unread, opens it and undoes the first has an article that was read all
    the time: taking back the mark of opening it must not make it unread.
    """
    first = database.value("SELECT min(place) FROM event WHERE state = 'undone'")
    last = database.value("SELECT max(place) FROM event WHERE state = 'done'")
    if first is None or last is None or last < first:
        return
    # Whether an article is read between the events, as far as they say.
    read: dict[int, bool] = {}
    for event_id, state, change in _read_changes(database, first):
        if state == "undone":
            for one in change.ids:
                read.setdefault(one, not change.added)
            continue
        new = array("q", (one for one in change.ids if not read.get(one)))
        if len(new) != len(change.ids):
            replace_ids(database, event_id, SetChange(change.name, change.added, new))
        read.update(dict.fromkeys(change.ids, True))


def _read_changes(database: Database, first: int) -> list[tuple[int, str, SetChange]]:
    """What undone events from a place on, and those done behind it, said of what is read."""
    rows = database.rows(
        "SELECT e.id, e.state, c.name, c.added, c.ids"
        " FROM event e CROSS JOIN event_change c ON c.event_id = e.id"
        " WHERE e.place >= ? AND e.state != 'dropped' AND (c.name = ? OR c.name = ? AND e.kind = ?)"
        " ORDER BY e.place",
        (first, MARK_SIGN + Mark.READ, Mark.READ, EventKind.MARK),
    )
    return [
        (event_id, state, SetChange(name, bool(added), logged_ids(database, packed)))
        for event_id, state, name, added, packed in rows
    ]


def read_in_passing(database: Database, since: int) -> set[int]:
    """The articles that were marked read in passing behind a place, where that stands."""
    rows = database.rows(
        "SELECT c.ids FROM event e CROSS JOIN event_change c ON c.event_id = e.id"
        " WHERE e.place > ? AND e.passing = 1 AND e.state = 'done'",
        (since,),
    )
    return {one for (packed,) in rows for one in logged_ids(database, packed)}


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
