"""Where several words stand together: positions in, positions out."""

from __future__ import annotations

from collections.abc import Sequence


def follow(places: Sequence[Sequence[int]]) -> list[int]:
    """The positions where a word of each sequence follows one of the sequence before."""
    first, *rest = places
    if not rest:
        return list(first)
    later = [set(positions) for positions in rest]
    return [
        start
        for start in first
        if all(start + step in positions for step, positions in enumerate(later, 1))
    ]


def gather(places: Sequence[Sequence[int]], distance: int) -> list[int]:
    """The rising positions that take part in a window which holds one of each sequence and
    whose last position lies at most `distance`, which is not negative, after its first."""
    marked = sorted((at, which) for which, row in enumerate(places) for at in row)
    inside: set[int] = set()
    counts = [0] * len(places)
    missing, left = len(places), 0
    for right, (at, which) in enumerate(marked):
        missing -= not counts[which]
        counts[which] += 1
        while marked[left][0] < at - distance:
            gone = marked[left][1]
            counts[gone] -= 1
            missing += not counts[gone]
            left += 1
        if not missing:
            inside.update(range(left, right + 1))
    return sorted({marked[i][0] for i in inside})
