"""Where the sentences of a text begin and end: by its signs, without a model."""

from __future__ import annotations

import re

__all__ = ["sentences"]

# What stands before a name, with a dot that ends nothing.
_TITLE_WORDS = (
    "mr mrs ms dr prof gen col lt sgt capt cmdr adm maj gov sen rep pres rev hon st mt ft"
    " messrs supt insp det brig pvt cpl vs no nos fig art sec vol approx dept cf"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_MONTH_WORDS = "jan feb mar apr jun jul aug sept sep oct nov dec"
_MONTHS = frozenset(_MONTH_WORDS.split())
# What begins a sentence and no name: behind "U.S." and the like it tells where a sentence ends.
_OPENER_WORDS = (
    "a an the he she it they we i you in on at but and officials this that these those his"
    " her its their there after before when while as if for with by from since still"
    " meanwhile however some many most both no not"
)
_OPENERS = frozenset(_OPENER_WORDS.split())
_LONGEST = 7
"""Letters of the longest abbreviation, and one more."""

# A sign that ends a sentence with the quotes and brackets behind it and blanks, or the end of a
# line. The runs of blanks that are looked through twice are bounded.
_END = re.compile(r"[.!?…]['\"”’»)\]]{0,3}(?=\s)|\n")
_BLANKS = re.compile(r"\s*")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
_WORD_AFTER = re.compile(r"\s{1,4}['\"“‘«(\[]{0,3}([^\W\d_]+|\d)")


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text in order: code points, half open, without blanks at either end.

    Abbreviations ("Gen.", "U.S.", initials) end a sentence only where the next word leaves no
    doubt; the end of a line ends one always. The time is linear in the length of the text.
    """
    found = []
    start = _next(text, 0)
    for end in _END.finditer(text):
        at, after = end.span()
        if at < start:
            continue
        if text[at] == "\n":
            found.append((start, start + len(text[start:at].rstrip())))
        elif _is_end(text, at, after):
            found.append((start, after))
        else:
            continue
        start = _next(text, after)
    if start < len(text):
        found.append((start, start + len(text[start:].rstrip())))
    return found


def _next(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _is_end(text: str, at: int, after: int) -> bool:
    following = _WORD_AFTER.match(text, after)
    if following is None:
        return True
    word = following.group(1)
    if word[0].islower():
        return False
    return text[at] != "." or _is_full_stop(text, at, word)


def _is_full_stop(text: str, at: int, following: str) -> bool:
    """Whether a dot before a blank is more than part of an abbreviation."""
    before = _WORD_BEFORE.search(text, max(0, at - _LONGEST), at)
    if before is None:
        return True
    letters = before.group().lower()
    if letters in _TITLES:
        return False
    if letters in _MONTHS:
        return not following.isdigit()
    return len(letters) > 1 or following.lower() in _OPENERS
