"""What the network is needed for: news of feeds, new feeds, pages, full texts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reader.feeds import UpdateProgress, UpdateReport
from reader.ui.actions import BY_NAME
from reader.ui.feed_words import (
    tell_added,
    tell_asking,
    tell_full_text,
    tell_moved,
    tell_progress,
    tell_report,
    tell_saved,
    tell_text,
)
from reader.ui.links import safe_url, shown_host
from reader.ui.live_keys import line_of
from reader.ui.source_rows import RowKind
from reader.ui.verbs.base import Verbs, does, runs
from reader.ui.verbs.configuring import unquoted
from reader.ui.verbs.reading import Text

if TYPE_CHECKING:
    from reader.commands.parse import Command
    from reader.config import Settings
    from reader.model import Article
    from reader.service.fetching import Told
    from reader.ui.screens.main import MainScreen


class Fetching(Verbs):
    """Gives orders to the process that fetches, and says how they end.

    What arrives is announced and enters the list when it is asked for, as everything else.
    """

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._open = 0
        self._given = 0
        self._stopped = 0
        self._asking = False
        self._every: float | None = None

    def settings_changed(self, settings: Settings) -> None:
        before, self._every = self._every, settings.feeds.every
        if before not in (None, self._every):
            self.screen.work("every", self.gateway.ask_feeds_every, self._every)

    # News

    @does("feeds.update")
    def ask_all(self) -> None:
        """Ask all feeds; while some are asked, say how far that is."""
        if self._asking:
            self.screen.say(f"{self.screen.header.fetching} · {line_of('stop')} ends it")
        else:
            self._ask(())

    def ask_here(self) -> None:
        """Ask the source in question, unless some are being asked."""
        names = self.screen.sources.names_in_question()
        if names is not None and not self._asking:
            self._ask(names)

    def _ask(self, names: tuple[str, ...]) -> None:
        self._asking = True
        self.give(tell_asking(names), lambda: self._update(names))

    async def _update(self, names: tuple[str, ...]) -> Told:
        try:
            return await self.gateway.update_feeds(names)
        finally:
            self._asking = False

    @does("feeds.stop")
    def stop(self) -> None:
        """End what is under way; what has come stays."""
        if self.screen.exporting.stop() or self.screen.files.stop():
            return
        if self.screen.header.fetching:
            self._stopped = self._given
            self.screen.say("stopping")
            self.screen.work("stop", self.gateway.stop_fetching)
        else:
            self.screen.say("nothing is being fetched")

    # Feeds and pages

    @runs("add")
    def add_line(self, line: Command) -> None:
        self.add(unquoted(line.first), unquoted(line.behind))

    @runs("save")
    def save_line(self, line: Command) -> None:
        self.save(unquoted(line.text))

    def add(self, url: str, folder: str) -> None:
        """Subscribe to a feed, or to the feed of a page."""
        self.give(f"looking at {_host(url)}", lambda: self.gateway.add_feed(url, folder))

    def move(self, name: str, url: str) -> None:
        """Have a source ask another address from now on."""
        self.give(f"looking at {_host(url)}", lambda: self.gateway.move_source(name, url))

    def save(self, url: str) -> None:
        """Keep a page as an article."""
        self.give(f"reading {_host(url)}", lambda: self.gateway.save_page(url))

    @does("article.full_text")
    def read_full_text(self) -> None:
        """Read the page of the article that is shown; one whose full text is here goes back to
        that of its feed."""
        if self.screen.reading.opened is not None:
            self.screen.latest("text", self._full_text)

    async def _full_text(self) -> None:
        shown = await self.screen.reading.other_text()
        opened = self.screen.reading.opened
        if shown is not None:
            keys = self.screen.keymap.keys_of(BY_NAME["article.full_text"])
            self.screen.say(tell_text(own=shown is Text.OWN, keys=keys))
        elif opened is not None:
            self._read_page(opened.article)

    def _read_page(self, article: Article) -> None:
        article_id, url = article.row.id, safe_url(article.url)
        if not url:
            self.screen.say("this article has no link to a page")
        else:
            order = self.gateway.read_full_text
            self.give(f"reading {shown_host(url)}", lambda: order(article_id))

    # Orders

    def give(self, saying: str, order: Callable[[], Awaitable[Told]]) -> None:
        """Give an order, and say meanwhile what is going on."""
        self._open += 1
        self._given += 1
        self.screen.header.fetching = saying
        self.screen.work("fetch", self._order, self._given, order)

    async def _order(self, number: int, order: Callable[[], Awaitable[Told]]) -> None:
        try:
            told = await order()
        finally:
            self._open -= 1
            self._show_end()
        await self._end(told, stopped=number <= self._stopped)

    def _show_end(self) -> None:
        if not self._open:
            self.screen.header.fetching = ""

    def told(self, told: Told) -> None:
        """Show how far an order is, or what is done by itself."""
        if isinstance(told, UpdateProgress):
            if told.total:
                self.screen.header.fetching = tell_progress(told)
        else:
            self._show_end()

    async def _end(self, told: Told, *, stopped: bool) -> None:
        """Say what an order came to, and show it where that moves nothing."""
        from reader.service.fetching import Added, FullText, Moved, Saved, Trouble

        match told:
            case Trouble() if stopped:
                # What was wanted is no failure.
                self.screen.say("stopped")
            case Trouble(text):
                self.screen.status.say(text, error=True)
            case UpdateReport():
                said = tell_report(told, datetime.now().astimezone())
                self.screen.status.say(said, error=bool(told.failed))
            case Added():
                self.screen.say(tell_added(told))
            case Moved(source, _):
                self.screen.say(tell_moved(source))
            case Saved(_, outcome):
                self.screen.say(tell_saved(outcome))
            case FullText(_, changed):
                self.screen.say(tell_full_text(changed=changed))
        await self.screen.listing.look_for_news()
        if isinstance(told, Added):
            self.screen.source_pane.go_to(RowKind.SOURCE, told.source)


def _host(url: str) -> str:
    """Where an address leads, as far as that is clear; never what may be secret in it."""
    return shown_host(url if "://" in url else f"https://{url}") or "the page"
