"""An article on its page with everything that is marked in it. Pure.

Offsets are code points of the page, half open.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import EntityId, Mention, Span
from reader.ui.highlight import Paint, Runs, hit_paints, mention_paints, merge
from reader.ui.widgets.page import BLANK, Page

CURRENT_HIT = "current-hit"
CURRENT_MENTION = "current-mention"


class MarkedPage:
    """Mentions lie on the looks of the text, search hits on them, and on top the one that the
    reader has gone to."""

    def __init__(self) -> None:
        self.page: Page = BLANK
        self.runs = Runs(())
        self.current: Paint | None = None
        self._mentions: list[Mention] = []
        self._title_hits: Sequence[Span] = ()
        self._text_hits: Sequence[Span] = ()

    def put(
        self,
        page: Page,
        mentions: Sequence[Mention] = (),
        title_hits: Sequence[Span] = (),
        text_hits: Sequence[Span] = (),
    ) -> None:
        """Take another article; mentions and hits lie in its title and text."""
        self.page, self.current = page, None
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._title_hits, self._text_hits = title_hits, text_hits
        self._paint()

    def replace_page(self, page: Page) -> int:
        """Take another page of the same text; by how much the text has moved."""
        before, shift = self.page.body.start, page.body.start - self.page.body.start
        current = self.current
        if current is not None and current.start >= before:
            self.current = Paint(current.start + shift, current.end + shift, current.style)
        self.page = page
        self._paint()
        return shift

    def set_hits(self, title_hits: Sequence[Span], text_hits: Sequence[Span]) -> None:
        """Mark other search hits."""
        self._title_hits, self._text_hits = title_hits, text_hits
        if self.current is not None and self.current.style == CURRENT_HIT:
            self.current = None
        self._paint()

    def choose(self, paint: Paint) -> None:
        """Make a stretch the one that the reader has gone to."""
        self.current = paint
        self._paint()

    def hits(self) -> list[Paint]:
        """The search hits, in order."""
        found = hit_paints(self._title_hits, self.page.title.start)
        return [*found, *hit_paints(self._text_hits, self.page.body.start)]

    def mentions(self, entity_id: EntityId | None = None) -> list[Paint]:
        """The mentions, of one entity or of all, in order."""
        found = [one for one in self._mentions if entity_id in (None, one.entity_id)]
        return mention_paints(found, self.page.body.start)

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that lies over a place."""
        at = offset - self.page.body.start
        return next((one for one in self._mentions if one.start <= at < one.end), None)

    def _paint(self) -> None:
        top = [] if self.current is None else [self.current]
        layers = [self.page.paints, self.mentions(), self.hits(), top]
        self.runs = merge(len(self.page.drawn), layers)
