"""Counts over time as one line of blocks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reader.model import NameCount

_BLOCKS = " ▁▂▃▄▅▆▇█"


def sparkline(counts: Sequence[int], width: int) -> str:
    """Counts as blocks of an eighth to the full height, at most `width` of them.

    The largest has the full height, and whatever is more than nothing at least an eighth. More
    counts than `width` stand for their mean in groups that differ by one count at most.
    """
    if not any(counts):
        return ""
    groups = min(len(counts), width)
    bounds = [place * len(counts) // groups for place in range(groups + 1)]
    means = [sum(counts[start:end]) / (end - start) for start, end in pairwise(bounds)]
    highest, steps = max(means), len(_BLOCKS) - 1
    # Rounded up: one article among a thousand is to be seen.
    return "".join(_BLOCKS[-int(-mean * steps // highest)] for mean in means)


def months_between(months: Sequence[NameCount]) -> list[int]:
    """How many articles each month has, from the first to the last one, oldest first; a month
    that is not among `months` ("2023-07", in any order) has none."""
    counts = {_number(one.name): one.articles for one in months}
    if not counts:
        return []
    return [counts.get(month, 0) for month in range(min(counts), max(counts) + 1)]


def _number(month: str) -> int:
    year, _, rest = month.partition("-")
    return 12 * int(year) + int(rest)
