"""The log of what the reader did, and undoing and redoing it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from reader.errors import EventNotReachableError
from reader.model import Event, EventKind, Jump, Mark
from reader.store.database import Database, Row, json_ids
from reader.store.event_parts import EventParts
from reader.store.event_rows import (
    NewEvent,
    insert_event,
    insert_event_in_passing,
    insert_sets,
    logged_ids,
    place_of,
    read_in_passing,
    replace_ids,
)
from reader.store.marks import Marks
from reader.store.sets import MARK_SIGN, SetChange
from reader.store.tags import Tags
from reader.store.times import from_seconds, to_seconds

_SELECT = """
SELECT e.id, e.at, e.kind, e.detail, e.changed, e.state, e.passing, e.query, a.title
FROM event e LEFT JOIN article a ON a.id = e.article
"""

_LAST = 2**63 - 1
"""No event has a higher place."""

_KINDS = {kind.value: kind for kind in EventKind}


class Events:
    """Changes of marks, tags, sources, entities, notes and saved searches, oldest first. Undoing
    and redoing set exactly what the change was about; what happened to others since then stays.

    What is marked read in passing is passed over by undoing, and stands while what came before
    it is undone: marks are at every moment what the events that stand make of them, in the order
    of their places. An event that is undone is thus followed by such marks alone, or by others that
    are undone.

    Undoing a change of a source raises SourceExistsError or FeedExistsError where its earlier
    name or address belongs to another one now, and changes nothing.
    """

    def __init__(
        self,
        database: Database,
        parts: EventParts,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._parts = parts
        self._clock = clock

    def add(
        self,
        kind: EventKind,
        detail: str,
        changes: Sequence[SetChange],
        *,
        in_passing: bool = False,
        query: str = "",
    ) -> int:
        """Record a change made in the same transaction, of all that answers `query` where that
        was said; how many articles it changed.

        What was undone before it can no longer be redone, unless it was made `in_passing`: it
        then comes before that. A change of nothing is no event.
        """
        ids = set[int]().union(*(change.ids for change in changes))
        if not ids:
            return 0
        only = min(ids) if len(ids) == 1 else None
        new = NewEvent(to_seconds(self._clock()), kind, detail, len(ids), query, only)
        with self._database.transaction():
            insert = insert_event_in_passing if in_passing else insert_event
            event_id = insert(self._database, new)
            insert_sets(self._database, event_id, changes)
        return len(ids)

    def undo(self) -> Event | None:
        """Undo the last change that is not undone and was not made in passing; None when there
        is none."""
        with self._database.transaction():
            row = self._database.row(
                "SELECT id FROM event WHERE state = 'done' AND passing = 0"
                " ORDER BY place DESC LIMIT 1"
            )
            return None if row is None else self._turn_one(row[0], "undone")

    def redo(self) -> Event | None:
        """Do again what was undone last, with what had been made in passing before it; None
        when there is nothing, or something was done since then."""
        with self._database.transaction():
            row = self._database.row(
                "SELECT place FROM event WHERE state = 'undone' ORDER BY passing, place LIMIT 1"
            )
            if row is None:
                return None
            *before, event_id = self._undone(row[0])
            for one in before:
                self._turn_one(one, "done")
            return self._turn_one(event_id, "done")

    def jump(self, event_id: int) -> Jump:
        """Bring the library to what it was right after an event, 0 being before the first:
        all done since then are undone, or all undone up to it are done again.

        Raises EventNotReachableError for an event that is dropped or not there.
        """
        with self._database.transaction():
            if event_id and not self._is_reachable(event_id):
                raise EventNotReachableError(event_id)
            place = place_of(self._database, event_id)
            undo = self._database.ids(
                "SELECT id FROM event WHERE state = 'done' AND place > ? ORDER BY place DESC",
                (place,),
            )
            if undo:
                self._undo_down(undo, place)
            redo = self._undone(place)
            for one in redo:
                self._turn_one(one, "done")
        return Jump(len(undo), len(redo))

    def get(self, event_id: int) -> Event:
        """Raises EventNotReachableError."""
        rows = self._database.rows(f"{_SELECT} WHERE e.id = ?", (event_id,))
        if not rows:
            raise EventNotReachableError(event_id)
        return _event(rows[0])

    def article_ids(self, event_id: int) -> array[int]:
        """The articles whose tags, marks or notes an event is about, ascending; none where
        there is no such event."""
        ids = set[int]()
        for (packed,) in self._database.rows(
            "SELECT ids FROM event_change WHERE event_id = ?", (event_id,)
        ):
            ids.update(logged_ids(self._database, packed))
        return array("q", sorted(ids.union(self._parts.rows.article_ids(event_id))))

    def list_events(self, limit: int, before: int | None = None) -> tuple[Event, ...]:
        """The last changes, or the last before one of them, newest first."""
        place = _LAST if before is None else place_of(self._database, before)
        rows = self._database.rows(
            f"{_SELECT} WHERE e.place < ? ORDER BY e.place DESC LIMIT ?", (place, limit)
        )
        return tuple(map(_event, rows))

    def last_standing(self) -> int:
        """The last change that is not undone, 0 for none."""
        row = self._database.row(
            "SELECT id FROM event WHERE state = 'done' ORDER BY place DESC LIMIT 1"
        )
        return 0 if row is None else int(row[0])

    def _is_reachable(self, event_id: int) -> bool:
        row = self._database.row("SELECT state FROM event WHERE id = ?", (event_id,))
        return row is not None and row[0] != "dropped"

    def _undone(self, last: int) -> array[int]:
        """The undone events up to a place, in order."""
        return self._database.ids(
            "SELECT id FROM event WHERE state = 'undone' AND place <= ? ORDER BY place", (last,)
        )

    def _undo_down(self, undo: array[int], to: int) -> None:
        """Undo the events behind a place, the last first. Of what was undone between them it is
        put back what marks in passing had held read."""
        over = set(self._undone(place_of(self._database, undo[0])))
        held = read_in_passing(self._database, to) if over else set[int]()
        for one in self._database.ids(
            "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?)) ORDER BY place DESC",
            (json_ids(over.union(undo)),),
        ):
            if one in over:
                self._set_sets(self.get(one), forward=False, only_read=held)
            else:
                self._turn_one(one, "undone")

    def _turn_one(self, event_id: int, state: str) -> Event:
        self._database.run("UPDATE event SET state = ? WHERE id = ?", (state, event_id))
        event = self.get(event_id)
        self._set_again(event, forward=state == "done")
        return event

    def _set_again(self, event: Event, *, forward: bool) -> None:
        if event.kind is EventKind.SOURCE:
            self._parts.sources.restore(event.id, forward=forward)
            return
        if event.kind is EventKind.ENTITY:
            self._parts.entities.restore(event.id, forward=forward)
            return
        self._set_sets(event, forward=forward)
        self._parts.rows.restore(event.id, forward=forward)

    def _set_sets(
        self, event: Event, *, forward: bool, only_read: Collection[int] | None = None
    ) -> None:
        for name, added, packed in self._database.rows(
            "SELECT name, added, ids FROM event_change WHERE event_id = ?", (event.id,)
        ):
            is_mark = event.kind is EventKind.MARK or name.startswith(MARK_SIGN)
            is_read = is_mark and name.removeprefix(MARK_SIGN) == Mark.READ
            if only_read is not None and not is_read:
                continue
            sets: Tags | Marks = self._parts.marks if is_mark else self._parts.tags
            change = sets.put if bool(added) is forward else sets.take
            ids = logged_ids(self._database, packed)
            since = place_of(self._database, event.id)
            held = read_in_passing(self._database, since) if is_read else ()
            wanted = array("q", (one for one in ids if one not in held)) if held else ids
            if only_read is not None:
                wanted = array("q", (one for one in wanted if one in only_read))
            changed = change(name.removeprefix(MARK_SIGN), wanted)
            if forward and len(changed) != len(wanted):
                # Some had it by now: undoing must not take from them what was not given here.
                had = set(wanted).difference(changed)
                new = array("q", (one for one in ids if one not in had))
                replace_ids(self._database, event.id, SetChange(name, bool(added), new))


def _event(row: Row) -> Event:
    event_id, at, kind, detail, changed, state, passing, query, title = row
    return Event(
        event_id,
        from_seconds(at),
        _KINDS[kind],
        detail,
        changed,
        undone=state != "done",
        dropped=state == "dropped",
        passing=bool(passing),
        query=query,
        title=title or "",
    )
