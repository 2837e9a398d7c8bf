"""A long list of entries under headings, with a line to look for some of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from reader.ui.help_entries import Entries, Entry
from reader.ui.screens.modal import Modal

_KEYS_COLUMN = ((60, 20), (34, 10), (0, 1))
"""From how many columns on the keys have how many; with one they stand above what they do."""


class LookUpScreen(Modal[None]):
    """Type to find; arrows scroll; Esc closes."""

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
        self._text = Static("", markup=False, id="help-text")
        self._scroll = VerticalScroll(self._text, id="help-scroll", can_focus=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield self._line
            yield self._scroll

    def on_mount(self) -> None:
        self._line.focus()

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self._show()
        self._scroll.scroll_home(animate=False)

    @on(Input.Submitted)
    def _close(self) -> None:
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        self._scroll.scroll_relative(y=direction * self._scroll.size.height, animate=False)

    def on_resize(self) -> None:
        # Only afterwards have the parts their new width.
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        width = self._scroll.scrollable_content_region.width
        self._text.update(Content("\n").join(self._lines(self._line.value, width)))

    def _lines(self, wanted: str, width: int) -> Iterator[Content]:
        found = self._entries.find(wanted)
        if not found:
            yield Content(self.NOTHING)
        for group, entries in groupby(found, lambda entry: entry.group):
            yield Content.styled(group, "bold $hint-key")
            for entry in entries:
                yield from entry_lines(entry, width)
            yield Content("")
        if not wanted and self.notes:
            yield Content.styled(self.notes, "$header-dim")


def entry_lines(entry: Entry, width: int) -> Iterator[Content]:
    """An entry in so many cells: its keys in a column of their own, where there is room."""
    column = next(column for least, column in _KEYS_COLUMN if width >= least) if entry.keys else 0
    lines = wrap(entry.words, max(10, width - column - 2))
    if len(entry.keys) <= column:
        beside = lines.pop(0) if lines else ""
        yield Content.assemble((f" {entry.keys:<{column}}", "bold"), f" {beside}" if beside else "")
    else:
        for line in wrap(entry.keys, max(10, width - 2), subsequent_indent="   "):
            yield Content.styled(f" {line}", "bold")
    for line in lines:
        yield Content(f"{'':{column + 2}}{line}")
