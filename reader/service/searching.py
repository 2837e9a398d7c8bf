"""Asking the library: one query language for the screen and the command line."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import TYPE_CHECKING

from index.errors import QuerySyntaxError
from index.highlight import find_spans, snippet
from index.parser import ParsedQuery, explain, parse, parse_partial, to_text
from index.query import And, IdSet, Or, Query, Sort, Term
from reader.entities import fold_name
from reader.model import (
    Article,
    ArticleId,
    EntityCount,
    EntityId,
    EntityKind,
    Hit,
    NameCount,
    Page,
    Span,
)
from reader.service.cursor import make_cursor, start_after
from reader.service.everything import Everything
from reader.service.resolve import (
    answered_by_state,
    asks_the_index,
    evaluate,
    resolve,
    wanted_entities,
)

if TYPE_CHECKING:
    from reader.service.index_access import IndexAccess
    from reader.store import Store

SNIPPET_WIDTH = 160
"""Code points of a snippet."""


@dataclass(frozen=True, slots=True)
class View:
    """All articles that answer a query, in order; `problems` is what was not understood yet.

    `suggestions` are words of the library close to one that is nowhere in it. `took_ms` is
    from the text of the query to the ids.
    """

    ids: array[int]
    understood: str
    took_ms: float
    problems: tuple[QuerySyntaxError, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.ids)


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


@dataclass(frozen=True, slots=True)
class FacetView:
    """Most frequent values among the articles of an answer; months newest first."""

    tags: tuple[NameCount, ...]
    sources: tuple[NameCount, ...]
    entities: tuple[EntityCount, ...]
    months: tuple[NameCount, ...]


class _StoreLookup:
    """What the store knows of states, tags and names, as `resolve` asks for it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def tagged(self, name: str) -> Iterable[int]:
        return self._store.tags.ids(name)

    def tagged_under(self, prefix: str) -> Iterable[int]:
        return self._store.tags.ids_under(prefix)

    def tagged_at_all(self) -> Iterable[int]:
        return self._store.tags.all_tagged()

    def marked(self, mark: str) -> Iterable[int]:
        return self._store.marks.ids(mark)

    def named(self, name: str, kind: EntityKind | None) -> Iterable[int]:
        return self._store.entities.find_ids(fold_name(name), kind)

    def named_like(self, prefix: str, kind: EntityKind | None) -> Iterable[int]:
        return self._store.entities.find_ids_starting(fold_name(prefix), kind)


class Searching:
    """Queries over the whole library."""

    def __init__(self, store: Store, index: IndexAccess, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._index = index
        self._clock = clock
        self._lookup = _StoreLookup(store)
        self._everything = Everything(store)

    def view(self, text: str, sort: Sort | None = None) -> View:
        """The answer to a query that may still be in the making.

        Raises SearchUnavailableError when only a missing index could answer.
        """
        began = perf_counter()
        parsed = parse_partial(text, now=self._clock())
        query = resolve(parsed.query, self._lookup)
        ids = self._order(query, sort or parsed.sort)
        suggestions = () if ids else self._suggestions(query)
        return View(
            ids=ids,
            understood=_understood(parsed),
            took_ms=_since(began),
            problems=parsed.problems,
            suggestions=suggestions,
        )

    def list_page(
        self, text: str, *, sort: Sort | None, limit: int, cursor: str | None
    ) -> SearchResult:
        """Rows in order, newest first unless the query or `sort` says otherwise.

        Raises QuerySyntaxError, CursorError and SearchUnavailableError.
        """
        began = perf_counter()
        parsed = parse(text, now=self._clock())
        query = resolve(parsed.query, self._lookup)
        by = sort or parsed.sort or Sort.NEWEST
        ids = self._order(query, by)
        start = start_after(ids, cursor, lambda: self._whole_order(by))
        shown = ids[start : start + limit]
        page = self._page(parsed, shown, {}, len(ids), make_cursor(ids, start + len(shown)))
        return SearchResult(page, _understood(parsed), _since(began))

    def search(self, text: str, *, limit: int) -> SearchResult:
        """The best matches with their scores, or in the order the query asks for.

        Raises QuerySyntaxError and SearchUnavailableError.
        """
        began = perf_counter()
        parsed = parse(text, now=self._clock())
        query = resolve(parsed.query, self._lookup)
        sort = parsed.sort or Sort.RELEVANCE
        if answered_by_state(query):
            ids = self._order(query, sort)
            shown, scores, total = ids[:limit], dict[int, float](), len(ids)
        else:
            with self._index.asking() as index:
                found = index.search(query, sort=sort, limit=limit)
            shown = array("q", (match.id for match in found.matches))
            scores = {m.id: m.score for m in found.matches} if sort is Sort.RELEVANCE else {}
            total = found.total
        cursor = f"{len(shown)}.{shown[-1]}" if shown and len(shown) < total else None
        page = self._page(parsed, shown, scores, total, cursor)
        suggestions = () if total else self._suggestions(query)
        return SearchResult(page, _understood(parsed), _since(began), suggestions)

    def ordered_ids(self, text: str, sort: Sort) -> array[int]:
        """Every article that answers, in order. Raises as `ids` does."""
        parsed = parse(text, now=self._clock())
        return self._order(resolve(parsed.query, self._lookup), parsed.sort or sort)

    def explain(self, text: str) -> str:
        """How a query is understood, in plain words. Raises QuerySyntaxError."""
        parsed = parse(text, now=self._clock())
        order = f"\nordered by {parsed.sort}" if parsed.sort else ""
        return explain(parsed.query) + order

    def needs_index(self, text: str) -> bool:
        """Whether the answer depends on what has been indexed. Raises QuerySyntaxError."""
        return asks_the_index(parse(text, now=self._clock()).query)

    def ids(self, text: str) -> IdSet:
        """Every article that answers. Raises QuerySyntaxError and SearchUnavailableError."""
        query = resolve(parse(text, now=self._clock()).query, self._lookup)
        if answered_by_state(query):
            return IdSet(self._evaluate(query))
        with self._index.asking() as index:
            return index.ids(query)

    def hits(self, text: str, ids: Sequence[int]) -> dict[int, Hit]:
        """Rows and snippets of `ids`, those of them that exist."""
        query = parse_partial(text, now=self._clock()).query
        return {hit.row.id: hit for hit in self._hits(query, ids, {})}

    def spans(self, text: str, article: Article) -> ArticleSpans:
        """What to mark in an article: words of the query, and mentions of entities asked for.

        The article has to be as it is now: both in one `Reading.snapshot`.
        """
        query = parse_partial(text, now=self._clock()).query
        named = self._places(query, (article.row.id,)).get(article.row.id, ())
        return ArticleSpans(
            title=_spans(find_spans(query, article.row.title, field="title")),
            text=_spans(find_spans(query, article.text, also=named)),
        )

    def facets(self, text: str, *, limit: int = 20) -> FacetView:
        """Counts over the whole answer. Raises QuerySyntaxError and SearchUnavailableError."""
        query = resolve(parse(text, now=self._clock()).query, self._lookup)
        with self._index.asking() as index:
            found = index.facets(query, limit=limit)
            ids = index.ids(query)
        entities = self._store.entities.list_counts(
            within=ids,
            only=[EntityId(int(count.value)) for count in found.entities],
            limit=limit,
        )
        return FacetView(
            tags=self._store.tags.list_counts(within=ids, limit=limit),
            sources=tuple(NameCount(c.value, c.documents) for c in found.sources),
            entities=entities,
            months=tuple(NameCount(c.value, c.documents) for c in found.months),
        )

    def _order(self, query: Query, sort: Sort | None) -> array[int]:
        if not answered_by_state(query):
            with self._index.asking() as index:
                return index.order(query, sort=sort or Sort.RELEVANCE)
        by = Sort.NEWEST if sort in (None, Sort.RELEVANCE) else sort
        everything = self._everything.order(by)
        found = self._evaluate(query)
        if len(found) == len(everything):
            return everything[:]
        return array("q", (one for one in everything if one in found))

    def _whole_order(self, sort: Sort) -> Sequence[int]:
        """All articles in an order; there is none by relevance without a question."""
        return () if sort is Sort.RELEVANCE else self._everything.order(sort)

    def _evaluate(self, query: Query) -> Set[int]:
        articles = self._store.articles
        return evaluate(
            query,
            self._everything.ids,
            lambda moment: articles.ids_in_range(moment.field, moment.start, moment.end),
        )

    def _suggestions(self, query: Query) -> tuple[str, ...]:
        words = list(_plain_words(query))
        if not words:
            return ()
        with self._index.asking() as index:
            missing = (word for word in words if not index.search(Term(word), limit=1).total)
            return tuple(near for word in missing for near in index.suggest(word, limit=2))

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
        with self._store.snapshot():
            rows = self._store.articles.get_rows(ids)
            texts = self._store.articles.get_texts(ids)
            places = self._places(query, ids)
        for one in map(ArticleId, ids):
            if one in rows:
                named = places.get(one, ())
                found = snippet(query, texts[one], width=SNIPPET_WIDTH, also=named)
                yield Hit(rows[one], scores.get(one), found.text, _spans(found.spans))

    def _places(
        self, query: Query, ids: Sequence[int]
    ) -> Mapping[ArticleId, tuple[tuple[int, int], ...]]:
        """Where articles name the entities a query asks for."""
        wanted = wanted_entities(query, self._lookup)
        return self._store.entities.list_places(ids, wanted) if wanted else {}


def _plain_words(query: Query) -> Iterator[str]:
    match query:
        case And(clauses) | Or(clauses):
            for clause in clauses:
                yield from _plain_words(clause)
        case Term(text, field="", exact=False):
            yield text
        case _:
            return


def _spans(pairs: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)


def _understood(parsed: ParsedQuery) -> str:
    """The query in its canonical form, its order included."""
    order = f" sort:{parsed.sort}" if parsed.sort else ""
    return to_text(parsed.query) + order


def _since(began: float) -> float:
    """Milliseconds since a reading of `perf_counter`."""
    return round((perf_counter() - began) * 1000, 3)
