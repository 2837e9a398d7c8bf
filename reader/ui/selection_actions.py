"""The part of the table of actions that is about selecting and the history of changes."""

from __future__ import annotations

from reader.ui.places import AREAS, LIST, Action, Group


def selection_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_selecting(), *_history())


def _selecting() -> tuple[Action, ...]:
    def select(name: str, keys: tuple[str, ...], description: str, synonyms: str) -> Action:
        words = f"select pick choose bulk many {synonyms}"
        return Action(f"select.{name}", keys, Group.TRIAGE, description, LIST, words)

    return (
        select("toggle", ("v",), "Select this article, or let it go, and go down", "mark visual"),
        select("up_to_here", ("V",), "Select from the last selected one to here", "range visual"),
        select("all", ("*",), "Select the whole list; again: nothing", "everything none clear"),
        select("down", ("shift+down",), "Select while going down", "extend stretch"),
        select("up", ("shift+up",), "Select while going up", "extend stretch"),
    )


def _history() -> tuple[Action, ...]:
    return (
        Action(
            "history.show",
            ("g h",),
            Group.TRIAGE,
            "History: the changes made, and going back to any of them",
            AREAS,
            "undo redo log list earlier time machine",
            short="history",
        ),
        Action(
            "history.take_back",
            (),
            Group.TRIAGE,
            "Take back one change alone: choose it among all, then x",
            AREAS,
            "undo untag out of order single cherry selective",
        ),
    )
