"""The list of changes: draws the rows that are in view and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.history_rows import HistoryRows, history_line
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.row_list import local_now

_NEAR = 100
"""Rows from the last one below which older changes are asked for."""


class HistoryList(ScrollView, can_focus=True, inherit_bindings=False):
    """Changes with a cursor, which steps over the line "now"."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "history--time", "history--what", "history--undone", "history--now", "history--cursor",
    }  # fmt: skip
    DEFAULT_CSS = """
    HistoryList {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $panel;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .history--time, & > .history--undone { color: $text-muted; }
        & > .history--undone { text-style: italic; }
        & > .history--now { color: $primary; text-style: bold; }
        & > .history--cursor { background: $primary 30%; }
        &:ansi, &:nocolor {
            & > .history--time { text-style: dim; }
            & > .history--undone { text-style: dim italic; }
            & > .history--cursor { color: ansi_default; background: ansi_default; text-style: reverse; }
        }
    }
    """  # noqa: E501

    class EndNear(Message):
        """Older changes would be in view soon."""

    @dataclass
    class Chosen(Message):
        """A row was clicked that the cursor was on."""

        row: int

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = local_now,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.rows = HistoryRows()
        self.cursor = 0
        self._clock = clock
        self._ink = Ink(self, "history")

    def show(self, rows: HistoryRows, cursor: int) -> None:
        """Show rows with the cursor on one of them."""
        self.rows = rows
        self.cursor = rows.beside_line(cursor, 1)
        self._lay_out()
        self._show_cursor()
        self.refresh()

    def move(self, delta: int) -> None:
        """Move the cursor by rows, as far as there are rows."""
        self.cursor = self.rows.beside_line(self.cursor + delta, delta)
        self._show_cursor()
        self.refresh()
        if not self.rows.is_whole and self.cursor > len(self.rows) - _NEAR:
            self.post_message(self.EndNear())

    def page(self, direction: int) -> None:
        """Move the cursor by a page."""
        self.move(direction * max(1, self.size.height - 1))

    def on_resize(self) -> None:
        self._lay_out()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None or (row := place.y + self.scroll_offset.y) >= len(self.rows):
            return
        if row == self.cursor:
            self.post_message(self.Chosen(row))
        else:
            self.move(row - self.cursor)

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= len(self.rows):
            return Strip.blank(width, self._ink())
        current = row == self.cursor
        below = ("cursor",) if current else ()
        line = history_line(self.rows, row, width, self._clock())
        segments = [Segment("▌ " if current else "  ", self._ink(*below))]
        segments += [Segment(text, self._ink(*below, style)) for text, style in line if text]
        return Strip(segments).adjust_cell_length(width, self._ink(*below))

    def _lay_out(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.rows))

    def _show_cursor(self) -> None:
        view, y = self.scrollable_content_region.height, self.scroll_offset.y
        if view > 2:
            # With the rows beside it: one of them may be the line "now".
            y = min(max(y, self.cursor - view + 2), self.cursor - 1)
            self.scroll_to(y=max(0, y), animate=False, force=True)
