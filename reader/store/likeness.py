"""Is a changed text the same article, or another one in its place? Pure."""

from __future__ import annotations

from dataclasses import dataclass

from index.analysis import fold, forms

LIKENESS = 0.4
"""Share of the shorter text that has to be in the other one too. A corrected, extended or
shortened report keeps well over half; different reports of one agency on one matter, with the
same paragraphs of background, stay below a quarter."""

ROW = 3
"""Words that follow one another and are compared as one."""

LONGEST = 100_000
"""Code points from the start of a text that are compared."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says. A derived title was taken from its text."""

    title: str
    title_derived: bool
    text: str


def is_same_article(earlier: Said, later: Said) -> bool:
    """Whether the later one is a new text of the earlier one: under the same title, or with
    much of its words."""
    return _have_one_title(earlier, later) or likeness(earlier.text, later.text) >= LIKENESS


def likeness(first: str, second: str) -> float:
    """How much of the shorter text is in the other one, from 0 to 1; 0 when one is empty."""
    one, other = _rows(first), _rows(second)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _have_one_title(earlier: Said, later: Said) -> bool:
    if earlier.title_derived or later.title_derived:
        return False
    title = _folded(earlier.title)
    return title != "" and title == _folded(later.title)


def _folded(title: str) -> str:
    return " ".join(fold(title).split())


def _rows(text: str) -> set[tuple[str, ...]]:
    """All words in rows of three; a text of fewer is one row."""
    words = forms(text[:LONGEST])
    if len(words) < ROW:
        return {tuple(words)} if words else set()
    return set(zip(words, words[1:], words[2:], strict=False))
