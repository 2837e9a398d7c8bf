"""Set algebra over all articles, as one byte for each number an article can have.

Loads numpy, so it is imported where the first question is asked and not before.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from index.query import And, IdSet, InSet, Not, Or, Query, Range
from reader.model import NameCount
from reader.store import BLOCK, BLOCK_BYTES, PackedSet

Numbers: TypeAlias = NDArray[np.int64]

Mask: TypeAlias = NDArray[np.bool_]
"""True at the numbers of the articles that are in a set. Masks of one state have one length."""

_FIRST_STRETCH = 4096
"""Places of an order looked at before there is more than the first of it to look for."""


def evaluate(query: Query, everything: Mask, in_range: Callable[[Range], Mask]) -> Mask:
    """The articles that answer a query for which `answered_by_state` holds."""
    match query:
        case And(clauses):
            found = everything.copy()
            for clause in clauses:
                found &= evaluate(clause, everything, in_range)
        case Or(clauses):
            found = np.zeros_like(everything)
            for clause in clauses:
                found |= evaluate(clause, everything, in_range)
        case Not(clause):
            # More than the clause are those that both have: all its articles are there.
            found = everything ^ evaluate(clause, everything, in_range)
        case InSet(_, ids):
            found = mask_of(ids, len(everything)) & everything
        case Range():
            found = in_range(query)
        case _:
            found = everything
    return found


def mask_of(ids: IdSet, size: int) -> Mask:
    """The articles of a set whose numbers are below `size`."""
    rising = np.frombuffer(ids.rising, np.int64) if ids else np.zeros(0, np.int64)
    first, last = np.searchsorted(rising, (0, size))
    mask = np.zeros(size, np.bool_)
    mask[rising[first:last]] = True
    return mask


def ids_of(mask: Mask) -> IdSet:
    return IdSet.of_rising(array_of(np.flatnonzero(mask)))


def array_of(numbers: Numbers) -> array[int]:
    """Numbers as an array of type "q"."""
    made = array("q")
    made.frombytes(numbers.astype(np.int64, copy=False).tobytes())
    return made


def select(order: Numbers, mask: Mask, limit: int | None) -> array[int]:
    """The articles of a mask in an order, at most the first `limit` of them."""
    if limit is None:
        return array_of(order[mask[order]])
    parts, missing, at, stretch = [order[:0]], limit, 0, _FIRST_STRETCH
    while missing > 0 and at < len(order):
        part = order[at : at + stretch]
        parts.append(part[mask[part]][:missing])
        missing -= len(parts[-1])
        at, stretch = at + stretch, 2 * stretch
    return array_of(np.concatenate(parts))


def unpack(packed: PackedSet) -> IdSet:
    """The articles of a set as the store keeps it."""
    if not packed.blocks:
        return IdSet()
    numbers, bits = _table(packed.blocks)
    by_number = np.argsort(numbers, kind="stable")
    numbers, starts = np.unique(numbers[by_number], return_index=True)
    united = np.bitwise_or.reduceat(bits[by_number], starts, axis=0)
    places = np.flatnonzero(np.unpackbits(united, bitorder="little"))
    return IdSet.of_rising(array_of(numbers[places // BLOCK] * BLOCK + places % BLOCK))


def unite(numbers: Iterable[str]) -> IdSet:
    """The articles of several lists of numbers with commas between them, in any order."""
    lists = [np.fromstring(some, np.int64, sep=",") for some in numbers if some]
    if not lists:
        return IdSet()
    # Not np.unique, which takes forty times as long here.
    rising = np.sort(np.concatenate(lists))
    is_first = np.ones(len(rising), np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=is_first[1:])
    return IdSet.of_rising(array_of(rising[is_first]))


def count_names(
    each: Iterable[Sequence[tuple[str, int, bytes]]], within: IdSet, limit: int
) -> tuple[NameCount, ...]:
    """How many articles of `within` have each name, most first, then by name; none are left
    out. `each` are the blocks of every name, some at a time."""
    if not within:
        return ()
    # One block more than any article of the set is in stands for all that are further on.
    last = within.rising[-1] // BLOCK + 1
    mask = mask_of(within, (last + 1) * BLOCK)
    wanted = np.packbits(mask, bitorder="little").reshape(-1, BLOCK_BYTES)
    counts: Counter[str] = Counter()
    for some in each:
        numbers, bits = _table([(block, one) for _, block, one in some])
        common = np.bitwise_count(bits & wanted[np.minimum(numbers, last)])
        for (name, _, _), count in zip(some, common.sum(axis=1).tolist(), strict=True):
            counts[name] += count
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(NameCount(*item) for item in ranked[:limit] if item[1])


def difference(rising: array[int], *others: array[int]) -> tuple[int, ...]:
    """The ids of an array of type "q" that are in none of the others, ascending."""
    left = np.array(rising, np.int64)
    for other in others:
        left = np.setdiff1d(left, np.array(other, np.int64), assume_unique=True)
    return tuple(left.tolist())


def common(some: IdSet, rising: array[int]) -> array[int]:
    """The ids of a set that are in an array of type "q" too, which rises."""
    both = np.intersect1d(
        np.frombuffer(some.rising, np.int64) if some else np.zeros(0, np.int64),
        np.array(rising, np.int64),
        assume_unique=True,
    )
    return array_of(both)


def count_common(some: IdSet, others: IdSet) -> int:
    """How many ids are in both sets."""
    if not (some and others):
        return 0
    ids = np.frombuffer(some.rising, np.int64)
    within = mask_of(others, int(ids[-1]) + 1)
    return int(np.count_nonzero(within[ids]))


def _table(blocks: Sequence[tuple[int, bytes]]) -> tuple[Numbers, NDArray[np.uint8]]:
    """The numbers of blocks, and their bits a row each."""
    numbers = np.fromiter((block for block, _ in blocks), np.int64, len(blocks))
    joined = b"".join([bits for _, bits in blocks])
    return numbers, np.frombuffer(joined, np.uint8).reshape(-1, BLOCK_BYTES)
