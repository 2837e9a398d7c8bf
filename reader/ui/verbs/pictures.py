"""Pictures of an article: in the terminal where that can be, else in the browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from reader.model import ArticleId, Pixels
from reader.ui.actions import PICK, PROMPTS
from reader.ui.links import letters_for, shown_host
from reader.ui.pictures import Picture, pictures_of, tell_how
from reader.ui.pictures_drawn import ON_DEMAND, Painter, is_installed
from reader.ui.screens.pictures import PictureScreen
from reader.ui.verbs.base import Verbs, does
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from textual.events import Key
    from textual.widget import Widget

    from reader.service.fetching import Told
    from reader.ui.screens.main import MainScreen


class Pictures(Verbs):
    """Fetches nothing that was not chosen, and keeps nothing of it."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.painter: Painter | None = None
        self._wanted: Picture | None = None
        self._asked_at: ArticleId | None = None
        self._told_how = False

    @does("article.pictures")
    def choose(self) -> None:
        """Choose a picture of the article, to be shown, or opened as links are."""
        if self.screen.listing.current in (None, self._here):
            self._offer()
        else:
            self.screen.work("pictures", self._offer_next, self.screen.hold_keys())

    async def _offer_next(self, held: list[Key]) -> None:
        """Wait for the article that the cursor has gone to; keys typed meanwhile wait too."""
        try:
            await self.screen.reading.show_current()
            if self.screen.holds(held):
                self._offer()
        finally:
            self.screen.release_keys(held)

    def _offer(self) -> None:
        opened = self.screen.reading.opened
        pictures = pictures_of(opened.article) if opened is not None else ()
        if opened is None or not pictures:
            self.screen.say("no pictures go with this article")
            return
        article_id = opened.article.row.id
        self.screen.picking.ask(
            "picture",
            [
                Choice(letter, one.label, one)
                for letter, one in zip(letters_for(len(pictures)), pictures, strict=True)
            ],
            lambda choice: self._take(article_id, choice.value),
        )

    def _take(self, article_id: ArticleId, picture: Picture) -> None:
        painter = self.painter
        if painter is None or not self._on_demand:
            self._open(picture)
            return
        self._wanted, self._asked_at = picture, self._here
        self.screen.fetching.give(
            f"fetching a picture from {shown_host(picture.url)}",
            lambda: self._fetch(article_id, picture, painter),
        )

    @property
    def _here(self) -> ArticleId | None:
        """The article that is shown; it may be the next one by the time a picture is chosen."""
        opened = self.screen.reading.opened
        return opened.article.row.id if opened is not None else None

    @property
    def _on_demand(self) -> bool:
        return self.screen.settings.pictures == ON_DEMAND

    def _open(self, picture: Picture) -> None:
        self.screen.linking.go_to(picture.url)
        if not self._told_how:
            self._told_how = True
            how = tell_how(
                installed=is_installed(),
                wanted=self._on_demand,
                colourless=bool(os.environ.get("NO_COLOR")),
            )
            self.screen.say(f"opening it · {how}")

    async def _fetch(self, article_id: ArticleId, picture: Picture, painter: Painter) -> Told:
        told = await self.gateway.read_picture(article_id, picture.url)
        if isinstance(told, Pixels) and self._wanted is picture:
            self._show(picture, painter(told))
        return told

    def _show(self, picture: Picture, widget: Widget) -> None:
        screen = self.screen
        is_here = self._here == self._asked_at
        if not is_here or not screen.is_active or screen.place in PROMPTS | PICK:
            screen.say("the picture came when you were elsewhere; choose it again to see it")
            return

        def closed(opens: bool | None) -> None:
            if opens:
                screen.linking.go_to(picture.url)

        screen.app.push_screen(PictureScreen(picture.label, widget), closed)
