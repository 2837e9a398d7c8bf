"""A line to type in, with a note above or below it.

All of it lies over the first or the last lines of the panes. These keep their place and their
size, so they are neither laid out nor drawn anew when it comes and goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from reader.ui.messages import PastedLines, PromptChanged
from reader.ui.widgets.suggestions import Suggestion, Suggestions

NOTE = 2
"""Lines a note has at most."""

TYPED_LIMIT = 2000
"""Code points a line takes."""

EDITS = (
    "cursor_left",
    "cursor_right",
    "cursor_left_word",
    "cursor_right_word",
    "home",
    "end",
    "delete_left",
    "delete_right",
    "delete_left_word",
    "delete_right_word",
    "delete_left_all",
    "delete_right_all",
)
"""What the line does with keys that are no text."""


class _Line(Input):
    """What is typed into. Each key is offered to the screen first, and then to the bindings of
    the line, here: in its turn it would come there after the letters typed behind it."""

    def __init__(self, placeholder: str, first: Callable[[events.Key], bool]) -> None:
        super().__init__(
            placeholder=placeholder, compact=True, max_length=TYPED_LIMIT, select_on_focus=False
        )
        self._first = first

    def watch_has_focus(self, has_focus: bool) -> None:
        """Only the cursor, which is drawn, tells that keys go here: nothing is styled anew."""

    def refresh(self, *regions: Region, **options: Any) -> Self:
        """Draw it anew. What is typed does not change its size: nothing is laid out for it."""
        return super().refresh(*regions, **{**options, "layout": False})

    def on_key(self, event: events.Key) -> None:
        if self._first(event) or self._edited(event.key):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line that has anything in it, and tell that there were others."""
        event.stop()
        event.prevent_default()
        lines = [line for line in event.text.splitlines() if line.strip()]
        if lines:
            self.replace(lines[0], *sorted(self.selection))
        if len(lines) > 1:
            self.post_message(PastedLines(len(lines)))

    def _edited(self, key: str) -> bool:
        """Move the cursor or take letters away, where the key means that."""
        for name in EDITS:
            if any(bound.action == name for bound in self._bindings.key_to_bindings.get(key, ())):
                getattr(self, f"action_{name}")()
                return True
        return False


class Prompt(Vertical):
    """One line of input behind a label. Hidden until `open`.

    The keys that are no text (Enter, Esc, Tab, arrows) belong to the screen.
    """

    def __init__(
        self,
        label: str,
        placeholder: str = "",
        *,
        first: Callable[[events.Key], bool],
        note_above: bool = False,
        id: str,  # noqa: A002
    ) -> None:
        super().__init__(id=id, classes="prompt -above" if note_above else "prompt")
        # It is there all the time, and hidden: one that comes and goes has all before it in the
        # tree drawn anew.
        self.visible = False
        self._note_above = note_above
        self._said = ""
        self._label = Static(Content(label), classes="prompt--label")
        self._note = Static("", markup=False, classes="prompt--note")
        self._note.visible = False
        self.input: Input = _Line(placeholder, first)
        self.covering: Callable[[int], None] = lambda _lines: None
        """Told how many lines of the panes are covered."""
        self.suggestions = Suggestions(above=note_above)

    def compose(self) -> ComposeResult:
        if self._note_above:
            yield self._note
            yield self.suggestions
        with Horizontal(classes="prompt--line"):
            yield self._label
            yield self.input
        if not self._note_above:
            yield self.suggestions
            yield self._note

    @property
    def text(self) -> str:
        return self.input.value

    @property
    def is_open(self) -> bool:
        return self.visible

    def open(self, text: str = "", *, label: str | None = None, marked: int = 0) -> None:
        """Show the line with `text` in it, the cursor at its end, and type into it: in place of
        the last so many code points where some are `marked`."""
        if label is not None:
            self._label.update(Content(label))
        with self.prevent(Input.Changed):
            self.input.value = text
        self.input.selection = Selection(len(text) - marked, len(text))
        self.set_note("")
        self.visible = True
        self._tell_covered()
        # At once, not in its turn: the next key may be here already.
        self.screen.set_focus(self.input)

    def close(self) -> None:
        """Hide the line."""
        self.visible = False
        self.offer(())

    def set_text(self, text: str) -> None:
        """Put other text in the line, the cursor at its end."""
        self.input.value = text
        self.input.cursor_position = len(text)

    def put(self, text: str, cursor: int | None = None) -> None:
        """The same, without telling the screen: a completion is not typed. The cursor goes to
        a code point of the text, or to its end."""
        with self.prevent(Input.Changed):
            self.set_text(text)
        if cursor is not None:
            self.input.cursor_position = cursor

    @property
    def cursor(self) -> int:
        """The code point of the text that the cursor is at."""
        return self.input.cursor_position

    def offer(self, suggestions: Sequence[Suggestion], at: int = 0) -> None:
        """List what could be written from a code point of the text on; the note, which may be
        that something is missing, steps back meanwhile."""
        self.suggestions.offer(suggestions, self._column_of(at))
        self._show_note()

    def _tell_covered(self) -> None:
        if not self.visible:
            self.covering(0)
        elif self._note_above:
            # What is above comes and goes with each letter: there is room for most of it at once.
            self.covering(1 + NOTE)
        else:
            self.covering(1 + (self.suggestions.lines or self._note_lines))

    @property
    def _note_lines(self) -> int:
        room = max(1, self.screen.size.width - 2)
        return min(NOTE, -(-cell_len(self._said) // room))

    def _column_of(self, at: int) -> int:
        """The column of the screen that a code point of the text is in."""
        line = self.input
        return line.content_region.x + cell_len(self.text[:at]) - line.scroll_offset.x

    def set_note(self, text: str) -> None:
        """Say something beside the line; nothing hides the note."""
        before, self._said = self._said, text
        if text != before:
            room = self._note.size.width
            # Nothing is laid out for other words on the same line.
            is_line = all(0 < cell_len(one) <= room and "\n" not in one for one in (before, text))
            self._note.update(Content(text), layout=not is_line)
            self._show_note()

    def _show_note(self) -> None:
        # Not by a class: all that is in the line would be styled anew.
        self._note.visible = self.visible and bool(self._said) and not self.suggestions
        self._tell_covered()

    def point_out(self, problem: str, place: tuple[int, int] | None) -> None:
        """Say aloud what is wrong with the line, and mark where, to be written anew."""
        self.set_note(problem)
        self._note.update(Content.styled(problem, "bold $text-error"), layout=False)
        if place is not None:
            self.input.selection = Selection(*place)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(PromptChanged(self, event.value))
