"""What the tour asks for, between the panes and the status line."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget


class TourPanel(Widget):
    """Takes lines from the panes, so that it covers nothing. Hidden unless it has something to
    say."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    TourPanel {
        display: none;
        width: 1fr;
        background: $panel;
        color: $foreground;
        border-left: outer $hint-key;
        padding: 0 1;
        &.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()

    def say(self, lines: Sequence[str]) -> None:
        """Show lines; none hide the panel."""
        self._lines = lines
        self.styles.height = len(lines)
        self.set_class(bool(lines), "-shown")
        self.refresh()

    def render(self) -> Content:
        return Content("\n").join(Content(line) for line in self._lines)
