"""What was perhaps meant by a word with a slip in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LEVEL = "/"
"""Stands between the levels of a name."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The one of `known` that begins with a word, or else is written most like it, whatever the
    case; of names in levels (`war/ukraine`) the last one alone may be so. "" where none is."""
    wanted = word.strip().casefold()
    names: dict[str, str] = {}
    lasts: dict[str, str] = {}
    for one in known:
        names.setdefault(one.casefold(), one)
        lasts.setdefault(_last(one), one)
    for keys in (names, lasts) if wanted else ():
        begun = [key for key in keys if key.startswith(wanted)]
        if found := begun or get_close_matches(wanted, keys):
            # Letters in another order are likelier than others.
            return keys[max(found, key=lambda key: not begun and sorted(key) == sorted(wanted))]
    return ""


def called(name: str, known: Iterable[str]) -> str:
    """The one of `known` that is called so, whatever the case, else the only one whose last levels
    are (`Grain` for `War/Grain`); "" where there is none."""
    wanted, known = name.strip().casefold(), tuple(known)
    same = [one for one in known if one.casefold() == wanted]
    below = [one for one in known if wanted and one.casefold().endswith(LEVEL + wanted)]
    return same[0] if same else below[0] if len(below) == 1 else ""


def meant(word: str, known: Iterable[str]) -> str:
    """The nearest of `known` as the end of a sentence; "" where none is near."""
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""


def _last(name: str) -> str:
    return name.casefold().rpartition(LEVEL)[2]
