"""What the screen asks of commands of the reader's own, and what they get of articles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from reader.ui.lane import Lane

if TYPE_CHECKING:
    from reader.model import Article
    from reader.service.commands_run import Ended
    from reader.service.library import Library


class CommandPort(Protocol):
    """Runs lists of arguments; no shell reads them."""

    def start(self, argv: Sequence[str], tell: Callable[[Ended], None]) -> None:
        """Run a command without a terminal; `tell` is called from a thread when it has ended."""

    def is_there(self, program: str) -> bool:
        """Whether there is a program called so."""

    def in_terminal(
        self,
        argv: Sequence[str],
        text: str | None = None,
        farewell: Callable[[Ended], str] | None = None,
    ) -> Ended:
        """Run a command in the terminal, which is free for it; with a farewell until a person
        goes on."""


class CommandGate:
    """Commands end in their own time: nothing here waits in the loop for one that needs no
    terminal."""

    def __init__(self, port: Callable[[], CommandPort], reads: Lane) -> None:
        self._open = port
        self._reads = reads
        self._port: CommandPort | None = None

    @property
    def port(self) -> CommandPort:
        """What runs the commands."""
        if self._port is None:
            self._port = self._open()
        return self._port

    async def run(self, argv: Sequence[str]) -> Ended:
        """Run a command beside the screen; what it came to."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Ended] = loop.create_future()

        def put(ended: Ended) -> None:
            if not done.done():
                done.set_result(ended)

        def tell(ended: Ended) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(put, ended)

        self.port.start(argv, tell)
        return await done

    async def articles(self, ids: Sequence[int]) -> tuple[Article, ...]:
        """Articles by their ids. Raises ArticleNotFoundError."""

        def work(library: Library) -> tuple[Article, ...]:
            return tuple(library.reading.get_article(one) for one in ids)

        return await self._reads.run(work)

    async def markdown(self, ids: Sequence[int]) -> str:
        """Articles with what is highlighted and noted in them, one after the other, as Markdown.
        Raises ArticleNotFoundError."""

        def work(library: Library) -> str:
            from reader.service.exporting import ExportFormat

            return "\n".join(library.exporting.export(ids, ExportFormat.MARKDOWN))

        return await self._reads.run(work)
