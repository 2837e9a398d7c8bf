"""What the screen keeps of lines that were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.gateway import Gateway


class LineGate:
    """Commands and queries of other days too. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads, self._writes = gateway.reads, gateway.writes

    async def commands(self) -> tuple[str, ...]:
        """The last lines of the command line, the newest last."""
        from reader.service.earlier import Kind

        return await self._reads.run(lambda library: library.earlier.list(Kind.COMMAND))

    async def queries(self) -> tuple[str, ...]:
        """The same of the search line."""
        from reader.service.earlier import Kind

        return await self._reads.run(lambda library: library.earlier.list(Kind.QUERY))

    async def keep_command(self, line: str) -> None:
        """Keep a line, unless it holds a secret."""
        from reader.service.earlier import Kind

        await self._writes.finish(lambda library: library.earlier.add(Kind.COMMAND, line))

    async def keep_query(self, line: str) -> None:
        from reader.service.earlier import Kind

        await self._writes.finish(lambda library: library.earlier.add(Kind.QUERY, line))
