"""Where in a text words may stand, found without cutting the text into words.

A token never spans a space, so a stretch between two spaces holds the same tokens alone as it
does within its text. Most stretches are plain: ASCII and common punctuation with no "." or ","
in front of a letter or digit. The words of a plain stretch are runs of letters, digits and
apostrophes, and their forms are these runs in small letters. So a word whose form begins with
a certain lead stands in a plain stretch only where the lead stands; a stretch that is not plain
may hold any word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.analysis.words import CloseTo, FormIs, StemIs, WordTest

Stretch = tuple[int, int]
"""Code points of a text, half open."""

# From what makes a stretch other than plain to the end of that stretch.
_STRANGE = re.compile(r"[^\x00-+\-/-\x7f\xa0‐-―‘’“”„•…€£«»·](?:(?<![.,])|(?=\w))[^ ]*+")
_PLAIN = re.compile(r"[a-z0-9]+")
_APOSTROPHE = "['‘’]"
_REPLACED_END = re.compile(r"(?<=.)ie\Z|(?<=..)[eiyl]\Z")

_SHORTEST_STRETCH = 12
"""Code points of text for each stretch found, below which cutting it all costs less."""


class Leads:
    """Finds the stretches of texts that may hold words which pass any of some tests."""

    def __init__(self, tests: Iterable[WordTest]) -> None:
        leads = {test: lead_of(test) for test in tests}
        self._anywhere = "" in leads.values()
        # A word whose lead begins otherwise stands in no plain stretch.
        shapes = {_shape(test, found[0]) for test in leads if (found := _PLAIN.match(leads[test]))}
        self._shapes = [re.compile(shape) for shape in sorted(shapes)]

    def find(self, text: str) -> list[Stretch]:
        """The stretches, rising and apart, each whole from space to space; or all the text."""
        small = text.lower()
        if self._anywhere or len(small) != len(text):
            return [(0, len(text))]
        touched = [match.span() for match in _STRANGE.finditer(text)]
        for shape in self._shapes:
            touched += [match.span() for match in shape.finditer(small)]
        if len(touched) * _SHORTEST_STRETCH > len(text):
            return [(0, len(text))]
        return _widen(text, touched)


def lead_of(test: WordTest) -> str:
    """What every ASCII form that passes `test` begins with.

    Where the English stemmer puts another ending in the place of a suffix, the stem ends in
    "ie", "e", "i", "y" or "l" ("dying" to "die", "hoping" to "hope", "skies" to "sky",
    "ability" to "abl") and has three letters or more. What stands before that ending, and any
    other stem, is the beginning of its words.
    """
    if isinstance(test, StemIs):
        return _REPLACED_END.sub("", test.stem)
    return test.form if isinstance(test, FormIs) else test.lead


def _shape(test: WordTest, lead: str) -> str:
    """A pattern for small letters: from the lead of a word to the end of its stretch."""
    # Looking back after the lead and not in front of it lets the search run from lead to lead.
    after = _shape_after_lead(test.form[1:], test.distance) if isinstance(test, CloseTo) else ""
    return f"{lead}(?<![a-z0-9]{lead}){after}[^ ]*+"


def _shape_after_lead(form: str, edits: int) -> str:
    """A pattern that fits every word of a plain stretch which so many edits make of `form`.

    One of so many pieces and one stays as it was, when a letter is left out between them: a
    swap of two letters then changes one piece only.
    """
    step = max((len(form) + 1) // (edits + 1), 1)
    pieces = (form[at : at + step - 1] for at in range(0, step * (edits + 1), step))
    kept = "|".join(re.escape(piece).replace("'", _APOSTROPHE) for piece in pieces)
    least, most = max(len(form) - edits, 0), len(form) + edits
    letters = "[a-z0-9'‘’]"
    return f"(?={letters}{{{least},{most}}}(?![a-z0-9])){letters}{{0,{most}}}?(?:{kept})"


def _widen(text: str, touched: list[Stretch]) -> list[Stretch]:
    """The whole stretches of which `touched` are ends, each once."""
    found, done = [], 0
    for first, end in sorted(touched):
        if first >= done:
            found.append((text.rfind(" ", done, first) + 1, end))
            done = end
    return found
