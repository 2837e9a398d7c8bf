"""Counting mentions anew when other ones count than before."""

from __future__ import annotations

from reader.model import SURE
from reader.store.database import Database
from reader.store.naming_rows import NamingRows
from reader.store.settings import Settings

COUNTED = "confidence that counts"
"""The setting of the library that keeps SURE as it was when mentions were counted."""


def count_sure(database: Database) -> None:
    """Count what is counted of mentions anew where another confidence than SURE was enough."""
    settings = Settings(database)
    if settings.get(COUNTED) != str(SURE):
        with database.transaction():
            NamingRows(database).count_again()
            settings.put(COUNTED, str(SURE))
