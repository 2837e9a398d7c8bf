"""When segments become one: which to merge is decided here, from their sizes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FACTOR = 10
"""Segments of about one size that are left beside each other."""

LARGEST = 200_000
"""Documents above which a segment is merged no more, unless half of it is deleted."""


@dataclass(frozen=True, slots=True)
class Size:
    """Documents of a segment: there, and deleted."""

    live: int
    deleted: int


def choose_merge(sizes: Sequence[Size]) -> list[int]:
    """The segments to make into one next, by place in `sizes`; empty when all may stay.

    FACTOR segments of one order of magnitude are one of the next: a document is rewritten once
    for each order of magnitude of the index. A segment most of which is deleted is rewritten by
    itself.
    """
    tiers: dict[int, list[int]] = {}
    for at, size in enumerate(sizes):
        if size.deleted > size.live:
            return [at]
        if size.live < LARGEST:
            tiers.setdefault(_tier(size.live), []).append(at)
    full = [tier for tier, members in tiers.items() if len(members) >= FACTOR]
    return tiers[min(full)] if full else []


def _tier(documents: int) -> int:
    tier = 0
    while documents >= FACTOR:
        documents //= FACTOR
        tier += 1
    return tier
