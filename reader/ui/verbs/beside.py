"""A second article beside the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import ArticleNotFoundError
from reader.ui.live_keys import key_of
from reader.ui.places import Place
from reader.ui.verbs.base import Verbs, does
from reader.ui.visits import Visit
from reader.ui.wording import NOTHING_OPEN

if TYPE_CHECKING:
    from reader.config import Settings
    from reader.ui.gateway import Opened
    from reader.ui.screens.main import MainScreen
    from reader.ui.widgets.typesetting import Laid

NEEDS = 120
"""Columns from which on two articles fit beside the list."""

KEPT = (
    f"kept on the right: {key_of('move.next_pane')} goes there, "
    f"{key_of('beside.leave')} there lets it go"
)


class Beside(Verbs):
    """Keeps an article in a pane of its own while the first goes on following the list."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._opened: Opened | None = None
        self._visit: Visit | None = None

    def settings_changed(self, settings: Settings) -> None:
        self.screen.second.set_look(settings.reading)

    @property
    def shown(self) -> bool:
        """Whether a second article is kept and there is room for it."""
        return self._opened is not None and self.screen.size.width >= NEEDS

    @does("article.beside")
    def keep(self) -> None:
        """Keep the article on the right and go on to the next; the one that is kept there: let
        it go."""
        if (width := self.screen.size.width) < NEEDS:
            self.screen.say(f"two articles need {NEEDS} columns, here are {width}")
        else:
            self.screen.latest("beside", self._keep)

    async def _keep(self) -> None:
        # The cursor may have come here just now.
        await self.screen.reading.show_current()
        opened, screen = self.screen.reading.opened, self.screen
        if opened is None:
            screen.say(NOTHING_OPEN)
        elif self._visit is not None and self._visit.article_id == opened.article.row.id:
            self.let_go()
        else:
            shown, anchor = screen.listing.shown, screen.article.anchor
            laid = await screen.second.prepare(opened.article, opened.also, opened.notes)
            self._visit = Visit(opened.article.row.id, shown.asked, shown, anchor)
            self._put(opened, anchor, laid)
            screen.is_zen = False
            screen.lay_out_panes()
            # Nobody wants the same one twice.
            screen.rows.move(1)
            screen.say(KEPT)

    def _put(self, opened: Opened, anchor: int, laid: Laid | None) -> None:
        self._opened = opened
        self.screen.second.show(
            opened.article,
            opened.mentions,
            opened.title_hits,
            opened.text_hits,
            anchor,
            opened.also,
            opened.notes,
            laid,
        )

    @does("beside.leave")
    def let_go(self) -> None:
        """Let the second article go; the keys go back to the first."""
        self._opened = self._visit = None
        if self.screen.place is Place.BESIDE:
            self.screen.go(Place.ARTICLE)
        else:
            self.screen.lay_out_panes()

    @does("beside.open")
    def make_first(self) -> None:
        """Read the second article as the first, in the list it came from."""
        visit = self._visit
        if visit is not None:
            visit.anchor = self.screen.second.anchor
            self.let_go()
            self.screen.latest("retrace", self.screen.retracing.show, visit)

    @does("beside.page")
    def page(self) -> None:
        """A page down in the second article."""
        if not self.screen.second.page(1):
            self.screen.say("this is the end of the article")

    def resized(self) -> None:
        """Where there is no room for it any more, the keys go back to the first."""
        if self.screen.pane is Place.BESIDE and not self.shown:
            self.screen.go(Place.ARTICLE)

    async def refresh_row(self) -> None:
        """Show its tags and marks as they are now."""
        if (visit := self._visit) is not None:
            rows = await self.gateway.rows([visit.article_id])
            if self._visit is visit and (row := rows.get(visit.article_id)) is not None:
                self.screen.second.update_row(row.article)

    async def refresh(self) -> None:
        """Show what was found or changed in it, at the same place; nothing once it is gone."""
        before = self._opened
        if before is None:
            return
        try:
            now = await self.gateway.open_article(before.article.row.id)
        except ArticleNotFoundError:
            self.let_go()
            return
        is_other = now.article.version != before.article.version
        second, laid = self.screen.second, None
        if is_other:
            laid = await second.prepare(now.article, now.also, now.notes)
        if self._opened is before and is_other:
            self._put(now, second.anchor, laid)
        elif self._opened is before:
            second.update_notes(now.notes)
