"""When segments become one: which to merge is decided here, from their sizes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

FACTOR = 10
"""Segments of about one size that are left beside each other."""

LARGEST = 200_000
"""Documents that a merge comes to at most, which bounds its memory and its time. A segment of as
many is only rewritten when most of it is deleted."""


@dataclass(frozen=True, slots=True)
class Size:
    """Documents of a segment: there, and deleted."""

    live: int
    deleted: int


def choose_merge(sizes: Sequence[Size]) -> list[int]:
    """The segments to make into one next, by place in `sizes`; empty when all may stay.

    FACTOR segments of one order of magnitude become one of the next, or as many of them as come
    to LARGEST: a document is rewritten about once for each order of magnitude of the index. A
    segment most of which is deleted is rewritten by itself.
    """
    tiers: dict[int, list[int]] = {}
    for at, size in enumerate(sizes):
        if size.deleted > size.live:
            return [at]
        if size.live < LARGEST:
            tiers.setdefault(_tier(size.live), []).append(at)
    full = sorted(tier for tier, members in tiers.items() if len(members) >= FACTOR)
    fitting = (_fitting(sizes, tiers[tier]) for tier in full)
    return next((chosen for chosen in fitting if len(chosen) > 1), [])


def _fitting(sizes: Sequence[Size], members: Sequence[int]) -> list[int]:
    """The smallest members, as many as come to LARGEST."""
    smallest = sorted(members, key=lambda at: sizes[at].live)
    totals = accumulate(sizes[at].live for at in smallest)
    return [at for at, total in zip(smallest, totals, strict=True) if total <= LARGEST]


def _tier(documents: int) -> int:
    tier = 0
    while documents >= FACTOR:
        documents //= FACTOR
        tier += 1
    return tier
