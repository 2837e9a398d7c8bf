"""Taking things out of the screen: to the browser and to the clipboard."""

from __future__ import annotations

from asyncio import to_thread
from datetime import datetime

from reader.clean import clean_line
from reader.ui.links import safe_url
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import cite


class Linking(Verbs):
    """Works on the article under the cursor."""

    @does("link.open")
    def open(self) -> None:
        if url := self._url():
            self.screen.say(f"opening {url}")
            self.screen.work("link", self._open, url)

    async def _open(self, url: str) -> None:
        browser = self.gateway.browser
        if browser.needs_terminal:
            with self.screen.app.suspend():
                opened = browser.open(url)
            self.screen.refresh()
        else:
            opened = await to_thread(browser.open, url)
        if not opened:
            self.screen.say("there is no browser to open the link with; y copies it")

    @does("link.copy")
    def copy(self) -> None:
        if url := self._url():
            self.screen.app.copy_to_clipboard(url)
            self.screen.say(f"copied {url}")

    @does("link.cite")
    def copy_citation(self) -> None:
        opened = self.screen.reading.opened
        if opened is not None:
            citation = cite(opened.article, datetime.now().astimezone())
            self.screen.app.copy_to_clipboard(citation)
            self.screen.say(f"copied {clean_line(citation)}")

    def _url(self) -> str:
        opened = self.screen.reading.opened
        url = safe_url(opened.article.url) if opened is not None else ""
        if opened is not None and not url:
            self.screen.say("this article has no link")
        return url
