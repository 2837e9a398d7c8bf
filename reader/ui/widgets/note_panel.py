"""The note on the highlight that the reader has gone to."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reader.ui.safety import shown
from reader.ui.widgets.page import OWN


class NotePanel(Static):
    """A few lines below the panes; nothing while there is no note to show."""

    DEFAULT_CSS = """
    NotePanel {
        display: none;
        height: auto;
        max-height: 6;
        padding: 0 2;
        background: $panel;
        color: $foreground;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Show a note, or nothing."""
        if words == self._words:
            return  # the whole screen would be laid out again
        self._words = words
        self.set_class(bool(words), "-shown")
        self.update(Content.assemble((OWN, "bold $accent"), shown(words)) if words else "")
