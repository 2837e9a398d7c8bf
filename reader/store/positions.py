"""Where the reader left off in each article."""

from __future__ import annotations

from reader.store.database import Database


class Positions:
    """The code point at the top of the view, per article."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, article_id: int) -> int:
        """The start of the text when nothing was saved."""
        row = self._database.row("SELECT top FROM position WHERE article_id = ?", (article_id,))
        return int(row[0]) if row else 0

    def save(self, article_id: int, offset: int) -> None:
        """An article that does not exist is passed over."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO position (article_id, top) SELECT id, ? FROM article WHERE id = ?"
                " ON CONFLICT (article_id) DO UPDATE SET top = excluded.top",
                (offset, article_id),
            )
