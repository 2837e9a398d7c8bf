"""What is selected in the list, by the ids of articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.ui.actions import BY_NAME, Place
from reader.ui.left_rows import LeftRow, query_of
from reader.ui.selection import Selection, are_related
from reader.ui.state import Asked, Shown
from reader.ui.verbs.base import Verbs, does
from reader.ui.verbs.picking import Choice
from reader.ui.wording import NO_ARTICLE, tell_many, tell_no_articles, tell_selected

if TYPE_CHECKING:
    from textual.events import Key

    from reader.commands.parse import Command
    from reader.ui.screens.main import MainScreen

Act = Callable[[list[int], str], object]
"""Does something to articles: those that answer a query, or with "" those at hand."""

MANY = 300
"""Articles of a row of the left pane from which on a key that changes them asks first."""


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
        the order of the list, else that under the cursor. Nothing is done to what a card hides,
        and what a row of the left pane stands for has to be asked for."""
        if self.screen.place in (Place.CARD, Place.SOURCES):
            return []
        if self.is_meant:
            return self.selected()
        current = self.screen.listing.current
        return [] if current is None else [current]

    # What a row of the left pane stands for

    @property
    def _row(self) -> LeftRow | None:
        """The row of the left pane that verbs work on."""
        return self.screen.source_pane.current if self.screen.place is Place.SOURCES else None

    def about(self, line: Command) -> Command:
        """A line that names no articles, with those of the row of the left pane."""
        if line.query is not None or (row := self._row) is None:
            return line
        return replace(line, query=query_of(row))

    def act(self, act: Act, asks: str = "") -> None:
        """Do something to what is meant. In the left pane that is what the row stands for; where
        it is very many, `asks` is the action that asks first."""
        if (row := self._row) is None:
            if ids := self.targets():
                act(ids, "")
            else:
                self.screen.say(NO_ARTICLE)
        elif (query := query_of(row)) is None:
            self.screen.say(tell_no_articles(row.label))
        else:
            held = self.screen.hold_keys()
            self.screen.work("change", self._act_on_row, query, held, act, asks, row.label)

    async def _act_on_row(
        self, query: str, held: list[Key], act: Act, asks: str, label: str
    ) -> None:
        """Keys typed meanwhile wait; Esc gives it up."""
        try:
            ids = await self._answering(query)
            if self._row is None or not ids:
                return
            if len(ids) > MANY and asks:
                self._ask(ids, lambda: act(ids, query), asks, label)
            else:
                act(ids, query)
        finally:
            self.screen.release_keys(held)

    async def _answering(self, query: str) -> list[int]:
        try:
            return await self.screen.commanding.answering(query)
        finally:
            # To hold keys takes the focus away.
            if self._row is not None:
                self.screen.set_focus(self.screen.source_pane)

    def _ask(self, ids: list[int], act: Callable[[], object], asks: str, label: str) -> None:
        choices = [
            Choice("n", "leave them as they are", False),
            Choice("y", f"{BY_NAME[asks].description}: all {len(ids):,}", True),
        ]
        title = tell_many(len(ids), label)
        self.screen.picking.ask(title, choices, lambda choice: choice.value and act())

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
