"""A list of notes: three lines each, and only those in view are drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.note_words import NoteEntry, note_lines
from reader.ui.widgets.content_size import set_content_size
from reader.ui.widgets.ink import Ink
from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.row_list import local_now

_HEIGHT = 3
"""Lines of a note."""

_NEAR = 10
"""Notes before the end from which on more are asked for."""


class NoteList(ScrollView, can_focus=True, inherit_bindings=False):
    """Notes with a cursor. The cost of a key does not depend on how many there are."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "note-list--quote", "note-list--words", "note-list--mark", "note-list--origin",
        "note-list--lost", "note-list--cursor", "note-list--bar", "note-list--message",
    }  # fmt: skip
    DEFAULT_CSS = """
    NoteList {
        height: 1fr;
        background: $panel;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $panel;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }

        & > .note-list--mark { color: $accent; text-style: bold; }
        & > .note-list--origin, & > .note-list--message { color: $text-muted; }
        & > .note-list--lost { color: $warning; text-style: italic; }
        & > .note-list--cursor { background: $primary 25%; }
        & > .note-list--bar { color: $primary; }
        &:ansi, &:nocolor {
            & > .note-list--origin, & > .note-list--message { text-style: dim; }
            & > .note-list--cursor { background: ansi_default; }
            & > .note-list--bar { text-style: bold; }
        }
    }
    """

    cursor: reactive[int] = reactive(0, init=False)

    @dataclass
    class NearEnd(Message):
        """The cursor came near the last of the notes that are there."""

    @dataclass
    class Opened(Message):
        """The note under the cursor was chosen."""

    def __init__(self, *, clock: Callable[[], datetime] = local_now) -> None:
        super().__init__()
        self._clock = clock
        self._entries: Sequence[NoteEntry] = ()
        self._message = ""
        self._ink = Ink(self, "note-list")

    def show(self, entries: Sequence[NoteEntry], cursor: int, message: str) -> None:
        """Show notes, or `message` where there are none."""
        self._entries, self._message = entries, message
        self.set_reactive(NoteList.cursor, self.validate_cursor(cursor))
        self._lay_out()

    @property
    def current(self) -> NoteEntry | None:
        """The note under the cursor."""
        return self._entries[self.cursor] if self._entries else None

    def page(self, direction: int) -> None:
        """Move the cursor by the notes in view."""
        self.cursor += direction * max(1, self.scrollable_content_region.height // _HEIGHT - 1)

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self._entries) - 1))

    def watch_cursor(self) -> None:
        self._show_cursor()
        if self.cursor >= len(self._entries) - _NEAR:
            self.post_message(self.NearEnd())

    def on_resize(self) -> None:
        self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ink.clear()

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is None:
            return
        index = (place.y + self.scroll_offset.y) // _HEIGHT
        if index == self.cursor:
            self.post_message(self.Opened())
        self.cursor = index

    def render_line(self, y: int) -> Strip:
        region = self.scrollable_content_region
        if not self._entries:
            lines = message_lines(self._message, region.width, region.height)
            return self._filled([Segment("".join(lines[y : y + 1]), self._ink("message"))])
        index, line = divmod(y + self.scroll_offset.y, _HEIGHT)
        if index >= len(self._entries):
            return self._filled([])
        below = ("cursor",) if index == self.cursor else ()
        bar = Segment("▌" if below else " ", self._ink(*below, "bar"))
        pieces = note_lines(self._entries[index], region.width - 2, self._clock())[line]
        drawn = [Segment(text, self._ink(*below, style)) for text, style in pieces if text]
        return self._filled([bar, *drawn], *below)

    def _filled(self, segments: Sequence[Segment], *below: str) -> Strip:
        width = self.scrollable_content_region.width
        return Strip(segments).adjust_cell_length(width, self._ink(*below))

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        set_content_size(self, Size(width, len(self._entries) * _HEIGHT))
        self._show_cursor()
        self.refresh()

    def _show_cursor(self) -> None:
        top, view = self.cursor * _HEIGHT, self.scrollable_content_region.height
        y = min(max(self.scroll_offset.y, top + _HEIGHT - view), top)
        self.scroll_to(y=max(0, y), animate=False, force=True)
        self.refresh()
