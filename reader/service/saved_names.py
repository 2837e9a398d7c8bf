"""What a saved search may be called, and the order of names: a tree of levels. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from reader.errors import SavedNameError

LONGEST = 60
"""Code points of the longest level of a name."""

DEEPEST = 8
"""Levels of the deepest name."""


class NameProblem(StrEnum):
    """Why a saved search cannot be called so."""

    EMPTY = "there is no name, or nothing before or after a slash"
    TOO_LONG = f"a part of it is longer than {LONGEST} characters"
    TOO_DEEP = f"it has more than {DEEPEST} levels"
    INSIDE = "a folder cannot go into itself"
    CHARACTER = "it holds a control character or something that is not text"


def saved_name(written: str) -> str:
    """The name as it is kept: composed, with single spaces. Raises SavedNameError."""
    composed = unicodedata.normalize("NFC", written.strip())
    if any(unicodedata.category(one)[0] == "C" for one in composed):
        raise SavedNameError(written, NameProblem.CHARACTER)
    found = levels_of(composed)
    if not all(found):
        raise SavedNameError(written, NameProblem.EMPTY)
    if len(found) > DEEPEST:
        raise SavedNameError(written, NameProblem.TOO_DEEP)
    if max(map(len, found)) > LONGEST:
        raise SavedNameError(written, NameProblem.TOO_LONG)
    return "/".join(found)


def levels_of(name: str) -> tuple[str, ...]:
    """The parts of a name between its slashes, with single spaces."""
    return tuple(" ".join(level.split()) for level in name.split("/"))


def name_key(name: str) -> str:
    """By this names are compared: in the same case."""
    return "/".join(levels_of(unicodedata.normalize("NFC", name))).casefold()


def is_below(name: str, folder: str) -> bool:
    """Whether a name is that of a folder, or of something in it."""
    return f"{name_key(name)}/".startswith(f"{name_key(folder)}/")


def arranged(names: Sequence[str]) -> tuple[str, ...]:
    """The same names with all of one folder side by side, behind the one that is called like
    the folder itself; else as they stood."""
    return tuple(names[place] for place in _grouped(names, range(len(names)), 0))


def moved(names: Sequence[str], name: str, place: int) -> tuple[str, ...]:
    """Arranged names with `name`, or all of the folder called so, at the place (from 0) of
    another: its whole folder changes places with the other one's where they have none in common.
    """
    names = arranged(names)
    other = names[max(0, min(place, len(names) - 1))]
    depth = _common(name, other) + 1
    unit = [one for one in names if _head(one, depth) == _head(name, depth)]
    rest = [one for one in names if one not in unit]
    beside = [at for at, one in enumerate(rest) if _head(one, depth) == _head(other, depth)]
    if not beside:
        return names  # it stands in what is moved
    at = beside[0] if names.index(other) < names.index(unit[0]) else beside[-1] + 1
    return arranged([*rest[:at], *unit, *rest[at:]])


def _grouped(names: Sequence[str], places: Sequence[int], depth: int) -> list[int]:
    groups: dict[str, list[int]] = {}
    for place in places:
        groups.setdefault("/".join(_head(names[place], depth + 1)), []).append(place)
    found: list[int] = []
    for group in groups.values():
        own = [place for place in group if len(levels_of(names[place])) == depth + 1]
        below = [place for place in group if place not in own]
        found += own + (_grouped(names, below, depth + 1) if below else [])
    return found


def _head(name: str, depth: int) -> tuple[str, ...]:
    return levels_of(name_key(name))[:depth]


def _common(some: str, other: str) -> int:
    """How many levels two names begin with in common."""
    pairs = zip(levels_of(name_key(some)), levels_of(name_key(other)), strict=False)
    return next((at for at, (one, two) in enumerate(pairs) if one != two), 0)
