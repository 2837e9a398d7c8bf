"""Every binding by its place, what clashes, and what is free."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from reader.ui.help_entries import Entry
from reader.ui.screens.lookup import LookUpScreen


class KeyListScreen(LookUpScreen):
    """Shows entries of `help_entries`."""

    NOTHING: ClassVar[str] = "No key does that."

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(entries, "find a key or what it does · Esc closes")
