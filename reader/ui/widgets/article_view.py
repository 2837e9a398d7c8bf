"""The reading view: one article at a readable measure, with what is marked in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from reader.clean import clean_text
from reader.model import Article, ArticleRow, EntityId, Mention, Span
from reader.ui.highlight import Paint, Runs, hit_paints, mention_paints, merge, next_paint
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink, restyled
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.page import BLANK, Page, make_page
from reader.ui.widgets.row_list import local_now
from reader.ui.widgets.wrap import Lines, offset_in_cells, wrap

MEASURE = 76
"""The widest a line of text gets, in cells."""

_OVERLAP = 2
_BEYOND = 2


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows an article. Positions are code points of its text, so they outlive a resize."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--text", "article--title", "article--derived", "article--meta", "article--tag",
        "article--star", "article--archived", "article--heading", "article--related-head",
        "article--related", "article--person", "article--place", "article--organisation",
        "article--other", "article--hit", "article--current-hit", "article--current-mention",
        "article--message",
    }  # fmt: skip
    DEFAULT_CSS = """
    ArticleView {
        background: $surface;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $surface;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .article--title { text-style: bold; }
        & > .article--meta, & > .article--derived, & > .article--related-head,
        & > .article--related, & > .article--archived,
        & > .article--message { color: $text-muted; }
        & > .article--derived { text-style: italic; }
        & > .article--tag { color: $success; background: $success 12%; }
        & > .article--star { color: $warning; background: $warning 12%; }
        & > .article--archived { background: $foreground 8%; }
        & > .article--heading { text-style: bold; }
        & > .article--person { color: $warning; text-style: underline; }
        & > .article--place { color: $success; text-style: italic; }
        & > .article--organisation { color: $primary; text-style: bold; }
        & > .article--other { color: $secondary; text-style: italic underline; }
        & > .article--hit { color: $text; background: $warning 35%; }
        & > .article--current-hit { color: $text; background: $warning; text-style: bold; }
        & > .article--current-mention { text-style: reverse; }
        &:ansi, &:nocolor {
            & > .article--meta, & > .article--related-head, & > .article--related,
            & > .article--archived, & > .article--message { text-style: dim; }
            & > .article--derived { text-style: dim italic; }
            & > .article--tag, & > .article--star, & > .article--archived,
            & > .article--hit, & > .article--current-hit { background: ansi_default; }
            & > .article--hit { color: ansi_default; text-style: reverse; }
            & > .article--current-hit { color: ansi_default; text-style: reverse bold; }
        }
    }
    """

    @dataclass
    class EntityClicked(Message):
        """A mention of an entity was clicked."""

        entity_id: EntityId

    @dataclass
    class Scrolled(Message):
        """The reader moved the text of an article; `anchor` is the code point now at the top."""

        article_id: int
        anchor: int

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = local_now,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._clock = clock
        self._ink = Ink(self, "article")
        self._measure = MEASURE
        self._strips: LRUCache[int, Strip] = LRUCache(512)
        self._settling = False
        self._pressed: Offset | None = None
        self._article: Article | None = None
        self._message = ""
        self._mentions: list[Mention] = []
        self._title_hits: Sequence[Span] = ()
        self._text_hits: Sequence[Span] = ()
        self._page: Page = BLANK
        self._current: Paint | None = None
        self._top = 0
        self._runs = Runs(())
        self._lines = Lines(())
        self._margin = 0

    # What is shown

    def show(
        self,
        article: Article,
        mentions: Sequence[Mention],
        title_hits: Sequence[Span],
        text_hits: Sequence[Span],
        position: int = 0,
    ) -> None:
        """Show an article with the code point `position` of its text at the top of the view."""
        self._article = article
        self._mentions = sorted(mentions, key=lambda mention: mention.start)
        self._title_hits, self._text_hits = title_hits, text_hits
        self._page = make_page(article, self._clock())
        self._current = None
        self._deselect()
        self._top = self._page.body.start + position if position > 0 else 0
        self._paint()
        self._lay_out()

    def show_message(self, text: str) -> None:
        """Say `text` in place of an article."""
        self._article, self._message, self._page = None, text, BLANK
        self._mentions, self._title_hits, self._text_hits = [], (), ()
        self._current, self._top = None, 0
        self._paint()
        self._lay_out()

    def update_hits(self, title_hits: Sequence[Span], text_hits: Sequence[Span]) -> None:
        """Mark other search hits in the article that is shown."""
        self._title_hits, self._text_hits = title_hits, text_hits
        if self._current is not None and self._current.style == "current-hit":
            self._current = None
        self._paint()

    def update_row(self, row: ArticleRow) -> None:
        """Show the tags and marks of `row`; the text stays where it is."""
        if self._article is None:
            return
        self._article = replace(self._article, row=row)
        before = self._page.body.start
        self._page = make_page(self._article, self._clock())
        shift = self._page.body.start - before
        if self._top >= before:
            self._top += shift
        if self._current is not None and self._current.start >= before:
            current = self._current
            self._current = Paint(current.start + shift, current.end + shift, current.style)
        self._paint()
        self._lay_out()

    def set_measure(self, cells: int) -> None:
        """Set the widest a line of text may get."""
        self._measure = cells
        self._lay_out()

    # Where the reader is

    @property
    def anchor(self) -> int:  # type: ignore[override]  # a page never sticks to its end
        """The code point of the text at the top of the view, 0 while the head is there."""
        body = self._page.body
        return max(0, min(self._top, body.end) - body.start)

    @property
    def progress(self) -> int:
        """How much of the article was shown, in percent."""
        if self.max_scroll_y <= 0:
            return 100
        return round(100 * self.scroll_offset.y / self.max_scroll_y)

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

    def next_hit(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) search hit, around the end; False without one."""
        hits = [*hit_paints(self._title_hits, self._page.title.start)]
        hits += hit_paints(self._text_hits, self._page.body.start)
        return self._step(hits, direction, "current-hit")

    def next_mention(self, direction: int) -> bool:
        """Go to the next (1) or previous (-1) mention, around the end; False without one."""
        return self._step(self._mention_paints(self._mentions), direction, "current-mention")

    def jump_to_entity(self, entity_id: EntityId) -> bool:
        """Go to the next mention of an entity, around the end; False without one."""
        mentions = [mention for mention in self._mentions if mention.entity_id == entity_id]
        return self._step(self._mention_paints(mentions), 1, "current-mention")

    # Events

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        moved = not self._settling and round(old_value) != round(new_value)
        if moved and self._article is not None:
            y = self.scroll_offset.y
            self._top = self._lines.offset_of(y) if y else 0
            self.post_message(self.Scrolled(self._article.row.id, self.anchor))

    def on_resize(self) -> None:
        self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()
        self._strips.clear()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._pressed = event.get_content_offset(self)

    def on_click(self, event: events.Click) -> None:
        # A second click would otherwise select the whole article.
        event.prevent_default()
        place = event.get_content_offset(self)
        if place is None or place != self._pressed:
            return
        mention = self._mention_under(place)
        if mention is not None:
            shift = self._page.body.start
            self._mark(Paint(mention.start + shift, mention.end + shift, "current-mention"))
            self.post_message(self.EntityClicked(mention.entity_id))

    # Selection

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what was selected as it stands in the article, not as it was wrapped."""
        start, end = 0, len(self._page.original)
        if selection.start is not None:
            start = self._offset_under(selection.start)
        if selection.end is not None:
            end = self._offset_under(selection.end)
        return clean_text(self._page.original[start:end]), "\n"

    # Drawing

    def render_line(self, y: int) -> Strip:
        number = y + self.scroll_offset.y
        selection = self.text_selection
        if selection is not None:
            return self._selected(number, selection)
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._drawn(number)
        return strip.apply_offsets(0, number)

    def _drawn(self, number: int) -> Strip:
        width = self.scrollable_content_region.width
        if self._article is None:
            style = self._ink("message")
            lines = message_lines(self._message, width, self._height)
            return Strip([Segment("".join(lines[number : number + 1]), style)]).adjust_cell_length(
                width, style
            )
        plain = self._ink("text")
        if number >= len(self._lines):
            return Strip.blank(width, plain)
        line = self._lines[number]
        segments = [Segment(" " * (self._margin + line.indent), plain)]
        for run in self._runs.within(line.start, line.end):
            text = self._page.drawn[run.start : run.end]
            segments.append(Segment(text, self._ink("text", *run.styles)))
        return Strip(segments).adjust_cell_length(width, plain)

    def _selected(self, number: int, selection: Selection) -> Strip:
        strip = self._drawn(number)
        span = selection.get_span(number)
        if span is not None:
            style = self.screen.get_component_rich_style("screen--selection")
            strip = restyled(strip, span[0], span[1], style)
        return strip.apply_offsets(0, number)

    # Layout

    @property
    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _deselect(self) -> None:
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def _paint(self) -> None:
        """Work out the looks of the text: mentions, search hits on them, the current one."""
        page = self._page
        layers = [
            page.paints,
            self._mention_paints(self._mentions),
            hit_paints(self._title_hits, page.title.start),
            hit_paints(self._text_hits, page.body.start),
            [] if self._current is None else [self._current],
        ]
        self._runs = merge(len(page.drawn), layers)
        self._strips.clear()
        self.refresh()

    def _mention_paints(self, mentions: Sequence[Mention]) -> list[Paint]:
        return mention_paints(mentions, self._page.body.start)

    def _lay_out(self) -> None:
        """Break the text into lines anew and put the same code point at the top."""
        width = self.scrollable_content_region.width
        if width <= 0:
            return
        least = 2 if width >= 40 else 1
        measure = max(1, min(self._measure, width - 2 * least))
        self._margin = (width - measure) // 2
        self._lines = wrap(self._page.drawn, self._page.blocks, measure)
        self._strips.clear()
        self._settling = True
        set_content_size(self, Size(width, len(self._lines) + 1 if len(self._lines) else 0))
        self.scroll_to(
            y=self._lines.line_of(self._top) if self._top else 0, animate=False, force=True
        )
        self._settling = False
        self.refresh()

    def _scroll_by(self, lines: int) -> bool:
        y = max(0, min(self.scroll_offset.y + lines, self.max_scroll_y))
        if y == self.scroll_offset.y:
            return False
        self.scroll_to(y=y, animate=False, force=True)
        return True

    def _step(self, paints: list[Paint], direction: int, style: str) -> bool:
        """Go from the current paint, while it is in view, else from the view, to the next."""
        if not paints:
            return False
        current = self._current
        if current is not None and self._in_view(current.start):
            at = current.start
        else:
            # From the view: what its first line holds comes next.
            at = self._lines.offset_of(self.scroll_offset.y) - (direction > 0)
        paint = next_paint(paints, at, direction)
        self._mark(Paint(paint.start, paint.end, style))
        return True

    def _mark(self, paint: Paint) -> None:
        self._current = paint
        self._paint()
        if not self._in_view(paint.start):
            line = self._lines.line_of(paint.start)
            self.scroll_to(y=max(0, line - self._height // 3), animate=False, force=True)

    def _in_view(self, offset: int) -> bool:
        line = self._lines.line_of(offset) - self.scroll_offset.y
        beyond = min(_BEYOND, self._height // 4)
        above = beyond if self.scroll_offset.y > 0 else 0
        below = beyond if self.scroll_offset.y < self.max_scroll_y else 0
        return above <= line < self._height - below

    def _offset_under(self, place: Offset) -> int:
        return self._lines.offset_at(place.y, place.x - self._margin)

    def _mention_under(self, place: Offset) -> Mention | None:
        number = place.y + self.scroll_offset.y
        if number >= len(self._lines):
            return None
        line = self._lines[number]
        cell = place.x - self._margin - line.indent
        offset = line.start + offset_in_cells(self._page.drawn[line.start : line.end], cell)
        for mention in self._mentions:
            if mention.start <= offset - self._page.body.start < mention.end:
                return mention
        return None
