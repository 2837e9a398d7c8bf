"""Which documents match: a query run over the arrays of one segment after the other.

Documents are numbers of one part, rising, in 16 bits; a mask has a truth for each of its documents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.analysis.words import (
    StemIs,
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
from index.whoosh_backend.arrays import Array
from index.whoosh_backend.records import UNKNOWN
from index.whoosh_backend.sequences import find_words, near, sequences
from index.whoosh_backend.snapshot import Part, Snapshot

Docs = NDArray[np.uint16]
Mask = NDArray[np.bool_]

_NONE: Docs = np.zeros(0, np.uint16)
_NOTHING: tuple[Docs, Array] = (_NONE, np.zeros(0, np.uint8))
_MUCH_SMALLER = 16
"""So many times smaller a set is looked up in another one instead of being marked in a mask."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The documents of a part that match a leaf, with how often: `in_text` for each of `docs`,
    `in_title` for those at the places `titled` of `docs`."""

    docs: Docs
    in_text: Array
    titled: Array
    in_title: Array


class Matching:
    """One query over one snapshot. A leaf is worked out once for each part."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._counted: dict[tuple[int, WordLeaf], Counted] = {}
        self._found: dict[tuple[int, WordLeaf], Docs] = {}

    def docs(self, query: Query, part: Part) -> Docs:
        """The documents of a part that match, none of them deleted."""
        match query:
            case And():
                return self._all(query.clauses, part)
            case Or():
                return docs_of(part, (self.docs(clause, part) for clause in query.clauses))
            case Not():
                return without(everything(part), self.docs(query.clause, part), part)
            case Everything() | InSet() | Range():
                return _select(query, part)
            case _:
                return self._leaf_docs(query, part)

    def counted(self, leaf: WordLeaf, part: Part) -> Counted:
        """How often the documents of a part match a leaf on title or text."""
        key = (part.number, leaf)
        if key not in self._counted:
            self._counted[key] = _count(leaf, part)
        return self._counted[key]

    def _all(self, clauses: Sequence[Query], part: Part) -> Docs:
        """What matches all: the words first, then what is taken away."""
        found: Docs | None = None
        for clause in sorted(clauses, key=_order_of_work):
            if found is not None and not len(found):
                break
            if isinstance(clause, Not) and found is not None:
                found = without(found, self.docs(clause.clause, part), part)
            else:
                docs = self.docs(clause, part)
                found = docs if found is None else common(found, docs, part)
        return everything(part) if found is None else found

    def _leaf_docs(self, leaf: WordLeaf, part: Part) -> Docs:
        if is_weighed(leaf):
            return self.counted(leaf, part).docs
        key = (part.number, leaf)
        if key not in self._found:
            self._found[key] = _find(leaf, part)
        return self._found[key]


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


def everything(part: Part) -> Docs:
    """The documents of a part that are there."""
    return np.flatnonzero(part.live).astype(np.uint16)


def docs_of(part: Part, rows: Iterable[Array]) -> Docs:
    """The documents that are there and in one row at least."""
    mask = np.zeros(part.size, bool)
    for row in rows:
        mask[row] = True
    return _docs_in(mask, part)


def common(one: Docs, other: Docs, part: Part) -> Docs:
    """The documents in both."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) * _MUCH_SMALLER < len(other):
        at = np.searchsorted(other, one)
        at[at == len(other)] = 0
        return np.compress(other[at] == one, one)
    return one[_mask_of(other, part)[one]]


def without(one: Docs, other: Docs, part: Part) -> Docs:
    """The documents of one that are not in the other."""
    return one[~_mask_of(other, part)[one]] if len(other) else one


def _mask_of(docs: Docs, part: Part) -> Mask:
    mask = np.zeros(part.size, bool)
    mask[docs] = True
    return mask


def _docs_in(mask: Mask, part: Part) -> Docs:
    if len(part.deleted):
        mask = mask & part.live
    return np.flatnonzero(mask).astype(np.uint16)


def _order_of_work(clause: Query) -> int:
    match clause:
        case Not():
            return 2
        case Everything() | InSet() | Range():
            return 1
        case _:
            return 0


def _select(query: Everything | InSet | Range, part: Part) -> Docs:
    """The documents that match what needs no words."""
    match query:
        case Everything():
            return everything(part)
        case InSet():
            ids = np.frombuffer(query.ids.rising, np.int64)
            return _docs_in(part.view.records.mask_of(ids), part)
        case _:
            return _in_range(query, part)


def _in_range(query: Range, part: Part) -> Docs:
    records = part.view.records
    dated = query.field == "date"
    first, last = records.date_span if dated else records.added_span
    start = UNKNOWN + 1 if query.start is None else max(query.start, UNKNOWN + 1)
    if last < start or (query.end is not None and first >= query.end):
        return _NONE
    if start <= first and (query.end is None or last < query.end):
        return everything(part)
    moments = records.published if dated else records.added
    mask = moments >= start
    return _docs_in(mask if query.end is None else mask & (moments < query.end), part)


def _find(leaf: WordLeaf, part: Part) -> Docs:
    """The documents that match a leaf of which nothing is counted."""
    if leaf.field in KEY_FIELDS:
        lists = part.view.values(leaf.field)
        return docs_of(part, [lists.docs_of(lists.dictionary.matching(value_test(leaf)))])
    tests, fields = word_tests(leaf), searched_fields(leaf)
    if len(tests) == 1:
        return docs_of(part, [_docs_with(tests[0], part, field) for field in fields])
    return docs_of(part, [_count_field(leaf, tests, part, field)[0] for field in fields])


def _docs_with(test: WordTest, part: Part, field: str) -> Docs:
    lists = part.view.words(field)
    return lists.docs_of(find_words(test, part, field))


def _count(leaf: WordLeaf, part: Part) -> Counted:
    """A leaf on title or text, counted."""
    fields = searched_fields(leaf)
    tests = word_tests(leaf)
    rows = {field: _count_field(leaf, tests, part, field) for field in fields}
    text, title = rows.get("text", _NOTHING), rows.get("title", _NOTHING)
    return _side_by_side(_live(text, part), _live(title, part), part)


def _count_field(
    leaf: WordLeaf, tests: Sequence[WordTest], part: Part, field: str
) -> tuple[Docs, Array]:
    """The documents where a field matches a leaf, with how often."""
    if not tests:
        return _NOTHING
    if len(tests) > 1:
        if isinstance(leaf, Near):
            return near(tests, leaf.distance, part, field)
        return sequences(tests, part, field)
    docs, counts = _count_word(tests[0], part, field)
    return docs, np.ones(len(docs), np.uint8) if isinstance(leaf, Near) else counts


def _count_word(test: WordTest, part: Part, field: str) -> tuple[Docs, Array]:
    """The documents that hold the word of a weighed leaf, with how often."""
    lists = part.view.words(field)
    if isinstance(test, StemIs):
        number = part.view.stemmed(field).find_stem(test.stem)
    else:
        number = next(iter(find_words(test, part, field).tolist()), None)
    return _NOTHING if number is None else (lists.docs(number), lists.counts(number))


def _live(row: tuple[Docs, Array], part: Part) -> tuple[Docs, Array]:
    docs, counts = row
    if not len(part.deleted):
        return row
    kept = part.live[docs]
    return docs[kept], counts[kept]


def _side_by_side(text: tuple[Docs, Array], title: tuple[Docs, Array], part: Part) -> Counted:
    """What was counted in the text and in the title, as one."""
    (docs, in_text), (titled_docs, in_title) = text, title
    titled = np.searchsorted(docs, titled_docs)
    if len(docs) and (docs[np.minimum(titled, len(docs) - 1)] == titled_docs).all():
        return Counted(docs, in_text, titled, in_title)
    every = docs_of(part, (docs, titled_docs))
    counts = np.zeros(len(every), in_text.dtype)
    counts[np.searchsorted(every, docs)] = in_text
    return Counted(every, counts, np.searchsorted(every, titled_docs), in_title)
