"""The fields of the query language and the values that some of them know."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from index.query import DATE_FIELDS, TEXT_FIELDS, Sort

WHOLE_FIELDS = ("lang", "entity", "who", "org", "where", "tag")
"""Fields whose value is one piece, however many words it has."""

IS_VALUES = ("unread", "read", "starred", "archived", "tagged")
HAS_VALUES = ("note",)
SORT_VALUES = tuple(str(sort) for sort in Sort)

FIELDS = (*TEXT_FIELDS, *WHOLE_FIELDS, "is", "has", "id", *DATE_FIELDS, "sort")
"""Every name that may stand before a colon."""


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice spelled most like `word`, or empty when none is close."""
    return next(iter(get_close_matches(word.lower(), list(choices), n=1)), "")
