"""Why an article is in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.screens.lines import LinesScreen
from reader.ui.verbs.base import Verbs, does
from reader.ui.why_gate import WhyGate
from reader.ui.widgets.row_list import local_now

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Explaining(Verbs):
    """Tells what an article answers, what rules did to it, and where it came from."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = WhyGate(self.gateway)

    @does("why.show")
    def show(self) -> None:
        """Tell it of the article under the cursor."""
        article_id = self.screen.listing.current
        if article_id is None:
            self.screen.say("no article here")
        else:
            asked = self.screen.listing.shown.asked
            self.screen.latest("why", self._show, article_id, asked.query)

    async def _show(self, article_id: int, query: str) -> None:
        from reader.ui.why_lines import why_lines

        place = self.screen.place
        why = await self.gate.why(article_id, query)
        # Whoever has gone on does not want it any more.
        if self.is_still_at(place, article_id):
            self.screen.app.push_screen(LinesScreen(why_lines(why, local_now())))
