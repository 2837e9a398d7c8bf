"""All keys, made from the table of actions, with a line to look for one."""

from __future__ import annotations

from typing import ClassVar

from reader.ui.actions import Place
from reader.ui.help_entries import help_entries
from reader.ui.keymap import Keymap
from reader.ui.live_keys import key_of, with_keys
from reader.ui.screens.lookup import LookUpScreen

NOTES = f"""\
An article counts as read when it is opened or read to its end; \
looking at it from the list leaves it unread.
The list stands still: what arrives meanwhile is announced, and {key_of("view.reload")} shows it.
Every change is saved at once, and {key_of("history.undo")} takes it back, tomorrow as well.
A mark beside a source: ! it fails, × it has been stopped, … its server asks to wait."""
"""What no key says."""


class HelpScreen(LookUpScreen):
    """What can be done in the place it was called from comes first."""

    NOTHING: ClassVar[str] = "Nothing does that."

    def __init__(self, keymap: Keymap, place: Place) -> None:
        super().__init__(help_entries(keymap, place), "find a key or an action · Esc closes")
        self.notes = with_keys(NOTES, keymap)
