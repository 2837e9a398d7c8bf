"""A small library on disk and the screen over it, driven with keys.

The store is real; the index is the one in memory, asked in a thread of its own as the search
process would be.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from textual.events import Key
from textual.pilot import Pilot

from index.errors import QuerySyntaxError
from index.memory import MemoryIndex
from reader.config import Loaded, Settings
from reader.errors import LibraryError, ReaderError, SearchUnavailableError
from reader.feeds import Feed, Subscription
from reader.kept import SavedCount
from reader.model import (
    ArticleId,
    Change,
    Draft,
    EntityCard,
    EntityKind,
    Evidence,
    Mark,
    Page,
    Precision,
    Published,
    StoredEntity,
)
from reader.service.cards import Cards
from reader.service.commands_run import Ended
from reader.service.completing import Completing, Completion
from reader.service.explaining import Explaining, Why
from reader.service.facets import EntityFacet
from reader.service.fetching import Told
from reader.service.index_access import IndexAccess
from reader.service.indexing import IndexTold
from reader.service.kept_wire import KeptError
from reader.service.library import Library
from reader.service.network import open_client
from reader.service.notifying import Notifying
from reader.service.reading import FIRST
from reader.service.rules import Rules
from reader.service.rules_told import RuleTest
from reader.service.saved_searches import SavedSearches
from reader.service.searching import Searching
from reader.service.wire import SearchAnswer
from reader.store import open_store
from reader.text import explain
from reader.ui import places
from reader.ui.actions import PROMPTS
from reader.ui.gateway import Gateway
from reader.ui.ports import Ports
from reader.ui.screens.main import MainScreen
from reader.ui.tui import DatelineApp, build

T = TypeVar("T")

NOW = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)


def draft(title: str, text: str, *, day: int | None = None, **more: object) -> Draft:
    """An article of March 2024, or without a date."""
    at = None if day is None else Published(datetime(2024, 3, day, tzinfo=UTC), Precision.DAY)
    return Draft(title=title, text=text, published=at, **more)  # type: ignore[arg-type]


LONG = "\n\n".join(
    f"Paragraph {number} follows the river through the valley and counts the bridges it passes."
    for number in range(1, 61)
)

DRAFTS = (
    draft(
        "Harbour reopens after the storm",
        "Mayor Ilse Brandt reopened the harbour of Kelmouth on Friday.\n\n"
        "Fishing boats left before dawn. Ilse Brandt thanked the crews, and the Coast Union "
        "promised a new sea wall.",
        day=8,
        source="Northgate Courier",
        url="https://news.example/harbour?id=1",
        authors=("Nora Field",),
    ),
    draft(
        "Drone survey finds lost orchard",
        "A drone over Kelmouth found the walls of an orchard.\n\nThe drone flew twice.",
        day=7,
        source="Meridian Wire",
        url="https://news.example/orchard",
    ),
    draft("The long valley road", LONG, day=6, source="Meridian Wire"),
    draft("Tram drivers vote on hours", "The Coast Union counted the votes.", day=5),
    draft(
        "Museum buys a drone",
        "The museum of Kelmouth will show a drone beside kites.",
        day=4,
        source="Northgate Courier",
    ),
    draft("Unsigned note on the weather", "Rain, then sun.", title_derived=True),
)
"""In the order in which the list shows them, but for the last, which has no date."""

NAMED = {
    "Ilse Brandt": EntityKind.PER,
    "Kelmouth": EntityKind.LOC,
    "Coast Union": EntityKind.ORG,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name stands."""

    start: int
    end: int
    confidence: float


class MemoryAccess(IndexAccess):
    """An index that needs no files."""

    def __init__(self) -> None:
        self.index = MemoryIndex()

    def get(self) -> MemoryIndex:
        return self.index

    def close(self) -> None:
        """Nothing is held."""


class ThreadSearch:
    """Answers questions in a thread, in order; `hold` keeps answers back."""

    def __init__(self, world: World, on_answer: Callable[[SearchAnswer], None]) -> None:
        self._world = world
        self._on_answer = on_answer
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._newest = 0
        self._library: Library | None = None

    def ask(self, generation: int, text: str, *, whole: bool = False) -> None:
        self._world.asked.append(text)
        self._newest = generation
        self._pool.submit(self._answer, generation, text, whole)

    def complete(
        self, text: str, cursor: int, tell: Callable[[Sequence[Completion]], None]
    ) -> None:
        self._world.completed.append((text, cursor))
        self._pool.submit(self._complete, text, cursor, tell)

    def _complete(
        self, text: str, cursor: int, tell: Callable[[Sequence[Completion]], None]
    ) -> None:
        self._world.let_go.wait(5)
        if self._library is None:
            self._library = self._world.open_library()
        tell(self._library.completing.complete(text, cursor))

    def card(self, entity_id: int, tell: Callable[[EntityCard | ReaderError], None]) -> None:
        self._look(f"card {entity_id}", lambda library: library.cards.card(entity_id), tell)

    def card_articles(
        self,
        entity_id: int,
        start: int,
        limit: int,
        tell: Callable[[Page[Evidence] | ReaderError], None],
    ) -> None:
        asked = f"articles {entity_id} {start}"
        self._look(asked, lambda library: library.cards.articles(entity_id, start, limit), tell)

    def evidence(
        self,
        entity_id: int,
        other_id: int,
        tell: Callable[[Evidence | ReaderError | None], None],
    ) -> None:
        asked = f"evidence {entity_id} {other_id}"
        self._look(asked, lambda library: library.cards.evidence(entity_id, other_id), tell)

    def facets(
        self,
        text: str,
        limit: int,
        tell: Callable[[tuple[EntityFacet, ...] | ReaderError], None],
    ) -> None:
        asked = f"facets {text}"
        self._look(asked, lambda library: library.searching.entity_facets(text, limit), tell)

    def why(self, article_id: int, query: str, tell: Callable[[Why | KeptError], None]) -> None:
        asked = f"why {article_id}"
        self._look(asked, lambda library: library.explaining.why(article_id, query), tell)

    def rule_test(
        self, name: str, limit: int, query: str, tell: Callable[[RuleTest | KeptError], None]
    ) -> None:
        self._look(f"test {name}", lambda library: library.rules.test(name, limit, query), tell)

    def rule_run(self, name: str, query: str, tell: Callable[[Change | KeptError], None]) -> None:
        self._look(f"run {name}", lambda library: library.rules.run(name, query), tell)

    def saved_counts(self, tell: Callable[[tuple[SavedCount, ...] | ReaderError], None]) -> None:
        self._look("counts", lambda library: library.saved_searches.counts(explain), tell)

    def _look(
        self,
        asked: str,
        work: Callable[[Library], T],
        tell: Callable[[Any], None],
    ) -> None:
        self._world.looked.append(asked)

        def look() -> None:
            self._world.let_go.wait(5)
            if self._library is None:
                self._library = self._world.open_library()
            try:
                if self._world.look_error is not None:
                    raise self._world.look_error
                tell(work(self._library))
            except (ReaderError, QuerySyntaxError) as error:
                tell(error)

        self._pool.submit(look)

    def close(self) -> None:
        self._world.let_go.set()
        self._world.rest_let_go.set()
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    def _answer(self, generation: int, text: str, whole: bool) -> None:
        self._world.let_go.wait(5)
        try:
            if self._library is None:
                self._library = self._world.open_library()
            if self._world.search_error is not None:
                raise self._world.search_error
            limit = None if whole else self._world.first
            view = self._library.searching.view(text, limit)
            answer = SearchAnswer(generation, view)
            if not view.is_complete:
                self._pool.submit(self._answer_all, generation, text)
        except ReaderError as error:
            answer = SearchAnswer(generation, None, error)
        self._on_answer(answer)

    def _answer_all(self, generation: int, text: str) -> None:
        while not self._world.rest_let_go.wait(0.002):
            if self._newest != generation:
                return
        self._answer(generation, text, whole=True)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()


class ToldIndexing:
    """Indexing that says what the test tells it to."""

    def __init__(self, on_progress: Callable[[IndexTold], None]) -> None:
        self.tell = on_progress
        self.started = 0
        self.pokes = 0

    def start(self) -> None:
        self.started += 1

    def poke(self) -> None:
        self.pokes += 1

    def close(self) -> None:
        """Nothing runs."""


class ToldFetching:
    """Fetching that notes its orders and says what the test tells it to. `answers` end orders
    at once, the first one first; without them an order is under way."""

    def __init__(self, on_news: Callable[[int, Told], None]) -> None:
        self.tell = on_news
        self.orders: list[tuple[object, ...]] = []
        self.answers: list[Told] = []
        self.started = 0
        self.stopped = 0
        self.every: list[float] = []

    def start(self) -> None:
        self.started += 1

    def update(self, names: tuple[str, ...] = (), *, due_only: bool = False) -> int:
        assert not due_only
        return self._order("update", *names)

    def add(self, url: str, folder: str = "") -> int:
        return self._order("add", url, folder)

    def save(self, url: str) -> int:
        return self._order("save", url)

    def full_text(self, article_id: int) -> int:
        return self._order("full text", article_id)

    def picture(self, article_id: int, url: str) -> int:
        return self._order("picture", article_id, url)

    def move(self, name: str, url: str) -> int:
        return self._order("move", name, url)

    def set_every(self, seconds: float) -> None:
        self.every.append(seconds)

    def stop(self) -> None:
        self.stopped += 1

    def close(self) -> None:
        """Nothing runs."""

    def _order(self, *order: object) -> int:
        self.orders.append(order)
        if self.answers:
            self.tell(len(self.orders), self.answers.pop(0))
        return len(self.orders)


class NotedBrowser:
    """Notes what it is asked to open."""

    needs_terminal = False

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.works = True

    def open(self, url: str) -> bool:
        self.opened.append(url)
        return self.works


class NotedCommands:
    """Notes the commands it is to run; `ended` is what each comes to."""

    def __init__(self) -> None:
        self.started: list[tuple[str, ...]] = []
        self.lent: list[tuple[tuple[str, ...], str | None]] = []
        self.ended = Ended(0)

    def start(self, argv: Sequence[str], tell: Callable[[Ended], None]) -> None:
        self.started.append(tuple(argv))
        tell(self.ended)

    def is_there(self, program: str) -> bool:
        return program != "nowhere"

    def in_terminal(
        self,
        argv: Sequence[str],
        text: str | None = None,
        farewell: Callable[[Ended], str] | None = None,
    ) -> Ended:
        self.lent.append((tuple(argv), text))
        return self.ended


class World:
    """A library folder with everything the screen needs around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.access = MemoryAccess()
        self.asked: list[str] = []
        self.completed: list[tuple[str, int]] = []
        self.looked: list[str] = []
        self.let_go = Event()
        self.let_go.set()
        self.first = FIRST
        self.rest_let_go = Event()
        self.rest_let_go.set()
        self.search_error: ReaderError | None = None
        self.look_error: ReaderError | None = None
        self.open_error: LibraryError | None = None
        self.indexing: ToldIndexing | None = None
        self.browser = NotedBrowser()
        self.commands = NotedCommands()
        self.fetching: ToldFetching | None = None
        self._arrivals = self._times()
        self.gateway: Gateway

    def open_library(self) -> Library:
        if self.open_error is not None:
            raise self.open_error
        store = open_store(self.folder, clock=lambda: next(self._arrivals))
        library = Library(self.folder, store, lambda: NOW, open_client)
        library.searching = Searching(store, self.access, lambda: NOW)
        newest = library.reading.newest
        library.reading.newest = lambda limit=self.first: newest(limit)  # type: ignore[method-assign]
        library.completing = Completing(store, self.access)
        library.cards = Cards(store, library.searching)
        saved = library.saved_searches = SavedSearches(store, library.searching)
        library.rules = Rules(store, library.searching, saved, Notifying(store))
        library.explaining = Explaining(store, library.searching, saved)
        return library

    def add(self, *drafts: Draft, indexed: bool = True) -> list[int]:
        """Put articles into the library and the index, as another process would."""
        store = open_store(self.folder, clock=lambda: next(self._arrivals))
        ids = [store.articles.save(one)[0] for one in drafts]
        for article_id in ids:
            text = store.articles.get_texts([article_id])[ArticleId(article_id)]
            store.entities.replace_mentions(article_id, _named(text))
        self.access.index.apply(store.articles.documents(ids))
        if indexed:
            store.outbox.done(store.outbox.take(1000))
        store.close()
        return list(ids)

    def add_named(self, title: str, text: str, names: Mapping[str, str | float]) -> int:
        """Put in an article that names the known ones and some more: each a person found with
        that confidence, or an entity of that kind."""
        [article_id] = self.add(draft(title, text, day=9))
        with closing(open_store(self.folder)) as store:
            entities = _named(text)
            for name, told in names.items():
                kind = EntityKind(told) if isinstance(told, str) else EntityKind.PER
                sure = 1.0 if isinstance(told, str) else told
                at = text.find(name)
                places = [Place(at, at + len(name), sure)]
                kept = [one for one in entities if one.name != name]
                entities = [*kept, StoredEntity(name, kind, name.casefold(), (), places)]
            store.entities.replace_mentions(article_id, entities)
            self.access.index.apply(store.articles.documents([article_id]))
        return article_id

    def forget_entities(self) -> None:
        """Take all entities out of the file behind everyone's back."""
        with sqlite3.connect(self.folder / "library.sqlite3") as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("DELETE FROM entity")
        connection.close()

    def subscribe(self, name: str, folder: str = "", *, articles: int = 2) -> Feed:
        """Subscribe to a feed that has told of some articles."""
        url = f"https://{name.split()[0].lower()}.example/feed"
        with closing(open_store(self.folder, clock=lambda: next(self._arrivals))) as store:
            feed, _ = store.feeds.add(Subscription(url, name, folder=folder), private=False)
        told = [
            draft(f"{name} {n}", f"News {n} of {name}.", day=1, feed=url, guid=f"{name}{n}")
            for n in range(articles)
        ]
        self.add(*told)
        return feed

    def note(self, feed: Feed) -> None:
        """Keep what a fetch has come to."""
        with closing(open_store(self.folder)) as store:
            store.feeds.note(feed)

    def feed(self, name: str) -> Feed:
        """The feed of a source, removed or not."""
        with closing(open_store(self.folder)) as store:
            feed = store.feeds.find_by_source(name)
        assert feed is not None
        return feed

    def delete(self, article_id: int) -> None:
        """Take an article out of the file behind everyone's back."""
        with sqlite3.connect(self.folder / "library.sqlite3") as connection:
            connection.execute("DELETE FROM article WHERE id = ?", (article_id,))
        connection.close()

    def ids(self, query: str) -> list[int]:
        """What the library holds, asked on the side."""
        library = self.open_library()
        try:
            return list(library.searching.ids(query))
        finally:
            library.close()

    def tags(self, article_id: int) -> tuple[str, ...]:
        library = self.open_library()
        try:
            return library.reading.get_article(article_id).row.tags
        finally:
            library.close()

    def mark(self, ids: list[int], mark: Mark) -> None:
        library = self.open_library()
        library.tagging.mark(ids, mark)
        library.close()

    def tag(self, ids: list[int], name: str) -> None:
        library = self.open_library()
        library.tagging.tag(ids, [name], [])
        library.close()

    def ports(self) -> Ports:
        return Ports(
            self.open_library,
            lambda on_answer: ThreadSearch(self, on_answer),
            self._start_indexing,
            self.browser,
            self._start_fetch,
            lambda: self.commands,
        )

    def _start_fetch(self, on_news: Callable[[int, Told], None]) -> ToldFetching:
        self.fetching = ToldFetching(on_news)
        return self.fetching

    def _start_indexing(self, on_progress: Callable[[IndexTold], None]) -> ToldIndexing:
        self.indexing = ToldIndexing(on_progress)
        return self.indexing

    def _times(self) -> Iterator[datetime]:
        at = NOW - timedelta(days=20)
        while True:
            at += timedelta(minutes=1)
            yield at

    @asynccontextmanager
    async def screen(
        self, width: int = 130, height: int = 30, **options: object
    ) -> AsyncIterator[Desk]:
        """The screen, drawn and idle."""
        options.setdefault("environment", {"COLORTERM": "truecolor"})
        chosen = {name: options.pop(name) for name in ("theme", "keys") if name in options}
        options.setdefault("loaded", Loaded(Settings(**chosen)))  # type: ignore[arg-type]
        app, gateway = build(self.ports(), **options)  # type: ignore[arg-type]
        self.gateway = gateway
        try:
            async with app.run_test(size=(width, height), notifications=True) as pilot:
                desk = Desk(app, pilot)
                await desk.settle()
                yield desk
        finally:
            gateway.close()


def _named(text: str) -> list[StoredEntity]:
    found = []
    for name, kind in NAMED.items():
        places, at = [], text.find(name)
        while at >= 0:
            places.append(Place(at, at + len(name), 1.0))
            at = text.find(name, at + 1)
        if places:
            found.append(StoredEntity(name, kind, name.casefold(), (), places))
    return found


class Desk:
    """Presses keys and looks at the screen."""

    def __init__(self, app: DatelineApp, pilot: Pilot[LibraryError]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[0]
        assert isinstance(screen, MainScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until everything they set off is done."""
        for key in keys:
            if len(key) == 1 and self.main.place in PROMPTS:
                # Typed text: as fast as it comes.
                self.app.post_message(Key("space" if key == " " else key, key))
            else:
                await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def press_line(self, line: str) -> None:
        """Run a line of the command line, without waiting for what it sets off."""
        await self.press("colon")
        await self.type(line)
        await self.pilot.press("enter")

    async def settle(self) -> None:
        """Wait until no timer of a moment runs, no job is under way, and the picture is drawn."""
        await self.pilot.pause()
        quiet = 0
        for _ in range(600):
            await asyncio.sleep(0.004)
            quiet = 0 if self._busy else quiet + 1
            if quiet == 3:
                break
        await self.pilot.pause()

    @property
    def _busy(self) -> bool:
        main = self.main
        timers = (main.finding.waits, main.reading.waits)
        return any(timers) or not all(worker.is_finished for worker in self.app.workers)

    def lines(self) -> list[str]:
        """What is on the screen, line by line."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(self.lines())

    def shows(self, text: str) -> bool:
        return text in self.text()

    def place(self) -> places.Place:
        """Where the keys go now. Asked, not read: what is read twice counts as unchanged."""
        return self.main.place

    @property
    def status(self) -> str:
        return self.main.status.message

    @property
    def title(self) -> str:
        """The title of the article that is shown."""
        opened = self.main.reading.opened
        return opened.article.row.title if opened else ""


UNAVAILABLE = SearchUnavailableError("it is missing")
