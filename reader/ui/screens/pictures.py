"""A picture over everything else, until a key closes it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.widgets import Static

from reader.ui.screens.modal import Modal


class PictureScreen(Modal[bool]):
    """A picture as large as the screen; its result is whether to open it in the browser.

    That nothing below is drawn matters here: a picture flickers each time it is sent.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,space", "dismiss(False)", "close"),
        Binding("o", "dismiss(True)", "open it in the browser"),
    ]

    def __init__(self, label: str, picture: Widget) -> None:
        super().__init__()
        self._label = label
        self._picture = picture

    def compose(self) -> ComposeResult:
        with Vertical(id="picture"):
            yield Static(self._label, markup=False, id="picture-title")
            yield Container(self._picture, id="picture-room")
            yield Static("Esc closes · o opens it in the browser", id="picture-foot", markup=False)
