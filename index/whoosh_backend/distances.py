"""How many edits make one word into others, for many words at once.

An edit inserts, deletes or replaces a character or swaps two neighbours, no stretch being edited
twice: the optimal string alignment distance, worked out row by row for all words together.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis.words import CloseTo, StartsLike

_MANY = 150
"""Words from which on it is quicker to work on all together."""

Distances = NDArray[np.int8]


def edits_to_beginnings(word: str, others: Sequence[str]) -> Distances:
    """For each of some words how many edits make `word` into its first 0, 1, 2 ... characters.

    Words are as long as their characters go; what comes after is worth nothing.
    """
    chars = np.array(others, str)
    width = chars.dtype.itemsize // 4
    codes = np.ascontiguousarray(chars).view(np.uint32).reshape(len(others), width).T
    before = np.zeros((width + 1, len(others)), np.int8)
    row = np.repeat(np.arange(width + 1, dtype=np.int8)[:, None], len(others), axis=1)
    for at, char in enumerate(map(ord, word)):
        after = np.empty_like(row)
        after[0] = at + 1
        same = codes == char
        for place in range(width):
            best = np.minimum(row[place + 1], after[place]) + np.int8(1)
            np.minimum(best, row[place] + ~same[place], out=best)
            if at and place:
                swapped = same[place - 1] & (codes[place] == ord(word[at - 1]))
                best = np.where(swapped, np.minimum(best, before[place - 1] + np.int8(1)), best)
            after[place + 1] = best
        before, row = row, after
    return row.T


def accepted(test: CloseTo | StartsLike, forms: Sequence[str]) -> NDArray[np.bool_]:
    """Which of some forms, which begin with the right letter, a test accepts."""
    if len(forms) < _MANY:
        return np.array(list(map(test.accepts, forms)), bool)
    size, distance = len(test.form), test.distance if isinstance(test, CloseTo) else 1
    # Of a long word the rest changes nothing, and would have all others be as long.
    forms = [form[: size + distance + 1] for form in forms]
    edits: Distances = edits_to_beginnings(test.form, forms)
    lengths = np.array(list(map(len, forms)))
    rows = np.arange(len(forms))
    if isinstance(test, CloseTo):
        within: NDArray[np.bool_] = edits[rows, lengths] <= distance
        return within
    ends = (np.minimum(end, lengths) for end in (size - 1, size, size + 1))
    close: NDArray[np.bool_] = np.logical_or.reduce([edits[rows, end] <= 1 for end in ends])
    return close
