"""Sets as bits say the same as the rows they stand beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import EventKind, Mark
from reader.store import Store, open_store
from reader.store.packed import BLOCK, BLOCK_BYTES, BlockAggregate, PackedSet
from tests.reader.store.helpers import add, database_of

IDS = st.lists(st.sampled_from([1, 2, 7, 4095, 4096, 4097, 9000, 99]), max_size=5)
CHANGES = st.one_of(
    st.tuples(st.sampled_from(Mark), IDS),
    st.tuples(st.sampled_from(["war", "war/east", "tea"]), st.booleans(), IDS),
    st.sampled_from(["undo", "redo"]),
)


def one_block(*places: int) -> bytes:
    return sum(1 << place for place in places).to_bytes(BLOCK_BYTES, "little")


def test_bits_are_places_in_their_block() -> None:
    packed = PackedSet([(2, one_block(0, 9, BLOCK - 1)), (0, one_block(1)), (2, one_block(9, 10))])
    expected = [1, 2 * BLOCK, 2 * BLOCK + 9, 2 * BLOCK + 10, 3 * BLOCK - 1]
    assert list(packed.ids()) == expected
    holds = packed.test()
    assert [one for one in range(4 * BLOCK) if holds(one)] == expected
    assert list(PackedSet([]).ids()) == []


def test_the_function_of_the_database_packs_the_same() -> None:
    aggregate = BlockAggregate()
    for one in (BLOCK + 3, BLOCK, 2 * BLOCK - 1):
        aggregate.step(one)
    assert aggregate.finalize() == one_block(0, 3, BLOCK - 1)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library whose articles have numbers in three blocks."""
    folder = tmp_path_factory.mktemp("wide")
    store = open_store(folder)
    add(store, *(f"title {number}" for number in range(7)))
    database = database_of(store)
    with database.transaction():
        for old, new in ((3, 4095), (4, 4096), (5, 4097), (6, 9000)):
            database.run("DELETE FROM outbox WHERE article_id = ?", (old,))
            database.run("DELETE FROM body WHERE article_id = ?", (old,))
            database.run("DELETE FROM arrival WHERE article_id = ?", (old,))
            database.run("UPDATE article SET id = ? WHERE id = ?", (new, old))
    store.close()
    return folder


@settings(max_examples=40, deadline=None)
@given(changes=st.lists(CHANGES, max_size=8))
def test_after_any_changes_bits_and_rows_agree(wide: Path, changes: list[object]) -> None:
    store = open_store(wide)
    with store.rehearsal():
        for change in changes:
            make(store, change)
            agree(store)
    agree(store)
    store.close()


def make(store: Store, change: object) -> None:
    match change:
        case "undo":
            store.events.undo()
        case "redo":
            store.events.redo()
        case (Mark() as mark, list(ids)):
            store.events.add(EventKind.MARK, mark, store.marks.apply(ids, mark))
        case (str(name), bool(adds), list(ids)):
            names = ([name], []) if adds else ([], [name])
            store.events.add(EventKind.TAG, name, store.tags.apply(ids, *names))


def agree(store: Store) -> None:
    database = database_of(store)
    for mark in ("read", "starred", "archived"):
        rows = database.ids(
            "SELECT article_id FROM article_mark WHERE mark = ? ORDER BY 1", (mark,)
        )
        assert store.marks.packed(mark).ids() == rows
    tagged = database.rows("SELECT name, article_id FROM article_tag JOIN tag ON id = tag_id")
    for name in ("war", "war/east", "tea"):
        assert list(store.tags.packed(name).ids()) == sorted(i for n, i in tagged if n == name)
    under = {i for n, i in tagged if n.startswith("war")}
    assert list(store.tags.packed_under("war").ids()) == sorted(under)
    assert list(store.tags.packed_tagged().ids()) == sorted({i for _, i in tagged})
    each = [block for some in store.tags.packed_each() for block in some]
    assert sum(int.from_bytes(bits, "little").bit_count() for _, _, bits in each) == len(tagged)
    assert all(any(bits) for _, _, bits in each)
