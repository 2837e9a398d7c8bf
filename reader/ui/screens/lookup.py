"""A long list of entries under headings, with a line to look for some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.ui.footer import Hints
from reader.ui.format import Line
from reader.ui.help_entries import Entries, Entry
from reader.ui.screens.modal import Modal
from reader.ui.widgets.line_view import LineView

_KEYS_COLUMN = ((60, 20), (34, 10), (0, 1))
"""From how many columns on the keys have how many; with one they stand above what they do."""


class LookUpScreen(Modal[None]):
    """Type to find; arrows scroll; Esc closes."""

    KEYS: ClassVar[Hints | None] = (("a–z", "find"), ("↑ ↓", "scroll"), ("Esc", "close"))

    NOTHING: ClassVar[str] = ""
    """What is said when nothing answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("down", "scroll(1)", "down"),
        Binding("up", "scroll(-1)", "up"),
        Binding("pagedown", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, entries: Sequence[Entry], placeholder: str) -> None:
        super().__init__()
        self._entries = Entries(entries)
        self.notes = ""
        """What stands below everything."""
        # Kept, not looked up: Esc may close the screen before its parts are in place.
        self._line = Input(placeholder=placeholder, compact=True)
        self._scroll = LineView(id="help-scroll")

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield self._line
            yield self._scroll

    def on_mount(self) -> None:
        self._line.focus()
        self._scroll.show(self._lines)

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._scroll.show(self._lines)

    @on(Input.Submitted)
    def _close(self) -> None:
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        self._scroll.scroll_relative(y=direction * self._scroll.size.height, animate=False)

    def _lines(self, width: int) -> list[Line]:
        """What answers what is typed, in so many cells."""
        wanted = self._line.value
        found = self._entries.find(wanted)
        lines: list[Line] = [] if found else [((self.NOTHING, ""),)]
        for group, entries in groupby(found, lambda entry: entry.group):
            lines.append(((group, "bold $hint-key"),))
            lines += (line for entry in entries for line in entry_lines(entry, width))
            lines.append(())
        if not wanted:
            notes = (line for note in self.notes.splitlines() for line in wrap(note, width))
            lines += (((line, "$header-dim"),) for line in notes)
        return lines


def entry_lines(entry: Entry, width: int) -> Iterator[Line]:
    """An entry in so many cells: its keys in a column of their own, where there is room."""
    column = next(column for least, column in _KEYS_COLUMN if width >= least) if entry.keys else 0
    room = max(10, width - column - 2)
    # Most have room, and looking for where to break them would be most of what opening costs.
    lines = [entry.words] if len(entry.words) <= room else wrap(entry.words, room)
    if len(entry.keys) <= column:
        beside = lines.pop(0) if lines else ""
        yield (f" {entry.keys:<{column}}", "bold"), (f" {beside}" if beside else "", "")
    else:
        for line in wrap(entry.keys, max(10, width - 2), subsequent_indent="   "):
            yield ((f" {line}", "bold"),)
    for line in lines:
        yield ((f"{'':{column + 2}}{line}", ""),)
