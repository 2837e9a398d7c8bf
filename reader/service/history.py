"""What the reader did, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Event, Jump, Single

if TYPE_CHECKING:
    from reader.store import Store


class History:
    """The changes by the reader, over all processes and sessions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> Event | None:
        """Take back the last change that stands; None when there is none."""
        return self._store.events.undo()

    def redo(self) -> Event | None:
        """Do again what was taken back last; None when there is nothing to redo."""
        return self._store.events.redo()

    def list_events(self, limit: int, before: int | None = None) -> tuple[Event, ...]:
        """The last changes, or the last before the one of this id, newest first."""
        return self._store.events.list_events(limit, before)

    def jump(self, event_id: int) -> Jump:
        """Bring the library to what it was right after a change, 0 being before them all: what
        was done since then is taken back, or what was taken back is done again, all or nothing.

        Raises EventNotReachableError for a change that was taken back before something else was
        done, and what taking back or doing again raises.
        """
        return self._store.events.jump(event_id)

    def take_back(self, event_id: int) -> Single:
        """Take back one change alone, whatever came after it, as a change that can be undone:
        what was changed since stays, and is counted.

        Raises EventNotReachableError, EventStaysError, and what taking back raises.
        """
        return self._store.single_changes.take_back(event_id)

    def make_again(self, event_id: int) -> Single:
        """Make a change again that was taken back before something else was done, as a new one.
        Raises as `take_back` does."""
        return self._store.single_changes.make_again(event_id)
