"""The part of the table of actions that is about places in a text and own commands."""

from __future__ import annotations

from reader.ui.places import BESIDE, CARD, PANES, READING, Action, Group, Place


def passage_actions() -> tuple[Action, ...]:
    """All of them, in the order in which they are listed."""
    return (*_places(), *_visits(), *_beside(), *_commands())


def _places() -> tuple[Action, ...]:
    def to(name: str, key: str, description: str, synonyms: str) -> Action:
        return Action(name, (key,), Group.READ, description, READING, synonyms)

    return (
        Action(
            "article.find",
            ("ctrl+f", "g /"),
            Group.READ,
            "Find words in this article, and go from one place to the next",
            PANES,
            "search within page text grep look for",
            short="find in the article",
        ),
        to("paragraph.next", ")", "Next paragraph", "skip forward"),
        to("paragraph.previous", "(", "Previous paragraph", "skip back"),
        to("heading.next", ">", "Next heading in the article", "section chapter skip"),
        to("heading.previous", "<", "Previous heading in the article", "section chapter back"),
    )


def _commands() -> tuple[Action, ...]:
    return (
        Action(
            "article.pipe",
            ("|",),
            Group.LINKS,
            "Give the article, or those selected, as Markdown to a command",
            PANES,
            "shell program filter stdin share print mail",
        ),
        Action(
            "article.pictures",
            ("I",),
            Group.LINKS,
            "Choose a picture of the article, to be seen here or in the browser",
            PANES,
            "image photo attachment illustration view",
        ),
        Action(
            "command.choose",
            ("!",),
            Group.LINKS,
            "Run a command of your own on the article, or on those selected",
            PANES,
            "macro script program share send bookmark player",
        ),
    )


def _visits() -> tuple[Action, ...]:
    return (
        Action(
            "visit.back",
            ("ctrl+o",),
            Group.READ,
            "Back to the article read before, in its list, where one was in it",
            PANES | CARD | BESIDE,
            "previous history jump return last visited browser",
        ),
        Action(
            "visit.forward",
            ("ctrl+n",),
            Group.READ,
            "Forward again to the article one went back from",
            PANES | CARD | BESIDE,
            "next history jump again browser",
        ),
    )


def _beside() -> tuple[Action, ...]:
    return (
        Action(
            "article.beside",
            ("b",),
            Group.READ,
            "Keep this article on the right, beside the next one; on the same again: let it go",
            PANES,
            "second two side by side split compare pin window",
        ),
        Action(
            "beside.open",
            ("enter",),
            Group.READ,
            "Make the second article the first",
            BESIDE,
            "swap open main",
            ((Place.BESIDE, "make it the first"),),
        ),
        Action(
            "beside.page",
            ("space",),
            Group.READ,
            "A page down in the second article",
            BESIDE,
            "scroll",
            ((Place.BESIDE, "page down"),),
        ),
        Action(
            "beside.leave",
            ("b",),
            Group.READ,
            "Let the second article go",
            BESIDE,
            "close unsplit",
            ((Place.BESIDE, "let go"),),
        ),
    )
