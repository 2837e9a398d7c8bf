"""The one tokenizer: indexing, search and highlighting all cut and fold text here.

A token is a word, a number ("1,000" and "3.5" are one each), an abbreviation written with
dots ("U.S." is the word "us") or one character of a script written without spaces. Hyphens
separate: "covid-19" is two tokens. A possessive "'s" belongs to no token.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import Stemmer

ANALYSIS_VERSION = f"1/{unicodedata.unidata_version}/{Stemmer.version()}"
"""Changes whenever the same text may give other tokens: an index built before is outdated."""


class Token(NamedTuple):
    """A word of a text. `form` is folded, `stem` is its stem. `start` and `end` are code points
    of the text as given, half open; `position` counts tokens from 0."""

    form: str
    stem: str
    start: int
    end: int
    position: int


# Characters that continue a word without being letters: combining marks, whole blocks of
# Indic scripts (marks and letters alternate there), joiners and the soft hyphen.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0966-\u096f\u0971-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u2060\u20d0-\u20f0\u3099\u309a"
    "\ufe00-\ufe0f\ufe20-\ufe2f"
)
_UNSPACED = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_APOSTROPHES = "'’‘＇"
_POSSESSIVE_APOSTROPHES = _APOSTROPHES + "ʼ"

_LETTER = rf"[^\W\d_{_UNSPACED}]"
_WORD = rf"[^\W_{_UNSPACED}]++(?:[{_MARKS}]++[^\W_{_UNSPACED}]*+)*+"
_TOKEN = re.compile(
    rf"{_LETTER}(?:\.{_LETTER})+(?!\w)(?!\.\w)\.?(?:[{_POSSESSIVE_APOSTROPHES}][sS](?!\w))?"
    r"|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)+"
    rf"|{_WORD}(?:[{_APOSTROPHES}]{_WORD})*+"
    rf"|[{_UNSPACED}][{_MARKS}]*+"
)

# Left out of folded text: accents, vowel points, joiners, the soft hyphen.
_DROPPED = re.compile(
    "[\u00ad\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d\u2060"
    "\ufe00-\ufe0f]+"
)
_LETTERS = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h",
        "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th",
    }
)  # fmt: skip

VALUE_GAP = 1000
"""Positions between two values of one field (two authors), so that no phrase spans them."""

_LONGEST_CACHED = 64
_CACHED_WORDS = 50_000

_stem_word: Callable[[str], str] = Stemmer.Stemmer("english", 0).stemWord


def fold(text: str) -> str:
    """`text` as it is compared: without case, accents, typographic variants or joiners."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _DROPPED.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFKC", text).translate(_LETTERS)


def stem(form: str) -> str:
    """The English stem of a folded word."""
    return _stem_word(form)


def tokens(text: str) -> list[Token]:
    """The words of `text` in order."""
    found = []
    for position, match in enumerate(_TOKEN.finditer(text)):
        form, stemmed, cut = _read_word(match[0])
        start, end = match.span()
        found.append(Token(form, stemmed, start, end - cut, position))
    return found


def forms(text: str) -> list[str]:
    """The folded words of `text` in order: `tokens` without the offsets, for building."""
    return [_read_word(word)[0] for word in _TOKEN.findall(text)]


def count_tokens(text: str, start: int, end: int, limit: int) -> int:
    """How many tokens stand in `text[start:end]`, at most `limit`. Neither bound may cut a word."""
    return sum(1 for _ in islice(_TOKEN.finditer(text, start, end), limit))


def places(values: Iterable[str]) -> dict[str, list[int]]:
    """Where each folded word stands in a field: positions, rising. Each of several values
    begins VALUE_GAP positions after the one before it ends."""
    found: dict[str, list[int]] = {}
    start = 0
    for value in values:
        words = forms(value)
        for position, form in enumerate(words, start):
            found.setdefault(form, []).append(position)
        start += len(words) + VALUE_GAP
    return found


def _read_word(word: str) -> tuple[str, str, int]:
    """Form and stem of a stretch the pattern found, and how much of its end is no part of it."""
    return _analyse_cached(word) if len(word) <= _LONGEST_CACHED else _analyse(word)


def _analyse(word: str) -> tuple[str, str, int]:
    core = word
    while len(core) > 2 and core[-1] in "sS" and core[-2] in _POSSESSIVE_APOSTROPHES:
        core = core[:-2]
    form = fold(core) or core
    if "." in core or "," in core:
        form = form.replace("," if core[0].isdecimal() else ".", "")
    return form, _stem_word(form), len(word) - len(core)


_analyse_cached = lru_cache(maxsize=_CACHED_WORDS)(_analyse)
