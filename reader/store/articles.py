"""Articles: saving drafts, reading them back, and their order."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from datetime import datetime

from index.api import Document
from index.query import Sort
from reader.errors import ArticleNotFoundError
from reader.model import (
    Article,
    ArticleId,
    ArticleRow,
    Draft,
    Duplicate,
    Outcome,
    Tagged,
    Version,
)
from reader.store.database import Database, json_ids
from reader.store.entity_rows import shown_ids
from reader.store.foretelling import Foretelling
from reader.store.given_ids import GivenIds
from reader.store.links import link_digest
from reader.store.places import Places
from reader.store.rows import (
    BODY_COLUMNS,
    ROW_COLUMNS,
    article,
    article_row,
    strings_of,
)
from reader.store.saving import Saving
from reader.store.shelf import StoredShelf
from reader.store.times import from_seconds, to_seconds

_SELECTED = "a.id IN (SELECT value FROM json_each(?))"

# CROSS JOIN keeps the order of the tables: from the ids asked for, never through a source.
_GET_ROWS = f"""
SELECT {ROW_COLUMNS} FROM article a CROSS JOIN source s ON s.id = a.source_id
WHERE {_SELECTED}
"""  # noqa: S608 - put together from constants

_GET_ARTICLE = f"""
SELECT {ROW_COLUMNS}, {BODY_COLUMNS}
FROM article a CROSS JOIN source s ON s.id = a.source_id CROSS JOIN body b ON b.article_id = a.id
WHERE {_SELECTED}
"""  # noqa: S608

_DOCUMENTS = f"""
SELECT a.id, a.title, b.text, a.added_at, a.published_at, s.name, b.authors, b.place, b.lang
FROM article a CROSS JOIN source s ON s.id = a.source_id CROSS JOIN body b ON b.article_id = a.id
WHERE {_SELECTED}
ORDER BY a.id
"""  # noqa: S608

_NEWEST = "SELECT id FROM article ORDER BY sort_at DESC, id DESC"

_ORDERS = {
    Sort.RELEVANCE: _NEWEST,
    Sort.NEWEST: _NEWEST,
    Sort.OLDEST: "SELECT id FROM article ORDER BY sort_at, id DESC",
    Sort.SOURCE: (
        "SELECT a.id FROM source s CROSS JOIN article a ON a.source_id = s.id"
        " ORDER BY s.sort_key, a.sort_at DESC, a.id DESC"
    ),
    Sort.TITLE: "SELECT id FROM article ORDER BY title_key, sort_at DESC, id DESC",
}

_MOMENTS = {
    "sort": ("sort_at", "article_sort"),
    "date": ("published_at", "article_published"),
    "added": ("added_at", "article_added"),
}
"""Columns, and the index that holds nothing but the column."""


class Articles:
    """The articles of the library. They are never deleted."""

    def __init__(self, database: Database, places: Places, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._places = places
        self._saving = Saving(database, places)
        self._shelf = StoredShelf(database)
        self._clock = clock

    def save(self, draft: Draft) -> tuple[ArticleId, Outcome]:
        """Store a draft with its outbox row, or find that its article is here already.

        An article is the same when its source and the id the source gave it are, else source
        and link, else the file and much of the words, else title and text. One link joins
        what is told in several places where the words or the titles do too.
        """
        with self._database.transaction():
            return self._saving.save(draft, to_seconds(self._clock()))

    def replace_text(self, article_id: ArticleId, draft: Draft) -> Outcome:
        """Let the full text of its page take the place of the text of an article, which is kept
        as a version: UPDATED, or DUPLICATE where the text is that already.

        Title and date stay, unless the title was only derived or the date is not known. What
        its feed tells again does not bring the earlier text back. Raises ArticleNotFoundError.
        """
        with self._database.transaction():
            return self._saving.replace_text(article_id, draft, to_seconds(self._clock()))

    def given_ids(self) -> GivenIds:
        """Finds articles by the ids that their sources gave them."""
        return GivenIds(self._database)

    def take_over(self, article_id: ArticleId, tagged: Tagged) -> bool:
        """Tag and mark an article as another program had it, each tag and mark once; whether
        that changed it."""
        with self._database.transaction():
            return self._places.take_over(article_id, tagged)

    def foretelling(self) -> Foretelling:
        """What saving would come to, told without writing."""
        return Foretelling(self._database)

    def get_article(self, article_id: int) -> Article:
        """Raises ArticleNotFoundError."""
        row = self._database.row(_GET_ARTICLE, (json_ids((article_id,)),))
        if row is None:
            raise ArticleNotFoundError(article_id)
        return article(row)

    def find_by_link(self, url: str) -> ArticleId | None:
        """The article to which a link leads, however it is written; None for a link of none or
        of several."""
        found = self._shelf.find_linked(link_digest(url))
        return found[0] if len(found) == 1 else None

    def get_rows(self, ids: Collection[int]) -> dict[ArticleId, ArticleRow]:
        """The lines of a list, of those ids that exist."""
        found = map(article_row, self._database.rows(_GET_ROWS, (json_ids(ids),)))
        return {row.id: row for row in found}

    def get_texts(self, ids: Collection[int]) -> dict[ArticleId, str]:
        """The texts of those ids that exist."""
        return dict(
            self._database.rows(
                "SELECT article_id, text FROM body"
                " WHERE article_id IN (SELECT value FROM json_each(?))",
                (json_ids(ids),),
            )
        )

    def documents(self, ids: Collection[int]) -> list[Document]:
        """What the index has to know of those ids that exist. Entities are those that stand for
        what is named, ignored ones left out."""
        with self._database.snapshot():
            rows = self._database.rows(_DOCUMENTS, (json_ids(ids),))
            named = shown_ids(self._database, ids)
        return [
            Document(
                id=row[0],
                title=row[1],
                text=row[2],
                added=row[3],
                published=row[4],
                source=row[5],
                authors=strings_of(row[6]),
                place=row[7],
                lang=row[8],
                entities=named.get(row[0], ()),
            )
            for row in rows
        ]

    def order(self, sort: Sort = Sort.NEWEST, limit: int = -1) -> array[int]:
        """Every id, or the first `limit`. Articles without a date stand where they arrived;
        ties: newer first, then the higher id. Without a question nothing is more relevant:
        newest first. By length it knows none."""
        return self._database.ids(f"{_ORDERS[sort]} LIMIT ?", (limit,))

    def ids(self) -> array[int]:
        """Every id, ascending."""
        return array("q", sorted(self._database.ids("SELECT id FROM article")))

    def moments(self, column: str, after: int = 0) -> tuple[str, str]:
        """A moment of all articles that have it and a higher id than `after`, and their ids in
        the same order: numbers with commas between them, which is many times quicker to get
        than rows.

        `column` is "sort", "date" or "added"; moments are in seconds since 1970 UTC.
        """
        name, index = _MOMENTS[column]
        table = "article" if after else f"article INDEXED BY {index}"
        moments, ids = self._database.rows(
            f"SELECT group_concat({name}), group_concat(id) FROM {table}"  # noqa: S608
            f" WHERE {name} IS NOT NULL AND id > ?",
            (after,),
        )[0]
        return moments or "", ids or ""

    def edition(self) -> tuple[int, int]:
        """How many articles there are, and how often one of them went to another place of an
        order: while both are the same, so are all orders."""
        numbers: dict[str, int] = dict(
            self._database.rows("SELECT name, n FROM counter WHERE name IN ('articles', 'moves')")
        )
        return numbers["articles"], numbers["moves"]

    def count(self) -> int:
        return int(self._database.value("SELECT n FROM counter WHERE name = 'articles'"))

    def count_existing(self, ids: Collection[int]) -> int:
        """How many of `ids` are articles."""
        return int(
            self._database.value(
                "SELECT count(*) FROM article WHERE id IN (SELECT value FROM json_each(?))",
                (json_ids(ids),),
            )
        )

    def list_versions(self, article_id: int) -> tuple[Version, ...]:
        """The earlier texts, oldest first."""
        rows = self._database.rows(
            "SELECT version, title, text, replaced_at FROM version WHERE article_id = ?"
            " ORDER BY version",
            (article_id,),
        )
        return tuple(
            Version(number, title, text, from_seconds(replaced))
            for number, title, text, replaced in rows
        )

    def list_duplicates(self, article_id: int) -> tuple[Duplicate, ...]:
        """Other places of the same text, in the order they were seen."""
        rows = self._database.rows(
            "SELECT d.origin, s.name, d.url, d.seen_at"
            " FROM duplicate d CROSS JOIN source s ON s.id = d.source_id"
            " WHERE d.article_id = ? ORDER BY d.seen_at, d.origin, s.name, d.url",
            (article_id,),
        )
        return tuple(
            Duplicate(origin, source, url, from_seconds(seen)) for origin, source, url, seen in rows
        )
