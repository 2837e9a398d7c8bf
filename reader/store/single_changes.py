"""Taking back one change whatever came after it, and making one again that was undone for good."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from reader.errors import EventObstacle, EventStaysError
from reader.model import TOOK_BACK, Event, EventKind, Single
from reader.store.database import Database
from reader.store.event_parts import EventParts
from reader.store.event_rows import drop_undone, logged_ids, place_of
from reader.store.events import Events
from reader.store.marks import Marks
from reader.store.sets import MARK_SIGN, SetChange
from reader.store.tags import Tags

_LATER_AT_ONCE = 500
"""Changes that are read before it is seen whether any article is left."""

_LATER = """
SELECT e.place, c.ids FROM event e CROSS JOIN event_change c ON c.event_id = e.id
WHERE e.place > ? AND e.state = 'done' AND iif(e.kind = ?, ? || c.name, c.name) = ?
ORDER BY e.place LIMIT ?
"""


class SingleChanges:
    """Each is a new event. It sets what the other one set, article by article and row by row, and
    passes over what another change set since then.

    Corrections of names build on one another: they are taken back in order, or not at all.
    """

    def __init__(self, database: Database, parts: EventParts, events: Events) -> None:
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
        for one in self._logged(event):
            # Who makes something again means it, whatever was set since.
            free = one.ids if forward else self._free(event, one)
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
        sets, name = self._sets(name), name.removeprefix(MARK_SIGN)
        return sets.put(name, ids) if put else sets.take(name, ids)

    def _sets(self, name: str) -> Tags | Marks:
        """What a name told with the sign is one of."""
        return self._parts.marks if name.startswith(MARK_SIGN) else self._parts.tags

    def _logged(self, event: Event) -> Iterator[SetChange]:
        """What an event did to tags and marks, these with the sign."""
        for name, added, packed in self._database.rows(
            "SELECT name, added, ids FROM event_change WHERE event_id = ?", (event.id,)
        ):
            change = SetChange(name, bool(added), logged_ids(self._database, packed))
            yield change.as_mark() if event.kind is EventKind.MARK else change

    def _free(self, event: Event, change: SetChange) -> array[int]:
        """The articles of a change that are as it left them and were not set by an event since."""
        is_there = self._sets(change.name).packed(change.name.removeprefix(MARK_SIGN)).test()
        free = {one for one in change.ids if is_there(one) is change.added}
        for packed in self._later(event.id, change.name):
            if not free:
                break
            free.difference_update(logged_ids(self._database, packed))
        return array("q", sorted(free))

    def _later(self, event_id: int, name: str) -> Iterator[bytes]:
        """The articles of which events behind one that stand set a tag or mark, this told with
        the sign."""
        place = place_of(self._database, event_id)
        asked = (EventKind.MARK, MARK_SIGN, name, _LATER_AT_ONCE)
        while rows := self._database.rows(_LATER, (place, *asked)):
            yield from (packed for _, packed in rows)
            place = rows[-1][0]
