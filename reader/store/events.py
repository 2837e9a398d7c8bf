"""The log of what the reader did, and undoing and redoing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reader.errors import EventNotReachableError
from reader.model import Event, EventKind, Jump
from reader.store.database import Database, Row
from reader.store.entity_changes import EntityChanges
from reader.store.event_rows import (
    insert_event,
    insert_event_in_passing,
    insert_sets,
    logged_ids,
    replace_ids,
)
from reader.store.marks import Marks
from reader.store.row_changes import RowChanges
from reader.store.sets import MARK_SIGN, SetChange
from reader.store.source_changes import SourceChanges
from reader.store.tags import Tags
from reader.store.times import from_seconds, to_seconds

_COLUMNS = "id, at, kind, detail, changed, state"

_LAST = 2**63 - 1
"""No event has a higher id."""

_KINDS = {kind.value: kind for kind in EventKind}


class Events:
    """Changes of marks, tags, sources, entities, notes and saved searches, oldest first. Undoing
    and redoing set exactly what the change was about; what happened to others since then stays.

    Undoing a change of a source raises SourceExistsError or FeedExistsError where its earlier
    name or address belongs to another one now, and changes nothing.
    """

    def __init__(
        self,
        database: Database,
        tags: Tags,
        marks: Marks,
        sources: SourceChanges,
        entities: EntityChanges,
        rows: RowChanges,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._sources = sources
        self._entities = entities
        self._rows = rows
        self._tags = tags
        self._marks = marks
        self._clock = clock

    def add(
        self,
        kind: EventKind,
        detail: str,
        changes: Sequence[SetChange],
        *,
        in_passing: bool = False,
    ) -> int:
        """Record a change made in the same transaction; how many articles it changed.

        What was undone before it can no longer be redone, unless it was made `in_passing`: it
        then comes before that. A change of nothing is no event.
        """
        changed = len(set[int]().union(*(change.ids for change in changes)))
        if not changed:
            return 0
        with self._database.transaction():
            insert = insert_event_in_passing if in_passing else insert_event
            event_id = insert(self._database, to_seconds(self._clock()), kind, detail, changed)
            insert_sets(self._database, event_id, changes)
        return changed

    def undo(self) -> Event | None:
        """Undo the last change that is not undone; None when there is none."""
        return self._turn("SELECT max(id) FROM event WHERE state = 'done'", "undone")

    def redo(self) -> Event | None:
        """Do again what was undone last; None when there is nothing, or something was done
        since then."""
        return self._turn("SELECT min(id) FROM event WHERE state = 'undone'", "done")

    def jump(self, event_id: int) -> Jump:
        """Bring the library to what it was right after an event, 0 being before the first:
        all done since then are undone, or all undone up to it are done again.

        Raises EventNotReachableError for an event that is dropped or not there.
        """
        with self._database.transaction():
            if event_id and not self._is_reachable(event_id):
                raise EventNotReachableError(event_id)
            undo, redo = (
                self._database.ids(f"SELECT id FROM event WHERE {which}", (event_id,))  # noqa: S608
                for which in (
                    "state = 'done' AND id > ? ORDER BY id DESC",
                    "state = 'undone' AND id <= ? ORDER BY id",
                )
            )
            for one in undo:
                self._turn_one(one, "undone")
            for one in redo:
                self._turn_one(one, "done")
        return Jump(len(undo), len(redo))

    def list_events(self, limit: int, before: int | None = None) -> tuple[Event, ...]:
        """The last changes, or the last before one of them, newest first."""
        rows = self._database.rows(
            f"SELECT {_COLUMNS} FROM event WHERE id < ? ORDER BY id DESC LIMIT ?",  # noqa: S608
            (_LAST if before is None else before, limit),
        )
        return tuple(map(_event, rows))

    def _is_reachable(self, event_id: int) -> bool:
        row = self._database.row("SELECT state FROM event WHERE id = ?", (event_id,))
        return row is not None and row[0] != "dropped"

    def _turn(self, choose: str, state: str) -> Event | None:
        with self._database.transaction():
            event_id = self._database.value(choose)
            return None if event_id is None else self._turn_one(event_id, state)

    def _turn_one(self, event_id: int, state: str) -> Event:
        self._database.run("UPDATE event SET state = ? WHERE id = ?", (state, event_id))
        event = _event(
            self._database.rows(
                f"SELECT {_COLUMNS} FROM event WHERE id = ?",  # noqa: S608
                (event_id,),
            )[0]
        )
        self._set_again(event, forward=state == "done")
        return event

    def _set_again(self, event: Event, *, forward: bool) -> None:
        if event.kind is EventKind.SOURCE:
            self._sources.restore(event.id, forward=forward)
            return
        if event.kind is EventKind.ENTITY:
            self._entities.restore(event.id, forward=forward)
            return
        for name, added, packed in self._database.rows(
            "SELECT name, added, ids FROM event_change WHERE event_id = ?", (event.id,)
        ):
            is_mark = event.kind is EventKind.MARK or name.startswith(MARK_SIGN)
            sets: Tags | Marks = self._marks if is_mark else self._tags
            change = sets.put if bool(added) is forward else sets.take
            ids = logged_ids(self._database, packed)
            changed = change(name.removeprefix(MARK_SIGN), ids)
            if forward and len(changed) != len(ids):
                # Some had it by now: undoing must not take from them what was not given here.
                replace_ids(self._database, event.id, SetChange(name, bool(added), changed))
        self._rows.restore(event.id, forward=forward)


def _event(row: Row) -> Event:
    event_id, at, kind, detail, changed, state = row
    is_undone, is_dropped = state != "done", state == "dropped"
    return Event(event_id, from_seconds(at), _KINDS[kind], detail, changed, is_undone, is_dropped)
