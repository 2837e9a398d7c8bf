"""The same articles and questions in SQLite's FTS5: something well known to compare with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.queries import Ask
from index.api import Document, month_of
from index.query import Sort

_SCHEMA = """
CREATE VIRTUAL TABLE news USING fts5(title, text, tokenize='porter unicode61');
CREATE TABLE fact (id INTEGER PRIMARY KEY, moment INTEGER, source TEXT, month TEXT);
CREATE TABLE named (article INTEGER, entity INTEGER, PRIMARY KEY (article, entity)) WITHOUT ROWID;
CREATE TABLE tagged (article INTEGER PRIMARY KEY);
"""
_RANK = "bm25(news, 3.0, 1.0)"
# CROSS JOIN keeps SQLite from asking the text index once for every article of the other table.
_FACTS = "news CROSS JOIN fact ON fact.id = news.rowid"
_TAGGED = "news CROSS JOIN tagged ON tagged.article = news.rowid"


class Peer:
    """An FTS5 table with the facts of its articles beside it."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)

    def create(self) -> None:
        """Make the empty tables."""
        self._connection.executescript(_SCHEMA)

    def add(self, documents: Sequence[Document]) -> None:
        """Add articles, in one transaction."""
        with self._connection as database:
            database.executemany(
                "INSERT INTO news (rowid, title, text) VALUES (?, ?, ?)",
                ((one.id, one.title, one.text) for one in documents),
            )
            database.executemany(
                "INSERT INTO fact VALUES (?, ?, ?, ?)",
                (
                    (one.id, one.published, one.source, month_of(one.published or 0))
                    for one in documents
                ),
            )
            database.executemany(
                "INSERT INTO named VALUES (?, ?)",
                ((one.id, entity) for one in documents for entity in one.entities),
            )

    def tag(self, ids: Iterable[int]) -> None:
        """Tag these and no others."""
        with self._connection as database:
            database.execute("DELETE FROM tagged")
            database.executemany("INSERT INTO tagged VALUES (?)", ((one,) for one in ids))

    def search(self, ask: Ask, limit: int, *, tagged: bool = False) -> tuple[int, list[int]]:
        """How many articles match, and the ids of the first."""
        table = _TAGGED if tagged else _FACTS if ask.between or ask.sort is Sort.NEWEST else "news"
        where, found = "news MATCH ?", (ask.match, *(ask.between or ()))
        if ask.between:
            where += " AND moment >= ? AND moment < ?"
        order = "moment DESC" if ask.sort is Sort.NEWEST else _RANK
        rows = self._connection.execute(
            f"SELECT news.rowid FROM {table} WHERE {where} ORDER BY {order} LIMIT ?",
            (*found, limit),
        ).fetchall()
        total = self._connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", found)
        return int(total.fetchone()[0]), [row[0] for row in rows]

    def order(self, ask: Ask) -> list[int]:
        """The ids of all matches, best first."""
        sql = f"SELECT rowid FROM news WHERE news MATCH ? ORDER BY {_RANK}"
        return [row[0] for row in self._connection.execute(sql, (ask.match,))]

    def facets(self, ask: Ask, limit: int) -> list[tuple[object, int]]:
        """Most frequent entities and sources among the matches, and their months."""
        matches = "(SELECT rowid FROM news WHERE news MATCH ?)"
        found: list[tuple[object, int]] = []
        for column, source, most in (
            ("entity", f"named WHERE article IN {matches}", limit),
            ("source", f"fact WHERE id IN {matches}", limit),
            ("month", f"fact WHERE id IN {matches}", -1),
        ):
            sql = f"SELECT {column}, count(*) FROM {source} GROUP BY 1 ORDER BY 2 DESC LIMIT ?"
            found += self._connection.execute(sql, (ask.match, most)).fetchall()
        return found

    def snippets(self, ask: Ask, ids: Sequence[int]) -> list[str]:
        """A stretch around the hits of each of these articles."""
        marks = ", ".join("?" * len(ids))
        sql = (
            "SELECT snippet(news, 1, '[', ']', '…', 24) FROM news"
            f" WHERE news MATCH ? AND rowid IN ({marks})"
        )
        return [row[0] for row in self._connection.execute(sql, (ask.match, *ids))]

    def texts(self, ids: Sequence[int]) -> list[str]:
        """The texts of some articles."""
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT text FROM news WHERE rowid IN ({marks})"
        return [row[0] for row in self._connection.execute(sql, tuple(ids))]

    def close(self) -> None:
        self._connection.close()
