"""Which documents match: a query run over whole posting lists as sets of document numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from index.analysis.sequences import gather
from index.analysis.words import (
    WordLeaf,
    WordTest,
    is_weighed,
    searched_fields,
    value_test,
    word_tests,
)
from index.query import (
    DATE_FIELDS,
    KEY_FIELDS,
    And,
    Everything,
    InSet,
    Near,
    Not,
    Or,
    Query,
    Range,
)
from index.whoosh_backend.codec import Postings
from index.whoosh_backend.records import UNKNOWN
from index.whoosh_backend.snapshot import Part, Snapshot

Docs = Set[int]
"""Numbers of documents within one part."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents of a part that match a leaf, with how often by field of words."""

    title: Mapping[int, int]
    text: Mapping[int, int]


class Matching:
    """One query over one snapshot. A leaf is worked out once for each part."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._docs: dict[tuple[int, WordLeaf], Docs] = {}
        self._counted: dict[tuple[int, WordLeaf], Counted] = {}

    def docs(self, query: Query, part: Part) -> Docs:
        """The documents of a part that match, none of them deleted."""
        match query:
            case Everything() | InSet() | Range():
                return _select(query, part)
            case And():
                return self._common(query, part)
            case Or():
                return set().union(*(self.docs(clause, part) for clause in query.clauses))
            case Not():
                return part.live - self.docs(query.clause, part)
            case _:
                return self._leaf_docs(query, part)

    def counted(self, leaf: WordLeaf, part: Part) -> Counted:
        """How often the documents of a part match a leaf on title or text."""
        key = (part.number, leaf)
        if key not in self._counted:
            fields = searched_fields(leaf)
            tests = word_tests(leaf)
            counts = {field: _count_places(leaf, tests, part, field) for field in fields}
            self._counted[key] = Counted(counts.get("title", {}), counts.get("text", {}))
        return self._counted[key]

    def _common(self, query: And, part: Part) -> Docs:
        found: Docs = part.live
        for clause in query.clauses:
            if not found:
                break
            found = found & self.docs(clause, part)
        return found

    def _leaf_docs(self, leaf: WordLeaf, part: Part) -> Docs:
        key = (part.number, leaf)
        if key not in self._docs:
            self._docs[key] = self._find_leaf(leaf, part)
        return self._docs[key]

    def _find_leaf(self, leaf: WordLeaf, part: Part) -> Docs:
        if is_weighed(leaf):
            counted = self.counted(leaf, part)
            return counted.title.keys() | counted.text.keys()
        fields = searched_fields(leaf)
        tests = (value_test(leaf),) if leaf.field in KEY_FIELDS else word_tests(leaf)
        if len(tests) == 1:
            return set().union(*(find_docs(tests[0], part, field) for field in fields))
        return set().union(*(_count_places(leaf, tests, part, field) for field in fields))


def check_fields(query: Query) -> None:
    """Raises ValueError for a field that the index does not know."""
    match query:
        case And() | Or():
            for clause in query.clauses:
                check_fields(clause)
        case Not():
            check_fields(query.clause)
        case Range():
            if query.field not in DATE_FIELDS:
                raise ValueError(f"field {query.field!r} has no range")
        case Everything() | InSet():
            pass
        case _:
            searched_fields(query)


def find_docs(test: WordTest, part: Part, field: str) -> Docs:
    """The documents of a part that hold a word `test` accepts."""
    found: set[int] = set()
    for term in part.view.find_words(field, test):
        found.update(part.view.postings(field, term).docs)
    return found - part.deleted


def _select(query: Everything | InSet | Range, part: Part) -> Docs:
    """The documents that match what needs no words."""
    match query:
        case Everything():
            return part.live
        case InSet():
            numbers = part.records.numbers_by_id
            return {numbers[i] for i in query.ids if i in numbers} - part.deleted
        case _:
            return _in_range(query, part)


def _in_range(query: Range, part: Part) -> Docs:
    moments = part.records.published if query.field == "date" else part.records.added
    start = UNKNOWN + 1 if query.start is None else max(query.start, UNKNOWN + 1)
    if query.end is None:
        found = {doc for doc, moment in enumerate(moments) if start <= moment}
    else:
        found = {doc for doc, moment in enumerate(moments) if start <= moment < query.end}
    return found - part.deleted


def _count_places(
    leaf: WordLeaf, tests: Sequence[WordTest], part: Part, field: str
) -> Mapping[int, int]:
    """The documents where a field matches a leaf, with how often."""
    if not tests:
        return {}
    if len(tests) == 1:
        counts = _count_words(tests[0], part, field)
        return dict.fromkeys(counts, 1) if isinstance(leaf, Near) else counts
    if isinstance(leaf, Near):
        return _count_near(tests, leaf.distance, part, field)
    return _count_phrases(tests, part, field)


def _count_words(test: WordTest, part: Part, field: str) -> dict[int, int]:
    """How often the words `test` accepts stand in each document."""
    counts: dict[int, int] = {}
    for postings in _read_lists(test, part, field):
        if counts:
            for doc, count in zip(postings.docs, postings.counts, strict=True):
                counts[doc] = counts.get(doc, 0) + count
        else:
            counts = dict(zip(postings.docs, postings.counts, strict=True))
    return _without(counts, part.deleted)


def _count_phrases(tests: Sequence[WordTest], part: Part, field: str) -> dict[int, int]:
    """How often words that pass the tests follow one another in each document."""
    steps = []
    for step, test in enumerate(tests):
        lists = _read_lists(test, part, field)
        if not lists:
            return {}
        steps.append((sum(len(row.places) for row in lists), step, lists))
    starts: set[tuple[int, int]] | None = None
    for _, step, lists in sorted(steps, key=itemgetter(0)):
        placed = chain.from_iterable(row.placed(step) for row in lists)
        starts = set(placed) if starts is None else starts.intersection(placed)
    counts = Counter(doc for doc, _ in starts or ())
    return _without(counts, part.deleted)


def _count_near(tests: Sequence[WordTest], distance: int, part: Part, field: str) -> dict[int, int]:
    """One for each document where words that pass the tests stand near each other."""
    rows = [_read_lists(test, part, field) for test in tests]
    common = set.intersection(*(set(chain.from_iterable(r.docs for r in row)) for row in rows))
    common -= part.deleted
    places: dict[int, list[list[int]]] = {doc: [[] for _ in rows] for doc in common}
    for at, row in enumerate(rows):
        for doc, found in chain.from_iterable(postings.items() for postings in row):
            if doc in places:
                places[doc][at].extend(found)
    return {doc: 1 for doc, found in places.items() if gather(found, distance)}


def _read_lists(test: WordTest, part: Part, field: str) -> list[Postings]:
    """The posting lists of the words `test` accepts that the part holds."""
    terms = part.view.find_words(field, test)
    return [row for row in (part.view.postings(field, term) for term in terms) if row]


def _without(row: dict[int, int], deleted: frozenset[int]) -> dict[int, int]:
    for doc in deleted & row.keys():
        del row[doc]
    return row
