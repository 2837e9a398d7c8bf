"""The same articles and questions in SQLite's FTS5: something well known to compare with.

Texts stand in one file, their facts (date, source, month, entities, tag) in another, and a
contentless twin of the texts, positions included, in a third.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.documents import is_tagged
from benchmarks.peer import FACET_LIMIT, LIMIT, TITLE_BOOST, Deed, Found
from benchmarks.queries import Ask, Form, Task
from index.api import Document, month_of
from index.query import Sort

_NEWS = "CREATE VIRTUAL TABLE news USING fts5(title, text, tokenize='porter unicode61'{})"
_FACTS = """
CREATE TABLE facts.fact (id INTEGER PRIMARY KEY, moment INTEGER, source TEXT, month TEXT);
CREATE TABLE facts.named
    (article INTEGER, entity INTEGER, PRIMARY KEY (article, entity)) WITHOUT ROWID;
CREATE TABLE facts.tagged (article INTEGER PRIMARY KEY);
"""
_ADD = "INSERT INTO news (rowid, title, text) VALUES (?, ?, ?)"
_OPTIMIZE = "INSERT INTO news (news) VALUES ('optimize')"
# Faster than ordering by the hidden column `rank`, and than one query with count(*) OVER ().
_RANK = f"bm25(news, {TITLE_BOOST}, 1.0)"
# CROSS JOIN keeps SQLite from asking the text index once for every article of the other table.
_WITH_FACTS = "news CROSS JOIN fact ON fact.id = news.rowid"
_WITH_TAG = "news CROSS JOIN tagged ON tagged.article = news.rowid"
_CACHE = -65_536  # KiB, as a negative number

_FORMS: Mapping[Form, Callable[[tuple[str, ...]], str]] = {
    Form.WORD: lambda words: words[0],
    Form.ALL: " AND ".join,
    Form.ANY: " OR ".join,
    Form.PHRASE: lambda words: f'"{" ".join(words)}"',
    # FTS5 counts the words between, the index the positions from first to last.
    Form.NEAR: lambda words: f"NEAR({' '.join(words)}, 4)",
    Form.PREFIX: lambda words: f"{words[0]}*",
}


class Fts5:
    """An FTS5 table with the facts of its articles beside it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self._news = _connect(folder / "news")
        self._news.execute("ATTACH ? AS facts", (str(folder / "facts"),))
        self._twin = _connect(folder / "contentless")

    def create(self) -> Fts5:
        """Make the empty tables."""
        self._news.execute(_NEWS.format(""))
        self._news.executescript(_FACTS)
        self._twin.execute(_NEWS.format(", content=''"))
        return self

    def parts(self) -> Mapping[str, Callable[[Sequence[Document]], None]]:
        return {
            "text": lambda documents: _add(self._news, documents),
            "facts": self._add_facts,
            "contentless": lambda documents: _add(self._twin, documents),
        }

    def endings(self) -> Mapping[str, Callable[[], None]]:
        return {
            "optimizing": lambda: _optimize(self._news),
            "contentless_optimizing": lambda: _optimize(self._twin),
        }

    def deed(self, ask: Ask) -> Deed | None:
        if ask.form not in _FORMS or ask.task in (Task.SUGGEST, Task.COMPLETE):
            return None
        match = _FORMS[ask.form](ask.words)
        match ask.task:
            case Task.ORDER:
                return lambda: self._order(match)
            case Task.FACETS:
                return lambda: self._facets(match)
            case Task.SNIPPETS:
                ids = self._search(ask, match)[1]
                return lambda: self._snippets(match, ids)
            case Task.ROWS:
                return lambda: self._snippets(match, self._search(ask, match)[1])
            case _:
                return lambda: self._search(ask, match)

    def close(self) -> None:
        self._news.close()
        self._twin.close()

    def _add_facts(self, documents: Sequence[Document]) -> None:
        facts = [(d.id, d.published, d.source, month_of(d.published or 0)) for d in documents]
        named = [(d.id, entity) for d in documents for entity in d.entities]
        tagged = [(d.id,) for d in documents if is_tagged(d.id)]
        with self._news as database:
            database.executemany("INSERT INTO fact VALUES (?, ?, ?, ?)", facts)
            database.executemany("INSERT INTO named VALUES (?, ?)", named)
            database.executemany("INSERT INTO tagged VALUES (?)", tagged)

    def _search(self, ask: Ask, match: str) -> Found:
        newest = ask.sort is Sort.NEWEST
        table = _WITH_TAG if ask.tagged else _WITH_FACTS if ask.between or newest else "news"
        where, values = "news MATCH ?", (match, *(ask.between or ()))
        if ask.between:
            where += " AND moment >= ? AND moment < ?"
        order = "moment DESC" if newest else _RANK
        rows = self._news.execute(
            f"SELECT news.rowid FROM {table} WHERE {where} ORDER BY {order} LIMIT {LIMIT}", values
        ).fetchall()
        # The total of a word alone needs no join.
        counted = table if ask.between or ask.tagged else "news"
        total = self._news.execute(f"SELECT count(*) FROM {counted} WHERE {where}", values)
        return int(total.fetchone()[0]), [row[0] for row in rows]

    def _order(self, match: str) -> list[int]:
        sql = f"SELECT rowid FROM news WHERE news MATCH ? ORDER BY {_RANK}"
        return [row[0] for row in self._news.execute(sql, (match,))]

    def _facets(self, match: str) -> list[tuple[object, int]]:
        """Most frequent entities and sources among the matches, and their months."""
        matches = "(SELECT rowid FROM news WHERE news MATCH ?)"
        found: list[tuple[object, int]] = []
        for column, source, most in (
            ("entity", f"named WHERE article IN {matches}", FACET_LIMIT),
            ("source", f"fact WHERE id IN {matches}", FACET_LIMIT),
            ("month", f"fact WHERE id IN {matches}", -1),
        ):
            sql = f"SELECT {column}, count(*) FROM {source} GROUP BY 1 ORDER BY 2 DESC LIMIT ?"
            found += self._news.execute(sql, (match, most)).fetchall()
        return found

    def _snippets(self, match: str, ids: Sequence[int]) -> list[str]:
        marks = ", ".join("?" * len(ids))
        sql = (
            "SELECT snippet(news, 1, '[', ']', '…', 24) FROM news"
            f" WHERE news MATCH ? AND rowid IN ({marks})"
        )
        return [row[0] for row in self._news.execute(sql, (match, *ids))]


def fts5_sizes(folder: Path) -> dict[str, int]:
    """Bytes of the texts with their index, of the index in them, of the facts, of the twin."""
    with _connect(folder / "news") as database:
        content = database.execute("SELECT sum(length(block)) FROM news_data").fetchone()[0]
    database.close()
    return {
        "size": (folder / "news").stat().st_size,
        "index_size": int(content),
        "facts_size": (folder / "facts").stat().st_size,
        "contentless_size": (folder / "contentless").stat().st_size,
    }


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA cache_size = {_CACHE}")
    return connection


def _add(database: sqlite3.Connection, documents: Sequence[Document]) -> None:
    with database:
        database.executemany(_ADD, [(one.id, one.title, one.text) for one in documents])


def _optimize(database: sqlite3.Connection) -> None:
    with database:
        database.execute(_OPTIMIZE)
    # The pages that were merged away go too, so that the size is that of what is left.
    database.execute("VACUUM")
