"""The part of the table of actions that is about moving and reading."""

from __future__ import annotations

from reader.ui.places import (
    AREAS,
    BESIDE,
    LIST,
    NAMES,
    PANES,
    READING,
    Action,
    Group,
    Place,
)


def reading_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_move(), *_read(), *_places(), *_look())


def _move() -> tuple[Action, ...]:
    def move(
        name: str,
        keys: tuple[str, ...],
        description: str,
        synonyms: str = "",
        places: frozenset[Place] = AREAS,
        short: str = "",
    ) -> Action:
        return Action(f"move.{name}", keys, Group.MOVE, description, places, synonyms, short=short)

    return (
        move("down", ("j", "down"), "Next row, or one line down", "scroll"),
        move("up", ("k", "up"), "Previous row, or one line up", "scroll"),
        move(
            "first",
            ("g g", "home"),
            "First row, or the top of the article",
            "beginning start",
            short="the top",
        ),
        move("last", ("G", "end"), "Last row, or the end of the article", "bottom"),
        move("half_down", ("ctrl+d",), "Half a page down"),
        move("half_up", ("ctrl+u",), "Half a page up"),
        move("page_down", ("pagedown",), "A page down"),
        move("page_up", ("pageup",), "A page up"),
        move(
            "right",
            ("l", "right"),
            "To the pane on the right; from the list: open; on a source: show; on a folder: unfold",
            "into expand",
            PANES | BESIDE,
        ),
        move(
            "left",
            ("h", "left"),
            "To the pane on the left; on a folder: fold",
            "back collapse",
            PANES | BESIDE,
        ),
        move("next_pane", ("tab",), "Next pane; on a card: next section", "focus switch"),
        move("previous_pane", ("shift+tab",), "Previous pane or section", "focus switch"),
    )


def _read() -> tuple[Action, ...]:
    return (
        Action(
            "article.open",
            ("enter",),
            Group.READ,
            "Open the article and mark it read",
            LIST,
            "read view show",
            ((Place.LIST, "open"),),
        ),
        Action(
            "article.read_on",
            ("space",),
            Group.READ,
            "Open; then a page down, and at the end the next unread article",
            READING,
            "page continue scroll",
            ((Place.LIST, "read on"), (Place.ARTICLE, "read on")),
        ),
        Action(
            "unread.next",
            ("n",),
            Group.READ,
            "Next unread article",
            PANES,
            "jump new",
            ((Place.ARTICLE, "next unread"),),
        ),
        Action("unread.previous", ("N",), Group.READ, "Previous unread article", PANES, "jump new"),
        Action(
            "article.next",
            ("J",),
            Group.READ,
            "Next article, read or not",
            READING,
            "following below story entry item",
        ),
        Action(
            "article.previous",
            ("K",),
            Group.READ,
            "Previous article, read or not",
            READING,
            "before above story entry item",
        ),
    )


def _places() -> tuple[Action, ...]:
    return (
        Action(
            "hit.next",
            ("]",),
            Group.READ,
            "Next search hit in the article",
            PANES,
            "match found",
        ),
        Action("hit.previous", ("[",), Group.READ, "Previous search hit", PANES, "match found"),
        Action(
            "mention.next",
            ("}",),
            Group.READ,
            "Next mention of anyone or anything in the article",
            PANES - NAMES,
            "entity name",
        ),
        Action(
            "mention.previous",
            ("{",),
            Group.READ,
            "Previous mention",
            PANES - NAMES,
            "entity name",
        ),
    )


def _look() -> tuple[Action, ...]:
    return (
        Action(
            "article.full_text",
            ("O",),
            Group.READ,
            "Read the full text of the page; once it is there: the text of the feed, and back",
            PANES,
            "whole page fetch web summary own version",
        ),
        Action("screen.zen", ("z",), Group.READ, "Only the article, and back", PANES, "focus calm"),
    )
