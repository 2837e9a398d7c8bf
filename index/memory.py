"""The reference backend in plain Python: it defines what every query means.

Documents
    `title` and `text` are searched by stem, or by form where a term is exact. `source`, `author`
    and `place` are searched by form. `lang` and `entity` hold whole values, compared as they
    are. A word without a field may stand in the title or the text; a phrase or a group of near
    words must lie within one of them. Fields that only a reader knows (`tag`, `is`, `who` ...)
    raise ValueError, as do a range of anything but a date and a word of a date.

Scores
    Terms, phrases and near words of the title and the text score by `index.analysis.weights`:
    a phrase counts once for each place where it begins, near words once for each field. Any
    other match on a field of words or values (patterns, spelling, source, author, place, lang,
    entity) adds `WORD_CONSTANT`. Ranges, sets of ids, negations and "everything" add nothing.
    And and Or add up the clauses that match.

Order
    Ties go to the newer document (`published`, else `added`), then to the higher id. Sources and
    titles are compared folded.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from index.analysis import fold, places
from index.analysis.sequences import follow, gather
from index.analysis.weights import (
    TEXT_WEIGHT,
    TITLE_WEIGHT,
    WORD_CONSTANT,
    Totals,
    rarity,
    saturate,
    text_norm,
    title_norm,
)
from index.analysis.words import (
    StartsWith,
    WordLeaf,
    WordTest,
    completion_test,
    is_weighed,
    may_be_misspelt,
    rank_completions,
    rank_spellings,
    searched_fields,
    spelling_test,
    value_test,
    word_tests,
)
from index.api import (
    Capabilities,
    Document,
    Facets,
    IndexStatus,
    Match,
    MatchPage,
    month_of,
)
from index.query import (
    DATE_FIELDS,
    KEY_FIELDS,
    And,
    Everything,
    IdSet,
    InSet,
    Near,
    Not,
    Or,
    Query,
    Range,
    Sort,
)


class MemoryIndex:
    """A full-text index that lives as long as the object."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(name="memory", durable=False)

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        for gone in remove:
            self._entries.pop(gone, None)
        for document in put:
            self._entries[document.id] = _Entry.read(document)

    def merge(self) -> bool:
        return False

    def search(
        self, query: Query, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20
    ) -> MatchPage:
        ranked = _Run(self._entries).order(query, sort)
        scored = sort is Sort.RELEVANCE
        page = islice(ranked.items(), offset, offset + limit)
        matches = tuple(Match(doc, score if scored else 0.0) for doc, score in page)
        return MatchPage(matches, len(ranked))

    def order(self, query: Query, *, sort: Sort = Sort.RELEVANCE) -> array[int]:
        return array("q", _Run(self._entries).order(query, sort))

    def ids(self, query: Query) -> IdSet:
        return IdSet(_Run(self._entries).scores(query))

    def facets(self, query: Query, *, limit: int = 20) -> Facets:
        found = [self._entries[i].document for i in _Run(self._entries).scores(query)]
        return Facets.from_counts(
            entities=Counter(str(entity) for d in found for entity in d.entities),
            sources=Counter(d.source for d in found if d.source),
            months=Counter(month_of(d.published) for d in found if d.published is not None),
            limit=limit,
        )

    def suggest(self, word: str, *, limit: int = 3) -> Sequence[str]:
        test = spelling_test(word)
        return rank_spellings(test, self._known(test), limit) if test else []

    def complete(self, lead: str, *, limit: int = 10) -> Sequence[str]:
        test = completion_test(lead)
        if test is None:
            return []
        known = self._known(StartsWith(test.form))
        if may_be_misspelt(test.form, len(known)):
            known = self._known(test)
        return rank_completions(test, known, limit)

    def _known(self, test: WordTest) -> Counter[str]:
        """The words of titles and texts that `test` accepts, with the documents that hold them."""
        known: Counter[str] = Counter()
        for entry in self._entries.values():
            words = entry.words["title"].keys() | entry.words["text"].keys()
            known.update(form for form in words if test.accepts(form))
        return known

    def document_ids(self) -> IdSet:
        return IdSet(self._entries)

    def status(self) -> IndexStatus:
        return IndexStatus(len(self._entries), segments=1, size=0, format="memory")

    def check(self) -> None:
        """There are no files that could be damaged."""

    def close(self) -> None:
        self._entries.clear()


@dataclass(frozen=True, slots=True)
class _Entry:
    """A document with its words: for each field of words, the places of every form."""

    document: Document
    words: dict[str, dict[str, list[int]]]
    title_length: int
    text_length: int

    @classmethod
    def read(cls, document: Document) -> _Entry:
        words = {
            "title": places((document.title,)),
            "text": places((document.text,)),
            "source": places((document.source,)),
            "author": places(document.authors),
            "place": places((document.place,)),
        }
        lengths = (sum(map(len, words[field].values())) for field in ("title", "text"))
        return cls(document, words, *lengths)

    @property
    def when(self) -> int:
        published = self.document.published
        return self.document.added if published is None else published

    def values(self, field: str) -> Iterable[str]:
        """The whole values of a key field."""
        if field == "entity":
            return map(str, self.document.entities)
        return (self.document.lang,) if self.document.lang else ()

    def moment(self, field: str) -> int | None:
        return self.document.published if field == "date" else self.document.added


class _Run:
    """One query over one state of the index."""

    def __init__(self, entries: dict[int, _Entry]) -> None:
        self._entries = entries

    def order(self, query: Query, sort: Sort) -> dict[int, float]:
        """The documents that match, in order, with their scores."""
        scores = self.scores(query)
        leading = self._leading_key(sort, scores)
        ranked = sorted(scores, key=lambda doc: (leading(doc), -self._entries[doc].when, -doc))
        return {doc: scores[doc] for doc in ranked}

    def scores(self, query: Query) -> dict[int, float]:
        """The documents that match and what each scores."""
        match query:
            case And():
                rows = [self.scores(clause) for clause in query.clauses]
                common = set(self._entries).intersection(*rows)
                totals = _add_up(rows)
                return {doc: totals.get(doc, 0.0) for doc in common}
            case Or():
                return _add_up(map(self.scores, query.clauses))
            case Everything() | InSet() | Range() | Not():
                return dict.fromkeys(self._selected(query), 0.0)
            case _:
                return self._leaf_scores(query)

    def _selected(self, query: Everything | InSet | Range | Not) -> Iterable[int]:
        """The documents that match what adds nothing to a score."""
        match query:
            case Everything():
                return self._entries
            case InSet():
                return [doc for doc in query.ids if doc in self._entries]
            case Range():
                return self._in_range(query)
            case _:
                return self._entries.keys() - self.scores(query.clause).keys()

    def _in_range(self, query: Range) -> list[int]:
        if query.field not in DATE_FIELDS:
            raise ValueError(f"field {query.field!r} has no range")
        moments = ((doc, entry.moment(query.field)) for doc, entry in self._entries.items())
        return [
            doc
            for doc, moment in moments
            if moment is not None
            and (query.start is None or query.start <= moment)
            and (query.end is None or moment < query.end)
        ]

    def _leaf_scores(self, leaf: WordLeaf) -> dict[int, float]:
        found = self._count_places(leaf)
        if not is_weighed(leaf):
            return dict.fromkeys(found, WORD_CONSTANT)
        totals = Totals(
            len(self._entries),
            sum(entry.title_length for entry in self._entries.values()),
            sum(entry.text_length for entry in self._entries.values()),
        )
        idf = rarity(totals, len(found))
        scores = {}
        for doc, counts in found.items():
            entry = self._entries[doc]
            weight = TITLE_WEIGHT * counts.get("title", 0) / title_norm(totals, entry.title_length)
            weight += TEXT_WEIGHT * counts.get("text", 0) / text_norm(totals, entry.text_length)
            scores[doc] = saturate(idf, weight)
        return scores

    def _count_places(self, leaf: WordLeaf) -> dict[int, dict[str, int]]:
        """How often each document that matches does so, by field."""
        fields = searched_fields(leaf)
        tests = (value_test(leaf),) if leaf.field in KEY_FIELDS else word_tests(leaf)
        counted = {
            doc: {field: _count(leaf, tests, entry, field) for field in fields}
            for doc, entry in self._entries.items()
        }
        return {doc: counts for doc, counts in counted.items() if any(counts.values())}

    def _leading_key(self, sort: Sort, scores: dict[int, float]) -> Callable[[int], float | str]:
        """What the order looks at before ties."""
        entries = self._entries
        match sort:
            case Sort.RELEVANCE:
                return lambda doc: -scores[doc]
            case Sort.NEWEST:
                return lambda doc: -entries[doc].when
            case Sort.OLDEST:
                return lambda doc: entries[doc].when
            case Sort.SOURCE:
                return lambda doc: fold(entries[doc].document.source)
            case Sort.LONGEST:
                return lambda doc: -entries[doc].text_length
            case _:  # Sort.TITLE
                return lambda doc: fold(entries[doc].document.title)


def _add_up(rows: Iterable[Mapping[int, float]]) -> dict[int, float]:
    """The sum of every document, added in the order of the rows."""
    totals: dict[int, float] = {}
    for row in rows:
        for doc, score in row.items():
            totals[doc] = totals.get(doc, 0.0) + score
    return totals


def _count(leaf: WordLeaf, tests: Sequence[WordTest], entry: _Entry, field: str) -> int:
    """How often one field of a document matches."""
    if field in KEY_FIELDS:
        return sum(map(tests[0].accepts, entry.values(field)))
    rows = []
    for test in tests:
        accepted = (row for form, row in entry.words[field].items() if test.accepts(form))
        rows.append(sorted({position for row in accepted for position in row}))
    if not rows or not all(rows):
        return 0
    if isinstance(leaf, Near):
        return 1 if gather(rows, leaf.distance) else 0
    return len(follow(rows))
