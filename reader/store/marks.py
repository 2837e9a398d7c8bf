"""Marks: what was read, starred and archived."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader.model import Mark
from reader.store.database import Database, json_ids
from reader.store.packed import PackedSet, PackedSets
from reader.store.sets import SetChange

_SETS: dict[Mark, tuple[Mark, bool]] = {
    Mark.READ: (Mark.READ, True),
    Mark.UNREAD: (Mark.READ, False),
    Mark.STARRED: (Mark.STARRED, True),
    Mark.UNSTARRED: (Mark.STARRED, False),
    Mark.ARCHIVED: (Mark.ARCHIVED, True),
    Mark.UNARCHIVED: (Mark.ARCHIVED, False),
}
"""The mark that is kept, and whether to set it."""


def kept_mark(mark: Mark) -> Mark:
    """The mark that another one is the opposite of, or itself: changes are told by it."""
    return _SETS[mark][0]


class Marks:
    """Sets of articles: read, starred, archived."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._packed = PackedSets(database, "mark_block")

    def packed(self, mark: str) -> PackedSet:
        """The articles that have `mark` ("read", "starred", "archived")."""
        return self._packed.get(mark)

    def apply(self, ids: Iterable[int], mark: Mark) -> list[SetChange]:
        """Mark those articles that exist; what differs now, empty changes left out."""
        kept, is_set = _SETS[mark]
        changed = self.put(kept, ids) if is_set else self.take(kept, ids)
        return [SetChange(kept, is_set, changed)] if changed else []

    def put(self, kept: str, ids: Iterable[int]) -> array[int]:
        """Set a kept mark; the ids that did not have it, ascending."""
        with self._database.transaction():
            changed = self._database.changed_ids(
                "INSERT OR IGNORE INTO article_mark (mark, article_id)"
                " SELECT ?, id FROM article WHERE id IN (SELECT value FROM json_each(?))"
                " RETURNING article_id",
                (kept, json_ids(ids)),
            )
            self._packed.put(kept, changed)
        return changed

    def take(self, kept: str, ids: Iterable[int]) -> array[int]:
        """Take a kept mark away; the ids that had it, ascending."""
        with self._database.transaction():
            changed = self._database.changed_ids(
                "DELETE FROM article_mark WHERE mark = ?"
                " AND article_id IN (SELECT value FROM json_each(?)) RETURNING article_id",
                (kept, json_ids(ids)),
            )
            self._packed.take(kept, changed)
        return changed
