"""Why an article is here, and why it is in this list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from index.parser import explain, to_text
from index.query import And, Everything, IdSet, Query
from reader.errors import SearchUnavailableError
from reader.feeds import Feed
from reader.kept import Note, RuleDeed, SavedSearch
from reader.model import Article, ArticleRow, Duplicate
from reader.service.rules_told import RAN

if TYPE_CHECKING:
    from reader.service.saved_searches import SavedSearches
    from reader.service.searching import Searching
    from reader.store import Store


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word or name as the article writes it most often, and how often in any case."""

    text: str
    times: int


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the conditions of a query, in plain words, of several lines perhaps. `is_met` is
    None while the index cannot tell."""

    text: str
    is_met: bool | None
    words: tuple[FoundWord, ...] = ()


class TagOrigin(StrEnum):
    """Who gave a tag."""

    READER = "reader"
    RULE = "rule"
    RUN = "run"
    """A rule did, which the reader ran on what was here."""
    IMPORT = "import"
    """It came with the article from another reader."""
    UNKNOWN = "unknown"
    """Too long ago."""


@dataclass(frozen=True, slots=True)
class TagSince:
    """A tag of an article: `at` is when it came, None where that is not known, `by` what was
    done then or the name of the rule."""

    name: str
    origin: TagOrigin
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """All that tells why an article is here.

    `deeds` are what rules did to it as it came, `answers` the saved searches and rules that it
    answers now. `file` is what it was read from, `feed` the feed of its source, `places` where
    else it was found.
    """

    row: ArticleRow
    conditions: tuple[Condition, ...]
    deeds: tuple[RuleDeed, ...]
    answers: tuple[SavedSearch, ...]
    feed: Feed | None
    file: str
    places: tuple[Duplicate, ...]
    tags: tuple[TagSince, ...]
    notes: tuple[Note, ...]


class Explaining:
    """Looks one article up in everything that is written down."""

    def __init__(self, store: Store, searching: Searching, saved: SavedSearches) -> None:
        self._store = store
        self._searching = searching
        self._saved = saved

    def why(self, article_id: int, query: str = "") -> Why:
        """Why an article is here, and what of a query it meets, which may be in the making.

        Raises ArticleNotFoundError.
        """
        with self._store.snapshot():
            article = self._store.articles.get_article(article_id)
            row = article.row
            deeds = self._store.rule_deeds.of_article(article_id)
            return Why(
                row=row,
                conditions=tuple(self._conditions(article, query)),
                deeds=deeds,
                answers=tuple(one for one in self._saved.list() if self._answers(row, one)),
                feed=self._store.feeds.find_by_source(row.source),
                file=self._store.provenance.origin(article_id),
                places=self._store.articles.list_duplicates(article_id),
                tags=tuple(self._tag(row, name, deeds) for name in row.tags),
                notes=self._store.notes.of_article(article_id),
            )

    def _conditions(self, article: Article, text: str) -> Iterator[Condition]:
        for clause in _clauses(self._searching.parsed(text)):
            written = to_text(clause)
            words = self._words(article, written)
            yield Condition(explain(clause), self._meets(article.row, written), words)

    def _words(self, article: Article, query: str) -> tuple[FoundWord, ...]:
        spans = self._searching.spans(query, article)
        found = [article.row.title[one.start : one.end] for one in spans.title]
        found += [article.text[one.start : one.end] for one in spans.text]
        written = [" ".join(one.split()) for one in found]
        spellings: dict[str, Counter[str]] = {}
        for one in written:
            spellings.setdefault(one.casefold(), Counter())[one] += 1
        counts = Counter(one.casefold() for one in written)
        return tuple(
            FoundWord(spellings[folded].most_common(1)[0][0], times)
            for folded, times in counts.most_common()
        )

    def _meets(self, row: ArticleRow, query: str) -> bool | None:
        try:
            return bool(self._searching.ids(query, within=IdSet([row.id])))
        except (SearchUnavailableError, QuerySyntaxError):
            return None

    def _answers(self, row: ArticleRow, saved: SavedSearch) -> bool:
        return bool(self._meets(row, saved.query))

    def _tag(self, row: ArticleRow, name: str, deeds: tuple[RuleDeed, ...]) -> TagSince:
        told = self._store.provenance.tagged_at(row.id, name)
        given = (one for one in deeds if one.deed == f"+{name}" and not one.taken_back)
        by_rule = next(given, None)
        if told is not None and (by_rule is None or told[0] > by_rule.at):
            at, detail = told
            if detail.startswith(RAN):
                return TagSince(name, TagOrigin.RUN, at, detail.removeprefix(RAN))
            return TagSince(name, TagOrigin.READER, at, detail)
        if by_rule is not None:
            return TagSince(name, TagOrigin.RULE, by_rule.at, by_rule.rule)
        if self._store.provenance.is_taken_over(row.id, name):
            return TagSince(name, TagOrigin.IMPORT, row.added)
        return TagSince(name, TagOrigin.UNKNOWN)


def _clauses(query: Query) -> tuple[Query, ...]:
    """What stands side by side in a query; nothing where it asks for everything."""
    match query:
        case And(clauses):
            return clauses
        case Everything():
            return ()
        case _:
            return (query,)
