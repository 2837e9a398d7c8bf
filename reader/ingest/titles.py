"""Titles: given as the first line, or derived from the first sentence. Pure."""

from __future__ import annotations

import re

from reader.clean import clean_line
from reader.ingest.paragraphs import is_short
from reader.ingest.wordlists import ABBREVIATIONS

DERIVED_LIMIT = 90
"""The longest derived title, in code points."""

_LOOKED_AT = 2000
_NO_TITLE_END = tuple(".,;:…。—–-")
_SENTENCE_END = re.compile(
    r"(?P<mark>[.!?…]+)[)\]”’\"'»]*(?=\s+[“‘\"'«(\[—–-]*[^\W_a-z]|\s*$)|[。！？]+[」』”’]*"
)
_LAST_WORD = re.compile(r"[^\s(“‘\"'«—–/]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


def is_title(line: str) -> bool:
    """Tell whether a line that stands alone before the text is its title: short, no full stop."""
    return is_short(line) and not line.endswith(_NO_TITLE_END)


def derive_title(paragraph: str) -> str:
    """Return the first sentence on one line, cut on a word with an ellipsis at 90 code points."""
    line = clean_line(paragraph[:_LOOKED_AT], _LOOKED_AT)
    sentence = line[: _sentence_end(line)]
    if (
        sentence.endswith(".")
        and not sentence.endswith("..")
        and not _is_abbreviation(sentence[:-1])
    ):
        sentence = sentence[:-1]
    return _shorten(sentence)


def _sentence_end(line: str) -> int:
    for found in _SENTENCE_END.finditer(line):
        if found["mark"] != "." or not _is_abbreviation(line[: found.start()]):
            return found.end()
    return len(line)


def _is_abbreviation(before: str) -> bool:
    """Tell whether the word at the end of `before` takes a full stop without ending a sentence."""
    # Only the last word counts: looking back further would be quadratic.
    found = _LAST_WORD.search(before, max(0, len(before) - 40))
    if found is None:
        return False
    word = found[0]
    return word.lower() in ABBREVIATIONS or (
        _DOTTED.fullmatch(word) is not None and (word[0].isupper() or "." in word)
    )


def _shorten(sentence: str) -> str:
    if len(sentence) <= DERIVED_LIMIT:
        return sentence
    cut = sentence[:DERIVED_LIMIT]
    words = cut.rpartition(" ")[0]
    # A single endless word is cut where it must be.
    kept = words if len(words) > DERIVED_LIMIT // 2 else clean_line(sentence, DERIVED_LIMIT)[:-1]
    return kept.rstrip(" ,;:—–-") + "…"
