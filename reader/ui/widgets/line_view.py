"""Lines of text to scroll through: draws those in view and no others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from reader.ui.format import Line
from reader.ui.widgets.content_size import set_content_size

Lines = Callable[[int], Sequence[Line]]
"""Makes the lines for so many cells, each of pieces with a style of Textual's."""


class LineView(ScrollView, can_focus=False, inherit_bindings=False):
    """Text that is broken into lines already. What it costs to show follows its height."""

    ALLOW_SELECT = False
    DEFAULT_CSS: ClassVar[str] = """
    LineView {
        background: $panel;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-background: $panel;
        &:ansi { scrollbar-color: ansi_bright_black; scrollbar-background: ansi_default; }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._make: Lines = lambda _width: ()
        self._lines: Sequence[Line] = ()

    def show(self, make: Lines) -> None:
        """Show other lines, from the top."""
        self._make = make
        self._lay_out()
        self.scroll_to(y=0, animate=False, force=True)

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        # Until it is mounted it has none; then it is told its size.
        self._lines = self._make(width) if width else ()
        set_content_size(self, Size(width, len(self._lines)))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        at, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        line = Content.assemble(*self._lines[at]) if at < len(self._lines) else Content("")
        (strip,) = Visual.to_strips(self, line, width, 1, self.visual_style, pad=True)
        return strip
