"""How an article and its tags came to be: from what the library has written down."""

from __future__ import annotations

from array import array
from datetime import datetime

from reader.store.database import Database
from reader.store.event_rows import logged_ids
from reader.store.times import from_seconds

LOOK_BACK = 5000
"""The last changes that are looked through for one of a tag."""


class Provenance:
    """Looks back; changes nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def origin(self, article_id: int) -> str:
        """The file an article was read from, with the line; "" for none."""
        row = self._database.row("SELECT origin FROM body WHERE article_id = ?", (article_id,))
        return str(row[0]) if row else ""

    def read_below(self, folder: str, after: int, limit: int) -> tuple[array[int], int | None]:
        """Of the next articles behind one, so many at most, those that were read from files in a
        folder, ascending; and the last one looked at, None where there are no more.

        Where an article comes from stands behind its text, so each is read.
        """
        lead = f"{folder.rstrip('/')}/"
        rows = self._database.rows(
            "SELECT article_id, substr(origin, 1, ?) = ? FROM body WHERE article_id > ?"
            " ORDER BY article_id LIMIT ?",
            (len(lead), lead, after, limit),
        )
        found = array("q", (article_id for article_id, is_below in rows if is_below))
        return found, rows[-1][0] if len(rows) == limit else None

    def tagged_at(self, article_id: int, tag: str) -> tuple[datetime, str] | None:
        """When a person gave an article this tag, and with what change; None where that is not
        among the last changes."""
        events = self._database.rows(
            "SELECT e.id, e.at, e.detail FROM event e CROSS JOIN event_change c"
            " ON c.event_id = e.id AND c.name = ? AND c.added = 1 WHERE e.state = 'done'"
            " AND e.id > (SELECT max(id) FROM event) - ? ORDER BY e.id DESC",
            (tag, LOOK_BACK),
        )
        for event_id, at, detail in events:
            if article_id in self._ids(event_id, tag):
                return from_seconds(at), detail
        return None

    def is_taken_over(self, article_id: int, tag: str) -> bool:
        """Whether an article came with this tag from another reader."""
        found = self._database.row(
            "SELECT 1 FROM taken_over WHERE article_id = ? AND name = ?", (article_id, f"+{tag}")
        )
        return found is not None

    def _ids(self, event_id: int, tag: str) -> array[int]:
        packed = self._database.value(
            "SELECT ids FROM event_change WHERE event_id = ? AND name = ? AND added = 1",
            (event_id, tag),
        )
        return logged_ids(self._database, packed)
