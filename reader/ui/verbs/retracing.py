"""Back and forward through the articles one has been at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.places import Place
from reader.ui.state import Asked
from reader.ui.verbs.base import Verbs, does
from reader.ui.visits import Visit, Visits

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

_ENDS = {-1: "nothing before this", 1: "nothing after this"}


class Retracing(Verbs):
    """Each article that was opened is a visit, with its list and the place in it."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._visits = Visits()

    @property
    def current(self) -> Visit | None:
        """The visit one is at or was at last."""
        return self._visits.current

    def arrived(self, article_id: int) -> None:
        """An article was opened, or is being read."""
        self._visits.arrive(article_id, self.screen.listing.shown)
        self.moved(article_id, self.screen.article.anchor)

    def moved(self, article_id: int, anchor: int) -> None:
        """The text of the article that is read was moved."""
        current = self._visits.current
        if current is not None and current.article_id == article_id:
            current.anchor = anchor

    @does("visit.back")
    def back(self) -> None:
        """Go to the article before; from elsewhere back to the one that was read last."""
        self.screen.latest("retrace", self._travel, -1)

    @does("visit.forward")
    def forward(self) -> None:
        """Go forward again after going back."""
        self.screen.latest("retrace", self._travel, 1)

    async def _travel(self, step: int) -> None:
        visits, screen = self._visits, self.screen
        current = visits.current
        away = current is not None and (
            screen.pane is not Place.ARTICLE or screen.reading.article_id != current.article_id
        )
        while (visit := visits.place(step, away=away)) is not None:
            if await self.gateway.rows([visit.article_id]):
                visits.go(visit)
                await self.show(visit)
                return
            visits.drop(visit)
        screen.say(_ENDS[step])

    async def show(self, visit: Visit) -> None:
        """Show an article where it was, in the list it was in: that list as it was or as it is
        now, else all articles."""
        listing, wanted = self.screen.listing, visit.article_id
        shown = listing.shown
        if shown.asked != visit.asked or shown.find(wanted) is None:
            shown = visit.shown or await listing.find(visit.asked, wanted)
        if shown.find(wanted) is None:
            shown = await listing.find(Asked(), wanted)
        at = shown.find(wanted)
        if at is None:
            self.screen.say("this article is gone")
            return
        self.screen.reading.expect(wanted, visit.anchor)
        if shown is not listing.shown:
            shown.cursor = at
            listing.trail.reach(shown)
            listing.show(shown)
        self.screen.rows.go_to(at)
        self.screen.reading.look_into()
