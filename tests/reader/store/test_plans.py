"""No question of the list, the panes or the counts reads whole tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reader.model import Mark
from reader.store import Store
from tests.reader.store.calls import READS, WRITES, fill
from tests.reader.store.helpers import add, database_of, draft

LARGE = {
    "article",
    "body",
    "version",
    "duplicate",
    "link",
    "told",
    "article_mark",
    "article_tag",
    "taken_over",
    "alias",
    "alias_word",
    "entity",
    "naming",
    "article_entity",
    "form",
    "together",
    "event",
    "event_change",
    "event_row",
    "note",
    "note_term",
    "outbox",
    "position",
}

WHOLE = {
    "articles.order": {"article_sort"},
    "articles.ids": {"article_added"},
    "articles.moments": {"article_sort", "article_published", "article_added"},
    "corrections.ignored": {"entity_ignored"},
    "corrections.list": {"entity_merged", "entity_renamed", "entity_kind", "entity_ignored"},
}
"""Questions about everything: they walk along one narrow index."""

WALKS = {
    "events.list_events",
    "outbox.take",
    "outbox.ids",
    "entities.list_counts",
    "entities.totals",
    "names.frequent",
    "notes.newest",
    "notes.article_ids",
}
"""Questions that walk a table in its order and stop at their limit, or ask for all that waits, or
for all of what the reader made by hand."""

UNCHECKED = ("SCAN article_mark", "SCAN link")


@contextmanager
def recorded(store: Store) -> Iterator[list[str]]:
    """The statements that are run in the block, with their values."""
    connection = database_of(store)._connection
    statements: list[str] = []
    connection.set_trace_callback(statements.append)
    try:
        yield statements
    finally:
        connection.set_trace_callback(None)


def scans(store: Store, statements: list[str]) -> Iterator[tuple[str, str]]:
    """Large tables that are read from end to end, with the whole line of the plan."""
    for statement in statements:
        if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE)", statement):
            continue
        aliases: dict[str, str] = dict(re.findall(r"(?:FROM|JOIN|,) (\w+) (\w)\b", statement))
        names = {short: table for table, short in aliases.items()}
        for line in database_of(store).rows(f"EXPLAIN QUERY PLAN {statement}"):
            scanned = re.match(r"SCAN (\w+)", line[3])
            # For a new article SQLite plans, and does not do, a check of what refers to it.
            if statement.startswith("INSERT INTO article (") and line[3] in UNCHECKED:
                continue
            if scanned and (table := names.get(scanned[1], scanned[1])) in LARGE:
                yield table, line[3]


@pytest.fixture
def large(store: Store) -> Store:
    """A store with some hundred articles."""
    fill(store)
    with store.transaction():
        ids = add(store, *map(str, range(200)))
    store.tags.apply(ids, ["many"], [])
    store.marks.apply(ids, Mark.READ)
    return store


@pytest.mark.parametrize("name", READS | WRITES)
def test_no_large_table_is_read_whole(store: Store, name: str) -> None:
    fill(store)
    with recorded(store) as statements:
        (READS | WRITES)[name](store)
    assert statements
    found = list(scans(store, statements))
    if name in WHOLE:
        assert all(any(index in line for index in WHOLE[name]) for _, line in found)
    elif name == "outbox.add_all":
        assert {table for table, _ in found} == {"article"}
    elif name not in WALKS:
        assert found == []


@pytest.mark.parametrize("sort", ["newest", "oldest", "source", "title", "relevance"])
def test_orders_come_from_an_index_alone(large: Store, sort: str) -> None:
    from index.query import Sort

    with recorded(large) as statements:
        large.articles.order(Sort(sort))
    plan = [line[3] for line in database_of(large).rows(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert any("USING COVERING INDEX article_" in line for line in plan)
    assert not any(line == "USE TEMP B-TREE FOR ORDER BY" for line in plan)


def test_frequent_entities_stop_at_the_limit(large: Store) -> None:
    with recorded(large) as statements:
        large.entities.list_counts(None, 5)
    plan = [line[3] for line in database_of(large).rows(f"EXPLAIN QUERY PLAN {statements[0]}")]
    assert "entity_frequency" in plan[0]


@pytest.mark.parametrize("known", [draft("0"), draft("0", text="New."), draft("0", guid="copy")])
def test_saving_finds_its_article_by_an_index(large: Store, known: object) -> None:
    with recorded(large) as statements:
        large.articles.save(known)  # type: ignore[arg-type]
    assert list(scans(large, statements)) == []
