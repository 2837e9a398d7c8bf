"""What the reader changes of sources and feeds: made, logged, undone and redone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeAlias

from index.analysis import fold
from reader.errors import FeedExistsError, SourceExistsError
from reader.feeds import FeedId
from reader.model import EventKind
from reader.store.database import Database
from reader.store.event_rows import NewEvent, insert_event
from reader.store.times import to_seconds

Fields: TypeAlias = Mapping[str, str | int]
"""Some of `name`, `url`, `folder`, `state`, `every` and `private` of a source and its feed."""

_FEED_FIELDS = ("url", "folder", "state", "every", "private")

_FORGET_ANSWER = (
    "UPDATE feed SET due_at = NULL, failures = 0, error = '', moved_to = '', moved_times = 0,"
    " held = 0, etag = '', modified = '', digest = x'' WHERE id = ?"
)


class SourceChanges:
    """Changes of sources, each one event. Undoing sets only what the change was about."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def make(self, source_id: int, detail: str, after: Fields) -> None:
        """Set `after`, and log what differs. A change of nothing is no event.

        Raises SourceExistsError and FeedExistsError, before anything is changed.
        """
        with self._database.transaction():
            before = {name: self._read(source_id, name) for name in after}
            after = {name: value for name, value in after.items() if value != before[name]}
            if not after:
                return
            before = {name: before[name] for name in after}
            self.apply(source_id, after)
            new = NewEvent(to_seconds(self._clock()), EventKind.SOURCE, detail, 0)
            event_id = insert_event(self._database, new)
            self._database.run(
                "INSERT INTO event_source (event_id, source_id, before, after) VALUES (?, ?, ?, ?)",
                (event_id, source_id, json.dumps(before), json.dumps(after)),
            )

    def restore(self, event_id: int, *, forward: bool) -> None:
        """Do the change of an event again, or take it back."""
        column = "after" if forward else "before"
        for source_id, fields in self._database.rows(
            f"SELECT source_id, {column} FROM event_source WHERE event_id = ?",  # noqa: S608
            (event_id,),
        ):
            self.apply(source_id, json.loads(fields))

    def turn(self, event_id: int, detail: str, *, forward: bool) -> tuple[int, int]:
        """Do the change of an event again, or take it back, as a new event; of how many sources
        it was, and how many of these stay as they were changed since. Raises as `make` does."""
        rows = self._database.rows(
            "SELECT source_id, before, after FROM event_source WHERE event_id = ?", (event_id,)
        )
        kept = 0
        for source_id, *sides in rows:
            before, after = map(json.loads, sides)
            was, to = (before, after) if forward else (after, before)
            fields = {name: to[name] for name in to if self._read(source_id, name) == was[name]}
            kept += not fields
            self.make(source_id, detail, fields)
        return len(rows), kept

    def apply(self, source_id: int, fields: Fields) -> None:
        """Set fields without an event, in the running transaction. Raises as `make` does."""
        for name, value in fields.items():
            if name == "name":
                self._rename(source_id, str(value))
            elif name == "url":
                self._move(source_id, str(value))
            else:
                self._database.run(
                    f"UPDATE feed SET {name} = ? WHERE source_id = ?",  # noqa: S608
                    (value, source_id),
                )

    def _read(self, source_id: int, name: str) -> str | int:
        # The names of columns are those of `Fields`, never what someone wrote.
        table, key = ("feed", "source_id") if name in _FEED_FIELDS else ("source", "id")
        value: str | int = self._database.value(
            f"SELECT {name} FROM {table} WHERE {key} = ?",  # noqa: S608
            (source_id,),
        )
        return value

    def _rename(self, source_id: int, name: str) -> None:
        other = self._database.row("SELECT id FROM source WHERE name = ?", (name,))
        if other is not None and other[0] != source_id:
            raise SourceExistsError(name)
        self._database.run(
            "UPDATE source SET name = ?, sort_key = ? WHERE id = ?", (name, fold(name), source_id)
        )
        self._database.run("UPDATE feed SET untitled = 0 WHERE source_id = ?", (source_id,))
        # The index holds names of sources.
        self._database.run(
            "INSERT INTO outbox (article_id, revision) SELECT id, 1 FROM article"
            " WHERE source_id = ? ON CONFLICT (article_id) DO UPDATE SET revision = revision + 1",
            (source_id,),
        )

    def _move(self, source_id: int, url: str) -> None:
        feed_id, before = self._database.rows(
            "SELECT id, url FROM feed WHERE source_id = ?", (source_id,)
        )[0]
        self._refuse_taken(url, feed_id)
        self._database.run("DELETE FROM feed_address WHERE url = ?", (url,))
        self._database.run(
            "INSERT OR REPLACE INTO feed_address (url, feed_id) VALUES (?, ?)", (before, feed_id)
        )
        self._database.run("UPDATE feed SET url = ? WHERE id = ?", (url, feed_id))
        self._database.run(_FORGET_ANSWER, (feed_id,))

    def _refuse_taken(self, url: str, feed_id: FeedId) -> None:
        row = self._database.row(
            "SELECT f.id, s.name FROM feed f JOIN source s ON s.id = f.source_id WHERE f.url = :url"
            " UNION ALL SELECT f.id, s.name FROM feed_address x JOIN feed f ON f.id = x.feed_id"
            " JOIN source s ON s.id = f.source_id WHERE x.url = :url LIMIT 1",
            {"url": url},
        )
        if row is not None and row[0] != feed_id:
            raise FeedExistsError(url, row[1])
