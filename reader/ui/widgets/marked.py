"""An article on its page with everything that is marked in it. Pure.

Offsets are code points of the page, half open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reader.model import EntityId, Mention, PlacedNote, Span
from reader.ui.highlight import Paint, Run, Runs, hit_paints, mention_paints, merge
from reader.ui.text_search import Overlay
from reader.ui.widgets.page import BLANK, Page

CURRENT_HIT = "current-hit"
CURRENT_MENTION = "current-mention"
CURRENT_HIGHLIGHT = "current-highlight"


class MarkedPage:
    """Highlights of the reader lie on the looks of the text, mentions on them, then search hits,
    and on top the one that the reader has gone to."""

    def __init__(self) -> None:
        self.page: Page = BLANK
        self.runs = Runs(())
        self.current: Paint | None = None
        self.found = Overlay()
        """What the reader looks for in the article, in the place of the search hits."""
        self.notes: Sequence[PlacedNote] = ()
        self._mentions: list[Mention] = []
        self._noted: list[int] = []
        self._title_hits: Sequence[Span] = ()
        self._text_hits: Sequence[Span] = ()

    def put(
        self,
        page: Page,
        mentions: Sequence[Mention] = (),
        title_hits: Sequence[Span] = (),
        text_hits: Sequence[Span] = (),
        notes: Sequence[PlacedNote] = (),
    ) -> None:
        """Take another article; mentions, hits and notes lie in its title and text."""
        self.page, self.current, self.found = page, None, Overlay()
        self._take_notes(notes)
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

    def set_notes(self, notes: Sequence[PlacedNote]) -> None:
        """Show other notes of the reader."""
        before = self.current_note
        self._take_notes(notes)
        if before is not None and before.note.id not in {one.note.id for one in notes}:
            self.current = None
        self._paint()

    def _take_notes(self, notes: Sequence[PlacedNote]) -> None:
        placed = [one for one in notes if one.span is not None and one.span.end > one.span.start]
        self.notes = sorted(placed, key=_place)
        self._noted = sorted({_place(one)[0] for one in placed if one.note.words})

    def choose(self, paint: Paint) -> None:
        """Make a stretch the one that the reader has gone to."""
        self.current = paint

    def leave(self) -> None:
        """Go to nothing."""
        self.current = None

    def hits(self) -> list[Paint]:
        """What was looked for in the article, else the search hits, in order."""
        return self.found.paints or self._search_hits()

    def _search_hits(self) -> list[Paint]:
        found = hit_paints(self._title_hits, self.page.title.start)
        return [*found, *hit_paints(self._text_hits, self.page.body.start)]

    def find(self, spans: Sequence[Span]) -> None:
        """Mark what the reader looks for in the page; none: the search hits again."""
        before, self.found = bool(self.found), Overlay(hit_paints(spans, 0))
        if self.current is not None and self.current.style == CURRENT_HIT:
            self.current = None
        if before != bool(self.found) and (self._title_hits or self._text_hits):
            self._paint()

    def within(self, start: int, end: int) -> list[Run]:
        """The runs of `[start, end)` with everything that lies on them."""
        runs = self.found.laid_on(self.runs.within(start, end))
        return runs if self.current is None else Overlay([self.current]).laid_on(runs)

    def mentions(self, entity_id: EntityId | None = None) -> list[Paint]:
        """The mentions, of one entity or of all, in order."""
        found = [one for one in self._mentions if entity_id in (None, one.entity_id)]
        return mention_paints(found, self.page.body.start)

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that lies over a place."""
        at = offset - self.page.body.start
        return next((one for one in self._mentions if one.start <= at < one.end), None)

    def highlights(self) -> list[Paint]:
        """What the reader has highlighted, in order."""
        shift = self.page.body.start
        places = dict.fromkeys(_place(one) for one in self.notes)
        return [Paint(start + shift, end + shift, "highlight") for start, end in places]

    @property
    def current_note(self) -> PlacedNote | None:
        """The highlight that the reader has gone to."""
        current = self.current
        if current is None or current.style != CURRENT_HIGHLIGHT:
            return None
        shift = self.page.body.start
        place = current.start - shift, current.end - shift
        return next((one for one in self.notes if _place(one) == place), None)

    def note_at(self, offset: int) -> PlacedNote | None:
        """The innermost highlight that lies over a place."""
        at = offset - self.page.body.start
        over = [one for one in self.notes if _place(one)[0] <= at < _place(one)[1]]
        return max(over, key=lambda one: (_place(one)[0], -_place(one)[1]), default=None)

    def is_noted(self, start: int, end: int) -> bool:
        """Whether a highlight with words to it starts within a stretch."""
        shift = self.page.body.start
        number = bisect_left(self._noted, start - shift)
        return number < len(self._noted) and self._noted[number] < end - shift

    def _paint(self) -> None:
        hits = [] if self.found else self._search_hits()
        layers = [self.page.paints, self.highlights(), self.mentions(), hits]
        self.runs = merge(len(self.page.drawn), layers)


def _place(placed: PlacedNote) -> tuple[int, int]:
    """Where a note that has a place in the text is."""
    return (placed.span.start, placed.span.end) if placed.span is not None else (0, 0)
