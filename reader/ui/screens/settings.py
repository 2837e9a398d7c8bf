"""What is wrong in the settings file, and every setting with where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from reader.clean import clean_line
from reader.config import Loaded, show_settings
from reader.errors import SettingsError
from reader.text import count, tell_setting
from reader.ui.footer import Hints
from reader.ui.key_settings import MOST_PROBLEMS
from reader.ui.keymap import Keymap
from reader.ui.live_keys import line_of, with_keys
from reader.ui.screens.modal import Modal

FOOT = (
    f"{line_of('set NAME VALUE')} changes one and keeps it, {line_of('config edit')} opens the "
    "file. A change of the file holds at once."
)


class SettingsScreen(Modal[None]):
    """Arrows scroll; Esc, Enter and q close."""

    KEYS: ClassVar[Hints | None] = (("↑ ↓", "scroll"), ("Esc", "close"))

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "close"),
        Binding("down,j", "scroll(1)", "down"),
        Binding("up,k", "scroll(-1)", "up"),
        Binding("pagedown,space", "page(1)", "page down"),
        Binding("pageup", "page(-1)", "page up"),
    ]

    def __init__(self, loaded: Loaded, problems: Sequence[SettingsError], keymap: Keymap) -> None:
        super().__init__()
        text = Content("\n").join(settings_lines(loaded, problems, keymap))
        self._scroll = VerticalScroll(
            Static(text, markup=False, id="help-text"), id="help-scroll", can_focus=False
        )

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield self._scroll

    def action_scroll(self, lines: int) -> None:
        self._scroll.scroll_relative(y=lines, animate=False)

    def action_page(self, direction: int) -> None:
        self._scroll.scroll_relative(y=direction * self._scroll.size.height, animate=False)


def settings_lines(
    loaded: Loaded, problems: Sequence[SettingsError], keymap: Keymap
) -> Iterator[Content]:
    """The lines of the page."""
    yield Content.styled("Settings", "bold $hint-key")
    yield Content(clean_line(str(loaded.path)) if loaded.path is not None else "no settings file")
    yield Content("")
    for problem in problems[:MOST_PROBLEMS]:
        yield Content.styled(f"! {tell_setting(problem)}", "$error")
    if (more := len(problems) - MOST_PROBLEMS) > 0:
        yield Content.styled(f"! {count(more, 'other problem')}", "$error")
    if problems:
        yield Content("")
    for shown in show_settings(loaded):
        where = f"   line {shown.line}" if shown.line else ""
        name, value = clean_line(shown.name), clean_line(shown.text)
        yield Content.assemble((f"{name} ", "bold"), value, (where, "$header-dim"))
    yield Content("")
    yield Content.styled(with_keys(FOOT, keymap), "$header-dim")
