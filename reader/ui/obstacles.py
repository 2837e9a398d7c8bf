"""Why an action cannot be done here and now. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.ui.actions import AREAS, BY_NAME, LIST, PANES, Action, Place
from reader.ui.keymap import Keymap

ANYWHERE = frozenset({"source.add", "sources.find"})
"""Actions that have a key in some places only, and are of use in all."""

_WAYS = {
    Place.SOURCES: "sources.toggle",
    Place.ARTICLE: "article.open",
    Place.ENTITIES: "entities.toggle",
    Place.FACETS: "entities.scope",
    Place.CARD: "entity.card",
    Place.SEARCH: "find.search",
    Place.TAGS: "article.tag",
    Place.COMMAND: "screen.command",
    Place.LETTERS: "link.letters",
}
"""What leads to a place."""

_NO_ARTICLE = "there is no article here"

_FAMILIES = frozenset(
    {
        *("article", "heading", "hit", "link", "mention", "note"),
        *("paragraph", "select", "text", "unread"),
    }
)
_OF_ARTICLE = frozenset({"entity.card", "quote.start", "tag.pick", "view.mark_read", "why.show"})
_OF_NONE = frozenset({"note.list", "link.leave"})
"""Actions that are done to an article or to a list of them: whole families, by what their names
begin with, and others; and those of the families that are not."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where one is: the place of the keys, the pane below it, and what there is."""

    place: Place
    pane: Place
    has_article: bool = True


def obstacles(here: Here, keymap: Keymap) -> dict[str, str]:
    """The actions that cannot be done, by name, and why."""
    return {action.name: why for action in keymap.actions for why in _why_not(action, here, keymap)}


def _why_not(action: Action, here: Here, keymap: Keymap) -> Iterator[str]:
    if not is_at_hand(action, here):
        yield _elsewhere(action, keymap)
    elif not here.has_article and _needs_article(action.name):
        yield _NO_ARTICLE


def _needs_article(name: str) -> bool:
    of_family = name.partition(".")[0] in _FAMILIES and name not in _OF_NONE
    return of_family or name in _OF_ARTICLE


def is_at_hand(action: Action, here: Here) -> bool:
    """Whether an action can be meant here: what lies over a pane is left for it."""
    if action.name in ANYWHERE or here.place in action.places:
        return True
    below = here.pane if here.pane in PANES else Place.LIST
    return here.place not in PANES and below in action.places


def _elsewhere(action: Action, keymap: Keymap) -> str:
    """Where an action can be done, and how to get there."""
    places = sorted(action.places & AREAS) or sorted(action.places)
    place = places[0]
    way = BY_NAME.get(_WAYS.get(place, ""))
    if action.places == LIST or way is None:
        return f"only in the {place}"
    key = next(iter(keymap.keys_of(way)), way.description)
    return f"only in the {place}: {key} leads there"
