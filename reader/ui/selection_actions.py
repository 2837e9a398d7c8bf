"""The part of the table of actions that is about selecting and the history of changes."""

from __future__ import annotations

from reader.ui.places import Action


def selection_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return ()
