"""The palette: anything that can be done, by its name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.commands.parse import CommandError, parse_command
from reader.ui.actions import BY_NAME
from reader.ui.obstacles import Here, obstacles
from reader.ui.palette import Do, Offer, library_offers, standing
from reader.ui.saved_gate import SavedGate
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_nothing_to_do

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen

KEPT = 12
"""How many offers chosen last come first the next time."""

_TAGS = 500
_SOURCES = 300


class Offering(Verbs):
    """Offers, and does what is chosen."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._recent: list[tuple[Do, str]] = []

    @does("screen.palette")
    def open(self) -> None:
        """Show the palette."""
        from reader.ui.screens.palette import PaletteScreen

        screen = self.screen
        here = Here(screen.place, screen.pane, has_article=screen.listing.current is not None)
        offers = standing(screen.keymap, screen.settings, obstacles(here, screen.keymap))
        screen.app.push_screen(PaletteScreen(offers, self._recent, self._load), self._take)

    async def _load(self) -> Iterable[Offer]:
        tags = await self.gateway.list_tags(_TAGS)
        sources = await self.gateway.list_sources(_SOURCES)
        saved = await SavedGate(self.gateway).list()
        return library_offers(
            (one.name for one in saved),
            (tag.name for tag in tags),
            (source.name for source in sources if source.name),
        )

    def _take(self, offer: Offer | None) -> None:
        if offer is None:
            return
        if offer.obstacle:
            self.screen.say(f"{offer.title}: {offer.obstacle}")
            return
        self._recent = [offer.key, *(one for one in self._recent if one != offer.key)][:KEPT]
        match offer.do:
            case Do.PERFORM:
                if not self.screen.perform(offer.text):
                    self.screen.say(tell_nothing_to_do(offer.title))
            case Do.WRITE:
                self.screen.commanding.write(offer.text)
            case Do.SHOW:
                self.screen.saved.show_named(offer.text)
            case Do.RUN:
                self._run(offer.text)

    def _run(self, line: str) -> None:
        try:
            self.screen.commanding.run(parse_command(line, BY_NAME))
        except CommandError as error:
            self.screen.status.say(error.text, error=True)
