"""The places keys are pressed in, and what an action is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where keys go."""

    SOURCES = "sources"
    LIST = "list"
    ARTICLE = "article"
    ENTITIES = "entities"
    FACETS = "names of the list"
    CARD = "card"
    SEARCH = "search line"
    TAGS = "tag line"
    COMMAND = "command line"
    LETTERS = "link letters"
    PICK = "letters to choose by"
    QUOTE = "text being selected"
    BESIDE = "second article"


class Group(StrEnum):
    """Under which heading an action is listed."""

    MOVE = "Move"
    READ = "Read"
    FIND = "Find"
    TRIAGE = "Sort out"
    ENTITIES = "People, places, organisations"
    SAVED = "Saved searches, rules, tags"
    SOURCES = "Sources"
    NOTES = "Highlights and notes"
    LINKS = "Links and text"
    PROMPT = "In a line you type in"
    SYSTEM = "Screen and library"


ENTITIES = frozenset({Place.ENTITIES})
FACETS = frozenset({Place.FACETS})
NAMES = ENTITIES | FACETS
"""The pane of names: those of the article, or those of the whole list."""

PANES = frozenset({Place.SOURCES, Place.LIST, Place.ARTICLE}) | NAMES
READING = frozenset({Place.LIST, Place.ARTICLE})
PROMPTS = frozenset({Place.SEARCH, Place.TAGS, Place.COMMAND})
CARD = frozenset({Place.CARD})
AREAS = PANES | CARD | {Place.BESIDE}
"""Everywhere but in lines and over letters."""

LIST = frozenset({Place.LIST})
ARTICLE = frozenset({Place.ARTICLE})
SOURCES = frozenset({Place.SOURCES})
LETTERS = frozenset({Place.LETTERS})
PICK = frozenset({Place.PICK})
QUOTE = frozenset({Place.QUOTE})
BESIDE = frozenset({Place.BESIDE})


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `hints` are the short words for it in the footer of a place, `short` those
    while a sequence of keys is typed, where the description would be too long.

    `synonyms` are other words people look for. An action without keys is reached through
    the palette and the command line.
    """

    name: str
    keys: tuple[str, ...]
    group: Group
    description: str
    places: frozenset[Place] = PANES
    synonyms: str = ""
    hints: tuple[tuple[Place, str], ...] = ()
    short: str = ""

    def hint(self, place: Place) -> str:
        """The footer's word for this action in `place`, empty when it is not shown there."""
        return dict(self.hints).get(place, "")
