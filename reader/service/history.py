"""What the reader did, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Event

if TYPE_CHECKING:
    from reader.store import Store


class History:
    """The changes of tags and marks, over all processes and sessions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def undo(self) -> Event | None:
        """Take back the last change that stands; None when there is none."""
        return self._store.events.undo()

    def redo(self) -> Event | None:
        """Do again what was taken back last; None when there is nothing to redo."""
        return self._store.events.redo()

    def list_events(self, limit: int) -> tuple[Event, ...]:
        """The last changes, newest first."""
        return self._store.events.list_events(limit)
