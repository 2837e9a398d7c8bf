"""The one way from the screen to the library: nothing here waits in the loop.

Reading and writing have a thread each, with a library of their own, so that a slow disk or a
lock never holds up a key. Searching and indexing have a process each.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from reader.model import (
    Article,
    ArticleRow,
    Change,
    EntityCount,
    Event,
    LibraryCounts,
    Mark,
    Mention,
    NameCount,
    Span,
)
from reader.ui.browser import Browser, SystemBrowser
from reader.ui.format import Row

if TYPE_CHECKING:
    from reader.service.completing import Completion
    from reader.service.indexing import IndexProgress, IndexState
    from reader.service.library import Library
    from reader.service.searching import View
    from reader.service.wire import SearchAnswer

    OnProgress = Callable[[IndexProgress | IndexState], None]

T = TypeVar("T")


class SearchPort(Protocol):
    """Answers the newest question; earlier ones may never be answered.

    The first articles come at once; where there are more, all of them come in a second answer
    when no newer question is asked for a moment. `whole` has one answer with all of them.
    """

    def ask(self, generation: int, text: str, *, whole: bool = False) -> None: ...

    def complete(
        self, text: str, cursor: int, tell: Callable[[Sequence[Completion]], None]
    ) -> None: ...

    def close(self) -> None: ...


class IndexPort(Protocol):
    """Brings the index up to date in the background, at the start and when poked."""

    def start(self) -> None: ...

    def poke(self) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Ports:
    """What the screen needs of the world outside."""

    open_library: Callable[[], Library]
    start_search: Callable[[Callable[[SearchAnswer], None]], SearchPort]
    start_index: Callable[[OnProgress], IndexPort]
    browser: Browser


def ports(folder: Path) -> Ports:
    """The ports of the library in `folder`."""

    def open_library() -> Library:
        from reader.service.library import Library

        return Library.open(folder)

    def start_search(on_answer: Callable[[SearchAnswer], None]) -> SearchPort:
        from reader.service.remote import SearchProcess

        return SearchProcess(folder, on_answer)

    def start_index(on_progress: OnProgress) -> IndexPort:
        from reader.service.remote import IndexProcess

        return IndexProcess(folder, on_progress)

    return Ports(open_library, start_search, start_index, SystemBrowser())


@dataclass(frozen=True, slots=True)
class Start:
    """What the first picture needs: the first articles of the whole list."""

    ids: array[int]
    counts: LibraryCounts


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with all that its view shows."""

    article: Article
    mentions: tuple[Mention, ...]
    entities: tuple[EntityCount, ...]
    title_hits: tuple[Span, ...]
    text_hits: tuple[Span, ...]
    position: int


@dataclass(frozen=True, slots=True)
class News:
    """What has become different since `token`."""

    token: int
    counts: LibraryCounts


class Lane:
    """One thread with a library of its own. Jobs run one after the other."""

    def __init__(self, name: str, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._library: Library | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, work: Callable[[Library], T]) -> T:
        """The result of `work`, done in the thread. Raises what it raises.

        A job whose task is cancelled before its turn never runs.
        """
        return await asyncio.wrap_future(self._pool.submit(self._work, work))

    async def finish(self, work: Callable[[Library], T]) -> T:
        """The same for a job that is done even when its task is cancelled, or the loop ends."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(job: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(_hand_over, job, done)

        self._pool.submit(self._work, work).add_done_callback(tell)
        return await done

    def close(self) -> None:
        """Finish what was asked for, then close the library."""
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    def _work(self, work: Callable[[Library], T]) -> T:
        if self._library is None:
            self._library = self._open()
        return work(self._library)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


def _hand_over(job: Future[T], done: asyncio.Future[T]) -> None:
    """Give what came of a job to who waits for it, if anybody still does."""
    if done.done():
        return
    if (error := job.exception()) is not None:
        done.set_exception(error)
    else:
        done.set_result(job.result())


class Search:
    """Questions to the search process, newest wins: the answer to an older one is dropped."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._process: SearchPort | None = None
        self._generation = 0
        self._asked = ""
        self._first: asyncio.Future[View] | None = None
        self._whole: asyncio.Future[View] | None = None
        self._completing: asyncio.Future[Sequence[Completion]] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._newest = 0
        self._sure = asyncio.Lock()

    def start(self) -> SearchPort:
        """Start the process, so that the first search finds it warm."""
        self._loop = asyncio.get_running_loop()
        if self._process is None:
            self._process = self._ports.start_search(self._on_answer)
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
        if self._completing is not None:
            self._completing.cancel()
        loop = asyncio.get_running_loop()
        done: asyncio.Future[Sequence[Completion]] = loop.create_future()
        self._completing = done

        def settle(found: Sequence[Completion]) -> None:
            if not done.done():
                done.set_result(found)

        def tell(found: Sequence[Completion]) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(settle, found)

        self.start().complete(text, cursor, tell)
        return await done

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


class Gateway:
    """Every question and order of the screen, as coroutines. They raise ReaderError."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._reads = Lane("reads", ports.open_library)
        self._writes = Lane("writes", ports.open_library)
        self._search = Search(ports)
        self._index: IndexPort | None = None

    async def start(self) -> Start:
        """Open the library; the first of the whole list, and counts. Raises LibraryError."""

        def work(library: Library) -> Start:
            with library.reading.snapshot():
                return Start(library.reading.newest(), library.reading.counts())

        return await self._reads.run(work)

    async def start_processes(self, on_progress: OnProgress) -> None:
        """Start the processes behind the screen; `on_progress` is called from a thread."""
        self._search.start()
        # What they need takes a while to import.
        self._index = await asyncio.to_thread(self._ports.start_index, on_progress)
        await asyncio.to_thread(self._index.start)

    def index_again(self) -> None:
        """Have the index brought up to date with what has arrived."""
        if self._index is not None:
            self._index.poke()

    def close(self) -> None:
        """Finish what is being written and end the processes."""
        if self._index is not None:
            self._index.close()
        self._search.close()
        self._reads.close()
        self._writes.close()

    async def news(self, since: int | None) -> News | None:
        """What is different since a token, None when nothing is."""

        def work(library: Library) -> News | None:
            token = library.reading.change_token()
            return None if token == since else News(token, library.reading.counts())

        return await self._reads.run(work)

    async def counts(self) -> LibraryCounts:
        """How much there is in the library."""
        return await self._reads.run(lambda library: library.reading.counts())

    async def rows(self, ids: Sequence[int], words: str = "") -> dict[int, Row]:
        """Rows of `ids`, with snippets when `words` were searched for."""

        def work(library: Library) -> dict[int, Row]:
            if words:
                hits = library.searching.hits(words, ids)
                return {id_: Row(hit.row, hit.snippet, hit.spans) for id_, hit in hits.items()}
            rows = library.reading.rows(ids)
            return {id_: Row(row) for id_, row in rows.items()}

        return await self._reads.run(work)

    async def open_article(self, article_id: int, words: str = "") -> Opened:
        """An article, its names and what answers `words` in it. Raises ArticleNotFoundError."""

        def work(library: Library) -> Opened:
            # Offsets of one text: nothing is imported in between.
            with library.reading.snapshot():
                return opened(library)

        def opened(library: Library) -> Opened:
            reading = library.reading
            article = reading.get_article(article_id)
            spans = library.searching.spans(words, article) if words else None
            return Opened(
                article,
                reading.list_mentions(article.row.id),
                reading.list_entities(article.row.id),
                spans.title if spans else (),
                spans.text if spans else (),
                reading.get_position(article.row.id),
            )

        return await self._reads.run(work)

    async def find_unread(self, ids: Sequence[int], start: int, step: int) -> int | None:
        """Where the first unread article stands, from `start` on in steps of 1 or -1."""
        return await self._reads.run(lambda library: library.reading.find_unread(ids, start, step))

    async def search(self, text: str) -> View:
        """The list that answers a query, however unfinished, or the first of it.

        Raises ReaderError, and CancelledError when a newer search was begun meanwhile.
        """
        return await self._search.ask(text)

    async def search_rest(self, text: str, *, surely: bool) -> View:
        """All of a list of which the first was found. Raises as `search` does, but `surely`
        ends: newer searches wait for it."""
        return await self._search.rest(text, surely=surely)

    async def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """What could be written at `cursor`, a code point of a query; never waits for a search
        longer than for one. Raises CancelledError when something newer is to be completed."""
        return await self._search.complete(text, cursor)

    async def find_ids(self, text: str) -> Sequence[int]:
        """All articles that answer a whole query. Raises QuerySyntaxError and ReaderError."""
        view = await self._search.ask_surely(text)
        for problem in view.problems:
            raise problem
        return view.ids

    async def count_missing(self, text: str) -> int:
        """How many articles the answer to a query might lack, as they wait to be indexed.

        Raises QuerySyntaxError.
        """

        def work(library: Library) -> int:
            asks = library.searching.needs_index(text)
            return library.reading.counts().pending if asks else 0

        return await self._reads.run(work)

    async def tag(self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> Change:
        """Add and remove tags, as one change that can be undone. Raises TagNameError."""
        return await self._writes.finish(lambda library: library.tagging.tag(ids, add, remove))

    async def mark(self, ids: Sequence[int], mark: Mark) -> Change:
        """Mark articles, as one change that can be undone."""
        return await self._writes.finish(lambda library: library.tagging.mark(ids, mark))

    async def mark_by(
        self, article_id: int, choose: Callable[[ArticleRow], Mark]
    ) -> tuple[Change, Mark] | None:
        """Mark an article with what `choose` makes of its row; None when it is gone.

        `choose` is called in a thread. What was asked for before is done before.
        """

        def work(library: Library) -> tuple[Change, Mark] | None:
            for row in library.reading.rows([article_id]).values():
                mark = choose(row)
                return library.tagging.mark([article_id], mark), mark
            return None

        return await self._writes.finish(work)

    async def mark_read(self, article_id: int) -> bool:
        """Mark an article as read; False when it was read before, or is gone."""

        def work(library: Library) -> bool:
            rows = library.reading.rows([article_id]).values()
            if not any(not row.read for row in rows):
                return False
            library.tagging.mark([article_id], Mark.READ)
            return True

        return await self._writes.finish(work)

    async def undo(self) -> Event | None:
        """Take back the last change that was not taken back, None when there is none."""
        return await self._writes.finish(lambda library: library.history.undo())

    async def redo(self) -> Event | None:
        """Do again what was undone last, None when there is nothing."""
        return await self._writes.finish(lambda library: library.history.redo())

    async def save_position(self, article_id: int, position: int) -> None:
        """Remember how far an article was read, in code points of its text."""

        def work(library: Library) -> None:
            library.reading.save_position(article_id, position)

        await self._writes.finish(work)

    async def complete_tags(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Tags that start with `prefix`, the most used first."""
        return await self._reads.run(lambda library: library.browsing.complete_tags(prefix, limit))

    async def list_tags(self, limit: int = 50) -> tuple[NameCount, ...]:
        """The most used tags."""
        return await self._reads.run(lambda library: library.browsing.list_tags(limit=limit))

    async def list_sources(self, limit: int = 50) -> tuple[NameCount, ...]:
        """The sources with most articles."""
        return await self._reads.run(lambda library: library.browsing.list_sources(limit=limit))

    @property
    def browser(self) -> Browser:
        return self._ports.browser
