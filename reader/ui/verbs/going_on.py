"""From a list that has been read to the next row of the left pane with something unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.ui.actions import Place
from reader.ui.going_on import UNREAD, counted_anew, list_of, rows_on, widened
from reader.ui.verbs.base import Verbs

if TYPE_CHECKING:
    from reader.ui.left_rows import LeftRow
    from reader.ui.state import Asked, Shown


FEW = 3
"""Rows that are asked in vain before a key has an answer."""

READ_ELSEWHERE = "no more unread articles here; those that came next were read elsewhere"
OTHER_LIST = "another list was asked for meanwhile: that is the one shown"


class GoingOn(Verbs):
    """The rows are asked anew whether they have unread articles: what the pane says of them may
    be a moment old. Where it is, all of it is counted anew, rather than each row asked."""

    async def go_on(self) -> bool:
        """Show the list of the next row at its first unread article, or say why not; False where
        there is none. Keys typed meanwhile wait: they are meant for that list.

        Raises ReaderError."""
        screen, asked = self.screen, self.screen.listing.shown.asked
        waiting = rows_on(screen.source_pane.rows, asked)
        if not waiting:
            return False
        focused, held = screen.focused, screen.hold_keys()
        try:
            return await self._go_on_to_one_of(waiting, asked)
        finally:
            if screen.focused is None:
                screen.set_focus(focused)
            screen.release_keys(held)

    async def _go_on_to_one_of(self, waiting: list[LeftRow], before: Asked) -> bool:
        for _ in range(FEW):
            if not waiting:
                return False
            row = waiting.pop(0)
            if await self._go_on_to(row, before):
                return True
            await self.screen.sources.refresh()
            waiting = counted_anew(waiting, self.screen.source_pane.rows)
        if waiting:
            self.screen.say(READ_ELSEWHERE)
        return bool(waiting)

    async def _go_on_to(self, row: LeftRow, before: Asked) -> bool:
        """Show the list of a row in place of the one `before`; False where it has nothing
        unread."""
        listing, asked = self.screen.listing, list_of(row)
        unread = await self.gateway.search(asked.narrowed(UNREAD).query)
        if not unread.total:
            return False
        is_narrow = widened(before) != before
        shown = await listing.find(asked.narrowed(UNREAD) if is_narrow else asked)
        at = await self._first_unread(shown)
        if at is None:
            return False
        if listing.shown.asked == before:
            shown.cursor = at
            self._show(row, shown, unread.total)
        else:
            self.screen.say(OTHER_LIST)
        return True

    async def _first_unread(self, shown: Shown) -> int | None:
        at = await self.gateway.find_unread(shown.ids, 0, 1)
        if at is None and not shown.is_complete:
            await self.screen.listing.load_all(shown)
            at = await self.gateway.find_unread(shown.ids, 0, 1)
        return at

    def _show(self, row: LeftRow, shown: Shown, unread: int) -> None:
        listing = self.screen.listing
        self.screen.source_pane.go_to(row.kind, row.name)
        self.screen.sources.stands_for(list_of(row))
        listing.trail.replace(shown)
        listing.show(shown)
        if self.screen.place is Place.ARTICLE:
            self.screen.reading.open()
        self.screen.say(f"on to {clean_line(row.label)} · {unread:,} unread")
