"""Lines that were typed earlier, in the command line and in the search line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.ui.actions import Place
from reader.ui.earlier_lines import EarlierLines
from reader.ui.line_gate import LineGate
from reader.ui.verbs.base import Verbs, does

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

GROUP = "lines"
READ = "lines of other days"


class Recalling(Verbs):
    """Those of other days are read when one of the lines opens for the first time."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = LineGate(self.gateway)
        self._commands, self._queries = EarlierLines(), EarlierLines()
        self._is_read = False

    def opened(self) -> None:
        """A line has been opened."""
        for lines in (self._commands, self._queries):
            lines.leave()
        if not self._is_read and not self.screen.is_working(READ):
            self.screen.work(READ, self._read)

    async def _read(self) -> None:
        commands, queries = await self._gate.commands(), await self._gate.queries()
        self._commands.add_before(commands)
        self._queries.add_before(queries)
        # What fails is tried again when a line opens the next time.
        self._is_read = True

    def ran(self, line: str) -> None:
        """A line of the command line was run."""
        self._commands.add(line)
        self.screen.work(GROUP, self._keep_command, line)

    def searched(self, query: str) -> None:
        """A search was kept."""
        self._queries.add(query)
        self.screen.work(GROUP, self._keep_query, query)

    async def _keep_command(self, line: str) -> None:
        # What was typed has been done: that it will not come back tomorrow is no news.
        with suppress(ReaderError):
            await self._gate.keep_command(line)

    async def _keep_query(self, query: str) -> None:
        with suppress(ReaderError):
            await self._gate.keep_query(query)

    @does("prompt.earlier")
    def earlier(self) -> None:
        self.step(-1)

    @does("prompt.later")
    def later(self) -> None:
        self.step(1)

    def step(self, step: int) -> None:
        """Bring back the line before the one that is shown, or the one after it: of those that
        begin with what stands before the cursor."""
        prompt = self.screen.prompt
        lines = self._queries if self.screen.place is Place.SEARCH else self._commands
        typed = prompt.text[: min(prompt.input.selection)]
        prompt.set_text(lines.step(step, prompt.text, typed))
