"""SQLite's errors become ours, whichever method meets them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import LibraryBusyError, LibraryUnwritableError
from reader.model import Mark
from reader.store import Store, open_store
from reader.store.connection import FILE_NAME
from tests.reader.store.calls import READS, WRITES, fill, public_methods
from tests.reader.store.helpers import add, database_of, draft, dump

ALL = READS | WRITES


def test_no_method_is_left_out(store: Store) -> None:
    assert set(public_methods(store)) - {"close"} == set(ALL)


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store whose file another connection keeps to itself."""
    folder = tmp_path_factory.mktemp("shut")
    store = open_store(folder, busy_seconds=0.01)
    fill(store)
    # With the log reading would never wait; without it everything does.
    database_of(store).rows("PRAGMA journal_mode = DELETE")
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield store
    store.close()


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_is_shut(shut: Store, name: str) -> None:
    with pytest.raises(LibraryBusyError) as caught:
        ALL[name](shut)
    assert caught.value.path.name == FILE_NAME


@pytest.fixture
def contended(folder: Path, store: Store) -> Iterator[Store]:
    """A store while another process writes."""
    fill(store)
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield store


@pytest.mark.parametrize("name", WRITES)
def test_writing_while_another_process_writes(contended: Store, name: str) -> None:
    with pytest.raises(LibraryBusyError):
        WRITES[name](contended)


def test_reading_while_another_process_writes(contended: Store) -> None:
    for read in READS.values():
        read(contended)


@pytest.mark.parametrize("name", sorted(WRITES.keys() - {"transaction", "rehearsal"}))
def test_a_file_that_may_not_be_written(store: Store, name: str) -> None:
    fill(store)
    before = dump(store)
    database_of(store).rows("PRAGMA query_only = ON")
    with pytest.raises(LibraryUnwritableError):
        WRITES[name](store)
    database_of(store).rows("PRAGMA query_only = OFF")
    assert dump(store) == before
    WRITES[name](store)


GROWING: dict[str, Callable[[Store, int], object]] = {
    "articles.save": lambda store, n: store.articles.save(draft(f"n{n}", text="text " * 1000)),
    "changed": lambda store, n: store.articles.save(draft("one", text=f"text {n} " * 1000)),
    "copies": lambda store, n: store.articles.save(draft("one", origin=f"/{n}/" + "x" * 3000)),
    "tags.apply": lambda store, n: store.tags.apply(range(1, 300), [f"t{n}", f"u{n}"], []),
    "marks.apply": lambda store, n: store.marks.apply(range(1, 300), list(Mark)[n * 2]),
    "batch": lambda store, n: add_batch(store, n),
}


def add_batch(store: Store, number: int) -> None:
    with store.transaction():
        add(store, *(f"{number}.{one}" for one in range(20)))


@pytest.mark.parametrize("name", GROWING)
def test_a_full_disk_leaves_nothing_half_written(store: Store, name: str) -> None:
    with store.transaction():
        add(store, *map(str, range(300)), "one")
    database = database_of(store)
    database.rows(f"PRAGMA max_page_count = {database.value('PRAGMA page_count')}")
    for number in range(1000):
        before = dump(store)
        try:
            GROWING[name](store, number)
        except LibraryUnwritableError:
            break
    assert dump(store) == before
    assert database.rows("PRAGMA integrity_check") == [("ok",)]
    database.rows("PRAGMA max_page_count = 1000000")
    GROWING[name](store, number)
    assert dump(store) != before


def test_a_full_disk_met_inside_is_not_passed_over(store: Store) -> None:
    """SQLite takes the whole transaction back; going on must not store the second half."""
    add(store, "one")
    before = dump(store)
    database = database_of(store)
    database.rows(f"PRAGMA max_page_count = {database.value('PRAGMA page_count')}")

    def go_on() -> None:
        with store.transaction():
            add(store, "first half")
            with pytest.raises(LibraryUnwritableError):
                store.articles.save(draft("big", text="text " * 100_000))
            database._connection.rollback()
            add(store, "second half")

    with pytest.raises(LibraryUnwritableError):
        go_on()
    assert dump(store) == before


def test_a_transaction_that_is_gone_at_its_end(store: Store) -> None:
    def lose() -> None:
        with store.transaction():
            add(store, "one")
            database_of(store)._connection.rollback()

    with pytest.raises(LibraryUnwritableError):
        lose()
    assert store.counts().articles == 0


def test_our_own_mistakes_pass_as_they_are(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError):
        database_of(store).rows("SELECT nothing FROM nowhere")
    store.close()
    with pytest.raises(sqlite3.ProgrammingError):
        store.counts()
