"""From a list that has been read to the next row of the left pane with something unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.clean import clean_line
from reader.ui.actions import Place
from reader.ui.going_on import UNREAD, list_of, rows_on, widened
from reader.ui.verbs.base import Verbs

if TYPE_CHECKING:
    from reader.ui.left_rows import LeftRow
    from reader.ui.state import Shown


class GoingOn(Verbs):
    """The rows are asked anew whether they have unread articles: what the pane says of them may
    be a moment old."""

    async def go_on(self) -> bool:
        """Show the list of the next row at its first unread article; False where there is none.
        Raises ReaderError."""
        listing = self.screen.listing
        before, narrow = listing.shown, listing.shown.asked
        for row in rows_on(self.screen.source_pane.rows, narrow):
            asked = list_of(row)
            unread = await self.gateway.search(asked.narrowed(UNREAD).query)
            if unread.total:
                is_narrow = widened(narrow) != narrow
                shown = await listing.find(asked.narrowed(UNREAD) if is_narrow else asked)
                at = await self._first_unread(shown)
                if listing.shown is before and at is not None:
                    shown.cursor = at
                    self._show(row, shown, unread.total)
                return True
        return False

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
