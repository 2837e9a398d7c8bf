"""The left pane: saved searches, sources and tags, with what is unread in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.kept import Colour
from reader.ui.left_rows import LeftRow, left_line
from reader.ui.source_rows import RowKind
from reader.ui.widgets.content_size import bar_moves, set_content_size
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.pane import Pane


class SourcePane(Pane, can_focus=True, inherit_bindings=False):
    """Shows rows with a cursor, which stays on its row while others come and go."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sources--sign", "sources--source", "sources--source-unread", "sources--folder",
        "sources--folder-unread", "sources--fine", "sources--failing", "sources--stopped",
        "sources--waiting", "sources--count", "sources--total", "sources--cursor", "sources--bar",
        "sources--cursor-here", "sources--bar-here",
        "sources--message", "sources--heading", "sources--key", "sources--rule", "sources--off",
        *(f"sources--tag-{colour}" for colour in Colour),
    }  # fmt: skip
    DEFAULT_CSS = """
    SourcePane {
        background: $surface;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $surface;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .sources--sign, & > .sources--source, & > .sources--count,
        & > .sources--waiting, & > .sources--message, & > .sources--heading,
        & > .sources--rule { color: $text-muted; }
        & > .sources--heading { text-style: bold; }
        & > .sources--key { color: $accent; }
        & > .sources--off, & > .sources--total { color: $text-muted; text-style: dim; }
        & > .sources--folder-unread, & > .sources--source-unread { color: $foreground; }
        & > .sources--folder, & > .sources--folder-unread { text-style: bold; }
        & > .sources--failing, & > .sources--stopped { color: $error; }
        & > .sources--cursor { background: $foreground 8%; }
        & > .sources--bar { color: $foreground 40%; }
        & > .sources--cursor-here { background: $primary 30%; }
        & > .sources--bar-here { color: $primary; }
        &:ansi, &:nocolor {
            & > .sources--sign, & > .sources--source, & > .sources--count,
            & > .sources--waiting, & > .sources--message { text-style: dim; }
            & > .sources--cursor, & > .sources--cursor-here { background: ansi_default; }
            & > .sources--cursor-here { text-style: reverse; }
        }
    }
    """

    cursor: reactive[int] = reactive(0, init=False, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        row: LeftRow

    @dataclass
    class Opened(Message):
        """A row was chosen with the mouse."""

        row: LeftRow

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._ink = Ink(self, "sources")
        self._rows: Sequence[LeftRow] = ()
        self._message = ""
        self._strips: LRUCache[tuple[int, str, int], Strip] = LRUCache(256)

    # What is shown

    def show(self, rows: Sequence[LeftRow], message: str = "", *, top: bool = False) -> None:
        """Show rows, the cursor on the one it was on, or on the first where the `top` is asked
        for; `message` stands below them."""
        current = self.current if not top else None
        self._rows, self._message = rows, message
        keys = [row.key for row in rows]
        if current is not None and current.key in keys:
            at = keys.index(current.key)
        else:
            at = 0 if top else min(self.cursor, max(0, len(rows) - 1))
        self.set_reactive(SourcePane.cursor, at)
        self._lay_out()
        self._show_cursor()

    @property
    def rows(self) -> Sequence[LeftRow]:
        """All rows, from the top."""
        return self._rows

    @property
    def current(self) -> LeftRow | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    # Moving

    def move(self, delta: int) -> None:
        """Move the cursor by `delta` rows, as far as there are any."""
        self.cursor += delta

    def go_to(self, kind: RowKind, name: str | None) -> bool:
        """Put the cursor on a row, or on the first of its kind; False when it is not there."""
        for at, row in enumerate(self._rows):
            if row.kind is kind and name in (None, row.name):
                self.cursor = at
                return True
        return False

    def go_to_section(self, kind: RowKind) -> None:
        """Put the cursor on the first row of a kind, its heading at the top as far as there are
        lines below."""
        if self.go_to(kind, None):
            self.scroll_to(y=max(0, self.cursor - 1), animate=False, force=True)

    def go_to_folder(self) -> None:
        """Put the cursor on the folder that the row under it is in, if it is in one."""
        if self.current is None:
            return
        for at in range(self.cursor - 1, -1, -1):
            if self._rows[at].folds and self._rows[at].depth < self.current.depth:
                self.cursor = at
                return

    # Changes

    def draw_cursor(self) -> None:
        """Draw the row under the cursor."""
        self.refresh_lines(self.cursor)

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self._rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        for index in (old, new):
            self.refresh_lines(index)
        self._show_cursor()
        self.post_message(self.Moved(self._rows[new]))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        # As in the list: a scroll bar is drawn anew only where it has moved.
        if self.show_vertical_scrollbar and bar_moves(self, new_value):
            self.vertical_scrollbar.position = new_value
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def on_resize(self) -> None:
        # What is kept of rows is kept by their width.
        self._fit()
        self._show_cursor()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()
        self._strips.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        number = -1 if place is None else place.y + self.scroll_offset.y
        if 0 <= number < len(self._rows):
            self.cursor = number
            self.post_message(self.Opened(self._rows[number]))

    # Drawing

    def render_line(self, y: int) -> Strip:
        region = self.scrollable_content_region
        number = y + self.scroll_offset.y
        if number < len(self._rows):
            return self._row_strip(number, region.width)
        below = number - len(self._rows)
        said = message_lines(self._message, region.width, region.height) if self._message else []
        segments = [Segment("".join(said[below : below + 1]), self._ink("message"))]
        return Strip(segments).adjust_cell_length(region.width, self._ink())

    def _row_strip(self, index: int, width: int) -> Strip:
        cursor = self.here("cursor") if index == self.cursor else ""
        key = (index, cursor, width)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._drawn(index, width, cursor)
        return strip

    def _drawn(self, index: int, width: int, cursor: str) -> Strip:
        ink, below = self._ink, (cursor,) if cursor else ()
        bar = Segment("▌", ink(cursor, self.here("bar"))) if cursor else Segment(" ", ink())
        segments = [
            Segment(text, ink(*below, style))
            for text, style in left_line(self._rows[index], width)
            if text
        ]
        return Strip([bar, *segments]).adjust_cell_length(width, ink(*below))

    # Layout

    def _lay_out(self) -> None:
        self._strips.clear()
        self._fit()
        self.refresh()

    def _fit(self) -> None:
        set_content_size(self, Size(self.scrollable_content_region.width, len(self._rows)))

    def _show_cursor(self) -> None:
        height = self.scrollable_content_region.height
        if height <= 0:
            return
        y = max(self.scroll_offset.y, self.cursor + 1 - height)
        self.scroll_to(y=max(0, min(y, self.cursor)), animate=False, force=True)
