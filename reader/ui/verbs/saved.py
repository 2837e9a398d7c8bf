"""Saved searches: how much answers them, which one is meant, and showing it."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from reader.commands.deeds import deeds_text
from reader.commands.verbs import BY_NAME
from reader.kept import SavedCount, SavedId
from reader.nearest import LEVEL, called, meant
from reader.ui import saved_words as words
from reader.ui.actions import Place
from reader.ui.left_rows import PINNED, SavedRow, Section, with_counts
from reader.ui.saved_gate import SavedGate
from reader.ui.source_rows import RowKind
from reader.ui.verbs.base import Deed, Verbs, does
from reader.ui.verbs.picking import Choice

if TYPE_CHECKING:
    from textual.timer import Timer

    from reader.ui.screens.main import MainScreen

EVERY = 2.0
"""Seconds at least between two counts of what answers saved searches."""

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""Letters for what has no digit, the ones under the fingers first."""


class Saved(Verbs):
    """Works on the saved search under the cursor of the left pane, elsewhere on the one whose
    articles the list shows."""

    def __init__(self, screen: MainScreen) -> None:
        super().__init__(screen)
        self.gate = SavedGate(self.gateway)
        self.counts: tuple[SavedCount, ...] = ()
        self._known: dict[SavedId, SavedCount] = {}
        self._counted_at = -EVERY
        self._timer: Timer | None = None
        self._is_stale = True
        self._chips: frozenset[str] = frozenset()

    # What is shown

    async def load(self) -> bool:
        """Read which there are; tell whether anything is different."""
        counts = with_counts(await self.gate.list(), self._known)
        changed, self.counts = counts != self.counts, counts
        if changed:
            self.name_chips()
        if any(one.unread is None and not one.problem for one in counts):
            # Who has just written a query waits for its number.
            self._counted_at = -EVERY
        return changed

    def name_chips(self) -> None:
        """Have the header name the lists of saved searches by their names."""
        told = {
            part: words.chip(one, deeds_text(one.saved.deeds))
            for one in reversed(self.counts)
            for part in words.asked_of(one.saved.query).parts
        }
        header = self.screen.header
        known = {part: text for part, text in header.told.items() if part not in self._chips}
        self._chips = frozenset(told)
        header.told = {**known, **told}

    def changed(self) -> None:
        """Something has changed that may answer: count anew, soon, if anybody looks."""
        self._is_stale = True
        self.count()

    def count(self) -> None:
        """Count what answers, where that is shown and not known; not too often."""
        if not (self._is_stale and self.counts and self.screen.sources_shown):
            return
        wait = self._counted_at + EVERY - monotonic()
        if wait <= 0:
            self._is_stale, self._counted_at = False, monotonic()
            self.screen.latest("saved counts", self._count)
        elif self._timer is None:
            self._timer = self.screen.set_timer(wait, self._count_again)

    def _count_again(self) -> None:
        self._timer = None
        self.count()

    async def _count(self) -> None:
        self._known = {one.saved.id: one for one in await self.gate.counts()}
        counts = with_counts((one.saved for one in self.counts), self._known)
        if counts != self.counts:
            self.counts = counts
            self.screen.sources.counted()

    # Which one is meant

    @property
    def at_hand(self) -> SavedCount | None:
        """The saved search that a change is meant for."""
        if self.screen.place is Place.SOURCES:
            row = self.screen.source_pane.current
            return row.count if isinstance(row, SavedRow) else None
        asked = self.screen.listing.shown.asked
        return words.shown_as(self.counts, asked)

    def name_at_hand(self) -> str:
        """The name of what is at hand, a mere level included; "" for none, which is said."""
        row = self.screen.source_pane.current
        if self.screen.place is Place.SOURCES and isinstance(row, SavedRow):
            return row.name
        found = self.at_hand
        if found is None:
            self.screen.say(words.NONE_AT_HAND)
            return ""
        return found.saved.name

    def find(self, name: str) -> SavedCount | None:
        """The one called so, whatever the case; or the first of those below that level; or the
        only one whose last levels are called so."""
        by_name = {one.saved.name: one for one in self.counts}
        folded = name.casefold()
        same = (one for one in by_name if one.casefold() == folded)
        below = (one for one in by_name if one.casefold().startswith(folded + LEVEL))
        return by_name.get(next(same, "") or next(below, "") or called(name, by_name))

    def found(self, name: str = "") -> SavedCount | None:
        """The one called so, or the one at hand; that there is none is said."""
        if name:
            by_name = {one.saved.name: one for one in self.counts}
            if not (wanted := called(name, by_name)):
                self._say_unknown(name)
            return by_name.get(wanted)
        found = self.at_hand
        if found is None:
            self.screen.say(words.NONE_AT_HAND)
        return found

    def _say_unknown(self, name: str) -> None:
        hint = meant(name, (one.saved.name for one in self.counts))
        self.screen.status.say(f'no saved search is called "{name}"{hint}', error=True)

    def offers(self) -> dict[str, tuple[str, ...]]:
        """What can follow the verb of saved searches."""
        parts = BY_NAME["saved"].parts
        lines = tuple(words.line_of_name(one.saved.name, parts) for one in self.counts)
        return {"saved": (*lines, *parts), "rule": tuple(one.saved.name for one in self.counts)}

    # Showing them

    def show(self, counted: SavedCount) -> None:
        """Show the articles of a saved search."""
        self.screen.source_pane.go_to(RowKind.SAVED, counted.saved.name)
        self.screen.sources.show_list(words.asked_of(counted.saved.query))

    def show_named(self, name: str) -> None:
        """Show the one called so, or the first below that level; that there is none is said."""
        found = self.find(name)
        if found is not None:
            self.show(found)
        else:
            self._say_unknown(name)

    def show_deeds(self) -> dict[str, Deed]:
        """One deed for every digit."""

        def deed(number: int) -> Deed:
            return lambda: self._show_number(number)

        return {f"saved.show_{number}": deed(number) for number in range(1, PINNED + 1)}

    def _show_number(self, number: int) -> None:
        if number <= len(self.counts):
            self.show(self.counts[number - 1])
        else:
            none = f"there is no saved search {number}"
            self.screen.say(none if self.counts else words.NO_SAVED)

    @does("saved.pick")
    def pick(self) -> None:
        """Choose one by its letter."""
        if not self.counts:
            self.screen.say(words.NO_SAVED)
            return
        letters = [str(number) for number in range(1, PINNED + 1)] + list(_LETTERS)
        choices = [
            Choice(letters[at] if at < len(letters) else "", one.saved.name, one)
            for at, one in enumerate(self.counts)
        ]
        self.screen.picking.ask("show", choices, lambda choice: self.show(choice.value))

    @does("saved.go")
    def go(self) -> None:
        """Go to the saved searches in the left pane."""
        if self.counts:
            self.screen.sources.go_to_section(Section.SAVED)
        else:
            self.screen.say(words.NO_SAVED)
