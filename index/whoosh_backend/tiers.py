"""When segments become one: which to merge is decided here, from their sizes alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.whoosh_backend.building import MOST_DOCUMENTS, MOST_TOKENS

FACTOR = 8
"""Segments of about one size that are left beside each other."""


_LARGE = MOST_DOCUMENTS // 4
"""Documents of a segment that is merged as soon as another one fits in with it."""


@dataclass(frozen=True, slots=True)
class Size:
    """Documents of a segment, there and deleted, and the tokens of those that are there."""

    live: int
    deleted: int
    tokens: int


def choose_merge(sizes: Sequence[Size]) -> list[int]:
    """The segments to make into one next, by place in `sizes`; empty when all may stay.

    FACTOR segments of one order of magnitude become one of the next, and large ones as soon as
    two fit in one: a document is rewritten about once for each order of magnitude, and once or
    twice more in the end. A segment most of which is deleted is rewritten by itself.
    """
    tiers: dict[int, list[int]] = {}
    for at, size in enumerate(sizes):
        if size.deleted > size.live:
            return [at]
        tier = _LARGE if size.live >= _LARGE else _tier(size.live)
        tiers.setdefault(tier, []).append(at)
    full = sorted(tier for tier, members in tiers.items() if len(members) >= _wanted(tier))
    fitting = (_fitting(sizes, tiers[tier]) for tier in full)
    return next((chosen for chosen in fitting if len(chosen) > 1), [])


def _wanted(tier: int) -> int:
    return 2 if tier == _LARGE else FACTOR


def _fitting(sizes: Sequence[Size], members: Sequence[int]) -> list[int]:
    """The smallest members, as many as fit in one segment."""
    smallest = sorted(members, key=lambda at: sizes[at].live)
    documents = accumulate(sizes[at].live for at in smallest)
    tokens = accumulate(sizes[at].tokens for at in smallest)
    return [
        at
        for at, live, words in zip(smallest, documents, tokens, strict=True)
        if live <= MOST_DOCUMENTS and words <= MOST_TOKENS
    ]


def _tier(documents: int) -> int:
    tier = 0
    while documents >= FACTOR:
        documents //= FACTOR
        tier += 1
    return tier
