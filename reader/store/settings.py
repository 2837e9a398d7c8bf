"""What was chosen for one library: values by name."""

from __future__ import annotations

from reader.store.database import Database


class Settings:
    """Settings that belong to the library and travel with its file."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> str:
        """The value, "" where nothing was chosen."""
        row = self._database.row("SELECT value FROM setting WHERE name = ?", (name,))
        return "" if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        """Keep a value; "" is as good as none."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO setting (name, value) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET value = excluded.value",
                (name, value),
            )
