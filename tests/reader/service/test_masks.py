"""Masks and bits agree with plain sets."""

from __future__ import annotations

from array import array
from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.query import And, Everything, IdSet, InSet, Not, Or, Query, Range
from reader.model import NameCount
from reader.service.masks import (
    common,
    count_names,
    difference,
    evaluate,
    ids_of,
    mask_of,
    select,
    unite,
    unpack,
)
from reader.store import BLOCK, BLOCK_BYTES, PackedSet

SIZE = 13
IDS = st.sets(st.integers(1, SIZE - 1))
LEAVES = st.one_of(
    st.just(Everything()),
    st.sets(st.integers(-2, SIZE + 3)).map(lambda ids: InSet("set", IdSet(ids))),
    st.just(Range("date", 0, None)),
)
TREES: st.SearchStrategy[Query] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda clauses: And(tuple(clauses))),
        st.lists(inner, max_size=3).map(lambda clauses: Or(tuple(clauses))),
    ),
    max_leaves=8,
)
FAR = st.integers(0, 5 * BLOCK)


def holds(query: Query, one: int, dated: set[int]) -> bool:
    match query:
        case And(clauses):
            return all(holds(clause, one, dated) for clause in clauses)
        case Or(clauses):
            return any(holds(clause, one, dated) for clause in clauses)
        case Not(clause):
            return not holds(clause, one, dated)
        case InSet(_, ids):
            return one in ids
        case Range():
            return one in dated
        case _:
            return True


@given(query=TREES, everything=IDS, dated=IDS)
def test_set_algebra_agrees_with_asking_each_article(
    query: Query, everything: set[int], dated: set[int]
) -> None:
    dated &= everything
    whole = mask_of(IdSet(everything), SIZE)
    found = evaluate(query, whole, lambda _: mask_of(IdSet(dated), SIZE))
    assert set(ids_of(found)) == {one for one in everything if holds(query, one, dated)}
    assert set(ids_of(whole)) == everything


@given(st.lists(st.lists(st.integers(0, 99), max_size=9), max_size=3))
def test_lists_of_numbers_are_united(lists: list[list[int]]) -> None:
    numbers = [",".join(map(str, some)) for some in lists]
    assert unite(numbers) == IdSet({one for some in lists for one in some})


def packed(*sets: set[int]) -> PackedSet:
    """The sets one after the other, a block each time for itself."""
    blocks = []
    for ids in sets:
        for block in {one // BLOCK for one in ids}:
            bits = sum(1 << one % BLOCK for one in ids if one // BLOCK == block)
            blocks.append((block, bits.to_bytes(BLOCK_BYTES, "little")))
    return PackedSet(blocks)


@given(sets=st.lists(st.sets(FAR, max_size=9), max_size=4))
def test_bits_are_unpacked_to_the_union_of_their_blocks(sets: list[set[int]]) -> None:
    together = packed(*sets)
    assert unpack(together) == IdSet(set().union(*sets))
    assert unpack(together) == IdSet(together.ids())


@given(
    sets=st.dictionaries(st.sampled_from("abcde"), st.sets(FAR, min_size=1, max_size=9)),
    within=st.sets(FAR, max_size=30),
    limit=st.integers(1, 6),
    size=st.integers(1, 5),
)
def test_names_are_counted_within_a_set(
    sets: dict[str, set[int]], within: set[int], limit: int, size: int
) -> None:
    blocks = [(name, *block) for name, ids in sets.items() for block in packed(ids).blocks]
    each = [blocks[at : at + size] for at in range(0, len(blocks), size)]
    counts = Counter({name: len(ids & within) for name, ids in sets.items()})
    ranked = sorted(((name, n) for name, n in counts.items() if n), key=lambda x: (-x[1], x[0]))
    expected = tuple(NameCount(*one) for one in ranked[:limit])
    assert count_names(each, IdSet(within), limit) == expected


@given(
    order=st.permutations(range(1, SIZE)),
    chosen=IDS,
    limit=st.none() | st.integers(0, 2 * SIZE),
)
def test_an_order_is_cut_where_it_is_long_enough(
    order: list[int], chosen: set[int], limit: int | None
) -> None:
    expected = [one for one in order if one in chosen][:limit]
    mask = mask_of(IdSet(chosen), SIZE)
    assert select(np.array(order, np.int64), mask, limit) == array("q", expected)


def test_a_rare_article_is_found_far_down_an_order() -> None:
    order = np.arange(100_000, dtype=np.int64)
    mask = mask_of(IdSet((5, 70_000, 99_999)), 100_000)
    assert list(select(order, mask, 2)) == [5, 70_000]
    assert list(select(order, mask, 9)) == [5, 70_000, 99_999]


@given(some=IDS, others=IDS)
def test_what_two_sets_have_in_common(some: set[int], others: set[int]) -> None:
    assert list(common(IdSet(some), array("q", sorted(others)))) == sorted(some & others)


@given(ids=IDS, others=st.lists(IDS, max_size=2))
def test_what_is_in_none_of_the_others(ids: set[int], others: list[set[int]]) -> None:
    arrays = [array("q", sorted(one)) for one in (ids, *others)]
    assert difference(*arrays) == tuple(sorted(ids.difference(*others)))
