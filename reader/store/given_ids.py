"""Articles by the ids that their sources gave them."""

from __future__ import annotations

from reader.model import ArticleId
from reader.store.database import Database
from reader.store.identity import given_identity

# From a file, or told of by one besides what its own source tells.
_SOURCES = """
SELECT name FROM source s WHERE EXISTS (
    SELECT 1 FROM article a CROSS JOIN body b ON b.article_id = a.id
    WHERE a.source_id = s.id AND b.origin <> ''
) OR EXISTS (SELECT 1 FROM duplicate d WHERE d.source_id = s.id)
"""

_AT_ONCE = 500
"""Sources that are asked for in one question."""


class GivenIds:
    """Finds articles where it is told which id they were given, and not by whom: an id is kept as
    a part of what makes an article the same one, so each source that told of articles in files is
    tried. Sources are those there were at the beginning."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sources = [str(name) for (name,) in database.rows(_SOURCES)]

    def find(self, guid: str) -> tuple[ArticleId, ...]:
        """The articles that a source told of under this id, ascending."""
        found: set[int] = set()
        for start in range(0, len(self._sources), _AT_ONCE):
            names = self._sources[start : start + _AT_ONCE]
            places = ",".join("?" * len(names))
            identities = [given_identity(name, guid) for name in names]
            found.update(
                self._database.ids(
                    f"SELECT id FROM article WHERE identity IN ({places})"  # noqa: S608
                    f" UNION SELECT article_id FROM told WHERE identity IN ({places})",
                    [*identities, *identities],
                )
            )
        return tuple(map(ArticleId, sorted(found)))
