"""Places as datelines write them."""

from __future__ import annotations

import re

from reader.ingest.wordlists import NO_PLACES, PLACES_IN_CAPITALS, SMALL_WORDS

_LONGEST_PART_WORDS = 4
_MOST_PARTS = 3
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")


def is_place(written: str, *, certain: bool) -> bool:
    """Tell whether `written` can be the place of a dateline.

    `certain` says that a date or an agency stands beside it: then capitalised words do, else
    the name must be in capitals.
    """
    parts = [part.strip() for part in re.split(r"[,/]", written)]
    if not 1 <= len(parts) <= _MOST_PARTS or not all(map(_is_name, parts)):
        return False
    words = parts[0].split()
    if any(word.strip(".").upper() in NO_PLACES for word in words):
        return False
    return certain or (parts[0].isupper() and len(parts[0]) > 2)


def _is_name(part: str) -> bool:
    words = part.split()
    if not 1 <= len(words) <= _LONGEST_PART_WORDS or len(part) < 2:
        return False
    return all(_is_name_word(word, first=number == 0) for number, word in enumerate(words))


def _is_name_word(word: str, *, first: bool) -> bool:
    if not re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[.'’-])*", word):
        return False
    if word.endswith(".") and len(word) > 5 and not _DOTTED.fullmatch(word):
        return False
    return not word[0].islower() or (not first and word.upper() in SMALL_WORDS)


def tidy_place(written: str) -> str:
    """Return a place with names in capitals written as names: "ST. PETERSBURG" ->
    "St. Petersburg"; "U.S." stays."""
    parts = (" ".join(part.split()) for part in written.strip().split(","))
    return ", ".join(_tidy_part(part) for part in parts)


def _tidy_part(part: str) -> str:
    if not part.isupper():
        return part
    pieces = re.split(r"([ /-])", part)
    return "".join(_tidy_word(piece, first=number == 0) for number, piece in enumerate(pieces))


def _tidy_word(word: str, *, first: bool) -> str:
    if word in PLACES_IN_CAPITALS or _DOTTED.fullmatch(word):
        return word
    if word in SMALL_WORDS and not first:
        return word.lower()
    # N'DJAMENA, but XI'AN.
    if len(word) > 2 and word[1] in "'’":
        return word[:2] + word[2:].capitalize()
    return word.capitalize()
