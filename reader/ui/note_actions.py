"""The part of the table of actions that is about highlights and notes."""

from __future__ import annotations

from reader.ui.places import Action


def note_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return ()
