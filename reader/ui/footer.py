"""What the footer says can be pressed: a handful of keys for a place and a state. Pure."""

from __future__ import annotations

from collections.abc import Collection

from reader.ui.actions import BY_NAME, TYPED, Place
from reader.ui.keymap import Keymap

Hints = tuple[tuple[str, str], ...]
"""Keys, and short words for what they do."""

SELECTED = (
    ("select.toggle", "more"),
    ("select.all", "all"),
    ("article.toggle_read", "read/unread"),
    ("article.tag", "tags"),
    ("article.toggle_archive", "archive"),
    ("screen.back", "let go"),
    ("screen.help", "help"),
)
"""Actions that matter while articles of the list are selected, and words for them."""


def footer(
    keymap: Keymap, place: Place, *, selected: bool = False, idle: Collection[str] = ()
) -> Hints:
    """The hints of a place, with articles of the list selected or not, without the actions that
    have nothing to do now."""
    if selected and place is Place.LIST:
        return tuple(
            (keys[0], words) for name, words in SELECTED if (keys := keymap.keys_of(BY_NAME[name]))
        )
    return (*TYPED.get(place, ()), *keymap.hints(place, idle))
