"""The part of the table of actions that is about saved searches, rules and tags."""

from __future__ import annotations

from reader.ui.places import Action


def saved_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return ()
