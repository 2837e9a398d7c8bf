"""What the screen asks of many articles at once, and does to them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reader.errors import ArticleNotFoundError
from reader.model import Article, Change, Mark, NameCount

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.ui.gateway import Gateway

_TAGS = 1000
"""Tags of a selection that are told apart."""


@dataclass(frozen=True, slots=True)
class TagsHad:
    """The tags of some articles: those that all of them have, and those that some have."""

    all: tuple[str, ...] = ()
    some: tuple[str, ...] = ()

    @property
    def any(self) -> tuple[str, ...]:
        return self.all + self.some


def tags_had(counts: Sequence[NameCount], articles: int) -> TagsHad:
    """Tell the tags of so many articles apart."""
    everywhere = tuple(one.name for one in counts if one.articles >= articles)
    return TagsHad(everywhere, tuple(one.name for one in counts if one.articles < articles))


class SelectionGate:
    """Reads in the thread that reads, changes in the one that writes. All raise ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._reads = gateway.reads
        self._writes = gateway.writes

    async def tags(self, ids: Sequence[int]) -> TagsHad:
        """The tags of articles, the most frequent first; those of one by their names."""

        def work(library: Library) -> TagsHad:
            if len(ids) == 1:
                return TagsHad(*(row.tags for row in library.reading.rows(ids).values()))
            from index.query import IdSet

            counts = library.browsing.list_tags(IdSet(ids), _TAGS)
            return tags_had(counts, len(ids))

        return await self._reads.run(work)

    async def article(self, article_id: int) -> Article:
        """Raises ArticleNotFoundError."""
        return await self._reads.run(lambda library: library.reading.get_article(article_id))

    async def articles(self, ids: Sequence[int]) -> list[Article]:
        """Those of the articles that are there, in order."""

        def work(library: Library) -> list[Article]:
            found = []
            for one in ids:
                with suppress(ArticleNotFoundError):
                    found.append(library.reading.get_article(one))
            return found

        return await self._reads.run(work)

    async def toggle(
        self, ids: Sequence[int], mark: Mark, opposite: Mark, query: str
    ) -> tuple[Change, Mark]:
        """Mark articles; where all of them were so already, the opposite. What was asked for
        before is done before."""

        def work(library: Library) -> tuple[Change, Mark]:
            change = library.tagging.mark(ids, mark, query=query)
            if change.changed:
                return change, mark
            return library.tagging.mark(ids, opposite, query=query), opposite

        return await self._writes.finish(work)
