"""An article on its page with everything that is marked in it. Pure.

Offsets are code points of the page, half open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from reader.model import Mention, PlacedNote, Span
from reader.ui.highlight import (
    Layer,
    Paint,
    Run,
    Runs,
    hit_layer,
    mention_layer,
    merge,
    paint_layer,
    run_layer,
)
from reader.ui.widgets.page import BLANK, Page

CURRENT_HIT = "current-hit"
CURRENT_MENTION = "current-mention"
CURRENT_HIGHLIGHT = "current-highlight"


class MarkedPage:
    """Highlights of the reader lie on the looks of the text, mentions on them, then search hits,
    and on top the one that the reader has gone to."""

    def __init__(self) -> None:
        self.page: Page = BLANK
        self.current: Paint | None = None
        self.found = hit_layer(())
        """What the reader looks for in the article, in the place of the search hits."""
        self.notes: Sequence[PlacedNote] = ()
        self.mentions = mention_layer(())
        self.highlights = hit_layer(())
        """Where highlights lie, one over another perhaps."""
        self._search_hits = hit_layer(())
        self._highlighted = run_layer(Runs(()))
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
        self.page, self.current, self.found = page, None, hit_layer(())
        self._take_notes(notes)
        self._title_hits, self._text_hits = title_hits, text_hits
        self.mentions = mention_layer(mentions)
        self._put_in_place()

    def replace_page(self, page: Page) -> int:
        """Take another page of the same text; by how much the text has moved."""
        before, shift = self.page.body.start, page.body.start - self.page.body.start
        current = self.current
        if current is not None and current.start >= before:
            self.current = Paint(current.start + shift, current.end + shift, current.style)
        self.page = page
        self._put_in_place()
        return shift

    def set_hits(self, title_hits: Sequence[Span], text_hits: Sequence[Span]) -> None:
        """Mark other search hits."""
        self._title_hits, self._text_hits = title_hits, text_hits
        if self.current is not None and self.current.style == CURRENT_HIT:
            self.current = None
        self._put_in_place()

    def set_mentions(self, mentions: Sequence[Mention]) -> None:
        """Mark other mentions."""
        self.mentions = mention_layer(mentions, self.page.body.start)
        current = self.current
        if current is not None and current.style == CURRENT_MENTION:
            self.current = current if self.mentions.place_of(current.start) else None

    def set_notes(self, notes: Sequence[PlacedNote]) -> None:
        """Show other notes of the reader."""
        before = self.current_note
        self._take_notes(notes)
        if before is not None and before.note.id not in {one.note.id for one in notes}:
            self.current = None
        self._put_in_place()

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

    @property
    def hits(self) -> Layer[Span]:
        """What was looked for in the article, else the search hits."""
        return self.found or self._search_hits

    def find(self, spans: Sequence[Span]) -> None:
        """Mark what the reader looks for in the page; none: the search hits again."""
        self.found = hit_layer(spans)
        if self.current is not None and self.current.style == CURRENT_HIT:
            self.current = None

    def within(self, start: int, end: int) -> list[Run]:
        """The runs of `[start, end)` with everything that lies on them."""
        runs = self._highlighted.laid_on(self.page.looks.within(start, end))
        runs = self.hits.laid_on(self.mentions.laid_on(runs))
        return runs if self.current is None else paint_layer([self.current]).laid_on(runs)

    def mention_at(self, offset: int) -> Mention | None:
        """The mention that lies over a place."""
        return next(self.mentions.over(offset, offset + 1), None)

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

    def _put_in_place(self) -> None:
        """Have everything lie where the page has its title and its text."""
        shift = self.page.body.start
        self.mentions.shift = shift
        places = dict.fromkeys(Span(*_place(one)) for one in self.notes)
        self.highlights = hit_layer(list(places), shift)
        paints = [Paint(one.start + shift, one.end + shift, "highlight") for one in places]
        self._highlighted = run_layer(merge(len(self.page.drawn), [paints]))
        before = self.page.title.start - shift
        heading = [Span(one.start + before, one.end + before) for one in self._title_hits]
        self._search_hits = hit_layer([*heading, *self._text_hits], shift)


def _place(placed: PlacedNote) -> tuple[int, int]:
    """Where a note that has a place in the text is."""
    return (placed.span.start, placed.span.end) if placed.span is not None else (0, 0)
