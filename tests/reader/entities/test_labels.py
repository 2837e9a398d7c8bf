from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reader.entities.labels import OUTSIDE, labels_for, may_follow, names_in

KINDS = ("PER", "LOC", "ORG", "MISC")
LABELS = (OUTSIDE, *(f"{place}-{kind}" for place in "BILU" for kind in KINDS))
LAYOUTS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.sampled_from(KINDS)))


@given(LAYOUTS)
def test_names_survive_their_labels(layout: list[tuple[int, int, str]]) -> None:
    labels: list[str] = []
    names: list[tuple[int, int, str]] = []
    for gap, length, kind in layout:
        labels += [OUTSIDE] * gap
        names.append((len(labels), len(labels) + length, kind))
        labels += labels_for(length, kind)
    numbers = np.array([LABELS.index(label) for label in labels], dtype=np.intp)
    assert list(names_in(numbers, LABELS)) == names
    walk = [OUTSIDE, *labels, OUTSIDE]
    assert all(may_follow(a, b) for a, b in pairwise(walk))


def test_what_may_follow_what() -> None:
    allowed = {(a, b) for a in LABELS for b in LABELS if may_follow(a, b)}
    assert ("B-PER", "I-PER") in allowed
    assert ("I-ORG", "L-ORG") in allowed
    assert ("L-PER", "U-LOC") in allowed
    assert allowed.isdisjoint({("B-PER", "L-ORG"), ("B-PER", OUTSIDE), (OUTSIDE, "I-PER")})
    # After a name has ended, or outside: outside, or the beginning of one of four kinds.
    assert len([pair for pair in allowed if pair[0][0] in "OLU"]) == 9 * 9
    assert len([pair for pair in allowed if pair[0][0] in "BI"]) == 8 * 2
