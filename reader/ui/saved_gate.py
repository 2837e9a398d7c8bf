"""What the screen asks of saved searches and rules, and what it changes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.kept import Deeds, SavedCount, SavedSearch

if TYPE_CHECKING:
    from reader.model import Change
    from reader.service.rules_told import RuleTest
    from reader.ui.gateway import Gateway


class SavedGate:
    """Every change is one event, on disk when it returns. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads, self._writes = gateway.reads, gateway.writes
        self._questions = gateway.questions

    async def list(self) -> tuple[SavedSearch, ...]:
        """All saved searches, in the order of the reader."""
        return await self._reads.run(lambda library: library.saved_searches.list())

    async def counts(self) -> tuple[SavedCount, ...]:
        """The same with how much answers each, from the process that searches. Raises
        CancelledError when they are asked for again meanwhile."""
        return await self._questions.saved_counts()

    async def add(self, name: str, query: str) -> None:
        """Raises SavedSearchExistsError, SavedNameError and QuerySyntaxError."""
        await self._writes.finish(lambda library: library.saved_searches.add(name, query))

    async def set_query(self, name: str, query: str) -> None:
        await self._writes.finish(lambda library: library.saved_searches.set_query(name, query))

    async def rename(self, name: str, new: str) -> None:
        """Rename a saved search, or a level with all below it."""
        await self._writes.finish(lambda library: library.saved_searches.rename(name, new))

    async def move(self, name: str, place: int) -> None:
        """Move a saved search to a place, counted from 0."""
        await self._writes.finish(lambda library: library.saved_searches.move(name, place))

    async def remove(self, name: str) -> None:
        await self._writes.finish(lambda library: library.saved_searches.remove(name))

    # Rules

    async def set_deeds(self, name: str, deeds: Deeds) -> None:
        await self._writes.finish(lambda library: library.saved_searches.set_deeds(name, deeds))

    async def set_active(self, name: str, active: bool) -> None:
        await self._writes.finish(lambda library: library.saved_searches.set_active(name, active))

    async def test(self, name: str, query: str) -> RuleTest:
        """What a rule would do to all articles that answer a query, without their rows."""
        return await self._questions.rule_test(name, 0, query)

    async def run(self, name: str, query: str) -> Change:
        """Have a rule change all it finds that answers a query, as one change."""
        return await self._questions.rule_run(name, query)

    async def take_back(self, name: str) -> Change:
        """Take back what a rule did to what came in, as one change."""
        return await self._writes.finish(lambda library: library.rules.take_back(name))
