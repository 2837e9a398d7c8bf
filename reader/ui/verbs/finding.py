"""Search as you type, narrowing, widening and order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.commands.verbs import SORTS
from reader.errors import ReaderError
from reader.text import explain
from reader.ui.actions import Place
from reader.ui.state import MORE, Asked, Shown
from reader.ui.verbs.base import Deed, Verbs, does, runs
from reader.ui.wording import tell_begun

if TYPE_CHECKING:
    from textual.events import Key
    from textual.timer import Timer

    from reader.commands.parse import Command
    from reader.ui.drafts import Draft
    from reader.ui.screens.main import MainScreen

PAUSE = 0.05
"""Seconds without a key after which a query is asked."""


_UNREAD = "is:unread"


class Finding(Verbs):
    """The search line. What is typed shows at once; Enter keeps it, Esc brings back what was.

    While it is typed the last word stands for all that begin so. What is kept is what was typed,
    unless one has gone to an article of what was found.
    """

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self._base = Asked()
        self._timer: Timer | None = None
        self._return_to = Place.LIST
        self._answer: Shown | None = None
        screen.search_bar.covering = screen.rows.set_covered

    # The line

    @does("find.search")
    def search(self) -> None:
        """Search the whole library; the last search is there to be changed."""
        asked = self.screen.listing.trail.top.asked
        self._begin(Asked(), "/ ", asked.parts[0] if len(asked.parts) == 1 else "")

    @does("find.narrow")
    def narrow(self) -> None:
        """Add a condition to those of the list."""
        self._begin(self.screen.listing.trail.top.asked, "narrow: ", "")

    def _begin(self, base: Asked, label: str, text: str) -> None:
        self._base, self._answer = base, None
        self._return_to = self.screen.place
        self.screen.go(Place.SEARCH)
        self.screen.search_bar.open(text, label=label)
        self.screen.search_bar.input.select_all()
        self.screen.recalling.opened()

    def typed(self) -> None:
        """Ask the query in a moment, unless another key comes first."""
        if self.screen.holds_keys or not self.screen.search_bar.is_open:
            # The news of a change came after the line was left: its answer is there already.
            return
        self._stop_timer()
        self._timer = self.screen.set_timer(PAUSE, self._ask)

    def _ask(self) -> None:
        self._stop_timer()
        if self.screen.holds_keys:
            return
        self.screen.latest("search", self._show_draft)

    async def _show_draft(self, *, again: bool = False, whole: bool = False) -> None:
        """Show what answers the line as it is now; `whole`: as it is written."""
        draft, listing = self._draft(whole=whole), self.screen.listing
        # An article that was gone to in what was found so far.
        moved = listing.shown is self._answer and self.screen.rows.cursor > 0
        keep = listing.current if moved else None
        try:
            shown = await listing.find(draft.asked, keep, again=again, place=draft.place)
        except ReaderError as error:
            self.screen.search_bar.set_note(explain(error))
            return
        shown.told, self._answer = draft.told, shown
        self.screen.search_bar.set_note(shown.problems)
        if shown.adds_nothing_to(listing.trail.top):
            listing.show_no_counts()
            return
        if whole and not shown.total and listing.shown.told and listing.shown.total:
            words = listing.shown.told.replace(MORE, "*")
            shown.message = tell_begun(words, listing.shown.total)
        listing.show(shown)

    def _draft(self, *, whole: bool) -> Draft:
        from reader.ui.drafts import as_written, in_the_making  # reads queries: not at the start

        bar = self.screen.search_bar
        if whole:
            return as_written(bar.text, self._base)
        return in_the_making(bar.text, bar.cursor, self._base)

    @property
    def waits(self) -> bool:
        """Whether the next key is waited for before the query is asked."""
        return self._timer is not None

    def index_changed(self) -> None:
        """Ask again what is being typed, or what found nothing: there may be an answer now."""
        if self.screen.holds_keys:
            return
        self.screen.naming.count()
        if self.screen.search_bar.is_open and self.screen.search_bar.text:
            self._stop_timer()
            self.screen.latest("search", self._show_draft, again=True)
        else:
            self.screen.listing.ask_again()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def accept(self) -> None:
        """Keep the search and go to the list; keys typed meanwhile wait for the answer.

        A line of which nothing was understood stays open.
        """
        if self.screen.holds_keys:
            return
        self._stop_timer()
        self.screen.workers.cancel_group(self.screen, "search")
        # A group of its own: only Esc, which drops the keys, ends it before it begins.
        self.screen.work("accept", self._accept, self.screen.hold_keys())

    async def _accept(self, held: list[Key]) -> None:
        try:
            await self._settle()
        finally:
            if self.screen.place is Place.SEARCH:
                self.screen.set_focus(self.screen.search_bar.input)
            self.screen.release_keys(held)

    async def _settle(self) -> None:
        listing = self.screen.listing
        asked = self._draft(whole=not self._is_chosen_from).asked
        if self._answer_to(asked) is None:
            await self._show_draft(whole=True)
        shown = self._answer_to(asked)
        if shown is None:
            return
        adds_nothing = shown.adds_nothing_to(listing.trail.top)
        if self.screen.place is Place.SEARCH and adds_nothing:
            # The line stays, and with it the way to put right what was typed.
            self.screen.search_bar.point_out(shown.problems, shown.wrong)
            return
        if adds_nothing:
            listing.show(shown)
        if query := self.screen.search_bar.text.strip():
            self.screen.recalling.searched(query)
        self._close(Place.LIST)
        listing.keep()
        # What was said of an earlier search is over.
        self.screen.say(f"not understood: {shown.problems}" if shown.problems else "")

    @property
    def _is_chosen_from(self) -> bool:
        """Whether one has gone to an article of what was found while typing: it stays."""
        gone_to = self.screen.rows.cursor > 0 or self.screen.place is not Place.SEARCH
        return self.screen.listing.shown is self._answer and gone_to

    def _answer_to(self, asked: Asked) -> Shown | None:
        """The list that answers, where it is there already."""
        for shown in (self.screen.listing.shown, self._answer):
            if shown is not None and shown.asked == asked:
                return shown
        return None

    def cancel(self) -> None:
        """Close the line and show the list that was there before."""
        self._stop_timer()
        self.screen.forget_keys()
        for group in ("search", "accept"):
            self.screen.workers.cancel_group(self.screen, group)
        self._close(self._return_to)
        listing = self.screen.listing
        if listing.shown is not listing.trail.top:
            listing.show(listing.trail.top)

    def _close(self, place: Place) -> None:
        self.screen.search_bar.close()
        self.screen.go(place)

    # Without the line

    @runs("search")
    def search_line(self, line: Command) -> None:
        self.search_for(line.text)

    @runs("narrow")
    def narrow_line(self, line: Command) -> None:
        self.narrow_to(line.text)

    @runs("sort")
    def sort_line(self, line: Command) -> None:
        self.sort(line.text)

    def search_for(self, text: str) -> None:
        """Search the whole library for a query."""
        self._show(Asked().narrowed(text))

    def narrow_to(self, text: str) -> None:
        """Add a condition to those of the list."""
        self._show(self.screen.listing.shown.asked.narrowed(text))

    @does("find.unread")
    def only_unread(self) -> None:
        """Leave out what was read; again: show it too."""
        listing = self.screen.listing
        asked, keep = listing.shown.asked, listing.current
        if asked.parts and asked.parts[-1] == _UNREAD:
            self.widen()
        elif _UNREAD in asked.parts:
            rest = tuple(part for part in asked.parts if part != _UNREAD)
            self.screen.latest("list", listing.ask, replace(asked, parts=rest), keep=keep)
        else:
            narrowed = asked.narrowed(_UNREAD)
            self.screen.latest("list", listing.ask, narrowed, keep=keep, push=True)

    @does("find.all")
    def everything(self) -> None:
        self._show(Asked())

    def _show(self, asked: Asked) -> None:
        listing = self.screen.listing
        self.screen.go(Place.LIST)
        self.screen.latest("list", listing.ask, asked, push=True)

    @does("find.widen")
    def widen(self) -> None:
        """Take the last condition away."""
        listing = self.screen.listing
        asked = listing.shown.asked
        if asked.is_everything:
            self.screen.say("these are all articles")
        elif listing.trail.find_before(asked.widened()):
            listing.show(listing.trail.back())
        else:
            keep = listing.current
            self.screen.latest("list", listing.ask, asked.widened(), keep=keep)

    def widen_line(self) -> bool:
        """Take the last condition away while the search line is empty."""
        if self.screen.search_bar.text or self._base.is_everything:
            return False
        self._base = self._base.widened()
        self._ask()
        return True

    # Order

    def sort(self, order: str) -> None:
        """Order the list."""
        listing = self.screen.listing
        asked = listing.shown.asked.sorted_by(order)
        keep = listing.current
        self.screen.latest("list", listing.ask, asked, keep=keep)

    def sort_deeds(self) -> dict[str, Deed]:
        """One deed for every order."""

        def deed(order: str) -> Deed:
            return lambda: self.sort(order)

        return {f"sort.{order}": deed(order) for order in SORTS}
