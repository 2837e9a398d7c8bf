"""How many articles the query of a line is about, told while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.commands.slots import scope_of
from reader.errors import ReaderError
from reader.text import explain
from reader.ui.wording import tell_meant

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Counting:
    """Stands where the search line tells what it found."""

    def __init__(self, screen: MainScreen) -> None:
        self._screen = screen
        self._query = ""

    def typed(self, line: str) -> None:
        """Count what the query of a line is about, once it is another one."""
        query = scope_of(line)
        if query == self._query:
            return
        self.close()
        self._query = query
        if query:
            self._screen.latest("meant", self._count, query)

    async def _count(self, query: str) -> None:
        try:
            told = tell_meant(await self._screen.gateway.search(query))
        except ReaderError as error:
            told = explain(error)
        if query == self._query:
            self._screen.status.found = told

    def close(self) -> None:
        """Tell again what the list has found."""
        if self._query:
            self._query = ""
            self._screen.workers.cancel_group(self._screen, "meant")
            self._screen.status.found = self._screen.listing.shown.found
