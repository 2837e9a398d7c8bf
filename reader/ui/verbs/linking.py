"""Taking things out of the screen: to the browser and to the clipboard."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.model import Entity, Mention
from reader.ui.actions import Place
from reader.ui.links import letters_for, safe_url, shown_whole
from reader.ui.own_commands import TemplateError, browser_template
from reader.ui.verbs.base import Verbs, does
from reader.ui.verbs.linking_many import LinkingMany
from reader.ui.wording import cite, plain_text, tell_no_links

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.ui.screens.main import MainScreen


class Linking(Verbs):
    """Works on the article under the cursor, and on the links in its text."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        # What the letters lead to: what a small last one does, and a capital.
        self._targets: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {}
        self._typed = ""
        self._return_to = Place.ARTICLE
        self._many = LinkingMany(screen)

    def settings_changed(self, settings: Settings) -> None:
        try:
            command = browser_template(settings.browser) if settings.browser.strip() else None
        except TemplateError as error:
            self.gateway.use_browser(None)
            self.screen.status.say(f"browser: {error.text}", error=True)
        else:
            self.gateway.use_browser(command)

    # Its own link

    @does("link.open")
    def open(self) -> None:
        if self._many.open():
            return
        if url := self._url():
            self.go_to(url)

    def go_to(self, url: str) -> None:
        """Open an address as links are opened."""
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
        if self._many.copy() or self.screen.noting.copy():
            return
        if url := self._url():
            self._copy(url)

    def _copy(self, url: str) -> None:
        self.screen.app.copy_to_clipboard(url)
        self.screen.say(f"copied {url}")

    @does("link.cite")
    def copy_citation(self) -> None:
        if self._many.cite() or self.screen.noting.copy_with_source():
            return
        opened = self.screen.reading.opened
        if opened is not None:
            citation = cite(opened.article, datetime.now().astimezone())
            self.screen.app.copy_to_clipboard(citation)
            self.screen.say(f"copied {clean_line(citation)}")

    @does("text.copy")
    def copy_text(self) -> None:
        opened = self.screen.reading.opened
        if not self._many.copy_texts() and opened is not None:
            self.screen.app.copy_to_clipboard(plain_text(opened.article))
            self.screen.say(f"copied the text of {clean_line(opened.article.row.title, 60)}")

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
        self._in_sight(self._lay_on_links)

    @does("mention.letters")
    def show_name_letters(self) -> None:
        """Lay letters over the names in view, in sight of the reader."""
        self._in_sight(self._lay_on_names)

    def _in_sight(self, lay: Callable[[], None]) -> None:
        if self.screen.article_shown:
            lay()
        else:
            self.screen.go(Place.ARTICLE)
            # Its lines are broken when it is drawn.
            self.screen.call_after_refresh(lay)

    def _lay_on_links(self) -> None:
        view = self.screen.article
        links = view.links_in_view()
        if not links:
            self.screen.say(tell_no_links(elsewhere=view.has_links))
            return
        self._lay(
            [
                (link.start, (partial(self.go_to, link.target), partial(self._copy, link.target)))
                for link in links
            ]
        )

    def _lay_on_names(self) -> None:
        mentions = self.screen.article.mentions_in_view()
        if not mentions:
            self.screen.say("no names in view")
            return

        def open_card(mention: Mention) -> Callable[[], None]:
            entity = Entity(mention.entity_id, mention.name, mention.kind)
            return lambda: self.screen.cards.open(entity)

        self._lay([(start, (open_card(one), open_card(one))) for start, one in mentions])

    def _lay(
        self, places: Sequence[tuple[int, tuple[Callable[[], None], Callable[[], None]]]]
    ) -> None:
        letters = dict(zip(letters_for(len(places)), places, strict=False))
        self._targets = {name: target for name, (_, target) in letters.items()}
        self._typed, self._return_to = "", self.screen.pane
        self.screen.article.show_letters({start: name for name, (start, _) in letters.items()})
        self.screen.go(Place.LETTERS)

    def take_letter(self, letter: str) -> None:
        """Open what has the letters that have been typed; a link is copied when the last is a
        capital."""
        typed = self._typed + letter.lower()
        left = [name for name in self._targets if name.startswith(typed)]
        if not left or not self.screen.article.has_letters:
            self.leave()
            self.screen.say(f"nothing has the letters {typed}")
        elif typed in self._targets:
            self.leave()
            self._targets[typed][letter.isupper()]()
        else:
            self._typed = typed
            self.screen.hints.pending = typed

    @does("link.leave")
    def leave(self) -> None:
        """Take the letters away."""
        self.screen.article.show_letters({})
        self.screen.hints.pending = ""
        self.screen.go(self._return_to)
