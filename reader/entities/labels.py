"""Labels of words: B-, I-, L- for the first, inner and last word of a name, U- for the only one,
each with its kind; O outside of names (the BILOU scheme of Ratinov and Roth 2009). Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

OUTSIDE = "O"


def may_follow(before: str, after: str) -> bool:
    """Whether a label may stand behind another."""
    if before[0] in "BI":
        return after[0] in "IL" and after[1:] == before[1:]
    return after[0] in "OBU"


def labels_for(length: int, kind: str) -> list[str]:
    """The labels of a name of so many words."""
    if length == 1:
        return [f"U-{kind}"]
    return [f"B-{kind}", *[f"I-{kind}"] * (length - 2), f"L-{kind}"]


def names_in(labels: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The names that labels which follow one another rightly tell of: first word, the one behind
    the last, and kind."""
    first = 0
    for at, label in enumerate(labels):
        if label[0] in "BU":
            first = at
        if label[0] in "UL":
            yield first, at + 1, label[2:]
