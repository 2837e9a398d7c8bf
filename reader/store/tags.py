"""Tags: names the reader gave to articles."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence

from reader.errors import TagNameError
from reader.model import NameCount
from reader.store.database import Database, json_ids
from reader.store.sets import SetChange
from reader.store.tag_names import TagProblem, fold_tag, tag_name

_AFTER_ALL = "\U0010ffff"
"""Sorts after everything that can follow in a name."""


class Tags:
    """Which article has which tags."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, name: str) -> array[int]:
        """The articles tagged `name`, ascending."""
        return self._database.ids(
            "SELECT article_id FROM article_tag"
            " WHERE tag_id = (SELECT id FROM tag WHERE name = ?) ORDER BY article_id",
            (fold_tag(name),),
        )

    def ids_under(self, prefix: str) -> array[int]:
        """The articles with a tag that starts with `prefix` ("war/"), ascending."""
        found = self._database.ids(
            "SELECT x.article_id FROM tag t CROSS JOIN article_tag x ON x.tag_id = t.id"
            " WHERE t.name >= ? AND t.name < ?",
            _under(prefix),
        )
        return array("q", sorted(set(found)))

    def all_tagged(self) -> array[int]:
        """The articles with any tag, ascending."""
        return self._database.ids("SELECT DISTINCT article_id FROM article_tag ORDER BY 1")

    def apply(
        self, ids: Collection[int], add: Sequence[str], remove: Sequence[str]
    ) -> list[SetChange]:
        """Tag and untag those articles that exist; what differs now, empty changes left out.

        Raises TagNameError, also when a name is in both.
        """
        adding, removing = _names(add), _names(remove)
        for name in adding:
            if name in removing:
                raise TagNameError(name, TagProblem.BOTH)
        with self._database.transaction():
            changes = [SetChange(name, True, self.put(name, ids)) for name in adding]
            changes += [SetChange(name, False, self.take(name, ids)) for name in removing]
        return [change for change in changes if change.ids]

    def put(self, name: str, ids: Iterable[int]) -> array[int]:
        """Give a valid name to articles; the ids that did not have it, ascending."""
        with self._database.transaction():
            self._database.run("INSERT OR IGNORE INTO tag (name) VALUES (?)", (name,))
            return self._database.changed_ids(
                "INSERT OR IGNORE INTO article_tag (tag_id, article_id)"
                " SELECT (SELECT id FROM tag WHERE name = ?), id FROM article"
                " WHERE id IN (SELECT value FROM json_each(?)) RETURNING article_id",
                (name, json_ids(ids)),
            )

    def take(self, name: str, ids: Iterable[int]) -> array[int]:
        """Take a name from articles; the ids that had it, ascending."""
        with self._database.transaction():
            return self._database.changed_ids(
                "DELETE FROM article_tag WHERE tag_id = (SELECT id FROM tag WHERE name = ?)"
                " AND article_id IN (SELECT value FROM json_each(?)) RETURNING article_id",
                (name, json_ids(ids)),
            )

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[NameCount, ...]:
        """Tags by number of articles, most first, then by name; `within` None is all articles."""
        if within is None:
            rows = self._database.rows(
                "SELECT name, articles FROM tag WHERE articles > 0"
                " ORDER BY articles DESC, name LIMIT ?",
                (limit,),
            )
        else:
            rows = self._database.rows(
                "SELECT t.name, count(*) AS n FROM article_tag x JOIN tag t ON t.id = x.tag_id"
                " WHERE x.article_id IN (SELECT value FROM json_each(?))"
                " GROUP BY t.id ORDER BY n DESC, t.name LIMIT ?",
                (json_ids(within), limit),
            )
        return tuple(NameCount(*row) for row in rows)

    def names_starting(self, prefix: str, limit: int) -> tuple[str, ...]:
        """Tags in use that start with `prefix`, those of most articles first."""
        rows = self._database.rows(
            "SELECT name FROM tag WHERE name >= ? AND name < ? AND articles > 0"
            " ORDER BY articles DESC, name LIMIT ?",
            (*_under(prefix), limit),
        )
        return tuple(name for (name,) in rows)


def _names(written: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(tag_name, written)))


def _under(prefix: str) -> tuple[str, str]:
    first = fold_tag(prefix)
    return first, first + _AFTER_ALL
