"""Opening a library: what is made, what is refused, and that refusing changes nothing."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest

from reader.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryNewerError,
    LibraryUnwritableError,
)
from reader.store import Store, open_store
from reader.store.connection import FILE_NAME
from reader.store.schema import APPLICATION_ID, PLAN
from tests.reader.store.helpers import add, database_of, dump


@pytest.fixture
def path(folder: Path) -> Path:
    folder.mkdir()
    return folder / FILE_NAME


def refused(folder: Path, kind: type[LibraryError]) -> LibraryError:
    """Opening raises `kind` and leaves the bytes of the file as they are."""
    path = folder / FILE_NAME
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(kind) as caught:
        open_store(folder, busy_seconds=0.05)
    assert (path.read_bytes() if path.exists() else None) == before
    return caught.value


def test_a_new_library_is_made_with_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    store = open_store(folder)
    assert store.counts().articles == 0
    store.close()
    assert (folder / FILE_NAME).exists()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_was_stored_is_there_again(folder: Path, store: Store) -> None:
    (article_id,) = add(store, "one")
    store.close()
    again = open_store(folder)
    assert again.articles.get_article(article_id).row.title == "Title one"
    again.close()


def test_settings_of_the_connection(store: Store) -> None:
    database = database_of(store)
    assert database.value("PRAGMA journal_mode") == "wal"
    assert database.value("PRAGMA synchronous") == 2
    assert database.value("PRAGMA foreign_keys") == 1
    assert database.value("PRAGMA application_id") == APPLICATION_ID
    assert database.value("PRAGMA user_version") == PLAN.version
    assert database.value("PRAGMA busy_timeout") == 50


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.touch()
    store = open_store(path.parent)
    assert store.counts().articles == 0
    store.close()


def test_a_database_without_tables_becomes_a_library(path: Path) -> None:
    # What is left when the program is killed right after it made the file.
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
    assert path.stat().st_size > 0
    store = open_store(path.parent)
    assert add(store, "one") == [1]
    store.close()


@pytest.mark.parametrize("content", [b"x", b"not a database\n" * 500, b"\0" * 4096])
def test_a_file_that_is_no_database(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refused(path.parent, LibraryDamagedError).path == path


def test_a_database_of_another_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE song (name TEXT)")
    refused(path.parent, LibraryDamagedError)


def test_an_empty_database_that_another_program_has_marked(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA application_id = 7")
    refused(path.parent, LibraryDamagedError)


def test_a_cut_off_file(folder: Path, store: Store) -> None:
    add(store, *map(str, range(50)))
    store.close()
    path = folder / FILE_NAME
    path.write_bytes(path.read_bytes()[: 4096 * 3])
    refused(folder, LibraryDamagedError)


def test_damage_of_the_list_of_tables(folder: Path, store: Store) -> None:
    store.close()
    path = folder / FILE_NAME
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    refused(folder, LibraryDamagedError)


def test_damage_inside_is_named_when_it_is_met(folder: Path, store: Store) -> None:
    add(store, *map(str, range(50)))
    root = database_of(store).value("SELECT rootpage FROM sqlite_schema WHERE name='article_sort'")
    store.close()
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with closing(open_store(folder)) as damaged, pytest.raises(LibraryDamagedError):
        damaged.articles.order()


@pytest.mark.parametrize("left", ["missing", "empty"])
def test_a_log_without_its_file_is_not_thrown_away(path: Path, left: str) -> None:
    log = path.with_name(path.name + "-wal")
    log.write_bytes(b"what was written last")
    if left == "empty":
        path.touch()
    refused(path.parent, LibraryDamagedError)
    assert log.read_bytes() == b"what was written last"


def test_a_library_of_a_later_version(folder: Path, store: Store) -> None:
    add(store, "one")
    database_of(store).rows(f"PRAGMA user_version = {PLAN.version + 1}")
    before = dump(store)
    store.close()
    refused(folder, LibraryNewerError)
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw:
        assert list(raw.iterdump()) == before


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused(tmp_path / "file" / "library", LibraryUnwritableError)


def test_a_folder_in_place_of_the_file(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LibraryUnwritableError):
        open_store(path.parent)


def test_a_link_that_leads_to_itself(path: Path) -> None:
    path.symlink_to(path)
    with pytest.raises(LibraryUnwritableError):
        open_store(path.parent)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(path: Path) -> None:
    path.parent.chmod(0o500)
    refused(path.parent, LibraryUnwritableError)


def test_a_library_someone_keeps_to_himself(folder: Path, store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("BEGIN EXCLUSIVE")
        refused(folder, LibraryBusyError)


def test_the_switch_to_the_log_waits(folder: Path, store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("BEGIN")
        raw.execute("SELECT * FROM article").fetchall()
        refused(folder, LibraryBusyError)


def test_the_switch_to_the_log_succeeds_when_the_other_is_done(folder: Path, store: Store) -> None:
    store.close()

    def count() -> int:
        late = open_store(folder)
        try:
            return late.counts().articles
        finally:
            late.close()

    with (
        ThreadPoolExecutor(1) as pool,
        closing(sqlite3.connect(folder / FILE_NAME, isolation_level=None)) as raw,
    ):
        raw.execute("PRAGMA journal_mode = DELETE")
        raw.execute("BEGIN IMMEDIATE")
        answer = pool.submit(count)
        sleep(0.2)
        assert not answer.done()
        raw.execute("COMMIT")
        assert answer.result() == 0


def test_opening_does_not_wait_for_a_writer(folder: Path, store: Store) -> None:
    with store.transaction():
        other = open_store(folder, busy_seconds=0)
        assert other.counts().articles == 0
        other.close()


def test_many_make_the_same_library_at_once(tmp_path: Path) -> None:
    def make(number: int) -> list[int]:
        store = open_store(tmp_path / str(number // 4))
        try:
            return add(store, str(number))
        finally:
            store.close()

    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(make, range(24)))
    for start in range(0, 24, 4):
        assert sorted(made[start : start + 4]) == [[1], [2], [3], [4]]


def test_opening_again_leaves_the_log_of_others_alone(tmp_path: Path) -> None:
    # Another process that closes the file last takes the log away, unless it sees a lock.
    with closing(open_store(tmp_path)) as store:
        add(store, "one")
        open_store(tmp_path).close()
        code = (
            "import sqlite3, sys; one = sqlite3.connect(sys.argv[1]);"
            " one.execute('SELECT count(*) FROM article').fetchone(); one.close()"
        )
        command = [sys.executable, "-c", code, str(tmp_path / FILE_NAME)]
        subprocess.run(command, check=True)
        assert (tmp_path / f"{FILE_NAME}-wal").exists()
        assert store.articles.count() == 1
