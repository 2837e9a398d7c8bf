"""All keys, made from the table of actions, with a line to look for one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from reader.ui.actions import ACTIONS, Action
from reader.ui.keymap import Keymap
from reader.ui.matching import score

NOTES = """\
An article counts as read when it is opened (Enter, l, Space) or read to its end; \
looking at it from the list leaves it unread.
The list stands still: what arrives meanwhile is announced, and r shows it.
Every change is saved at once, and u takes it back, tomorrow as well.
A mark beside a source: ! it fails, × it has been stopped, … its server asks to wait."""
"""What no key says."""

_KEYS_COLUMN = ((60, 20), (34, 10), (0, 1))
"""From how many columns on the keys have how many; with one they stand above what they do."""


class HelpScreen(ModalScreen[None]):
    """Type to find an action; arrows scroll; Esc closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "close"),
        Binding("down", "scroll(1)", "down"),
        Binding("up", "scroll(-1)", "up"),
        Binding("pagedown", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self._keymap_of_actions = keymap
        # Kept, not looked up: Esc may close the screen before its parts are in place.
        self._line = Input(placeholder="find a key or an action · Esc closes", compact=True)
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
        wanted = self._line.value
        width = self._scroll.scrollable_content_region.width
        text = Content("\n").join(self._lines(wanted, width))
        self._text.update(text)

    def _lines(self, wanted: str, width: int) -> Iterator[Content]:
        found = [action for action in ACTIONS if self._answers(action, wanted)]
        if not found:
            yield Content("Nothing does that.")
        for group, actions in groupby(found, lambda action: action.group):
            yield Content.styled(group.value, "bold $hint-key")
            for action in actions:
                yield from self._entry(action, width)
            yield Content("")
        if not wanted:
            yield Content.styled(NOTES, "$header-dim")

    def _entry(self, action: Action, width: int) -> Iterator[Content]:
        keys = "  ".join(self._keymap_of_actions.keys_of(action)) or f":{action.name}"
        column = next(column for least, column in _KEYS_COLUMN if width >= least)
        lines = wrap(action.description, max(10, width - column - 2))
        beside = lines.pop(0) if len(keys) <= column else ""
        yield Content.assemble((f" {keys:<{column}}", "bold"), f" {beside}" if beside else "")
        for line in lines:
            yield Content(f"{'':{column + 2}}{line}")

    def _answers(self, action: Action, wanted: str) -> bool:
        wanted = wanted.strip()
        if not wanted or wanted in self._keymap_of_actions.keys_of(action):
            return True
        return len(wanted) > 1 and score(wanted, action) > 0
