"""The one way from the screen to the library: nothing here waits in the loop.

Reading and writing have a thread each, with a library of their own, so that a slow disk or a
lock never holds up a key. Searching and indexing have a process each.
"""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.feeds import SourceLine
from reader.model import (
    SURE,
    Article,
    Change,
    EntityCount,
    Event,
    LibraryCounts,
    Mark,
    Mention,
    NameCount,
    PlacedNote,
    Span,
)
from reader.ui.browser import Browser, OwnBrowser
from reader.ui.command_gate import CommandGate
from reader.ui.entity_gate import EntityGate
from reader.ui.format import Row
from reader.ui.lane import Lane
from reader.ui.orders import Orders
from reader.ui.own_commands import OwnCommand
from reader.ui.ports import IndexPort, Ports
from reader.ui.questions import Questions

if TYPE_CHECKING:
    from reader.service.completing import Completion
    from reader.service.fetching import Told
    from reader.service.library import Library
    from reader.service.recognising import NamesProgress
    from reader.service.searching import View
    from reader.ui.orders import OnNews
    from reader.ui.ports import OnProgress


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
    also: tuple[str, ...] = ()
    """Other sources that told of it."""
    notes: tuple[PlacedNote, ...] = ()
    """What the reader has highlighted and noted in it, the lost ones too."""


@dataclass(frozen=True, slots=True)
class News:
    """What has become different since `token`."""

    token: int
    counts: LibraryCounts
    naming: NamesProgress


def also_in(library: Library, article: Article) -> tuple[str, ...]:
    """The other sources that told of an article, in the order they did."""
    places = library.reading.list_places(article.row.id)
    names = dict.fromkeys(place.source for place in places)
    return tuple(name for name in names if name and name != article.row.source)


class Gateway:
    """Every question and order of the screen, as coroutines. They raise ReaderError.

    `reads`, `writes` and `questions` are for the gates of one topic each.
    """

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.reads = Lane("reads", ports.open_library)
        self.writes = Lane("writes", ports.open_library)
        self.questions = Questions(ports.start_search)
        self.entities = EntityGate(self.questions, self.reads, self.writes)
        self.commands = CommandGate(ports.commands, self.reads)
        self._browser = ports.browser
        self._orders = Orders(ports.start_fetch)
        self._index: IndexPort | None = None

    async def start(self) -> Start:
        """Open the library; the first of the whole list, and counts. Raises LibraryError."""

        def work(library: Library) -> Start:
            with library.reading.snapshot():
                return Start(library.reading.newest(), library.reading.counts())

        return await self.reads.run(work)

    async def start_processes(
        self, on_progress: OnProgress, on_news: OnNews, *, has_feeds: bool
    ) -> None:
        """Start the processes behind the screen; what they tell is called from threads. Without
        feeds nothing is fetched before it is asked for."""
        self.questions.start()
        # What they need takes a while to import.
        self._index = await asyncio.to_thread(self._ports.start_index, on_progress)
        await asyncio.to_thread(self._index.start)
        await self._orders.start(on_news, by_itself=has_feeds)

    def index_again(self) -> None:
        """Have the index brought up to date with what has arrived."""
        if self._index is not None:
            self._index.poke()

    def close(self) -> None:
        """Finish what is being written and end the processes."""
        if self._index is not None:
            self._index.close()
        self._orders.close()
        self.questions.close()
        self.reads.close()
        self.writes.close()

    async def news(self, since: int | None) -> News | None:
        """What is different since a token, None when nothing is."""

        def work(library: Library) -> News | None:
            token = library.reading.change_token()
            if token == since:
                return None
            return News(token, library.reading.counts(), library.recognising.progress())

        return await self.reads.run(work)

    async def counts(self) -> LibraryCounts:
        """How much there is in the library."""
        return await self.reads.run(lambda library: library.reading.counts())

    async def rows(self, ids: Sequence[int], words: str = "") -> dict[int, Row]:
        """Rows of `ids`, with snippets when `words` were searched for."""

        def work(library: Library) -> dict[int, Row]:
            if words:
                hits = library.searching.hits(words, ids)
                return {id_: Row(hit.row, hit.snippet, hit.spans) for id_, hit in hits.items()}
            rows = library.reading.rows(ids)
            return {id_: Row(row) for id_, row in rows.items()}

        return await self.reads.run(work)

    async def open_article(
        self, article_id: int, words: str = "", *, least: float = SURE
    ) -> Opened:
        """An article, its names and what answers `words` in it. Raises ArticleNotFoundError.

        Mentions are those of a confidence from `least` on.
        """

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
                reading.list_mentions(article.row.id, least=least),
                reading.list_entities(article.row.id),
                spans.title if spans else (),
                spans.text if spans else (),
                reading.get_position(article.row.id),
                also_in(library, article),
                library.notes.of_article(article.row.id),
            )

        return await self.reads.run(work)

    async def own_text(self, article_id: int) -> Article | None:
        """An article with the text that the full one has replaced, None where there is none.
        Raises ArticleNotFoundError."""

        def work(library: Library) -> Article | None:
            with library.reading.snapshot():
                article = library.reading.get_article(article_id)
                earlier = library.reading.list_versions(article_id)
                if article.partial or not earlier or len(earlier[-1].text) >= len(article.text):
                    return None
                return library.reading.get_version(article_id, earlier[-1].number)

        return await self.reads.run(work)

    async def find_unread(self, ids: Sequence[int], start: int, step: int) -> int | None:
        """Where the first unread article stands, from `start` on in steps of 1 or -1."""
        return await self.reads.run(lambda library: library.reading.find_unread(ids, start, step))

    async def search(self, text: str) -> View:
        """The list that answers a query, however unfinished, or the first of it.

        Raises ReaderError, and CancelledError when a newer search was begun meanwhile.
        """
        return await self.questions.ask(text)

    async def search_rest(self, text: str, *, surely: bool) -> View:
        """All of a list of which the first was found. Raises as `search` does, but `surely`
        ends: newer searches wait for it."""
        return await self.questions.rest(text, surely=surely)

    async def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """What could be written at `cursor`, a code point of a query; never waits for a search
        longer than for one. Raises CancelledError when something newer is to be completed."""
        return await self.questions.complete(text, cursor)

    async def find_ids(self, text: str) -> Sequence[int]:
        """All articles that answer a whole query. Raises QuerySyntaxError and ReaderError."""
        view = await self.questions.ask_surely(text)
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

        return await self.reads.run(work)

    async def tag(
        self, ids: Sequence[int], add: Sequence[str], remove: Sequence[str], query: str = ""
    ) -> Change:
        """Add and remove tags, of all that answers a query where that was asked, as one change
        that can be undone. Raises TagNameError."""
        return await self.writes.finish(
            lambda library: library.tagging.tag(ids, add, remove, query=query)
        )

    async def mark(self, ids: Sequence[int], mark: Mark, query: str = "") -> Change:
        """Mark articles, told as in `tag`, as one change that can be undone."""
        return await self.writes.finish(
            lambda library: library.tagging.mark(ids, mark, query=query)
        )

    async def mark_read(self, article_id: int) -> bool:
        """Mark an article as read in passing; False when it was read before, or is gone."""

        def work(library: Library) -> bool:
            rows = library.reading.rows([article_id]).values()
            if not any(not row.read for row in rows):
                return False
            library.tagging.mark([article_id], Mark.READ, in_passing=True)
            return True

        return await self.writes.finish(work)

    async def undo(self) -> Event | None:
        """Take back the last change that was not taken back, None when there is none."""
        return await self.writes.finish(lambda library: library.history.undo())

    async def redo(self) -> Event | None:
        """Do again what was undone last, None when there is nothing."""
        return await self.writes.finish(lambda library: library.history.redo())

    async def save_position(self, article_id: int, position: int) -> None:
        """Remember how far an article was read, in code points of its text."""

        def work(library: Library) -> None:
            library.reading.save_position(article_id, position)

        await self.writes.finish(work)

    async def complete_tags(self, prefix: str, limit: int = 8) -> tuple[str, ...]:
        """Tags that start with `prefix`, the most used first."""
        return await self.reads.run(lambda library: library.browsing.complete_tags(prefix, limit))

    async def list_tags(self, limit: int = 50) -> tuple[NameCount, ...]:
        """The most used tags."""
        return await self.reads.run(lambda library: library.browsing.list_tags(limit=limit))

    async def list_sources(self, limit: int = 50) -> tuple[NameCount, ...]:
        """The sources with most articles."""
        return await self.reads.run(lambda library: library.browsing.list_sources(limit=limit))

    # Sources

    async def source_lines(self) -> tuple[SourceLine, ...]:
        """Every source with what is unread in it and how its feed is."""
        return await self.reads.run(lambda library: library.subscribing.list_sources())

    async def rename_source(self, name: str, new: str) -> None:
        """Raises SourceNotFoundError and SourceExistsError."""
        await self.writes.finish(lambda library: library.subscribing.rename(name, new))

    async def set_source_folder(self, name: str, folder: str) -> None:
        """Put a source into a folder, "" for none. Raises SourceNotFoundError."""
        await self.writes.finish(lambda library: library.subscribing.set(name, folder=folder))

    async def set_source_every(self, name: str, time: str) -> None:
        """Have a source asked every "30m", "2h" or "1d"; "never" leaves it to the settings.
        Raises SourceNotFoundError, and ValueError for other words."""
        from reader.durations import seconds_of

        seconds = seconds_of(time)
        await self.writes.finish(lambda library: library.subscribing.set(name, every=seconds))

    async def remove_source(self, name: str) -> None:
        """Ask a source no more; its articles stay. Raises SourceNotFoundError."""
        await self.writes.finish(lambda library: library.subscribing.remove(name))

    # What needs the network; all of it ends with what it came to, Trouble included

    async def update_feeds(self, names: tuple[str, ...]) -> Told:
        """Ask the feeds of sources and folders for news, or all of them."""
        return await self._orders.give(lambda port: port.update(names))

    async def add_feed(self, url: str, folder: str) -> Told:
        """Subscribe to a feed, or to the feed of a page."""
        return await self._orders.give(lambda port: port.add(url, folder))

    async def move_source(self, name: str, url: str) -> Told:
        """Have a source ask another address."""
        return await self._orders.give(lambda port: port.move(name, url))

    async def save_page(self, url: str) -> Told:
        """Keep a page as an article."""
        return await self._orders.give(lambda port: port.save(url))

    async def read_full_text(self, article_id: int) -> Told:
        """Read the page of an article."""
        return await self._orders.give(lambda port: port.full_text(article_id))

    async def read_picture(self, article_id: int, url: str) -> Told:
        """Fetch a picture that goes with an article."""
        return await self._orders.give(lambda port: port.picture(article_id, url))

    async def ask_feeds_every(self, seconds: float) -> None:
        """Have feeds asked by themselves every so many seconds from now on, 0 for never."""
        await self._orders.set_every(seconds)

    async def stop_fetching(self) -> None:
        """Have everything ended that needs the network."""
        await self._orders.stop()

    def open_library(self) -> Library:
        """Another library on the same folder, for a thread of its own."""
        return self._ports.open_library()

    @property
    def browser(self) -> Browser:
        return self._browser

    def use_browser(self, command: OwnCommand | None) -> None:
        """Have links opened by a command with a place for the address, by the system for None."""
        own = None if command is None else OwnBrowser(command, self.commands.port)
        self._browser = own or self._ports.browser
