"""What the screen keeps of the left pane."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.gateway import Gateway


class LeftGate:
    """For other days too. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads, self._writes = gateway.reads, gateway.writes

    async def only_unread(self) -> bool:
        """Whether rows without unread articles are left out."""
        return await self._reads.run(lambda library: library.left_pane.only_unread())

    async def set_only_unread(self, only_unread: bool) -> None:
        await self._writes.finish(lambda library: library.left_pane.set_only_unread(only_unread))
