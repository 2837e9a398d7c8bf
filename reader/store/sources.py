"""Sources: where articles come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from index.analysis import fold
from reader.clean import clean_line
from reader.errors import SourceExistsError, SourceNotFoundError
from reader.feeds import SourceLine
from reader.model import NameCount
from reader.nearest import nearest
from reader.store.database import Database, Params, json_ids
from reader.store.feed_rows import FEED_COLUMNS, feed_of
from reader.store.source_changes import SourceChanges

_LINES = f"""
SELECT s.name, s.articles, s.articles - s.read, {FEED_COLUMNS}
FROM source s LEFT JOIN feed f ON f.source_id = s.id AND f.state <> 'removed'
WHERE s.articles > 0 OR f.id IS NOT NULL
ORDER BY s.sort_key, s.name
"""  # noqa: S608 - put together from constants

_AFTER_ALL = "\U0010ffff"
"""Sorts after everything that can follow in a name."""

_OF = "source_id IN (SELECT value FROM json_each(?))"

_ARTICLES_OF = f"SELECT group_concat(id) FROM article WHERE {_OF}"  # noqa: S608

_PLACES_OF = f"SELECT group_concat(article_id) FROM duplicate WHERE {_OF}"  # noqa: S608

_STAMP = """
SELECT (SELECT total(articles) FROM source WHERE id IN (SELECT value FROM json_each(?))),
    (SELECT n FROM counter WHERE name = 'moves')
"""

_COUNTS = """
SELECT s.name, count(*) AS n
FROM (
    SELECT id, source_id FROM article WHERE id IN (SELECT value FROM json_each(:ids))
    UNION SELECT article_id, source_id FROM duplicate
    WHERE article_id IN (SELECT value FROM json_each(:ids))
) p CROSS JOIN source s ON s.id = p.source_id
GROUP BY s.id ORDER BY n DESC, s.name LIMIT :limit
"""


class Sources:
    """The sources; the one without a name is that of articles that tell none."""

    def __init__(self, database: Database, changes: SourceChanges) -> None:
        self._database = database
        self._changes = changes

    def list_counts(self, within: Iterable[int] | None, limit: int) -> tuple[NameCount, ...]:
        """Sources by number of articles that come from there or were found there too, most
        first, then by name; `within` None is all."""
        if within is None:
            rows = self._database.rows(
                "SELECT name, articles FROM source WHERE articles > 0"
                " ORDER BY articles DESC, name LIMIT ?",
                (limit,),
            )
        else:
            rows = self._database.rows(_COUNTS, {"ids": json_ids(within), "limit": limit})
        return tuple(NameCount(*row) for row in rows)

    def list_lines(self) -> tuple[SourceLine, ...]:
        """Every source that has articles or a feed, by name. A feed that was removed is none.

        Articles that were found there too count as those that come from there.
        """
        return tuple(
            SourceLine(row[0], row[1], row[2], feed_of(row[3:]) if row[3] is not None else None)
            for row in self._database.rows(_LINES)
        )

    def list_folders(self, limit: int) -> tuple[NameCount, ...]:
        """Folders of feeds, each level of them, by number of articles, most first, then by name.
        An article that was found in several feeds of a folder counts for each."""
        counts: Counter[str] = Counter()
        for folder, articles in self._database.rows(
            "SELECT f.folder, s.articles FROM feed f JOIN source s ON s.id = f.source_id"
            " WHERE f.folder <> '' AND f.state <> 'removed'"
        ):
            levels = folder.split("/")
            for depth in range(1, len(levels) + 1):
                counts["/".join(levels[:depth])] += articles
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(NameCount(*item) for item in ranked[:limit])

    def find_within(self, name: str) -> tuple[int, ...]:
        """The source of this name, and those of feeds in the folder of this name or in one
        below it; capitals and accents make no difference."""
        key = fold(name)
        named = self._ids("SELECT id FROM source WHERE sort_key = ?", (key,))
        folder = key.strip("/")
        filed = (
            one for one, path in self._filed() if path == folder or path.startswith(f"{folder}/")
        )
        return tuple(sorted({*named, *(filed if folder else ())}))

    def find_under(self, prefix: str) -> tuple[int, ...]:
        """The sources whose name, or the path of whose folder, starts with `prefix`."""
        key = fold(prefix)
        named = self._ids(
            "SELECT id FROM source WHERE sort_key >= ? AND sort_key < ?", (key, key + _AFTER_ALL)
        )
        # What is in "News" itself is not under "News/".
        filed = (one for one, path in self._filed() if path.startswith(key))
        return tuple(sorted({*named, *filed}))

    def find_all(self, *, feeding: bool) -> tuple[int, ...]:
        """Every source with a name, or those alone that are asked for news, or were before they
        stopped."""
        fed = "SELECT source_id FROM feed WHERE state <> 'removed' ORDER BY source_id"
        sql = fed if feeding else "SELECT id FROM source WHERE name <> '' ORDER BY id"
        return tuple(self._ids(sql, ()))

    def stamp(self, sources: Sequence[int]) -> tuple[int, ...]:
        """Numbers of which one moves when articles come to these sources or leave them."""
        return tuple(self._database.rows(_STAMP, (json_ids(sources),))[0])

    def article_ids(self, sources: Sequence[int]) -> tuple[str, ...]:
        """Articles that come from these sources or were found there too, as lists of numbers
        with commas between them; one may be in several. Many times quicker to get than rows."""
        return tuple(
            self._database.value(sql, (json_ids(sources),)) or ""
            for sql in (_ARTICLES_OF, _PLACES_OF)
        )

    def rename(self, name: str, new: str) -> None:
        """Give a source another name. All its articles wait for the index then.

        Raises SourceNotFoundError, and SourceExistsError where another source is called so,
        in whatever capitals.
        """
        new = clean_line(new)
        with self._database.transaction():
            row = self._database.row("SELECT id FROM source WHERE name = ?", (name,))
            if row is None:
                raise SourceNotFoundError(name, self.nearest(name))
            self._refuse_alike(new, row[0])
            self._changes.make(row[0], f"renamed {name} to {new}", {"name": new})

    def nearest(self, name: str) -> str:
        """The name of a source that is written most like `name`, or ""."""
        return nearest(name, (line.name for line in self.list_lines()))

    def _refuse_alike(self, name: str, source_id: int) -> None:
        rows = self._database.rows(
            "SELECT name FROM source WHERE sort_key = ? AND id <> ?", (fold(name), source_id)
        )
        for (other,) in rows:
            if other.casefold() == name.casefold():
                raise SourceExistsError(other)

    def _filed(self) -> list[tuple[int, str]]:
        """Sources of feeds in folders, with the folded paths."""
        rows = self._database.rows(
            "SELECT source_id, folder FROM feed WHERE folder <> '' AND state <> 'removed'"
        )
        return [(source, fold(folder).strip("/")) for source, folder in rows]

    def _ids(self, sql: str, params: Params) -> list[int]:
        return [one for (one,) in self._database.rows(sql, params)]
