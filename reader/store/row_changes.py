"""Whole rows that the reader makes, changes and removes: notes, saved searches, looks of tags.

Set and logged in one transaction, undone and redone exactly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import groupby
from typing import TypeAlias

from reader.model import EventKind
from reader.store.database import Database
from reader.store.event_rows import NewEvent, insert_event, insert_sets
from reader.store.note_terms import write_terms
from reader.store.sets import SetChange
from reader.store.times import to_seconds

Fields: TypeAlias = Mapping[str, str | int]
"""All columns of a row but its key."""


class Kept(StrEnum):
    """The tables, by their names."""

    NOTE = "note"
    SEARCH = "saved_search"
    TAG = "tag"


_KEYS = {Kept.NOTE: "id", Kept.SEARCH: "id", Kept.TAG: "name"}

_COLUMNS = {
    Kept.NOTE: (
        "article_id",
        "start",
        "end",
        "quote",
        "before",
        "behind",
        "words",
        "made_at",
        "changed_at",
    ),
    Kept.SEARCH: ("name", "query", "place", "deeds", "active"),
    Kept.TAG: ("colour", "letter"),
}


_UNIQUE: Mapping[Kept, tuple[str, Callable[[str], str]]] = {
    Kept.SEARCH: ("name", str.casefold),
    Kept.TAG: ("letter", str),
}
"""What no two rows have in common, and by what it is compared."""

_LOOSE = ("place", "changed_at")
"""Columns that change with others, or with other rows."""

_PLAIN: Fields = {"colour": "", "letter": ""}
"""The look of a tag that has none."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """What the row of a key is to be; None for no row. Of a tag it is its look: without one it
    has neither colour nor letter, and stays on its articles."""

    table: Kept
    key: int | str
    after: Fields | None


class RowChanges:
    """Changes of rows, each call of `make` one event."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def make(
        self,
        kind: EventKind,
        detail: str,
        changes: Sequence[RowChange],
        sets: Sequence[SetChange] = (),
        *,
        query: str = "",
    ) -> int:
        """Set rows, each at most once, and log what differs; the id of the event, 0 where
        nothing differs.

        `sets` are changes of tags and marks, already made in the same transaction, that belong
        to the event; `query` said of which articles. The event counts the articles of these and
        of notes.
        """
        with self._database.transaction():
            before = [self._read(one.table, one.key) for one in changes]
            differ = [
                (one, was) for one, was in zip(changes, before, strict=True) if one.after != was
            ]
            sets = [one for one in sets if one.ids]
            if not (differ or sets):
                return 0
            self._set([one for one, _ in differ])
            articles = {
                int(row["article_id"])
                for one, was in differ
                for row in (was, one.after)
                if row is not None and one.table is Kept.NOTE
            }
            # One by one: there may be a million.
            changed, first = 0, None
            for article_id, _ in groupby(merge(sorted(articles), *(one.ids for one in sets))):
                changed, first = changed + 1, first or article_id
            only = first if changed == 1 else None
            new = NewEvent(to_seconds(self._clock()), kind, detail, changed, query, only)
            event_id = insert_event(self._database, new)
            insert_sets(self._database, event_id, sets)
            self._database.run_many(
                'INSERT INTO event_row (event_id, place, "table", key, before, after)'
                " VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (event_id, place, one.table, *map(_json, (one.key, was, one.after)))
                    for place, (one, was) in enumerate(differ)
                ],
            )
        return event_id

    def turned(self, event_id: int, *, forward: bool) -> tuple[list[RowChange], int]:
        """What does the change of an event again, or takes it back, and how many of its rows
        stay: they were changed since then, or what was theirs belongs to another now."""
        rows = self._database.rows(
            'SELECT "table", key, before, after FROM event_row WHERE event_id = ? ORDER BY place',
            (event_id,),
        )
        changes = []
        for name, *values in rows:
            table, (key, before, after) = Kept(name), map(json.loads, values)
            was, to = (before, after) if forward else (after, before)
            if (
                change := turned(RowChange(table, key, to), was, self._read(table, key))
            ) is not None:
                changes.append(change)
        while taken := [one for one in changes if self._is_taken(one, changes)]:
            changes = [one for one in changes if one not in taken]
        return changes, len(rows) - len(changes)

    def _is_taken(self, change: RowChange, changes: Sequence[RowChange]) -> bool:
        """Whether another row has the name or the letter that this one is to have."""
        if change.table not in _UNIQUE:
            return False
        column, key_of = _UNIQUE[change.table]

        def wanted(one: RowChange) -> str:
            return "" if one.after is None else key_of(str(one.after[column]))

        if not (value := wanted(change)):
            return False
        alike = [one for one in changes if one.table is change.table]
        others = {change.key, *(one.key for one in alike if wanted(one) != value)}
        rows = self._database.rows(
            f"SELECT {_KEYS[change.table]}, {column} FROM {change.table}"  # noqa: S608
            f" WHERE {column} <> ''"
        )
        return any(key_of(owned) == value and key not in others for key, owned in rows)

    def restore(self, event_id: int, *, forward: bool) -> None:
        """Set the rows of an event as they were after it, or before it."""
        column = "after" if forward else "before"
        rows = self._database.rows(
            f'SELECT "table", key, {column} FROM event_row'  # noqa: S608
            " WHERE event_id = ? ORDER BY place",
            (event_id,),
        )
        changes = [
            RowChange(Kept(table), json.loads(key), json.loads(row)) for table, key, row in rows
        ]
        if changes:
            with self._database.transaction():
                self._set(changes)

    def article_ids(self, event_id: int) -> set[int]:
        """The articles whose notes an event is about."""
        rows = self._database.rows(
            'SELECT before, after FROM event_row WHERE event_id = ? AND "table" = ?',
            (event_id, Kept.NOTE),
        )
        sides = (json.loads(side) for row in rows for side in row)
        return {side["article_id"] for side in sides if side is not None}

    def counts(self, event_id: int) -> Counter[Kept]:
        """How many rows of each table an event changed in more than their place."""
        rows = self._database.rows(
            'SELECT "table", before, after FROM event_row WHERE event_id = ?', (event_id,)
        )
        return Counter(
            Kept(table)
            for table, before, after in rows
            if _firm(json.loads(before)) != _firm(json.loads(after))
        )

    def free_id(self, table: Kept) -> int:
        """An id that no row has or had, of a note or a saved search."""
        return 1 + int(
            self._database.value(
                f"SELECT max(coalesce((SELECT max(id) FROM {table}), 0), coalesce(("  # noqa: S608
                ' SELECT max(CAST(key AS INTEGER)) FROM event_row WHERE "table" = ?), 0))',
                (table,),
            )
        )

    def _read(self, table: Kept, key: int | str) -> Fields | None:
        columns = _COLUMNS[table]
        row = self._database.row(
            f"SELECT {_listed(columns)} FROM {table} WHERE {_KEYS[table]} = ?",  # noqa: S608
            (key,),
        )
        if row is None or (table is Kept.TAG and not any(row)):
            return None
        return dict(zip(columns, row, strict=True))

    def _set(self, changes: Sequence[RowChange]) -> None:
        # All go before any comes: two searches may have swapped their names.
        for one in changes:
            self._drop(one.table, one.key)
        for one in changes:
            if one.after is not None:
                self._put(one.table, one.key, one.after)

    def _drop(self, table: Kept, key: int | str) -> None:
        if table is Kept.TAG:
            self._database.run("UPDATE tag SET colour = '', letter = '' WHERE name = ?", (key,))
        else:
            self._database.run(f"DELETE FROM {table} WHERE id = ?", (key,))  # noqa: S608

    def _put(self, table: Kept, key: int | str, row: Fields) -> None:
        columns = _COLUMNS[table]
        values = (key, *(row[column] for column in columns))
        update = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
        self._database.run(
            f"INSERT INTO {table} ({_KEYS[table]}, {_listed(columns)})"  # noqa: S608
            f" VALUES ({', '.join('?' * len(values))})"
            f" ON CONFLICT ({_KEYS[table]}) DO UPDATE SET {update}",
            values,
        )
        if table is Kept.NOTE:
            write_terms(self._database, int(key), str(row["words"]), str(row["quote"]))


def turned(wanted: RowChange, was: Fields | None, now: Fields | None) -> RowChange | None:
    """What makes of a row that is `now` so what is wanted of one that was otherwise, only what
    differs between these two; None where just that was changed since."""
    to = wanted.after
    if wanted.table is Kept.TAG:
        was, now, to = (one or _PLAIN for one in (was, now, to))
    if was is None or to is None or now is None:
        is_same = _firm(was) == _firm(now)
        return RowChange(wanted.table, wanted.key, to) if is_same else None
    differing = [name for name in to if to[name] != was[name]]
    firm = [name for name in differing if name not in _LOOSE] or differing
    if all(now[name] != was[name] for name in firm):
        return None
    after = dict(now) | {name: to[name] for name in differing if now[name] == was[name]}
    is_none = wanted.table is Kept.TAG and after == _PLAIN
    return RowChange(wanted.table, wanted.key, None if is_none else after)


def _firm(row: Fields | None) -> Fields | None:
    return row and {name: value for name, value in row.items() if name not in _LOOSE}


def _listed(columns: Sequence[str]) -> str:
    # The names of columns are those above, never what someone wrote.
    return ", ".join(f'"{column}"' for column in columns)


def _json(value: object) -> str:
    return json.dumps(value)
