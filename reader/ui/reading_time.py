"""How long a text takes to read, and how far one is in it. Pure."""

from __future__ import annotations

import math
import re

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
"""Scripts that are written without spaces between words."""

_PER_WORD = 2
"""Code points of such a script that count as a word."""

LONG = 3
"""Minutes from which on the time that is left is worth saying."""


_PIECE = 1 << 16
"""Code points that are counted without a pause: no other thread runs meanwhile."""


def count_words(text: str) -> int:
    """The words of a text, about; those of scripts without spaces are estimated."""
    return sum(_count(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))


def _count(text: str) -> int:
    spaced = len(text.split())
    return spaced if text.isascii() else spaced + len(_UNSPACED.findall(text)) // _PER_WORD


def minutes_of(words: int, per_minute: int) -> int:
    """Minutes that so many words take, rounded; 0 for less than half of one."""
    return math.floor(words / per_minute + 0.5)


def tell_time(minutes: int) -> str:
    """The head of an article says "4 min", nothing of what is read at a glance."""
    return f"{minutes} min" if minutes else ""


def tell_progress(percent: int, minutes: int) -> str:
    """How much of an article was shown, and what is left of a long one: "40% · 6 min left"."""
    if minutes < LONG or percent >= 100:
        return f"{percent}%"
    return f"{percent}% · {max(1, math.ceil(minutes * (100 - percent) / 100))} min left"
