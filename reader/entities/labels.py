"""Labels of words: B-, I-, L- for the first, inner and last word of a name, U- for the only one,
each with its kind; O outside of names (the BILOU scheme of Ratinov and Roth 2009). Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

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


def names_in(numbers: NDArray[np.intp], labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The names that labels, given by their numbers, tell of: first word, the one behind the
    last, and kind. The labels follow one another rightly."""
    begins = np.array([label[0] in "BU" for label in labels])
    ends = np.array([label[0] in "LU" for label in labels])
    firsts, lasts = np.flatnonzero(begins[numbers]), np.flatnonzero(ends[numbers])
    kinds = [labels[number][2:] for number in numbers[lasts].tolist()]
    return zip(firsts.tolist(), (lasts + 1).tolist(), kinds, strict=True)
