"""What the reader looks at: lists, articles, and where they left off."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import VersionNotFoundError
from reader.model import (
    SURE,
    Amount,
    Article,
    ArticleId,
    ArticleRow,
    Duplicate,
    EntityCount,
    LibraryCounts,
    Mention,
    Version,
)

if TYPE_CHECKING:
    from reader.store import Store

FIRST = 500
"""Articles of a list that are asked for before all of them are: more than a screen shows."""

BODIES_AT_ONCE = 5000
"""Articles that are looked through with their texts before others get a turn."""


class Reading:
    """Reading, and the place in each text."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def snapshot(self) -> AbstractContextManager[None]:
        """A block that only reads: all its answers, of searching too, are of one moment, so
        that places lie in the text that was read with them. Keep it short."""
        return self._store.snapshot()

    def get_article(self, article_id: int) -> Article:
        """Raises ArticleNotFoundError."""
        return self._store.articles.get_article(article_id)

    def list_versions(self, article_id: int) -> tuple[Version, ...]:
        """The earlier texts of an article that are kept, oldest first."""
        return self._store.articles.list_versions(article_id)

    def list_places(self, article_id: int) -> tuple[Duplicate, ...]:
        """Other places where an article was found, in the order they were seen."""
        return self._store.articles.list_duplicates(article_id)

    def read_below(
        self, folder: Path, after: int = 0, limit: int = BODIES_AT_ONCE
    ) -> tuple[array[int], int | None]:
        """Of the next articles behind one, so many at most, those that were imported from files
        in a folder and are not archived, ascending; and where to go on, None at the end."""
        is_done = self._store.marks.packed("archived").test()
        found, last = self._store.provenance.read_below(str(folder.absolute()), after, limit)
        return array("q", (one for one in found if not is_done(one))), last

    def get_version(self, article_id: int, number: int) -> Article:
        """An article as it was with an earlier text, or as it is now. What lies in the text, as
        headings and links, is known of the present one alone.

        Raises ArticleNotFoundError and VersionNotFoundError.
        """
        article = self.get_article(article_id)
        if number == article.version:
            return article
        earlier = {one.number: one for one in self.list_versions(article_id)}
        if number not in earlier:
            there = (*earlier, article.version)
            raise VersionNotFoundError(article_id, number, there)
        then = earlier[number]
        row = replace(article.row, title=then.title)
        return replace(
            article, row=row, text=then.text, version=number, headings=(), markup=(), related=()
        )

    def list_mentions(self, article_id: int, least: float = SURE) -> tuple[Mention, ...]:
        """Every place of an article that names something, in order; `least` is the confidence
        from which on one is told."""
        return self._store.entities.list_mentions(article_id, least=least)

    def list_amounts(self, text: str) -> tuple[Amount, ...]:
        """The dates, sums of money, percentages and quantities of a text, in order."""
        # Its patterns take tens of milliseconds to compile.
        from reader.entities.amounts import find_amounts

        return find_amounts(text)

    def list_entities(self, article_id: int) -> tuple[EntityCount, ...]:
        """The entities of an article, most mentions first, with their articles in the library."""
        return self._store.entities.article_counts(article_id)

    def newest(self, limit: int = FIRST) -> array[int]:
        """The ids of the newest articles, as an array of type "q"."""
        return self._store.articles.order(limit=limit)

    def find_unread(self, ids: Sequence[int], start: int, step: int) -> int | None:
        """Where the first unread article of a list stands, from `start` on in steps of 1 or -1."""
        is_read = self._store.marks.packed("read").test()
        places = range(start, len(ids) if step > 0 else -1, step)
        return next((place for place in places if not is_read(ids[place])), None)

    def rows(self, ids: Collection[int]) -> dict[ArticleId, ArticleRow]:
        """The lines of a list, of those ids that exist."""
        return self._store.articles.get_rows(ids)

    def counts(self) -> LibraryCounts:
        return self._store.counts()

    def get_position(self, article_id: int) -> int:
        """The code point at the top of the view when the article was left, else 0."""
        return self._store.positions.get(article_id)

    def save_position(self, article_id: int, offset: int) -> None:
        self._store.positions.save(article_id, offset)

    def change_token(self) -> int:
        """A number that moves when any process has changed the library."""
        return self._store.change_token()
