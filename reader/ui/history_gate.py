"""What the screen asks of the changes that were made, and going back to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Event, Jump, Single

if TYPE_CHECKING:
    from reader.ui.gateway import Gateway

PAGE = 500
"""Changes read at once, more than a screen shows."""


class HistoryGate:
    """Reads in the thread that reads, changes in the one that writes. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads = gateway.reads
        self._writes = gateway.writes

    async def page(self, before: int | None = None) -> tuple[Event, ...]:
        """The last changes, or the last before one of them, newest first."""
        return await self._reads.run(lambda library: library.history.list_events(PAGE, before))

    async def jump(self, event_id: int) -> Jump:
        """Make the library what it was right after a change, 0 being before them all. Raises
        EventNotReachableError."""
        return await self._writes.finish(lambda library: library.history.jump(event_id))

    async def take_back(self, event_id: int) -> Single:
        """Take back one change alone. Raises EventStaysError."""
        return await self._writes.finish(lambda library: library.history.take_back(event_id))

    async def make_again(self, event_id: int) -> Single:
        """Make a change again that was undone for good. Raises EventStaysError."""
        return await self._writes.finish(lambda library: library.history.make_again(event_id))
