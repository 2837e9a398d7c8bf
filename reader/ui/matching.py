"""What answers the words a person types, slips of the finger included. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

Field = tuple[str, float]
"""A text of a thing, and how much it says about the thing: 1 for its title, less for the rest."""

_WORD = re.compile(r"\w+")

_INSIDE = 3
"""Letters from which on a word is looked for within others too."""
_BEGINS = 0.1
"""What it adds that the first text of a thing begins with the first word."""
_FILLERS = frozenset(
    {"a", "an", "as", "by", "for", "in", "is", "it", "my", "of", "on", "the", "this", "to"}
)
"""Words that say nothing when others stand beside them."""
_FADES = 0.02
_LAST = 0.8
"""What a word is worth less than the one before it in the same text, and what the last is worth:
the first ones say what the thing is."""
_POOR = 0.55
"""The part of the best answer that others have at least: beside one that has the words, nobody
wants those that have words like them."""


def fold(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in parted if not unicodedata.combining(one))


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(fold(text.replace("_", " ")))


class Finder:
    """Finds things by any of their words, in any order, whole, begun, or mistyped.

    What it costs follows the number of different words, not that of things.
    """

    def __init__(self, things: Iterable[Sequence[Field]]) -> None:
        self._things: dict[str, dict[int, float]] = defaultdict(dict)
        self._firsts: list[str] = []
        for number, fields in enumerate(things):
            self._firsts.append(fold(fields[0][0]))
            for text, weight in fields:
                for place, word in enumerate(words_of(text)):
                    having, worth = self._things[word], weight * max(_LAST, 1 - _FADES * place)
                    having[number] = max(worth, having.get(number, 0.0))
        self._letters = {word: _letters(word) for word in self._things}

    def __len__(self) -> int:
        return len(self._firsts)

    def find(self, wanted: str) -> dict[int, float]:
        """The numbers of the things that have every word of `wanted`, and how well each answers,
        above 0 up to about 1; nothing for no word. What answers far worse than the best is
        left out."""
        typed = words_of(wanted)
        words = [word for word in typed if word not in _FILLERS] or typed
        if not words:
            return {}
        found = self._answers(words[0])
        for word in words[1:]:
            more = self._answers(word)
            found = {one: score + more[one] for one, score in found.items() if one in more}
        least = _POOR * max(found.values(), default=0.0)
        return {
            one: score / len(words) + _BEGINS * self._firsts[one].startswith(words[0])
            for one, score in found.items()
            if score >= least
        }

    def _answers(self, wanted: str) -> dict[int, float]:
        """The things that have a word, and how well it is the wanted one."""
        best: dict[int, float] = {}
        letters = _letters(wanted)
        for word, having in self._things.items():
            alike = likeness(wanted, word, letters & ~self._letters[word])
            if alike:
                for one, weight in having.items():
                    if alike * weight > best.get(one, 0.0):
                        best[one] = alike * weight
        return best


def likeness(wanted: str, word: str, missing: int | None = None) -> float:
    """How well the word is the wanted one, from 0 to 1; `missing` are the letters that only the
    wanted one has, when that is known."""
    if word.startswith(wanted):
        return 0.8 + 0.2 * len(wanted) / len(word)
    if len(wanted) >= _INSIDE and wanted in word:
        return 0.5
    if missing is None:
        missing = _letters(wanted) & ~_letters(word)
    most = 0 if len(wanted) < 4 else 1 if len(wanted) < 6 else 2
    if len(wanted) == 3 and not missing:
        most = 1  # exchanged letters; anything else could be any short word
    if not most or missing.bit_count() > most:
        return 0.0
    slips = slips_between(wanted, word, most)
    return 0.0 if slips is None else 0.55 - 0.1 * slips


def slips_between(wanted: str, word: str, most: int) -> int | None:
    """How many letters are wrong, missing, too many or exchanged with their neighbour in
    `wanted`, for it to be the beginning of `word` or nearly all of it; None above `most`."""
    if len(wanted) - len(word) > most:
        return None
    word = word[: len(wanted) + most]
    before: list[int] = []
    row = list(range(len(word) + 1))
    for line, letter in enumerate(wanted, start=1):
        earlier, before, row = before, row, [line]
        for column, other in enumerate(word, start=1):
            cost = min(before[column], row[-1]) + 1
            cost = min(cost, before[column - 1] + (letter != other))
            exchanged = line > 1 and column > 1 and letter == word[column - 2]
            if exchanged and wanted[line - 2] == other:
                cost = min(cost, earlier[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    slips = min(row)
    return slips if slips <= most else None


def _letters(word: str) -> int:
    """Which letters a word has, a bit for each."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits
