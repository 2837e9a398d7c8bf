"""Bringing a library to the current version, one recorded step and one transaction at a time."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from reader.errors import LibraryDamagedError, LibraryNewerError, LibraryUnwritableError
from reader.store.database import Database, ErrorWrapper
from reader.store.schema import APPLICATION_ID, Plan
from reader.store.times import to_seconds


def version_of(database: Database) -> int:
    """The version of the tables; 0 when there are none yet."""
    return int(database.value("PRAGMA user_version"))


def check_version(database: Database, plan: Plan) -> None:
    """Raise LibraryNewerError for a library that this program does not know yet."""
    version = version_of(database)
    if version > plan.version:
        raise LibraryNewerError(database.path, f"version {version}, known up to {plan.version}")


def migrate(database: Database, plan: Plan, clock: Callable[[], datetime]) -> None:
    """Make the tables, or take every step that is missing.

    The file is copied before the first step, beside itself. A step that fails leaves the
    library as the step before left it.
    """
    if version_of(database) == plan.version:
        return
    # Steps may rebuild tables that others refer to; what comes out is checked instead.
    database.rows("PRAGMA foreign_keys = OFF")
    try:
        keep_copy = True
        while _advance(database, plan, clock, keep_copy=keep_copy):
            keep_copy = False
    finally:
        database.rows("PRAGMA foreign_keys = ON")


def _advance(
    database: Database, plan: Plan, clock: Callable[[], datetime], *, keep_copy: bool
) -> bool:
    """Take one step; False when there is none left. Another process may have taken some."""
    with database.transaction():
        version = version_of(database)
        check_version(database, plan)
        if version == plan.version:
            return False
        if version == 0:
            reached, name, script = plan.version, "created", plan.schema
            database.rows(f"PRAGMA application_id = {APPLICATION_ID}")
        else:
            if keep_copy:
                _copy_aside(database.path, version)
            step = plan.steps[version - 1]
            reached, name, script = version + 1, step.name, step.script
        _apply(database, script)
        database.run(
            "INSERT INTO migration (version, name, at) VALUES (?, ?, ?)",
            (reached, name, to_seconds(clock())),
        )
        database.rows(f"PRAGMA user_version = {reached}")
        return True


def _apply(database: Database, script: str) -> None:
    for statement in _statements(script):
        database.run(statement)
    broken = database.rows("PRAGMA foreign_key_check")
    if broken:
        raise LibraryDamagedError(database.path, f"{len(broken)} rows refer to missing ones")


def _statements(script: str) -> Iterator[str]:
    # Not executescript: it would commit what came before.
    held = ""
    for line in script.splitlines(keepends=True):
        held += line
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def _copy_aside(path: Path, version: int) -> None:
    """Keep the file as it is as `library.version-N.sqlite3`."""
    target = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
    unfinished = target.with_name(target.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        # A connection of its own: the one that holds the write lock cannot be copied.
        with ErrorWrapper(path), closing(sqlite3.connect(path)) as source:
            _copy(source, unfinished)
        unfinished.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise LibraryUnwritableError(target, error.strerror or str(error)) from error


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        # The copy is complete in one file, whatever becomes of the logs.
        copy.execute("PRAGMA journal_mode = DELETE")
        sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if sound != "ok":
        raise LibraryDamagedError(target, str(sound))


def _sync_folder(folder: Path) -> None:
    """Make a renamed file outlast a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
