"""What is selected in the list, by the ids of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.actions import Place
from reader.ui.selection import Selection, are_related
from reader.ui.state import Asked, Shown
from reader.ui.verbs.base import Verbs, does
from reader.ui.wording import tell_selected

if TYPE_CHECKING:
    from reader.ui.screens.main import MainScreen


class Selecting(Verbs):
    """Verbs work on what is selected, and leave it selected for the next one."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._selection = Selection()
        self._kept = self._selection
        """What was selected before the search that is being typed."""
        self._asked = Asked()
        # Where a stretch made with Shift and the arrow keys begins and ends.
        self._stretch: tuple[int, int] | None = None

    @property
    def count(self) -> int:
        """How much of the list is selected."""
        return len(self._selection)

    @property
    def is_meant(self) -> bool:
        """Whether a verb works on what is selected: in an article it works on that one."""
        return bool(self._selection) and self.screen.pane is not Place.ARTICLE

    def selected(self) -> list[int]:
        """What is selected, in the order of the list."""
        return self._selection.in_order(self.screen.listing.shown.ids)

    def targets(self) -> list[int]:
        """What a verb works on: the article that is being read, else the articles selected, in
        the order of the list, else that under the cursor. Nothing is done to what a card hides."""
        if self.screen.place is Place.CARD:
            return []
        if self.is_meant:
            return self.selected()
        current = self.screen.listing.current
        return [] if current is None else [current]

    # Following the list

    def follow(self, shown: Shown, *, settled: bool) -> None:
        """Keep selected what is in another list too, if it was made of the one before; while a
        search is being typed what it hides is only hidden."""
        self._stretch = None
        if settled and not are_related(self._asked, shown.asked):
            self._kept = Selection()
        self._selection = self._kept.among(shown.ids)
        if settled:
            self._kept, self._asked = self._selection, shown.asked
        self._show()

    # Selecting

    @does("select.toggle")
    def toggle(self) -> None:
        """Select the article under the cursor, or let it go, and go on to the next."""
        if ids := self.screen.listing.shown.ids:
            self._selection.toggle(ids, self.screen.rows.cursor)
            self._redraw(self.screen.rows.cursor)
            self.screen.rows.move(1)

    @does("select.up_to_here")
    def select_up_to_here(self) -> None:
        self.picked(self.screen.rows.cursor, up_to=True)

    @does("select.all")
    def toggle_all(self) -> None:
        self.screen.listing.when_complete(self._toggle_all)

    def _toggle_all(self) -> None:
        self._selection.toggle_all(self.screen.listing.shown.ids)
        self._show()

    @does("select.down")
    def select_down(self) -> None:
        self._extend(1)

    @does("select.up")
    def select_up(self) -> None:
        self._extend(-1)

    def _extend(self, step: int) -> None:
        """Move the cursor and with it the end of a stretch."""
        rows, ids = self.screen.rows, self.screen.listing.shown.ids
        if not ids:
            return
        at = rows.cursor
        if self._stretch is None or self._stretch[1] != at:
            self._stretch = at, at
        anchor, to = self._stretch[0], max(0, min(at + step, len(ids) - 1))
        self._selection.stretch(ids, anchor, at, to)
        rows.go_to(to)
        self._stretch = anchor, to
        self._redraw(anchor, at, to)

    def picked(self, index: int, *, up_to: bool) -> None:
        """Select up to a row, or select it or let it go; the cursor goes there."""
        ids = self.screen.listing.shown.ids
        if index >= len(ids):
            return
        if up_to:
            self._selection.add_up_to(ids, index)
            self._show()
        else:
            self._selection.toggle(ids, index)
            self._redraw(index)
        self.screen.rows.go_to(index)

    def clear(self) -> bool:
        """Select nothing; False when nothing was selected."""
        if not self._selection:
            return False
        self._selection.clear()
        self._show()
        return True

    # Showing it

    def _redraw(self, *places: int) -> None:
        for place in places:
            self.screen.rows.refresh_row(place)
        self._count()

    def _show(self) -> None:
        self.screen.rows.set_selected(self._selection)
        self._count()

    def _count(self) -> None:
        was_any = bool(self.screen.status.selected)
        self.screen.status.selected = tell_selected(self.count)
        if was_any != bool(self.count):
            self.screen.show_hints()
