"""The one table of what a person can do in the screen.

Keys, footer, help, palette, command line and `docs/keys.md` all come from here. A key is
written as the character it types (`j`, `?`, `]`) or by name (`ctrl+d`, `enter`, `space`);
a sequence has its keys in a row: `g g`.
"""

from __future__ import annotations

from dataclasses import replace

from reader.ui.entity_actions import entity_actions
from reader.ui.finding_actions import finding_actions
from reader.ui.help_actions import help_actions
from reader.ui.note_actions import note_actions
from reader.ui.passage_actions import passage_actions
from reader.ui.places import (
    AREAS,
    ARTICLE,
    CARD,
    ENTITIES,
    FACETS,
    LETTERS,
    LIST,
    NAMES,
    PANES,
    PICK,
    PROMPTS,
    READING,
    SOURCES,
    Action,
    Group,
    Place,
)
from reader.ui.reading_actions import reading_actions
from reader.ui.saved_actions import saved_actions
from reader.ui.screen_actions import screen_actions
from reader.ui.selection_actions import selection_actions
from reader.ui.source_actions import source_actions
from reader.ui.synonyms import SYNONYMS

__all__ = [
    "ACTIONS",
    "AREAS",
    "ARTICLE",
    "BY_NAME",
    "CARD",
    "ENTITIES",
    "FACETS",
    "LETTERS",
    "LIST",
    "NAMES",
    "PANES",
    "PICK",
    "PROMPTS",
    "READING",
    "SOURCES",
    "TYPED",
    "Action",
    "Group",
    "Place",
]

TYPED = {
    Place.LETTERS: (("a–z", "open"), ("A–Z", "copy")),
    Place.PICK: (("letter or digit", "choose"),),
}
"""Keys that are no actions of the table, as the footer of a place shows them."""


_GROUPS = list(Group)


def _all() -> tuple[Action, ...]:
    parts = (
        reading_actions(),
        finding_actions(),
        selection_actions(),
        saved_actions(),
        source_actions(),
        entity_actions(),
        note_actions(),
        passage_actions(),
        screen_actions(),
        help_actions(),
    )
    joined = (_with_synonyms(action) for part in parts for action in part)
    return tuple(sorted(joined, key=lambda action: _GROUPS.index(action.group)))


def _with_synonyms(action: Action) -> Action:
    more = SYNONYMS.get(action.name, "")
    return replace(action, synonyms=f"{action.synonyms} {more}".strip())


ACTIONS: tuple[Action, ...] = _all()
"""Every action, in the order in which help and documentation list them."""

BY_NAME = {action.name: action for action in ACTIONS}

if __name__ == "__main__":
    import sys

    from reader.ui.keys_page import keys_page

    sys.stdout.write(keys_page())
