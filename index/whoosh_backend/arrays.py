"""Steps on arrays of numbers that posting lists are made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""Integers of any width."""

Ints = NDArray[np.int64]

DOC_BITS = 16
"""Documents of a segment are numbered in so many bits."""

_LOW = np.int64(0xFFFF_FFFF)


def join(pieces: Iterable[Array], kind: type[np.generic]) -> Array:
    """Arrays one after the other; an empty one of `kind` when there is none."""
    row = list(pieces)
    return np.concatenate(row) if len(row) > 1 else row[0] if row else np.zeros(0, kind)


def starts_of(sizes: Array) -> Ints:
    """Where each of the runs of some sizes begins, and where the last one ends."""
    starts = np.zeros(len(sizes) + 1, np.int64)
    sizes.cumsum(dtype=np.int64, out=starts[1:])
    return starts


def run_places(starts: Array, sizes: Array) -> Ints:
    """The places of runs, one run after the other: start, start + 1 ... of each."""
    ends = sizes.cumsum(dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    places: Ints = (starts - (ends - sizes)).repeat(sizes)
    places += np.arange(total)
    return places


def pack(high: Array, low: Array) -> Ints:
    """Pairs of numbers as single ones that sort alike; `low` has 32 bits."""
    return (high.astype(np.int64) << 32) | low


def high(packed: Ints) -> Ints:
    return packed >> 32


def low(packed: Ints) -> Ints:
    return packed & _LOW


def first_of_runs(*columns: Array) -> Ints:
    """Where a row differs from the one before it; the columns are equally long."""
    if not len(columns[0]):
        return np.zeros(0, np.int64)
    changed = np.zeros(len(columns[0]), bool)
    changed[0] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changed)


def fewest_bits(numbers: Array) -> Array:
    """The numbers in 8, 16 or 32 bits, as the largest needs."""
    most = int(numbers.max(initial=0))
    kind = np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32
    return numbers.astype(kind)
