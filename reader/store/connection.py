"""Opening the file of a library: made when missing, refused when it is not ours to write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep

from index.analysis import fold
from reader.errors import LibraryBusyError, LibraryDamagedError, LibraryUnwritableError
from reader.store.database import Database, ErrorWrapper
from reader.store.links import link_digest
from reader.store.migrate import check_version, migrate
from reader.store.packed import BlockAggregate
from reader.store.schema import APPLICATION_ID, Plan

FILE_NAME = "library.sqlite3"

BUSY_SECONDS = 5.0
"""How long to wait for another process to finish writing."""

_RETRY_SECONDS = 0.02

_SMALLEST = 512
"""Bytes of the smallest page, and so of the smallest database that holds anything."""


def open_database(
    folder: Path, plan: Plan, clock: Callable[[], datetime], busy_seconds: float = BUSY_SECONDS
) -> Database:
    """The library of `folder`, brought to the version of `plan`.

    Raises LibraryDamagedError for a file that is not a library, LibraryNewerError for one of
    a later version (neither is changed), LibraryUnwritableError and LibraryBusyError.
    """
    path = folder / FILE_NAME
    _make_folder(folder)
    _refuse_lost_file(path)
    database = _connect(path, busy_seconds)
    try:
        _refuse_foreign_file(database)
        check_version(database, plan)
        _configure(database, busy_seconds)
        migrate(database, plan, clock)
    except BaseException:
        database.close()
        raise
    return database


def _make_folder(folder: Path) -> None:
    try:
        # What someone reads is private.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryUnwritableError(folder, error.strerror or str(error)) from error


def _refuse_lost_file(path: Path) -> None:
    """Raise for what SQLite would take for a new file, and write over."""
    try:
        size, log = _size_of(path), _size_of(path.with_name(path.name + "-wal"))
    except OSError as error:
        raise LibraryUnwritableError(path, error.strerror or str(error)) from error
    if log and not size:
        raise LibraryDamagedError(path, "the file is gone, its log is still there")
    if 0 < size < _SMALLEST:
        raise LibraryDamagedError(path, "the file is not a database")


def _size_of(path: Path) -> int:
    """Bytes of a file; none when there is no file."""
    try:
        # Opened it must not be: to close a file gives up the locks that other connections of
        # this process hold on it, and another process would take away their log.
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _connect(path: Path, busy_seconds: float) -> Database:
    with ErrorWrapper(path):
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        connection.create_aggregate("pack_block", 1, BlockAggregate)  # type: ignore[arg-type]
        connection.create_function("link_digest", 1, link_digest, deterministic=True)
        connection.create_function("fold_key", 1, fold, deterministic=True)
    return Database(path, connection)


def _refuse_foreign_file(database: Database) -> None:
    tables = database.value("SELECT count(*) FROM sqlite_schema")
    application = database.value("PRAGMA application_id")
    if application != APPLICATION_ID and (tables or application):
        raise LibraryDamagedError(database.path, "the file belongs to another program")


def _configure(database: Database, busy_seconds: float) -> None:
    _use_log(database, busy_seconds)
    database.rows("PRAGMA synchronous = FULL")
    database.rows("PRAGMA foreign_keys = ON")
    database.rows("PRAGMA temp_store = MEMORY")
    database.rows("PRAGMA cache_size = -16384")
    database.rows("PRAGMA journal_size_limit = 67108864")


def _use_log(database: Database, busy_seconds: float) -> None:
    """Switch to the write-ahead log, with which reading never waits for writing."""
    deadline = monotonic() + busy_seconds
    while True:
        try:
            database.rows("PRAGMA journal_mode = WAL")
            return
        except LibraryBusyError:
            # SQLite does not wait by itself here when several make the file at once.
            if monotonic() >= deadline:
                raise
            sleep(_RETRY_SECONDS)
