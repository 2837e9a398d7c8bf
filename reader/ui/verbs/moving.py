"""Moving within a pane and from one to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import NAMES, Place
from reader.ui.verbs.base import Verbs, does

if TYPE_CHECKING:
    from reader.ui.widgets.article_view import ArticleView
    from reader.ui.widgets.card_view import CardView
    from reader.ui.widgets.entity_pane import EntityPane
    from reader.ui.widgets.source_pane import SourcePane

FAR = 10**9
"""More rows than any list has."""


class Moving(Verbs):
    """The same keys move whatever has the focus: rows, lines, or names."""

    @does("move.down")
    def down(self) -> None:
        self._step(1)

    @does("move.up")
    def up(self) -> None:
        self._step(-1)

    @does("move.first")
    def first(self) -> None:
        match self.screen.place:
            case Place.LIST:
                self.screen.rows.go_to(0)
            case Place.ARTICLE | Place.BESIDE:
                self._text.home()
            case _:
                self._pane.move(-FAR)

    @does("move.last")
    def last(self) -> None:
        match self.screen.place:
            case Place.LIST:
                self.screen.listing.when_complete(lambda: self.screen.rows.move(FAR))
            case Place.ARTICLE | Place.BESIDE:
                self._text.end()
            case _:
                self._pane.move(FAR)

    @does("move.half_down")
    def half_down(self) -> None:
        self._page(1, half=True)

    @does("move.half_up")
    def half_up(self) -> None:
        self._page(-1, half=True)

    @does("move.page_down")
    def page_down(self) -> None:
        self._page(1)

    @does("move.page_up")
    def page_up(self) -> None:
        self._page(-1)

    @does("move.right")
    def right(self) -> None:
        match self.screen.place:
            case Place.SOURCES:
                if not self.screen.sources.unfold():
                    self.screen.sources.show()
            case Place.LIST:
                self.screen.reading.open()
            case Place.ARTICLE if self.screen.beside.shown:
                self.screen.go(Place.BESIDE)
            case _ if self.screen.names_shown:
                self.screen.go(Place.ENTITIES)

    @does("move.left")
    def left(self) -> None:
        match self.screen.place:
            case Place.SOURCES:
                self.screen.sources.fold()
            case Place.LIST:
                self.screen.go(Place.SOURCES)
            case Place.ARTICLE | Place.FACETS:
                self.screen.go(Place.LIST)
            case _:
                self.screen.go(Place.ARTICLE)

    @does("move.next_pane")
    def next_pane(self) -> None:
        self._turn(1)

    @does("move.previous_pane")
    def previous_pane(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self.screen.place is Place.CARD:
            self.screen.card.section(step)
            return
        panes = [Place.SOURCES] if self.screen.sources_shown else []
        panes += [Place.LIST, Place.ARTICLE]
        if self.screen.beside.shown:
            panes.append(Place.BESIDE)
        if self.screen.names_shown:
            panes.append(Place.ENTITIES)
        here = Place.ENTITIES if self.screen.place in NAMES else self.screen.place
        at = panes.index(here) if here in panes else 0
        self.screen.go(panes[(at + step) % len(panes)])

    @property
    def _text(self) -> ArticleView:
        """The article that the keys are in."""
        at_second = self.screen.place is Place.BESIDE
        return self.screen.second if at_second else self.screen.article

    @property
    def _pane(self) -> EntityPane | SourcePane | CardView:
        """The pane at the side that the keys are in, or the card."""
        if self.screen.place is Place.CARD:
            return self.screen.card
        at_sources = self.screen.place is Place.SOURCES
        return self.screen.source_pane if at_sources else self.screen.names

    def _step(self, delta: int) -> None:
        match self.screen.place:
            case Place.LIST:
                self.screen.rows.move(delta)
            case Place.ARTICLE | Place.BESIDE:
                self._text.line(delta)
            case _:
                self._pane.move(delta)

    def _page(self, direction: int, *, half: bool = False) -> None:
        match self.screen.place:
            case Place.LIST:
                self.screen.rows.page(direction, half=half)
            case Place.ARTICLE | Place.BESIDE if half:
                self._text.half(direction)
            case Place.ARTICLE | Place.BESIDE:
                self._text.page(direction)
            case Place.CARD:
                self.screen.card.page(direction, half=half)
            case _:
                height = max(2, self._pane.size.height)
                self._pane.move(direction * (height // 2 if half else height - 1))
