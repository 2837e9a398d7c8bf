"""A page of text that one moves about in: lines, hits, paragraphs, headings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.cache import LRUCache
from textual.strip import Strip

from reader.model import Span
from reader.sweep import Stretch
from reader.ui.highlight import Layer, Paint
from reader.ui.text_search import MOST, Folded
from reader.ui.widgets.marked import CURRENT_HIT, MarkedPage
from reader.ui.widgets.page import CURRENT_HEADING, Page
from reader.ui.widgets.pane import Pane
from reader.ui.widgets.wrap import Lines

S = TypeVar("S", bound=Stretch)

_OVERLAP = 2
_BEYOND = 2


class PageView(Pane, can_focus=True, inherit_bindings=False):
    """Goes from place to place on a marked page. Positions are code points of the page."""

    def __init__(
        self,
        *,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._marked = MarkedPage()
        self._lines = Lines(())
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._folded: tuple[Page, Folded] | None = None
        self._sought = ""
        self._more = False

    # Moving

    def line(self, direction: int) -> None:
        """Scroll by a line, down (1) or up (-1)."""
        self._scroll_by(direction)

    def page(self, direction: int) -> bool:
        """Scroll by a page less two lines; False when the end was already in view."""
        return self._scroll_by(direction * max(1, self._height - _OVERLAP))

    def half(self, direction: int) -> None:
        """Scroll by half a page, down (1) or up (-1)."""
        self._scroll_by(direction * max(1, self._height // 2))

    def home(self) -> None:
        """Go to the top."""
        self.scroll_to(y=0, animate=False, force=True)

    def end(self) -> None:
        """Go to the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    @property
    def top(self) -> int:
        """The code point of the page at the top of the view."""
        return self._lines.offset_of(self.scroll_offset.y)

    def go_to_top(self, offset: int) -> None:
        """Put a code point of the page at the top of the view."""
        self.scroll_to(y=self._lines.line_of(offset), animate=False, force=True)

    def go_to_text(self, anchor: int) -> None:
        """Put a code point of the text at the top of the view, 0 the head."""
        self.go_to_top(self._marked.page.body.start + anchor if anchor else 0)

    def next_paragraph(self, direction: int) -> bool:
        """Put the next (1) or previous (-1) paragraph at the top of the view; False where there
        is none, or no more room."""
        y, starts = self.scroll_offset.y, self._marked.page.paragraphs
        at = self._lines.offset_of(y)
        if direction > 0:
            number = bisect_right(starts, at)
            line = self._lines.line_of(starts[number]) if number < len(starts) else y
        else:
            number = bisect_left(starts, at) - 1
            line = self._lines.line_of(starts[number]) if number >= 0 else 0
        return self._scroll_by(line - y)

    @property
    def has_headings(self) -> bool:
        """Whether headings part the text."""
        return bool(self._marked.page.headings)

    def next_heading(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) heading; False behind the last and before the
        first."""
        current, heads = self._marked.current, self._marked.page.headings
        at = self.top
        if current is not None and current.style == CURRENT_HEADING:
            line = self._lines.line_of(current.start) - self.scroll_offset.y
            at = current.start if 0 <= line < self._height else at
        number = (
            bisect_right(heads, at, key=_start)
            if direction > 0
            else (bisect_left(heads, at, key=_start) - 1)
        )
        if not 0 <= number < len(heads):
            return False
        head = heads[number]
        self._choose(head)
        self.scroll_to(y=max(0, self._lines.line_of(head.start) - 1), animate=False, force=True)
        return True

    # Words in the text

    def next_hit(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) search hit, around the end; False without one."""
        return self._step(self._marked.hits, direction, CURRENT_HIT)

    @property
    def hit_place(self) -> tuple[int, int] | None:
        """Which of the hits the reader has gone to, counted from 1, and how many there are."""
        current, hits = self._marked.current, self._marked.hits
        if current is None or current.style != CURRENT_HIT:
            return None
        place = hits.place_of(current.start)
        return None if place is None else (place, len(hits))

    def find(self, words: str, near: int = 0) -> int:
        """Mark words in the article in the place of the search hits, where they are very many
        those from a code point of the page on; how many are marked. No words take the marks
        away."""
        self._sought = words
        found = self._look_for(words, near)
        self._marked.find(found[:MOST])
        self._more = len(found) > MOST
        self._redraw()
        return len(found[:MOST])

    @property
    def has_more_hits(self) -> bool:
        """Whether the words stand in more places than are marked."""
        return bool(self._sought) and self._more

    @property
    def sought(self) -> str:
        """The words that are marked."""
        return self._sought

    def go_to_hit_from(self, offset: int) -> None:
        """Go to the first hit from a code point of the page on, around the end."""
        if (hit := self._marked.hits.next_from(offset - 1, 1)) is not None:
            self._mark(Paint(hit.start, hit.end, CURRENT_HIT))

    def _look_for(self, words: str, near: int) -> Sequence[Span]:
        page = self._marked.page
        if not words:
            return ()
        if self._folded is None or self._folded[0] is not page:
            self._folded = page, Folded(page.original)
        return self._folded[1].find(words, near)

    def _find_again(self) -> None:
        """Mark the same words in another page of the article."""
        if self._sought:
            current = self._marked.current
            near = self.top if current is None else current.start
            found = self._look_for(self._sought, near)
            self._more = len(found) > MOST
            self._marked.find(found[:MOST])
            if current is not None:
                self._marked.choose(current)

    # Going to a place

    def _tell_note(self) -> None:
        """What has to be said when the reader has gone somewhere."""

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def _scroll_by(self, lines: int) -> bool:
        y = max(0, min(self.scroll_offset.y + lines, self.max_scroll_y))
        if y == self.scroll_offset.y:
            return False
        self.scroll_to(y=y, animate=False, force=True)
        return True

    def _step(
        self,
        layer: Layer[S],
        direction: int,
        style: str,
        fits: Callable[[S], bool] = lambda _one: True,
    ) -> bool:
        """Go from where the reader is, while that is in view, else from the view, to the next."""
        current = self._marked.current
        if current is not None and self._in_view(current.start):
            at = current.start
        else:
            # From the view: what its first line holds comes next.
            at = self._lines.offset_of(self.scroll_offset.y) - (direction > 0)
        span = layer.next_from(at, direction, fits)
        if span is not None:
            self._mark(Paint(span.start, span.end, style))
        return span is not None

    def _bring_into_view(self, offset: int) -> None:
        """Scroll as little as shows the line of a code point of the page, and some beside it."""
        line, beyond = self._lines.line_of(offset), min(_BEYOND, self._height // 4)
        y = min(self.scroll_offset.y, line - beyond)
        y = max(y, line - self._height + 1 + beyond)
        if y != self.scroll_offset.y:
            self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, force=True)

    def _mark(self, paint: Paint) -> None:
        self._choose(paint)
        self._tell_note()
        if not self._in_view(paint.start):
            line = self._lines.line_of(paint.start)
            self.scroll_to(y=max(0, line - self._height // 3), animate=False, force=True)

    def _choose(self, paint: Paint | None) -> None:
        """Make a stretch the one that the reader has gone to; only its lines, and those of the
        one before, are drawn anew."""
        before, self._marked.current = self._marked.current, paint
        for one in (before, paint):
            if one is not None:
                self._redraw_stretch(one.start, one.end)

    def _redraw_stretch(self, start: int, end: int) -> None:
        first, last = self._lines.line_of(start), self._lines.line_of(max(start, end - 1))
        if last - first > self._height:
            self._redraw()
            return
        for number in range(first, last + 1):
            self._strips.discard(number)
        self.refresh_lines(first, last - first + 1)

    def _in_view(self, offset: int) -> bool:
        line = self._lines.line_of(offset) - self.scroll_offset.y
        beyond = min(_BEYOND, self._height // 4)
        above = beyond if self.scroll_offset.y > 0 else 0
        below = beyond if self.scroll_offset.y < self.max_scroll_y else 0
        return above <= line < self._height - below


def _start(one: Stretch) -> int:
    return one.start
