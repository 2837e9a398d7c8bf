"""Asking the library: one query language for the screen and the command line."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from index.highlight import Highlighter
from index.parser import ParsedQuery, explain, parse, parse_partial, to_text
from index.query import And, IdSet, InSet, Not, Or, Query, Sort, Term
from index.query import Everything as Anything
from reader.model import Article, ArticleId, ArticleRow, Hit, Mark, Page, Span
from reader.service.cursor import make_cursor, start_after
from reader.service.facets import EntityFacet, Facets, FacetView
from reader.service.lookup import StoreLookup
from reader.service.resolve import (
    answered_by_state,
    asks_the_index,
    resolve,
    wanted_entities,
)
from reader.service.saved_names import name_key
from reader.service.stored_queries import StoredQueries
from reader.service.unknown import near_conditions, unknown_names

if TYPE_CHECKING:
    from index.api import Match
    from reader.service.everything import Everything
    from reader.service.index_access import IndexAccess
    from reader.store import Store

SNIPPET_WIDTH = 160
"""Code points of a snippet."""


@dataclass(frozen=True, slots=True)
class View:
    """The articles that answer a query, in order: the first of them, or all `total`.

    `problems` is what was not understood yet. Where nothing was found `suggestions` are words of
    the library close to one that is nowhere in it and conditions close to one of the `unknown`
    ones: field and name of what is not there. `took_ms` is from the text of the query to the ids.
    """

    ids: array[int]
    total: int
    understood: str
    took_ms: float
    problems: tuple[QuerySyntaxError, ...] = ()
    suggestions: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    @property
    def is_complete(self) -> bool:
        return len(self.ids) >= self.total


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of an answer for the command line; `took_ms` is from text to rows."""

    page: Page[Hit]
    understood: str
    took_ms: float
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSpans:
    """What in one article answers a query."""

    title: tuple[Span, ...]
    text: tuple[Span, ...]


class Searching:
    """Queries over the whole library."""

    def __init__(self, store: Store, index: IndexAccess, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._index = index
        self._clock = clock
        self._lookup = StoreLookup(store)
        self._saved = StoredQueries(store)
        self._facets = Facets(store, index)

    def view(self, text: str, limit: int | None = None) -> View:
        """The answer to a query that may still be in the making, or the first `limit` of it.

        Raises SearchUnavailableError when only a missing index could answer.
        """
        began = perf_counter()
        parsed = self._partial(text)
        query = resolve(parsed.query, self._lookup)
        ids, total = self._answer(query, parsed.sort, limit)
        unknown = () if total else unknown_names(parsed.query, self._store)
        suggestions = () if total else self._suggestions(query, unknown)
        return View(
            ids=ids,
            total=total,
            understood=_understood(parsed),
            took_ms=_since(began),
            problems=parsed.problems,
            suggestions=suggestions,
            unknown=tuple((one.field, one.text) for one in unknown),
        )

    def list_page(
        self, text: str, *, sort: Sort | None, limit: int, cursor: str | None
    ) -> SearchResult:
        """Rows in order, newest first unless the query or `sort` says otherwise.

        Raises QuerySyntaxError, CursorError and SearchUnavailableError.
        """
        began = perf_counter()
        parsed = self._parse(text)
        query = resolve(parsed.query, self._lookup)
        by = sort or parsed.sort or Sort.NEWEST
        # What a cursor means is told by all that come before it.
        ids, total = self._listed(query, by, limit if cursor is None else None)
        start = start_after(ids, cursor, lambda: self._whole_order(by))
        shown = ids[start : start + limit]
        after = make_cursor(shown, start, total)
        unknown = () if total else unknown_names(parsed.query, self._store)
        return SearchResult(
            self._page(parsed, shown, {}, total, after),
            _understood(parsed),
            _since(began),
            near_conditions(unknown, self._store),
        )

    def search(self, text: str, *, limit: int) -> SearchResult:
        """The best matches with their scores, or in the order the query asks for.

        Raises QuerySyntaxError and SearchUnavailableError.
        """
        began = perf_counter()
        parsed = self._parse(text)
        query = resolve(parsed.query, self._lookup)
        sort = parsed.sort or Sort.RELEVANCE
        scores: dict[int, float] = {}
        if _is_of_library(query, sort):
            shown, total = self._answer(query, sort, limit)
        else:
            with self._index.asking() as index:
                found = index.search(query, sort=sort, limit=limit)
            shown, total = _ids_of(found.matches), found.total
            if sort is Sort.RELEVANCE:
                scores = {match.id: match.score for match in found.matches}
        page = self._page(parsed, shown, scores, total, make_cursor(shown, 0, total))
        unknown = () if total else unknown_names(parsed.query, self._store)
        suggestions = () if total else self._suggestions(query, unknown)
        return SearchResult(page, _understood(parsed), _since(began), suggestions)

    def ordered_ids(self, text: str, sort: Sort) -> array[int]:
        """Every article that answers, in order. Raises as `ids` does."""
        parsed = self._parse(text)
        return self._answer(resolve(parsed.query, self._lookup), parsed.sort or sort)[0]

    def explain(self, text: str) -> str:
        """How a query is understood, in plain words. Raises QuerySyntaxError."""
        parsed = self._parse(text)
        order = f"\nordered by {parsed.sort}" if parsed.sort else ""
        return explain(parsed.query) + order

    def needs_index(self, text: str) -> bool:
        """Whether the answer depends on what has been indexed. Raises QuerySyntaxError."""
        parsed = self._parse(text)
        return parsed.sort is Sort.LONGEST or asks_the_index(parsed.query)

    def check(self, text: str, name: str = "") -> None:
        """Raises QuerySyntaxError, also when what is to be saved as `name` asks for itself."""
        within = (name_key(name),) if name else ()
        parse(text, now=self._clock(), saved=self._saved, within=within)

    def parsed(self, text: str) -> Query:
        """What a query asks for that may still be in the making."""
        return self._partial(text).query

    def ids(self, text: str, within: IdSet | None = None) -> IdSet:
        """Every article that answers, or those of `within` alone. Raises QuerySyntaxError and
        SearchUnavailableError."""
        query = self._resolved(text)
        return self._ids(query if within is None else And((InSet("within", within), query)))

    def newest(self, ids: IdSet, limit: int) -> tuple[ArticleRow, ...]:
        """The rows of the newest of some articles."""
        found, _ = self.everything.select(InSet("these", ids), Sort.NEWEST, limit)
        rows = self._store.articles.get_rows(found)
        return tuple(rows[one] for one in map(ArticleId, found) if one in rows)

    def count(self, text: str) -> tuple[int, int]:
        """How many articles answer, and how many of them are unread. Raises as `ids` does."""
        from reader.service.masks import count_common

        query = self._resolved(text)
        read = self._lookup.marked(Mark.READ)
        if answered_by_state(query):
            unread = And((query, Not(InSet("read", read))))
            return self.everything.count(query), self.everything.count(unread)
        ids = self._ids(query)
        return len(ids), len(ids) - count_common(ids, read)

    def _parse(self, text: str) -> ParsedQuery:
        return parse(text, now=self._clock(), saved=self._saved)

    def _partial(self, text: str) -> ParsedQuery:
        return parse_partial(text, now=self._clock(), saved=self._saved)

    def _resolved(self, text: str) -> Query:
        return resolve(self._parse(text).query, self._lookup)

    def _ids(self, query: Query) -> IdSet:
        if answered_by_state(query):
            from reader.service.masks import ids_of

            return ids_of(self.everything.find(query))
        with self._index.asking() as index:
            return index.ids(query)

    def hits(self, text: str, ids: Sequence[int]) -> dict[int, Hit]:
        """Rows and snippets of `ids`, those of them that exist."""
        query = self._partial(text).query
        return {hit.row.id: hit for hit in self._hits(query, ids, {})}

    def spans(self, text: str, article: Article) -> ArticleSpans:
        """What to mark in an article: words of the query, and mentions of entities asked for.

        The article has to be as it is now: both in one `Reading.snapshot`.
        """
        query = self._partial(text).query
        named = self._places(query, (article.row.id,)).get(article.row.id, ())
        highlighter = Highlighter(query)
        return ArticleSpans(
            title=_spans(highlighter.find_spans(article.row.title, field="title")),
            text=_spans(highlighter.find_spans(article.text, also=named)),
        )

    def facets(self, text: str, *, limit: int = 20) -> FacetView:
        """Counts over the whole answer. Raises QuerySyntaxError and SearchUnavailableError."""
        query = resolve(self._parse(text).query, self._lookup)
        return self._facets.count(query, limit)

    def entity_facets(self, text: str, limit: int = 8) -> tuple[EntityFacet, ...]:
        """The most frequent entities of each kind over the whole answer to a query that may
        still be in the making. Raises SearchUnavailableError."""
        query = resolve(self._partial(text).query, self._lookup)
        return self._facets.count_entities(query, limit)

    @cached_property
    def everything(self) -> Everything:
        """All articles in order, kept from one question to the next."""
        # Loads numpy, and the screen's own process asks nothing that needs it.
        from reader.service.everything import Everything

        return Everything(self._store)

    def _answer(
        self, query: Query, sort: Sort | None, limit: int | None = None
    ) -> tuple[array[int], int]:
        """The ids in order, at most the first `limit` of them, and how many there are."""
        if _is_of_library(query, sort):
            return self.everything.select(query, sort or Sort.RELEVANCE, limit)
        with self._index.asking() as index:
            if limit is None:
                ids = index.order(query, sort=sort or Sort.RELEVANCE)
                return ids, len(ids)
            page = index.search(query, sort=sort or Sort.RELEVANCE, limit=limit)
        return _ids_of(page.matches), page.total

    def _listed(self, query: Query, sort: Sort, limit: int | None) -> tuple[array[int], int]:
        """The same for a list that is asked for once: of all articles nothing need be known
        but the first."""
        if query != Anything() or sort is Sort.LONGEST:
            return self._answer(query, sort, limit)
        articles = self._store.articles
        return articles.order(sort, -1 if limit is None else limit), articles.count()

    def _whole_order(self, sort: Sort) -> Sequence[int]:
        """All articles in an order; there is none by relevance without a question."""
        if sort is Sort.LONGEST:
            return self._answer(Anything(), sort)[0]
        return () if sort is Sort.RELEVANCE else self._store.articles.order(sort)

    def _suggestions(self, query: Query, unknown: Sequence[Term]) -> tuple[str, ...]:
        near = near_conditions(unknown, self._store)
        words = list(_plain_words(query))
        if not words:
            return near
        with self._index.asking() as index:
            missing = (word for word in words if not index.search(Term(word), limit=1).total)
            return (*near, *(one for word in missing for one in index.suggest(word, limit=2)))

    def _page(
        self,
        parsed: ParsedQuery,
        shown: Sequence[int],
        scores: Mapping[int, float],
        total: int,
        cursor: str | None,
    ) -> Page[Hit]:
        return Page(tuple(self._hits(parsed.query, shown, scores)), cursor, total)

    def _hits(self, query: Query, ids: Sequence[int], scores: Mapping[int, float]) -> Iterator[Hit]:
        """Rows with snippets, in the order of `ids`, those that exist."""
        highlighter = Highlighter(query)
        with self._store.snapshot():
            rows = self._store.articles.get_rows(ids)
            texts = self._store.articles.get_texts(ids)
            places = self._places(query, ids)
        for one in map(ArticleId, ids):
            if one in rows:
                named = places.get(one, ())
                found = highlighter.snippet(texts[one], width=SNIPPET_WIDTH, also=named)
                yield Hit(rows[one], scores.get(one), found.text, _spans(found.spans))

    def _places(
        self, query: Query, ids: Sequence[int]
    ) -> Mapping[ArticleId, tuple[tuple[int, int], ...]]:
        """Where articles name the entities a query asks for."""
        wanted = wanted_entities(query, self._lookup)
        return self._store.entities.list_places(ids, wanted) if wanted else {}


def _is_of_library(query: Query, sort: Sort | None) -> bool:
    """Whether the library alone has the answer: it does not know how many words a text has."""
    return answered_by_state(query) and sort is not Sort.LONGEST


def _plain_words(query: Query) -> Iterator[str]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _plain_words(clause)
        case Term(text, field="", exact=False):
            yield text
        case _:
            return


def _ids_of(matches: Iterable[Match]) -> array[int]:
    return array("q", (match.id for match in matches))


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _understood(parsed: ParsedQuery) -> str:
    """The query in its canonical form, its order included."""
    order = f" sort:{parsed.sort}" if parsed.sort else ""
    return to_text(parsed.query) + order


def _since(began: float) -> float:
    """Milliseconds since a reading of `perf_counter`."""
    return round((perf_counter() - began) * 1000, 3)
