"""Transactions: all or nothing, one inside another, and two connections at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.model import Mark
from reader.store import Store, open_store
from tests.reader.store.helpers import add, database_of, dump, entity


class Stop(Exception):  # noqa: N818 - not an error
    pass


def stop_inside(store: Store, *, caught: bool) -> None:
    with store.transaction():
        add(store, "outer")
        try:
            with store.transaction():
                add(store, "inner")
                raise Stop
        except Stop:
            if not caught:
                raise
        add(store, "after")


def test_all_of_a_block(folder: Path, store: Store) -> None:
    other = open_store(folder)
    with store.transaction():
        add(store, "one")
        with store.transaction():
            add(store, "two")
        assert other.counts().articles == 0
    assert other.counts().articles == 2
    other.close()


def test_nothing_of_a_block_that_raises(store: Store) -> None:
    add(store, "one")
    before = dump(store)
    with pytest.raises(Stop):
        stop_inside(store, caught=False)
    assert dump(store) == before


def test_only_the_inner_block_is_undone_when_its_error_is_caught(store: Store) -> None:
    stop_inside(store, caught=True)
    rows = store.articles.get_rows(store.articles.ids())
    assert [row.title for row in rows.values()] == ["Title outer", "Title after"]


def test_nothing_stays_of_a_rehearsal(store: Store) -> None:
    add(store, "one")
    before = dump(store)
    with store.rehearsal():
        with store.transaction():
            add(store, "two")
        assert store.counts().articles == 2
    assert dump(store) == before


def test_nothing_stays_of_a_rehearsal_that_raises(store: Store) -> None:
    def rehearse() -> None:
        with store.rehearsal():
            add(store, "one")
            raise Stop

    with pytest.raises(Stop):
        rehearse()
    assert store.counts().articles == 0


def test_one_state_for_several_questions(folder: Path, store: Store) -> None:
    other = open_store(folder)
    with database_of(store).snapshot():
        assert store.counts().articles == 0
        add(other, "one")
        with database_of(store).snapshot():
            assert store.counts().articles == 0
    assert store.counts().articles == 1
    with store.transaction(), database_of(store).snapshot():
        assert store.counts().articles == 1
        add(store, "two")
    assert other.counts().articles == 2
    other.close()


def test_mentions_and_text_are_of_one_state(folder: Path, store: Store) -> None:
    add(store, "one", text="Ann")
    store.entities.replace_mentions(1, [entity("Ann", (0, 3))])
    assert [one.text for one in store.entities.list_mentions(1)] == ["Ann"]


def test_the_token_moves_with_every_change_of_anyone(folder: Path, store: Store) -> None:
    other = open_store(folder)
    seen = [store.change_token()]
    assert store.change_token() == seen[0]
    store.counts()
    assert store.change_token() == seen[0]
    add(store, "one")
    seen.append(store.change_token())
    other.marks.apply([1], Mark.READ)
    seen.append(store.change_token())
    other.positions.save(1, 5)
    seen.append(store.change_token())
    assert len(set(seen)) == 4
    assert store.change_token() == seen[-1]
    other.close()


def test_two_connections_see_and_keep_what_the_other_does(folder: Path, store: Store) -> None:
    other = open_store(folder)
    add(store, "one")
    store.tags.apply([1], ["war"], [])
    assert other.articles.get_article(1).row.tags == ("war",)
    other.tags.apply([1], ["asia"], [])
    other.marks.apply([1], Mark.STARRED)
    store.marks.apply([1], Mark.READ)
    row = store.articles.get_article(1).row
    assert (row.tags, row.read, row.starred) == (("asia", "war"), True, True)
    assert add(other, "one", "two") == [1, 2]
    other.close()


def test_a_snapshot_reads_one_state(folder: Path, store: Store) -> None:
    add(store, "one")
    other = open_store(folder)
    with store.snapshot():
        assert store.counts().articles == 1
        add(other, "two")
        assert store.counts().articles == 1
        assert store.articles.get_rows([2]) == {}
    assert store.counts().articles == 2
    other.close()
