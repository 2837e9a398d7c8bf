"""Which panes stand side by side, and how wide each is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reader.ui.places import NAMES, Place

MEDIUM = 72
"""Columns from which on two panes fit."""

WIDE = 120
"""Columns from which on three panes fit."""

ROOMY = 150
"""Columns from which on four panes fit."""

_NAMES = "34"
_SOURCES = "30"
_ALL = "1fr"

Row = dict[Place, str]
"""Panes from the left, each with its width as a style tells it. That of names is at
`Place.ENTITIES`, whosever they are."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What there is to be seen beside the list and the article; `at` is the pane of the keys."""

    at: Place
    sources: bool = False
    names: bool = False
    second: bool = False
    """Whether a second article is kept; it takes the place of the names."""
    alone: bool = False
    """Whether only the article is to be seen."""


def side_by_side(width: int, wanted: Wanted) -> Row:
    """The panes that `width` columns have room for, that of the keys among them."""
    if wanted.alone:
        return {Place.ARTICLE: _ALL}
    if width >= WIDE:
        return _three_or_more(wanted, is_roomy=width >= ROOMY)
    return _two(wanted) if width >= MEDIUM else {_of_keys(wanted.at): _ALL}


def line_of(place: Place, row: Row) -> Literal["left", "right"] | None:
    """On which side of a pane the line is that parts it from its neighbour."""
    if place is Place.SOURCES:
        return "right" if len(row) > 1 else None
    return "left" if place is not Place.LIST and next(iter(row)) is not place else None


def _of_keys(at: Place) -> Place:
    """The pane that is meant; a card lies over the list."""
    if at in NAMES:
        return Place.ENTITIES
    return Place.LIST if at is Place.CARD else at


def _three_or_more(wanted: Wanted, *, is_roomy: bool) -> Row:
    """The sources take the place of the names or of a second article, unless there is room for
    four."""
    at_sources, at_names = wanted.at is Place.SOURCES, wanted.at in NAMES
    row: Row = {}
    aside = at_names or (wanted.second and not at_sources)
    if wanted.sources and (is_roomy or not aside):
        row[Place.SOURCES] = _SOURCES
    row[Place.LIST] = "4fr" if wanted.second else "5fr"
    row[Place.ARTICLE] = "6fr"
    if wanted.second:
        row[Place.BESIDE] = "6fr"
    elif wanted.names and (is_roomy or at_names or not wanted.sources):
        row[Place.ENTITIES] = _NAMES
    return row


def _two(wanted: Wanted) -> Row:
    """Beside the article there is room for the list or for the names."""
    if wanted.at is Place.SOURCES:
        return {Place.SOURCES: _SOURCES, Place.LIST: "9fr"}
    if wanted.at is Place.FACETS:
        return {Place.LIST: "9fr", Place.ENTITIES: _NAMES}
    if wanted.names and wanted.at in (Place.ARTICLE, Place.ENTITIES):
        return {Place.ARTICLE: "11fr", Place.ENTITIES: _NAMES}
    return {Place.LIST: "9fr", Place.ARTICLE: "11fr"}
