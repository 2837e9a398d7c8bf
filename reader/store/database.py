"""One SQLite connection: statements, transactions, and SQLite's errors as ours."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias

from reader.errors import (
    LibraryBusyError,
    LibraryDamagedError,
    LibraryError,
    LibraryUnwritableError,
)

Row: TypeAlias = tuple[Any, ...]
Params: TypeAlias = Sequence[Any] | dict[str, Any]

_OURS: dict[int, type[LibraryError]] = {
    sqlite3.SQLITE_BUSY: LibraryBusyError,
    sqlite3.SQLITE_LOCKED: LibraryBusyError,
    sqlite3.SQLITE_PROTOCOL: LibraryBusyError,
    sqlite3.SQLITE_CORRUPT: LibraryDamagedError,
    sqlite3.SQLITE_NOTADB: LibraryDamagedError,
    sqlite3.SQLITE_FORMAT: LibraryDamagedError,
    sqlite3.SQLITE_READONLY: LibraryUnwritableError,
    sqlite3.SQLITE_CANTOPEN: LibraryUnwritableError,
    sqlite3.SQLITE_PERM: LibraryUnwritableError,
    sqlite3.SQLITE_FULL: LibraryUnwritableError,
    sqlite3.SQLITE_IOERR: LibraryUnwritableError,
}


def json_ids(ids: Iterable[int]) -> str:
    """Ids as one parameter, for `IN (SELECT value FROM json_each(?))`: any number of them."""
    return "[" + ",".join(map(str, ids)) + "]"


class ErrorWrapper:
    """The only place that looks into errors of SQLite. Others than those of use pass."""

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, sqlite3.Error):
            # The low byte is the kind of error, the rest says more.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code in _OURS:
                raise _OURS[code](self._path, str(error)) from error


class Database:
    """One connection on the file at `path`, used by one thread.

    Every method raises LibraryBusyError, LibraryDamagedError or LibraryUnwritableError.
    Results are read to the end at once, so that no statement stays open and keeps others
    from writing back the log.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._errors = ErrorWrapper(path)
        self._depth = 0

    def rows(self, sql: str, params: Params = ()) -> list[Row]:
        with self._errors:
            return self._connection.execute(sql, params).fetchall()

    def row(self, sql: str, params: Params = ()) -> Row | None:
        """The first row, or None."""
        found = self.rows(sql, params)
        return found[0] if found else None

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the only row."""
        return self.rows(sql, params)[0][0]

    def ids(self, sql: str, params: Params = ()) -> array[int]:
        """The values of all rows, as an array of type "q"."""
        with self._errors:
            return array("q", chain.from_iterable(self._connection.execute(sql, params)))

    def run(self, sql: str, params: Params = ()) -> int:
        """Run a change; the id of the row it inserted last."""
        self._require_transaction()
        with self._errors:
            return self._connection.execute(sql, params).lastrowid or 0

    def run_many(self, sql: str, rows: Iterable[Params]) -> None:
        self._require_transaction()
        with self._errors:
            self._connection.executemany(sql, rows)

    def changed_ids(self, sql: str, params: Params = ()) -> array[int]:
        """Run a change that says RETURNING; the ids it returned, sorted."""
        self._require_transaction()
        return array("q", sorted(self.ids(sql, params)))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all of the block or nothing. A block inside another is undone alone when it
        raises, and is on disk when the outermost one is."""
        name = f"level_{self._depth}" if self._depth else ""
        if name:
            # A savepoint on its own would be a transaction of its own.
            self._require_transaction()
        self._execute(f"SAVEPOINT {name}" if name else "BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
            self._require_transaction()
            self._execute(f"RELEASE {name}" if name else "COMMIT")
        except BaseException:
            self._roll_back(name)
            raise
        finally:
            self._depth -= 1

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """A transaction of which nothing stays."""
        self._execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            self._roll_back("")

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let every question of the block see the same state of the library."""
        if self._connection.in_transaction:
            yield
            return
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._roll_back("")

    def change_token(self) -> int:
        """A number that moves when this or any other connection has changed the file."""
        others = int(self.value("PRAGMA data_version"))
        return (others << 40) + self._connection.total_changes

    def close(self) -> None:
        with self._errors:
            self._connection.close()

    def _execute(self, sql: str) -> None:
        with self._errors:
            self._connection.execute(sql)

    def _roll_back(self, savepoint: str) -> None:
        # A full disk makes SQLite roll back everything by itself; then nothing is left to do.
        if self._connection.in_transaction:
            if savepoint:
                self._execute(f"ROLLBACK TO {savepoint}")
                self._execute(f"RELEASE {savepoint}")
            else:
                self._execute("ROLLBACK")

    def _require_transaction(self) -> None:
        if not self._connection.in_transaction:
            raise LibraryUnwritableError(self.path, "the transaction was rolled back")
