"""Is a changed text the same article, or another one in its place or under its link? Pure."""

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


SHORT = 100
"""Code points below which a text says too little to tell articles apart: "Read more"."""

APART = 20 * 3600
"""Seconds between two publications from which one title stands for two issues of a series."""

_LONGER, _MORE = 2, 500
"""A text is much longer than another with so many times its code points, and so many more."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an article says. A derived title was taken from its text. `published` is in seconds
    since 1970 UTC, None where it is not known."""

    title: str
    title_derived: bool
    text: str
    published: int | None = None


def is_same_article(earlier: Said, later: Said) -> bool:
    """Whether the later one is a new text of the earlier one: under the same title, or with
    much of its words."""
    return _have_one_title(earlier, later) or likeness(earlier.text, later.text) >= LIKENESS


def is_same_under_link(earlier: Said, later: Said) -> bool:
    """Whether two texts to which one link leads are one article.

    A page may be the link of many articles. Their words tell them apart, where there are
    enough of them; one title does not make one article of the issues of a series.
    """
    if _have_one_title(earlier, later) and not _are_apart(earlier, later):
        return True
    if min(len(earlier.text), len(later.text)) < SHORT:
        return False
    return likeness(earlier.text, later.text) >= LIKENESS


def is_much_longer(later: str, earlier: str) -> bool:
    """Whether a text says so much more than another that it is worth taking its place; any
    text does that of none."""
    return (
        bool(later)
        if not earlier
        else len(later) >= max(_LONGER * len(earlier), len(earlier) + _MORE)
    )


def likeness(first: str, second: str) -> float:
    """How much of the shorter text is in the other one, from 0 to 1; 0 when one is empty."""
    one, other = _rows(first), _rows(second)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _have_one_title(earlier: Said, later: Said) -> bool:
    if earlier.title_derived or later.title_derived:
        return False
    title = _folded(earlier.title)
    return title != "" and title == _folded(later.title)


def _are_apart(earlier: Said, later: Said) -> bool:
    if earlier.published is None or later.published is None:
        return False
    return abs(earlier.published - later.published) >= APART


def _folded(title: str) -> str:
    return " ".join(fold(title).split())


def _rows(text: str) -> set[tuple[str, ...]]:
    """All words in rows of three; a text of fewer is one row."""
    words = forms(text[:LONGEST])
    if len(words) < ROW:
        return {tuple(words)} if words else set()
    return set(zip(words, words[1:], words[2:], strict=False))
