"""A line to type in, with a note above or below it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.messages import PromptChanged

TYPED_LIMIT = 2000
"""Code points a line takes."""


class Prompt(Vertical):
    """One line of input behind a label. Hidden until `open`.

    The keys that are no text (Enter, Esc, Tab, arrows) belong to the screen.
    """

    def __init__(
        self,
        label: str,
        placeholder: str = "",
        *,
        note_above: bool = False,
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes="prompt")
        self._note_above = note_above
        self._label = label
        self._placeholder = placeholder

    def compose(self) -> ComposeResult:
        note = Static("", markup=False, classes="prompt--note")
        if self._note_above:
            yield note
        with Horizontal(classes="prompt--line"):
            yield Static(Content(self._label), classes="prompt--label")
            yield Input(placeholder=self._placeholder, compact=True, max_length=TYPED_LIMIT)
        if not self._note_above:
            yield note

    @property
    def input(self) -> Input:
        return self.query_one(Input)

    @property
    def text(self) -> str:
        return self.input.value

    @property
    def is_open(self) -> bool:
        return self.has_class("-open")

    def open(self, text: str = "", *, label: str | None = None) -> None:
        """Show the line with `text` in it, the cursor at its end, and type into it."""
        if label is not None:
            self.query_one(".prompt--label", Static).update(Content(label))
        with self.prevent(Input.Changed):
            self.input.value = text
        self.input.cursor_position = len(text)
        self.set_note("")
        self.add_class("-open")
        # At once, not in its turn: the next key may be here already.
        self.screen.set_focus(self.input)

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    def set_text(self, text: str) -> None:
        """Put other text in the line, the cursor at its end."""
        self.input.value = text
        self.input.cursor_position = len(text)

    def put(self, text: str) -> None:
        """The same, without telling the screen: a completion is not typed."""
        with self.prevent(Input.Changed):
            self.set_text(text)

    def set_note(self, text: str) -> None:
        """Say something beside the line; nothing hides the note."""
        note = self.query_one(".prompt--note", Static)
        note.update(Content(text))
        note.set_class(bool(text), "-shown")

    def type(self, character: str) -> None:
        """Take a key that was pressed before the line had the focus."""
        self.input.insert_text_at_cursor(character)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(PromptChanged(self, event.value))
