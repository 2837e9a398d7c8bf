"""Sources: where articles come from."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from reader.clean import clean_line
from reader.errors import SourceNotFoundError
from reader.feeds import SourceLine
from reader.model import NameCount
from reader.store.database import Database, json_ids
from reader.store.feed_rows import FEED_COLUMNS, feed_of
from reader.store.source_changes import SourceChanges

_LINES = f"""
SELECT s.name, s.articles, s.articles - s.read, {FEED_COLUMNS}
FROM source s LEFT JOIN feed f ON f.source_id = s.id AND f.state <> 'removed'
WHERE s.articles > 0 OR f.id IS NOT NULL
ORDER BY s.sort_key, s.name
"""  # noqa: S608 - put together from constants


class Sources:
    """The sources; the one without a name is that of articles that tell none."""

    def __init__(self, database: Database, changes: SourceChanges) -> None:
        self._database = database
        self._changes = changes

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[NameCount, ...]:
        """Sources by number of articles, most first, then by name; `within` None is all."""
        if within is None:
            rows = self._database.rows(
                "SELECT name, articles FROM source WHERE articles > 0"
                " ORDER BY articles DESC, name LIMIT ?",
                (limit,),
            )
        else:
            rows = self._database.rows(
                "SELECT s.name, count(*) AS n"
                " FROM article a CROSS JOIN source s ON s.id = a.source_id"
                " WHERE a.id IN (SELECT value FROM json_each(?))"
                " GROUP BY s.id ORDER BY n DESC, s.name LIMIT ?",
                (json_ids(within), limit),
            )
        return tuple(NameCount(*row) for row in rows)

    def list_lines(self) -> tuple[SourceLine, ...]:
        """Every source that has articles or a feed, by name. A feed that was removed is none."""
        return tuple(
            SourceLine(row[0], row[1], row[2], feed_of(row[3:]) if row[3] is not None else None)
            for row in self._database.rows(_LINES)
        )

    def rename(self, name: str, new: str) -> None:
        """Give a source another name. All its articles wait for the index then.

        Raises SourceNotFoundError, and SourceExistsError where another source is called so.
        """
        new = clean_line(new)
        with self._database.transaction():
            row = self._database.row("SELECT id FROM source WHERE name = ?", (name,))
            if row is None:
                raise SourceNotFoundError(name, self.nearest(name))
            self._changes.make(row[0], f"renamed {name} to {new}", {"name": new})

    def nearest(self, name: str) -> str:
        """The name of a source that is written most like `name`, or ""."""
        names = {line.name.casefold(): line.name for line in self.list_lines()}
        found = get_close_matches(name.casefold(), names, n=1)
        return names[found[0]] if found else ""
