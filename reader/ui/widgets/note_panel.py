"""The note on the highlight that the reader has gone to."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from reader.ui.safety import shown
from reader.ui.widgets.page import OWN

_MOST = 6
"""Lines of a note that are shown at once."""


class NotePanel(Static):
    """A few lines below the panes; nothing while the reader is at no highlight."""

    DEFAULT_CSS = """
    NotePanel {
        display: none;
        height: auto;
        max-height: MOST;
        padding: 0 1;
        background: $panel;
        color: $foreground;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    """.replace("MOST", str(_MOST))

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._shown: tuple[str, str] | None = None

    def show(self, words: str, otherwise: str) -> None:
        """Show a note; `otherwise` where it has no words, in the same place: nothing moves while
        one goes from highlight to highlight."""
        if (words, otherwise) == self._shown:
            return
        self._shown = words, otherwise
        own = Content.assemble((OWN, "bold $accent"), shown(words))
        self.update(own if words else Content.styled(otherwise, "$text-muted"), layout=False)
        width, height = self.content_size
        wanted = self.get_content_height(self.size, self.screen.size, width) if width else 0
        if not self.display or min(wanted, _MOST) != height:
            # Only then: the whole screen is laid out again.
            self.set_class(True, "-shown")
            self.refresh(layout=True)

    def hide(self) -> None:
        """Show nothing."""
        self._shown = None
        self.set_class(False, "-shown")
