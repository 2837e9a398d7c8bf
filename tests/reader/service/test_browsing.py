"""Counts of tags, sources and entities, over all articles or some."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.query import IdSet
from reader.model import NameCount
from reader.service.browsing import Browsing
from reader.store import BLOCK_BYTES, open_store
from tests.reader.store.helpers import add, database_of, entity


@pytest.fixture
def browsing(tmp_path: Path) -> Iterator[Browsing]:
    store = open_store(tmp_path)
    add(store, "one", "two", source="Post")
    add(store, "three", source="Zeit")
    store.tags.apply([1, 2], ["war/asia"], [])
    store.tags.apply([1], ["war/sea"], [])
    for article_id in (1, 2, 3):
        store.entities.replace_mentions(article_id, [entity("Ann", (0, 1))])
    store.entities.replace_mentions(3, [entity("Bo", (0, 1), (2, 3)), entity("Ann", (4, 5))])
    yield Browsing(store)
    store.close()


def test_over_all(browsing: Browsing) -> None:
    assert browsing.list_tags() == (NameCount("war/asia", 2), NameCount("war/sea", 1))
    assert browsing.list_tags(limit=1) == (NameCount("war/asia", 2),)
    assert browsing.list_sources() == (NameCount("Post", 2), NameCount("Zeit", 1))
    names = [(one.entity.name, one.mentions, one.articles) for one in browsing.list_entities()]
    assert names == [("Ann", 3, 3), ("Bo", 2, 1)]


def test_within_some(browsing: Browsing) -> None:
    some = IdSet([2, 3])
    assert browsing.list_tags(some) == (NameCount("war/asia", 1),)
    assert browsing.list_sources(some, limit=1) == (NameCount("Post", 1),)
    names = [(one.entity.name, one.mentions, one.articles) for one in browsing.list_entities(some)]
    assert names == [("Ann", 2, 2), ("Bo", 2, 1)]
    assert browsing.list_tags(IdSet()) == ()


def test_many_scattered_tags_are_counted_in_little_memory(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    database = database_of(store)
    names = [f"tag {number:02}" for number in range(40)]
    bits = b"\x01" * BLOCK_BYTES  # every eighth article
    with database.transaction():
        database.run_many("INSERT INTO tag (name) VALUES (?)", [(name,) for name in names])
        database.run_many(
            "INSERT INTO tag_block (key, block, bits) SELECT id, ?, ? FROM tag",
            [(block, bits) for block in range(1000)],
        )
    within = IdSet(range(10 * BLOCK_BYTES * 8))
    tracemalloc.start()
    try:
        counts = Browsing(store).list_tags(within, limit=100)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert counts == tuple(NameCount(name, 10 * BLOCK_BYTES) for name in names)
    assert peak < len(names) * 1000 * BLOCK_BYTES
    store.close()


def test_tags_are_completed(browsing: Browsing) -> None:
    assert browsing.complete_tags("war/") == ("war/asia", "war/sea")
    assert browsing.complete_tags("war/s", limit=1) == ("war/sea",)
