"""Finding a row of the left pane by typing a part of its name."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.ui.actions import Place
from reader.ui.left_rows import LeftRow, SoughtRow, called, sought_rows
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.wording import NO_ROW, tell_rows

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

_VERB = "go "


class Seeking(Verbs):
    """While a line is typed that goes to a row, the pane shows those that are called so. Enter
    goes to the one under the cursor, Esc back to where it was."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        # All rows, while a line goes through them.
        self._rows: Sequence[SoughtRow] | None = None
        self._found: Sequence[LeftRow] | None = None
        self._words = ""
        self._from: LeftRow | None = None
        self._chosen: LeftRow | None = None

    @property
    def is_open(self) -> bool:
        """Whether the pane shows what is being typed."""
        return self._rows is not None

    @does("sources.find")
    def ask(self) -> None:
        """Open the line for a part of a name."""
        self.screen.go(Place.SOURCES)
        self.screen.commanding.write(_VERB)

    def typed(self) -> None:
        """Show what is called as the line says, where the pane is in sight."""
        line, pane = self.screen.command_line, self.screen.source_pane
        if line.is_open and line.text.startswith(_VERB) and self.screen.pane is Place.SOURCES:
            if self._rows is None:
                self._from = pane.current
            self.screen.latest("seek", self._narrow, line.text.removeprefix(_VERB))
        else:
            self.line_closed()

    async def _narrow(self, words: str) -> None:
        rows = await self._all()
        found = called(rows, words)
        self._words = words.strip()
        if found != self._found:
            # Most letters leave what is there.
            self._found = found
            self.screen.source_pane.show(found, "" if found else NO_ROW, top=True)
        self.screen.command_line.set_note(tell_rows(len(found)))

    async def _all(self) -> Sequence[SoughtRow]:
        if self._rows is None:
            known = self.screen.sources.everything()
            self._rows = await asyncio.to_thread(sought_rows, known)
        return self._rows

    def step(self, step: int) -> bool:
        """Go up or down among the rows that are shown; False when no line shows any."""
        if self.is_open:
            self.screen.source_pane.move(step)
        return self.is_open

    def line_closed(self) -> None:
        """Show all rows again, the cursor where it was."""
        if self._rows is None:
            return
        self.screen.workers.cancel_group(self.screen, "seek")
        self._chosen = self.screen.source_pane.current
        self._rows = self._found = None
        self.screen.sources.show_again(self._from)

    @runs("go")
    def go(self, line: Command) -> None:
        """Go to the row that was chosen, else to the first that is called so."""
        words, chosen = line.text.strip(), self._chosen
        self._chosen = None
        if words == self._words and chosen is not None:
            self.screen.work("seek", self._go, chosen)
        else:
            self.screen.work("seek", self._go_to_first, words)

    async def _go_to_first(self, words: str) -> None:
        rows = await asyncio.to_thread(sought_rows, self.screen.sources.everything())
        if found := called(rows, words):
            await self._go(found[0])
        else:
            self.screen.say(NO_ROW)

    async def _go(self, row: LeftRow) -> None:
        self.screen.go(Place.SOURCES)
        await self.screen.sources.reach_row(row)
