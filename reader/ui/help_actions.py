"""The part of the table of actions that is about help, settings and files."""

from __future__ import annotations

from reader.ui.places import Action


def help_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return ()
