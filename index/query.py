"""The closed query tree, and the sets of article ids that stand in it.

A query is data: the parser makes it, the service rewrites it, a backend runs it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

ANYWHERE = ""
"""The field of a word written without one: the title and the text."""

TEXT_FIELDS = ("title", "text", "source", "author", "place")
"""Fields made of words."""

KEY_FIELDS = ("lang", "entity")
"""Fields made of whole values, compared as they are."""

DATE_FIELDS = ("date", "added")
"""Fields made of a moment, in seconds since 1970 UTC. `date` is the publication."""


class IdSet:
    """An immutable sorted set of document ids, eight bytes each."""

    __slots__ = ("_ids",)

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self._ids = array("q", sorted(set(ids)))

    @classmethod
    def of_rising(cls, ids: array[int]) -> IdSet:
        """The set of an array of type "q" whose ids rise, taken over as it is."""
        made = cls.__new__(cls)
        made._ids = ids
        return made

    @property
    def rising(self) -> array[int]:
        """The ids as an array of type "q", not to be changed."""
        return self._ids

    def __contains__(self, item: object) -> bool:
        if not isinstance(item, int):
            return False
        at = bisect_left(self._ids, item)
        return at < len(self._ids) and self._ids[at] == item

    def __iter__(self) -> Iterator[int]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, IdSet) and self._ids == other._ids

    def __hash__(self) -> int:
        return hash(self._ids.tobytes())

    def __repr__(self) -> str:
        return f"IdSet({len(self)} ids)"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a field, stemmed where the field is, or `exact`: this form only.

    `text` is what was written; backends analyse it. A text of several tokens
    ("U.S.-led") is a phrase of them; a text of none matches nothing.
    """

    text: str
    field: str = ANYWHERE
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another in one field."""

    words: tuple[str, ...]
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Near:
    """All words in one field, in any order, with at most `distance` positions between
    the first and the last of them."""

    words: tuple[str, ...]
    distance: int
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Prefix:
    """Unstemmed words of a field that start with `text`."""

    text: str
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Unstemmed words that fit `pattern`: `*` any characters, `?` one; no wildcard in front."""

    pattern: str
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Unstemmed words within `distance` (1 or 2) edits of `text`, the first letter fixed.

    An edit inserts, deletes or replaces one character or swaps two neighbours.
    """

    text: str
    distance: int = 1
    field: str = ANYWHERE


@dataclass(frozen=True, slots=True)
class Range:
    """Moments from `start` up to, not including, `end`; None is open.

    Both open: every document whose `field` is known.
    """

    field: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class InSet:
    """The documents of `ids`; `label` is how the condition was written (`tag:war`)."""

    label: str
    ids: IdSet


@dataclass(frozen=True, slots=True)
class And:
    """Documents that match every clause."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Documents that match at least one clause."""

    clauses: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that do not match `clause`; adds nothing to a score."""

    clause: Query


Query: TypeAlias = (
    Everything | Term | Phrase | Near | Prefix | Wildcard | Fuzzy | Range | InSet | And | Or | Not
)


class Sort(StrEnum):
    """Order of a result. Ties: newer first, then higher id first."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    SOURCE = "source"
    TITLE = "title"
    LONGEST = "longest"
    """By the number of words in the text."""
