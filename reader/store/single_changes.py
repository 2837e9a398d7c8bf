"""Taking back one change whatever came after it, and making one again that was undone for good."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence

from reader.errors import EventObstacle, EventStaysError
from reader.model import TOOK_BACK, Event, EventKind, Single
from reader.store.database import Database
from reader.store.event_parts import EventParts
from reader.store.event_rows import drop_undone, logged_ids, place_of
from reader.store.events import Events
from reader.store.sets import MARK_SIGN, SetChange


class SingleChanges:
    """Each is a new event. It sets what the other one set, article by article and row by row, and
    passes over what another change set since then.

    Corrections of names build on one another: they are taken back in order, or not at all.
    """

    def __init__(
        self,
        database: Database,
        parts: EventParts,
        events: Events,
    ) -> None:
        self._database = database
        self._parts = parts
        self._events = events

    def take_back(self, event_id: int) -> Single:
        """Take back an event that stands. Raises EventNotReachableError, EventStaysError, and
        what undoing raises."""
        with self._database.transaction():
            event = self._events.get(event_id)
            if event.undone:
                raise EventStaysError(event_id, EventObstacle.UNDONE)
            # Marks made in passing take back what they do once what was undone is gone.
            drop_undone(self._database)
            twice = event.detail.startswith(TOOK_BACK)
            told = event.detail.removeprefix(TOOK_BACK) if twice else TOOK_BACK + event.detail
            return self._turn(event, told, forward=False)

    def make_again(self, event_id: int) -> Single:
        """Make an event again after which something else was done when it was undone. Raises as
        `take_back` does."""
        with self._database.transaction():
            event = self._events.get(event_id)
            if not event.dropped:
                obstacle = EventObstacle.CAN_REDO if event.undone else EventObstacle.STANDS
                raise EventStaysError(event_id, obstacle)
            return self._turn(event, event.detail, forward=True)

    def _turn(self, event: Event, detail: str, *, forward: bool) -> Single:
        if event.kind is EventKind.ENTITY:
            raise EventStaysError(event.id, EventObstacle.KIND)
        if event.kind is EventKind.SOURCE:
            total, kept = self._parts.sources.turn(event.id, detail, forward=forward)
            self._require(event, total > kept)
            return Single(event, total, kept)
        articles, left, sets = self._turn_sets(event, forward=forward)
        rows, kept = self._parts.rows.turned(event.id, forward=forward)
        self._require(event, bool(sets or rows))
        self._parts.rows.make(event.kind, detail, rows, sets, query=event.query)
        return Single(event, len(articles) + len(rows) + kept, len(left) + kept)

    def _require(self, event: Event, is_change: bool) -> None:
        if not is_change:
            raise EventStaysError(event.id, EventObstacle.CHANGED)

    def _turn_sets(
        self, event: Event, *, forward: bool
    ) -> tuple[set[int], set[int], list[SetChange]]:
        """The articles an event is about, those of which something stays, and what is changed."""
        articles, left, sets = set[int](), set[int](), list[SetChange]()
        logged = list(self._logged(event))
        # Who makes something again means it, whatever was set since.
        later = {} if forward else self._later(event.id, [one.name for one in logged])
        for one in logged:
            taken = later.get(one.name, ())
            free = array("q", (each for each in one.ids if each not in taken))
            changed = self._set(one.name, free, put=one.added is forward)
            articles.update(one.ids)
            if not forward:
                left.update(set(one.ids).difference(changed))
            sets.append(SetChange(one.name, one.added is forward, changed))
        of_marks = event.kind is EventKind.MARK
        sets = [
            SetChange(one.name.removeprefix(MARK_SIGN), one.added, one.ids) if of_marks else one
            for one in sets
            if one.ids
        ]
        return articles, left, sets

    def _set(self, name: str, ids: array[int], *, put: bool) -> array[int]:
        if name.startswith(MARK_SIGN):
            name = name.removeprefix(MARK_SIGN)
            return self._parts.marks.put(name, ids) if put else self._parts.marks.take(name, ids)
        return self._parts.tags.put(name, ids) if put else self._parts.tags.take(name, ids)

    def _logged(self, event: Event) -> Iterator[SetChange]:
        """What an event did to tags and marks, these with the sign."""
        for name, added, packed in self._database.rows(
            "SELECT name, added, ids FROM event_change WHERE event_id = ?", (event.id,)
        ):
            change = SetChange(name, bool(added), logged_ids(self._database, packed))
            yield change.as_mark() if event.kind is EventKind.MARK else change

    def _later(self, event_id: int, names: Sequence[str]) -> dict[str, set[int]]:
        """The articles whose tags and marks, told with the sign, events behind one have set."""
        rows = self._database.rows(
            "SELECT iif(e.kind = ?, ? || c.name, c.name) AS told, c.ids"
            " FROM event e CROSS JOIN event_change c ON c.event_id = e.id"
            " WHERE e.place > ? AND e.state = 'done' AND told IN (SELECT value FROM json_each(?))",
            (EventKind.MARK, MARK_SIGN, place_of(self._database, event_id), json.dumps(names)),
        )
        later: dict[str, set[int]] = {}
        for name, packed in rows:
            later.setdefault(name, set()).update(logged_ids(self._database, packed))
        return later
