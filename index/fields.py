"""The fields of the query language and the values that some of them know."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from index.query import DATE_FIELDS, TEXT_FIELDS, Sort

WHOLE_FIELDS = ("lang", "entity", "who", "org", "where", "in", "tag", "note")
"""Fields whose value is one piece, however many words it has."""

GROWING_FIELDS = ("", *TEXT_FIELDS, "lang", "in", "tag", "note")
"""Fields in which a word that is still being written stands for all that begin so."""

IS_VALUES = ("unread", "read", "starred", "archived", "tagged")
HAS_VALUES = ("note",)
SORT_VALUES = tuple(str(sort) for sort in Sort)

FIELDS = (*TEXT_FIELDS, *WHOLE_FIELDS, "is", "has", "id", *DATE_FIELDS, "sort")
"""Every name that may stand before a colon."""


def nearest(word: str, choices: Sequence[str]) -> str:
    """The choice that `word` begins or is spelled most like, or empty when none is close."""
    word = word.lower()
    begun = [choice for choice in choices if word and choice.startswith(word)]
    return next(iter(begun or get_close_matches(word, choices, n=1)), "")
