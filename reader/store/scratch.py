"""Numbers by name that are needed for a while, out of the way of memory."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import gettempdir
from types import TracebackType

from reader.store.database import Database


class Scratch:
    """Numbers by name, any number of them: what does not fit into two megabytes goes to a file
    that nobody else sees and that is gone at the end of the block. Every method raises
    LibraryUnwritableError where there is no room for it."""

    def __init__(self) -> None:
        self._database = Database(Path(gettempdir()), sqlite3.connect("", isolation_level=None))

    def __enter__(self) -> Scratch:
        # Neither a log nor waiting for the disk: after an accident nothing of it is wanted.
        self._database.rows("PRAGMA journal_mode = OFF")
        self._database.rows("PRAGMA synchronous = OFF")
        self._database.rows("CREATE TABLE kept (name TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID")
        self._database.rows("BEGIN")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def put(self, name: str, number: int | None) -> None:
        """Keep a number, or that there is none, in the place of one that was kept before."""
        self._database.run("INSERT OR REPLACE INTO kept (name, n) VALUES (?, ?)", (name, number))

    def get(self, name: str) -> int | None:
        """What was kept. Raises KeyError for a name that was never put."""
        row = self._database.row("SELECT n FROM kept WHERE name = ?", (name,))
        if row is None:
            raise KeyError(name)
        number: int | None = row[0]
        return number
