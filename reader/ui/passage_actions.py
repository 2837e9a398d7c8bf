"""The part of the table of actions that is about places in a text and own commands."""

from __future__ import annotations

from reader.ui.places import Action


def passage_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return ()
