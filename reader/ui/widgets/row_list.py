"""The article list: draws the rows that are in view and no others."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Protocol

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.kept import Colour
from reader.ui.format import Line, Row, plain_tag, row_height, row_lines
from reader.ui.widgets.content_size import bar_moves, set_content_size
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.pane import Pane
from reader.ui.widgets.row_list_look import CLASSES, CSS

__all__ = ["Row", "RowList", "RowSource"]

_LOADING: Line = (("  ", "unknown"), ("…", "unknown"))


class RowSource(Protocol):
    """Where the rows of a list come from."""

    def __len__(self) -> int: ...

    def row(self, index: int) -> Row | None:
        """Return a row, None when it is not loaded. Must not wait for anything."""

    def request(self, first: int, count: int) -> None:
        """Ask for rows that are in view; `RowList.refresh_rows` shows them once they are there."""


class NoRows:
    """A source without rows."""

    def __len__(self) -> int:
        return 0

    def row(self, index: int) -> Row | None:  # noqa: ARG002
        """Return None."""
        return None

    def request(self, first: int, count: int) -> None:
        """Do nothing."""


def local_now() -> datetime:
    """Return the present moment in the zone of this machine."""
    return datetime.now().astimezone()


class RowList(Pane, can_focus=True, inherit_bindings=False):
    """A list of articles with a cursor. The cost of a key does not depend on its length."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = set(CLASSES)
    DEFAULT_CSS = CSS

    cursor: reactive[int] = reactive(0, init=False, repaint=False)
    show_snippets: reactive[bool] = reactive(False, init=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        index: int

    @dataclass
    class Opened(Message):
        """A row was chosen."""

        index: int

    @dataclass
    class Picked(Message):
        """A row was clicked to be selected or let go; `up_to`: all rows up to it."""

        index: int
        up_to: bool

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = local_now,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._clock = clock
        self._source: RowSource = NoRows()
        self._selected: Container[int] = ()
        self.colour_of: Callable[[str], Colour | None] = lambda _name: None
        """The colour of a tag; `refresh_rows` shows that one has changed."""
        self._message = ""
        self._ink = Ink(self, "row-list")
        self._strips: LRUCache[tuple[int, str, int], tuple[Strip, ...]] = LRUCache(512)
        self._message_strips: list[Strip] = []
        self._opened_by_click = False
        self._covered = self._covered_below = self._covered_at_press = 0

    # What is shown

    def set_source(self, source: RowSource, cursor: int = 0) -> None:
        """Show the rows of `source` with the cursor on row `cursor`; posts no message."""
        self._source = source
        self.set_reactive(RowList.cursor, self._clamped(cursor))
        self._lay_out()
        self._show_cursor()

    def refresh_rows(self) -> None:
        """Draw the rows again: some were loaded, have changed, or their number has."""
        self.set_reactive(RowList.cursor, self._clamped(self.cursor))
        self._lay_out()

    def refresh_row(self, index: int) -> None:
        """Draw one row again: what it says has changed."""
        for key in [key for key in self._strips.keys() if key[0] == index]:  # noqa: SIM118
            self._strips.discard(key)
        self._refresh_row(index)

    def set_selected(self, ids: Container[int]) -> None:
        """Mark the rows of these articles as selected."""
        self._selected = ids
        self._strips.clear()
        self.refresh()

    def set_covered(self, lines: int) -> None:
        """Begin below so many lines, over which something else lies."""
        if lines != self._covered:
            self._covered = lines
            self._message_strips.clear()
            self._fit()
            self.refresh()
            self._show_cursor()

    def set_covered_below(self, lines: int) -> None:
        """Keep the cursor above so many of the last lines, over which something else lies."""
        if lines != self._covered_below:
            self._covered_below = lines
            self._fit()
            self._show_cursor()

    def set_message(self, text: str) -> None:
        """Say `text` in place of the rows while there are none."""
        self._message = text
        self._lay_out()

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by `delta` rows, as far as there are rows."""
        self.go_to(self.cursor + delta)

    def go_to(self, index: int) -> None:
        """Put the cursor on the row `index`, the nearest when there is none."""
        self.cursor = index

    def page(self, direction: int, *, half: bool = False) -> None:
        """Move the cursor by the rows in view, or half of them, down (1) or up (-1)."""
        rows = self.rows_in_view
        self.move(direction * max(1, rows // 2 if half else rows - 1))

    def open(self) -> None:
        """Choose the row under the cursor, if there is one."""
        if len(self._source):
            self.post_message(self.Opened(self.cursor))

    @property
    def rows_in_view(self) -> int:
        """How many whole rows the list shows at once, at least one."""
        return max(1, self._height // self._row_height)

    # Changes

    def draw_cursor(self) -> None:
        """Draw the row under the cursor."""
        self._refresh_row(self.cursor)

    def validate_cursor(self, index: int) -> int:
        return self._clamped(index)

    def watch_cursor(self, old: int, new: int) -> None:
        for index in (old, new):
            self._refresh_row(index)
        self._show_cursor()
        self.post_message(self.Moved(new))

    def watch_show_snippets(self) -> None:
        self._lay_out()
        self._show_cursor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        # A third of the cost of a key was a scroll bar drawn anew where it had not moved.
        if self.show_vertical_scrollbar and bar_moves(self, new_value):
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)
            self._ask()

    def on_resize(self) -> None:
        # What is kept of rows is kept by their width: those in view are drawn once, not twice.
        if not len(self._source):
            self._message_strips.clear()
            self.refresh()
        self._fit()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()
        self._strips.clear()
        self._message_strips.clear()

    def on_mouse_down(self) -> None:
        # What covers the list goes away under the pointer: the row that was seen is meant.
        self._covered_at_press = self._covered

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        index = (place.y - self._covered_at_press + self.scroll_offset.y) // self._row_height
        if not 0 <= index < len(self._source):
            return
        if event.ctrl or event.shift:
            self.post_message(self.Picked(index, up_to=event.shift))
            return
        again = event.chain > 1 and self._opened_by_click
        self._opened_by_click = index == self.cursor and not again
        if self._opened_by_click:
            self.open()
        else:
            self.go_to(index)

    # Drawing

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if not len(self._source):
            return self._message_line(y)
        index, line = divmod(y - self._covered + self.scroll_offset.y, self._row_height)
        if not 0 <= index < len(self._source):
            return Strip.blank(width, self._ink())
        return self._row_strips(index)[line]

    def _row_strips(self, index: int) -> tuple[Strip, ...]:
        # A line may be drawn before the list has heard of its new width.
        cursor = self.here("cursor") if index == self.cursor else ""
        key = (index, cursor, self.scrollable_content_region.width)
        strips = self._strips.get(key)
        if strips is None:
            row = self._source.row(index)
            below = self._below(row, cursor)
            strips = tuple(
                self._drawn(line, below, first=not number)
                for number, line in enumerate(self._lines(row))
            )
            if row is not None:
                self._strips[key] = strips
        return strips

    def _lines(self, row: Row | None) -> tuple[Line, ...]:
        if row is None:
            return (_LOADING, *[()] * (self._row_height - 1))
        width = self.scrollable_content_region.width
        now, snippets = self._clock(), self.show_snippets
        return row_lines(row, width, now, snippets=snippets, tag_style=self._tag_style)

    def _tag_style(self, name: str) -> str:
        colour = self.colour_of(name)
        return f"tag-{colour}" if colour is not None else plain_tag(name)

    def _below(self, row: Row | None, cursor: str) -> tuple[str, ...]:
        """The styles a row is drawn upon, that of the cursor first."""
        chosen = row is not None and row.article.id in self._selected
        return (*((cursor,) if cursor else ()), *(("chosen",) if chosen else ()))

    def _bar(self, below: tuple[str, ...], *, first: bool) -> Segment:
        """The first cell of a line: whether the cursor is on it and, in the `first` one of a
        row, whether it is selected."""
        checked = "chosen" in below and first
        if (cursor := below[:1]) and cursor != ("chosen",):
            mark, bar = ("✓", "bar-check") if checked else ("▌", "bar")
            return Segment(mark, self._ink(*cursor, self.here(bar)))
        if checked:
            return Segment("✓", self._ink("chosen", "check"))
        return Segment(" ", self._ink(*below))

    def _drawn(self, line: Line, below: tuple[str, ...], *, first: bool) -> Strip:
        # The colour of the cursor covers that of a selected row.
        base, ink = below[:1], self._ink
        segments = [Segment(text, ink(*base, style)) for text, style in line if text]
        strip = Strip([self._bar(below, first=first), *segments])
        return strip.adjust_cell_length(self.scrollable_content_region.width, ink(*base))

    def _message_line(self, y: int) -> Strip:
        region = self.scrollable_content_region
        if not self._message_strips:
            style = self._ink("message")
            self._message_strips = [
                Strip([Segment(line, style)]).adjust_cell_length(region.width, style)
                for line in message_lines(self._message, region.width, self._height)
            ]
        if 0 <= y - self._covered < len(self._message_strips):
            return self._message_strips[y - self._covered]
        return Strip.blank(region.width, self._ink())

    # Layout

    @property
    def _height(self) -> int:
        """How many lines there are for rows, or for what is said in their place."""
        return max(0, self.scrollable_content_region.height - self._covered)

    def _refresh_row(self, index: int) -> None:
        height = self._row_height
        self.refresh_lines(self._covered + index * height, height)

    @property
    def _row_height(self) -> int:
        width = self.scrollable_content_region.width
        return row_height(width, snippets=self.show_snippets)

    def _clamped(self, index: int) -> int:
        return max(0, min(index, len(self._source) - 1))

    def _lay_out(self) -> None:
        self._strips.clear()
        self._message_strips.clear()
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        """Have the size that the rows take, and ask for those in view."""
        width = self.scrollable_content_region.width
        rows = len(self._source) * self._row_height
        after = rows - (self.cursor + 1) * self._row_height
        below = max(0, self._covered_below - after)
        set_content_size(self, Size(width, rows + self._covered + below if rows else 0))
        self._ask()

    def _show_cursor(self) -> None:
        """Scroll as little as shows the cursor and, where there is room, a row beyond it."""
        height, view = self._row_height, self._height - self._covered_below
        if view <= 0:
            return
        beyond = height if view >= 5 * height else 0
        top, bottom = self.cursor * height - beyond, (self.cursor + 1) * height + beyond
        y = self.scroll_offset.y
        if bottom - y > view:
            y = bottom - view
        y = min(y, top)
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def _ask(self) -> None:
        """Ask for the rows in view, and a page on either side, when one in view is missing."""
        count, first = self.rows_in_view + 1, self.scroll_offset.y // self._row_height
        last = min(len(self._source), first + count)
        if any(self._source.row(index) is None for index in range(first, last)):
            before = max(0, first - count)
            self._source.request(before, min(len(self._source), last + count) - before)
