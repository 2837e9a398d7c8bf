"""Something said in several lines, over everything else, until a key closes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.ui.footer import Hints
from reader.ui.format import Line
from reader.ui.screens.modal import Modal


class LinesScreen(Modal[None]):
    """Lines of pieces, each with a style of Textual's; arrows scroll, Esc closes."""

    KEYS: ClassVar[Hints | None] = (("↑ ↓", "scroll"), ("Esc", "close"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,i,enter", "dismiss", "close"),
        Binding("down,j", "scroll(1)", "down"),
        Binding("up,k", "scroll(-1)", "up"),
        Binding("pagedown,space", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        text = Content("\n").join(Content.assemble(*line) for line in lines)
        self._scroll = VerticalScroll(Static(text, markup=False), id="lines-scroll")

    def compose(self) -> ComposeResult:
        with Vertical(id="lines"):
            yield self._scroll
            yield Static("Esc closes", id="lines-foot", markup=False)

    def on_mount(self) -> None:
        self._scroll.can_focus = False

    def action_scroll(self, lines: int) -> None:
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        self._scroll.scroll_relative(y=direction * self._scroll.size.height, animate=False)
