"""The fields of the query language and the values that some of them know."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from index.query import DATE_FIELDS, TEXT_FIELDS, Sort

WHOLE_FIELDS = ("lang", "entity", "who", "org", "where", "in", "tag", "note", "saved", "rule")
"""Fields whose value is one piece, however many words it has."""

GROWING_FIELDS = ("", *TEXT_FIELDS, "lang", "in", "tag", "note")
"""Fields in which a word that is still being written stands for all that begin so."""

IS_VALUES = ("unread", "read", "starred", "archived", "tagged")
HAS_VALUES = ("note", "highlight", "source", "feed")
SORT_VALUES = tuple(str(sort) for sort in Sort)

FIELDS = (*TEXT_FIELDS, *WHOLE_FIELDS, "is", "has", "id", "change", *DATE_FIELDS, "sort")
"""Every name that may stand before a colon."""


_FIELDS_MEANT = {
    "label": "tag", "labels": "tag", "tags": "tag", "keyword": "tag", "category": "tag",
    "folder": "in", "feed": "in", "subscription": "in",
    "from": "source", "publisher": "source", "paper": "source",
    "site": "source", "domain": "source", "host": "source", "url": "source",
    "headline": "title", "subject": "title", "intitle": "title",
    "body": "text", "content": "text", "intext": "text",
    "by": "author", "writer": "author", "byline": "author",
    "person": "who", "people": "who", "company": "org", "organization": "org",
    "location": "where", "country": "where", "city": "where", "dateline": "place",
    "name": "entity", "language": "lang",
    "published": "date", "day": "date", "month": "date", "year": "date", "since": "date",
    "before": "date", "after": "date", "newer": "date", "older": "date", "time": "date",
    "arrived": "added", "fetched": "added", "imported": "added",
    "state": "is", "status": "is", "mark": "is",
    "notes": "note", "comment": "note", "annotation": "note",
    "order": "sort", "orderby": "sort", "search": "saved", "query": "saved", "filter": "rule",
}  # fmt: skip
"""What other programs call the fields."""

_VALUES_MEANT = {
    "new": "unread", "unseen": "unread", "seen": "read", "opened": "read",
    "favourite": "starred", "favorite": "starred", "favourites": "starred", "fav": "starred",
    "flagged": "starred", "important": "starred", "bookmarked": "starred", "liked": "starred",
    "star": "starred", "saved": "starred",
    "done": "archived", "archive": "archived", "hidden": "archived",
    "labelled": "tagged", "labeled": "tagged", "tag": "tagged",
    "notes": "note", "comment": "note", "annotation": "note",
    "highlights": "highlight", "quote": "highlight", "marked": "highlight",
    "date": "newest", "recent": "newest", "latest": "newest", "desc": "newest",
    "asc": "oldest", "earliest": "oldest", "score": "relevance", "best": "relevance",
    "length": "longest", "size": "longest", "name": "title", "alphabetical": "title",
    "feed": "source", "site": "source",
}  # fmt: skip
"""What other programs call the values."""


def field_meant(name: str) -> str:
    """The field that an unknown one may stand for, or empty."""
    return _FIELDS_MEANT.get(name.lower()) or nearest(name, FIELDS)


def value_meant(value: str, choices: Sequence[str]) -> str:
    """The choice that an unknown value may stand for, or empty."""
    meant = _VALUES_MEANT.get(value.lower(), "")
    return meant if meant in choices else nearest(value, choices)


def nearest(word: str, choices: Sequence[str]) -> str:
    """The choice that `word` begins or is spelled most like, or empty when none is close."""
    word = word.lower()
    begun = [choice for choice in choices if word and choice.startswith(word)]
    return next(iter(begun or get_close_matches(word, choices, n=1)), "")
