"""Links and citations of everything that is selected."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reader.model import Article
from reader.ui.links import safe_url
from reader.ui.screens.working import Job
from reader.ui.selection_gate import SelectionGate
from reader.ui.verbs.base import Verbs
from reader.ui.wording import cite, plain_text, tell_copied, tell_opened

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

OPENED = 10
"""Links opened at most with one key: a browser with hundreds of pages helps nobody."""

COPIED = 500
"""Lines copied at most: terminals take no more than some tens of kilobytes."""

TEXTS = 10
"""Texts copied at most, for the same reason."""


class LinkingMany(Verbs):
    """Each deed is False where none of them is meant: then it is about the article shown."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._gate = SelectionGate(screen.gateway)

    def open(self) -> bool:
        """Open the first of the links."""
        return self._start(self._open)

    def copy(self) -> bool:
        """Copy the links, each in a line."""
        return self._start(self._copy, lambda article: safe_url(article.url), "link")

    def cite(self) -> bool:
        """Copy citations, each in a line."""
        now = datetime.now().astimezone()
        return self._start(self._copy, lambda article: cite(article, now), "citation")

    def copy_texts(self) -> bool:
        """Copy the texts, an empty line between them."""
        return self._start(self._copy, plain_text, "text", TEXTS, "\n\n")

    def _start(self, job: Job, *args: object) -> bool:
        if not self.screen.selecting.is_meant:
            return False
        self.screen.work("link", job, self.screen.selecting.targets(), *args)
        return True

    async def _open(self, ids: list[int]) -> None:
        urls = [safe_url(one.url) for one in await self._gate.articles(ids[:OPENED])]
        links = [url for url in urls if url]
        self.screen.say(tell_opened(len(links), len(ids)))
        browser = self.gateway.browser
        for url in links:
            if browser.needs_terminal:
                with self.screen.app.suspend():
                    opened = browser.open(url)
                self.screen.refresh()
            else:
                opened = await to_thread(browser.open, url)
            if not opened:
                self.screen.say("there is no browser to open the links with; y copies them")
                return

    async def _copy(
        self,
        ids: list[int],
        told: Callable[[Article], str],
        what: str,
        most: int = COPIED,
        between: str = "\n",
    ) -> None:
        pieces = [told(one) for one in await self._gate.articles(ids[:most])]
        kept = [piece for piece in pieces if piece]
        if kept:
            self.screen.app.copy_to_clipboard(between.join(kept))
        self.screen.say(tell_copied(len(kept), len(ids), what))
