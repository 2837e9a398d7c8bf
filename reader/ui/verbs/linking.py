"""Taking things out of the screen: to the browser and to the clipboard."""

from __future__ import annotations

from asyncio import to_thread
from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.ui.actions import Place
from reader.ui.links import letters_for, safe_url, shown_whole
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import cite, tell_no_links

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Linking(Verbs):
    """Works on the article under the cursor, and on the links in its text."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._targets: dict[str, str] = {}
        self._typed = ""
        self._return_to = Place.ARTICLE

    # Its own link

    @does("link.open")
    def open(self) -> None:
        if url := self._url():
            self._go_to(url)

    def _go_to(self, url: str) -> None:
        self.screen.say(f"opening {shown_whole(url)}")
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
            self._copy(url)

    def _copy(self, url: str) -> None:
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

    # Links in the text

    @does("link.letters")
    def show_letters(self) -> None:
        """Lay letters over the links in view, in sight of the reader."""
        if self.screen.article_shown:
            self._lay_letters()
        else:
            self.screen.go(Place.ARTICLE)
            # Its lines are broken when it is drawn.
            self.screen.call_after_refresh(self._lay_letters)

    def _lay_letters(self) -> None:
        view = self.screen.article
        links = view.links_in_view()
        if not links:
            self.screen.say(tell_no_links(elsewhere=view.has_links))
            return
        letters = dict(zip(letters_for(len(links)), links, strict=False))
        self._targets = {name: link.target for name, link in letters.items()}
        self._typed, self._return_to = "", self.screen.pane
        view.show_letters({link.start: name for name, link in letters.items()})
        self.screen.go(Place.LETTERS)

    def take_letter(self, letter: str) -> None:
        """Open the link whose letters have been typed, or copy it when the last is a capital."""
        typed = self._typed + letter.lower()
        left = [name for name in self._targets if name.startswith(typed)]
        if not left or not self.screen.article.has_letters:
            self.leave()
            self.screen.say(f"no link has the letters {typed}")
        elif typed in self._targets:
            self.leave()
            url = self._targets[typed]
            (self._copy if letter.isupper() else self._go_to)(url)
        else:
            self._typed = typed
            self.screen.hints.pending = typed

    @does("link.leave")
    def leave(self) -> None:
        """Take the letters away."""
        self.screen.article.show_letters({})
        self.screen.hints.pending = ""
        self.screen.go(self._return_to)
