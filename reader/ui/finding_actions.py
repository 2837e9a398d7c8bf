"""The part of the table of actions that is about finding articles and sorting them out."""

from __future__ import annotations

from reader.ui.places import (
    AREAS,
    CARD,
    PANES,
    READING,
    SOURCES,
    Action,
    Group,
    Place,
)


def finding_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_find(), *_triage(), *_list_and_history())


def _find() -> tuple[Action, ...]:
    def sort(key: str, name: str, description: str) -> Action:
        keys, synonyms = (f"= {key}",), "order arrange sort"
        return Action(f"sort.{name}", keys, Group.FIND, description, PANES, synonyms)

    return (
        Action(
            "find.search",
            ("/",),
            Group.FIND,
            "Search the whole library as you type",
            READING | SOURCES | CARD,
            "query look for full text",
            ((Place.LIST, "search"),),
        ),
        Action(
            "find.narrow",
            ("F",),
            Group.FIND,
            "Narrow the list down further",
            PANES - SOURCES,
            "filter chip limit",
        ),
        Action(
            "find.widen",
            ("backspace",),
            Group.FIND,
            "Take the last condition away",
            PANES,
            "unfilter pop chip",
        ),
        Action(
            "find.unread",
            ("g u",),
            Group.FIND,
            "Only what is unread, and all of it again",
            PANES,
            "unread filter hide read show new toggle",
            short="only unread",
        ),
        Action(
            "find.all",
            ("g a",),
            Group.FIND,
            "All articles",
            PANES,
            "clear reset search whole home",
            short="all articles",
        ),
        sort("n", "newest", "Newest first"),
        sort("o", "oldest", "Oldest first"),
        sort("r", "relevance", "Best matches first"),
        sort("s", "source", "By source"),
        sort("t", "title", "By title"),
        sort("l", "longest", "Longest first"),
    )


def _triage() -> tuple[Action, ...]:
    return (
        Action(
            "article.toggle_read",
            ("m",),
            Group.TRIAGE,
            "Mark read or unread",
            PANES,
            "seen done",
            ((Place.LIST, "read/unread"),),
        ),
        Action(
            "article.toggle_star",
            ("f",),
            Group.TRIAGE,
            "Star or unstar",
            PANES,
            "bookmark favourite flag save",
        ),
        Action(
            "article.tag",
            ("t",),
            Group.TRIAGE,
            "Tags, in one line: +add -remove",
            PANES,
            "label category",
            ((Place.LIST, "tags"), (Place.ARTICLE, "tags")),
        ),
        Action(
            "article.add_tag",
            ("+",),
            Group.TRIAGE,
            "Add a tag: the line of tags with a + in it",
            READING,
            "label category set",
        ),
        Action(
            "article.take_tag",
            ("-",),
            Group.TRIAGE,
            "Take a tag off: the line of tags with a - in it",
            READING,
            "label category unset clear",
        ),
        Action(
            "article.toggle_archive",
            ("a",),
            Group.TRIAGE,
            "Archive, or bring back",
            PANES,
            "done away hide",
        ),
    )


def _list_and_history() -> tuple[Action, ...]:
    return (
        Action(
            "view.mark_read",
            ("A",),
            Group.TRIAGE,
            "Mark everything in the list read, in the left pane all of the row (u takes it back)",
            PANES,
            "all catch up",
        ),
        Action("history.undo", ("u",), Group.TRIAGE, "Undo the last change", AREAS, "revert back"),
        Action("history.redo", ("U",), Group.TRIAGE, "Redo what was undone", AREAS, "again"),
    )
