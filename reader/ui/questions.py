"""The questions of the screen to the process that searches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from index.errors import QuerySyntaxError
from reader.errors import ReaderError

if TYPE_CHECKING:
    from reader.kept import SavedCount
    from reader.model import Change, EntityCard, Evidence, Page
    from reader.service.completing import Completion
    from reader.service.explaining import Why
    from reader.service.facets import EntityFacet
    from reader.service.kept_wire import KeptError
    from reader.service.rules_told import RuleTest
    from reader.service.searching import View
    from reader.service.wire import SearchAnswer

    StartSearch = Callable[[Callable[[SearchAnswer], None]], "SearchPort"]

T = TypeVar("T")


class SearchPort(Protocol):
    """Answers the newest question; earlier ones may never be answered.

    The first articles come at once; where there are more, all of them come in a second answer
    when no newer question is asked for a moment. `whole` has one answer with all of them.

    Of completions, cards, articles of cards, evidence, facets and counts, too, the newest question
    counts, each for itself: `tell` is called with its answer, from a thread, or never.
    """

    def ask(self, generation: int, text: str, *, whole: bool = False) -> None: ...

    def complete(
        self, text: str, cursor: int, tell: Callable[[Sequence[Completion]], None]
    ) -> None: ...

    def card(self, entity_id: int, tell: Callable[[EntityCard | ReaderError], None]) -> None: ...

    def card_articles(
        self,
        entity_id: int,
        start: int,
        limit: int,
        tell: Callable[[Page[Evidence] | ReaderError], None],
    ) -> None: ...

    def evidence(
        self,
        entity_id: int,
        other_id: int,
        tell: Callable[[Evidence | ReaderError | None], None],
    ) -> None: ...

    def facets(
        self,
        text: str,
        limit: int,
        tell: Callable[[tuple[EntityFacet, ...] | ReaderError], None],
    ) -> None: ...

    def why(self, article_id: int, query: str, tell: Callable[[Why | KeptError], None]) -> None: ...

    def rule_test(
        self, name: str, limit: int, query: str, tell: Callable[[RuleTest | KeptError], None]
    ) -> None: ...

    def rule_run(
        self, name: str, query: str, tell: Callable[[Change | KeptError], None]
    ) -> None: ...

    def saved_counts(
        self, tell: Callable[[tuple[SavedCount, ...] | ReaderError], None]
    ) -> None: ...

    def close(self) -> None: ...


class Questions:
    """Questions to the search process, newest wins: the answer to an older one is dropped."""

    def __init__(self, start_search: StartSearch) -> None:
        self._start_search = start_search
        self._process: SearchPort | None = None
        self._generation = 0
        self._asked = ""
        self._first: asyncio.Future[View] | None = None
        self._whole: asyncio.Future[View] | None = None
        self._told: dict[str, asyncio.Future[Any]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._newest = 0
        self._sure = asyncio.Lock()

    def start(self) -> SearchPort:
        """Start the process, so that the first search finds it warm."""
        self._loop = asyncio.get_running_loop()
        if self._process is None:
            self._process = self._start_search(self._on_answer)
            # The process itself starts with the first question; its answer is nobody's.
            self._process.ask(0, "")
        return self._process

    async def ask(self, text: str) -> View:
        """The list that answers `text`, or the first of it.

        Raises ReaderError, and CancelledError when a newer question was asked meanwhile.
        """
        self._newest += 1
        mine = self._newest
        async with self._sure:
            pass  # A question that has to be answered goes first.
        if mine != self._newest:
            raise asyncio.CancelledError
        for waiting in (self._first, self._whole):
            if waiting is not None:
                waiting.cancel()
        return await self._put(text)

    async def ask_surely(self, text: str) -> View:
        """The whole list that answers `text`; newer questions wait for it. Raises ReaderError."""
        async with self._sure:
            if self._whole is not None:
                await asyncio.wait([self._whole])
            return await self._put(text, whole=True)

    async def rest(self, text: str, *, surely: bool) -> View:
        """The whole list that answers `text`, of which the first was asked for.

        Raises ReaderError, and CancelledError when a newer question was asked meanwhile, but
        not `surely`: newer questions wait then.
        """
        whole = self._whole
        if text == self._asked and whole is not None:
            await asyncio.wait([whole])
            if not whole.cancelled():
                return whole.result()
            if not surely:
                raise asyncio.CancelledError
        return await self.ask_surely(text)

    async def _put(self, text: str, *, whole: bool = False) -> View:
        process = self.start()
        self._generation += 1
        self._asked = text
        loop = asyncio.get_running_loop()
        first: asyncio.Future[View] = loop.create_future()
        self._first, self._whole = first, loop.create_future()
        process.ask(self._generation, text, whole=whole)
        return await first

    async def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """What could be written at a code point of a query.

        Raises CancelledError when something newer is to be completed.
        """
        process = self.start()
        return await self._tell("complete", lambda tell: process.complete(text, cursor, tell))

    async def card(self, entity_id: int) -> EntityCard:
        """What is known of an entity. Raises ReaderError, and CancelledError as the rest here."""
        process = self.start()
        return await self._tell("card", lambda tell: process.card(entity_id, tell))

    async def card_articles(self, entity_id: int, start: int, limit: int) -> Page[Evidence]:
        """Some of the articles that name an entity. Raises as `card` does."""
        process = self.start()
        return await self._tell(
            "articles", lambda tell: process.card_articles(entity_id, start, limit, tell)
        )

    async def evidence(self, entity_id: int, other_id: int) -> Evidence | None:
        """A sentence that names both. Raises as `card` does."""
        process = self.start()
        return await self._tell(
            "evidence", lambda tell: process.evidence(entity_id, other_id, tell)
        )

    async def facets(self, text: str, limit: int) -> tuple[EntityFacet, ...]:
        """Whom an answer names most, `limit` of a kind. Raises as `card` does."""
        process = self.start()
        return await self._tell("facets", lambda tell: process.facets(text, limit, tell))

    async def why(self, article_id: int, query: str) -> Why:
        """Why an article is here. Raises as `card` does."""
        process = self.start()
        return await self._tell("why", lambda tell: process.why(article_id, query, tell))

    async def rule_test(self, name: str, limit: int, query: str) -> RuleTest:
        """What a rule would do to all articles that answer a query, with the newest `limit`.
        Raises as `card` does, and QuerySyntaxError."""
        process = self.start()
        return await self._tell("test", lambda tell: process.rule_test(name, limit, query, tell))

    async def rule_run(self, name: str, query: str) -> Change:
        """Have a rule change all articles that answer it and a query. Raises as `rule_test`
        does."""
        process = self.start()
        return await self._tell("run", lambda tell: process.rule_run(name, query, tell))

    async def saved_counts(self) -> tuple[SavedCount, ...]:
        """Saved searches with how much answers each. Raises as `card` does."""
        process = self.start()
        return await self._tell("counts", process.saved_counts)

    async def _tell(
        self,
        what: str,
        ask: Callable[[Callable[[T | ReaderError | QuerySyntaxError], None]], None],
    ) -> T:
        """The answer to a question of which the newest counts."""
        before = self._told.pop(what, None)
        if before is not None:
            before.cancel()
        loop = asyncio.get_running_loop()
        done = self._told[what] = loop.create_future()

        def settle(answer: T | ReaderError | QuerySyntaxError) -> None:
            if done.done():
                return
            if isinstance(answer, ReaderError | QuerySyntaxError):
                done.set_exception(answer)
            else:
                done.set_result(answer)

        def tell(answer: T | ReaderError | QuerySyntaxError) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(settle, answer)

        ask(tell)
        answer: T = await done
        return answer

    def close(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None

    def _on_answer(self, answer: SearchAnswer) -> None:
        """Called from a thread of the process's."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle, answer)

    def _settle(self, answer: SearchAnswer) -> None:
        first, whole = self._first, self._whole
        if answer.generation != self._generation or first is None or whole is None:
            return
        if answer.error is not None:
            whole.cancel()  # whoever wants all of it asks again
            if not first.done():
                first.set_exception(answer.error)
        elif answer.view is not None:
            if not first.done():
                first.set_result(answer.view)
            if answer.view.is_complete and not whole.done():
                whole.set_result(answer.view)
