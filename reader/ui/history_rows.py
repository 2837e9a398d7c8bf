"""The changes that were made, as rows with a line between what stands and what was undone. Pure.

The newest come first: what was undone, the line "now", what stands, and the beginning of it all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from rich.cells import cell_len

from reader.model import Event
from reader.reports import describe_event, describe_where
from reader.ui.format import MONTHS, Line, fit, pad

BEGINNING = "before all changes"

_TIME_WIDTH = 13
_NARROW, _NARROW_TIME = 50, 10
"""Below so many cells the time has less room and is told in fewer letters."""
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """Changes from the newest on, with the line in row `now`; `is_whole` when there are none
    older, so that the last row is the beginning."""

    events: tuple[Event, ...] = ()
    now: int = 0
    is_whole: bool = False

    def __len__(self) -> int:
        return len(self.events) + 1 + self.is_whole

    def event(self, row: int) -> Event | None:
        """The change in a row, None for the line and for the beginning."""
        if row == self.now:
            return None
        at = row - (row > self.now)
        return self.events[at] if 0 <= at < len(self.events) else None

    def target(self, row: int) -> int | None:
        """After which change one is when one goes to a row, 0 being before them all; None where
        one cannot go."""
        event = self.event(row)
        if event is not None:
            return None if event.dropped else event.id
        return None if row == self.now else 0

    def beside_line(self, row: int, step: int) -> int:
        """The row, or on the line the next one in the direction of `step`, as there are rows."""
        row = max(0, min(row, len(self) - 1))
        if row != self.now:
            return row
        beyond = row + (1 if step > 0 else -1)
        return beyond if 0 <= beyond < len(self) else max(0, min(2 * row - beyond, len(self) - 1))

    def row_of(self, event_id: int | None) -> int:
        """The row of a change; the last one that stands when it is not there."""
        places = (at for at, event in enumerate(self.events) if event.id == event_id)
        at = next(places, None)
        return self.beside_line(self.now, 1) if at is None else at + (at >= self.now)


def history_rows(events: Sequence[Event], *, is_whole: bool) -> HistoryRows:
    """Rows of changes, the newest first."""
    redoable = [at for at, one in enumerate(events) if one.undone and not one.dropped]
    return HistoryRows(tuple(events), redoable[-1] + 1 if redoable else 0, is_whole)


def found(events: Iterable[Event], words: str) -> list[Event]:
    """Those of the changes whose description has all of some words, whatever the case."""
    wanted = words.casefold().split()
    return [one for one in events if all(word in _folded(one) for word in wanted)]


@lru_cache(maxsize=20_000)
def _folded(event: Event) -> str:
    # Each key typed looks at all of them again.
    return (describe_event(event) + describe_where(event)).casefold()


def tell_time(at: datetime, now: datetime) -> str:
    """When a change was made: how long ago today, else the date; `now` is aware, and its zone
    is the one that is told."""
    local, since = at.astimezone(now.tzinfo), now - at
    if local.date() != now.date():
        year = "" if local.year == now.year else f" {local.year}"
        return f"{local.day} {MONTHS[local.month - 1][:3]}{year or f' {local:%H:%M}'}"
    if since < _MINUTE:
        return "just now"
    if since < _HOUR:
        return f"{since // _MINUTE} min ago"
    return f"{since // _HOUR} h ago"


def tell_short_time(at: datetime, now: datetime) -> str:
    """The same in at most 8 cells."""
    local, since = at.astimezone(now.tzinfo), now - at
    month = MONTHS[local.month - 1][:3]
    if local.year != now.year:
        return f"{month} {local.year}"
    if local.date() != now.date():
        return f"{local.day} {month}"
    if since < _MINUTE:
        return "now"
    return f"{since // _MINUTE} min" if since < _HOUR else f"{since // _HOUR} h"


def history_line(rows: HistoryRows, row: int, width: int, now: datetime) -> Line:
    """The line of a row. The first two cells are left out: the cursor is drawn there."""
    room = max(0, width - 2)
    event = rows.event(row)
    if event is None:
        return ((pad(BEGINNING, room), "time"),) if row != rows.now else _now_line(room)
    roomy = width >= _NARROW
    time = _TIME_WIDTH if roomy else _NARROW_TIME
    state = _state(event, roomy=roomy, above=row < rows.now)
    words = fit(describe_event(event), max(0, room - time - cell_len(state)))
    where = fit(describe_where(event), max(0, room - time - cell_len(words) - cell_len(state)))
    style = "undone" if event.undone else "what"
    told = tell_time(event.at, now) if roomy else tell_short_time(event.at, now)
    return (pad(told, time), "time"), (words, style), (where, "time"), (state, "undone")


def _state(event: Event, *, roomy: bool, above: bool) -> str:
    if event.dropped:
        # That it cannot be redone any more, as something else was done then.
        return " · undone before later changes" if roomy else " · undone…"
    if event.undone:
        return " · undone"
    # What was read in passing stays so when what came before it is undone.
    return " · stands" if above else ""


def _now_line(room: int) -> Line:
    return ((fit(f"── now {'─' * max(0, room - 7)}", room), "now"),)
