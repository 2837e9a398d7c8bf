"""Which documents match: a query run over the arrays of one segment after the other.

The answer for a segment is a mask, a truth for each of its documents: masks are put together by
plain logic, whatever the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce

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
from index.whoosh_backend.arrays import Array, Ints
from index.whoosh_backend.records import UNKNOWN
from index.whoosh_backend.sequences import find_words, near, sequences
from index.whoosh_backend.snapshot import Part, Snapshot

Docs = Ints
"""Documents of a part, rising: in the width that arrays are indexed by, all others being slow."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Row:
    """Rising documents with how often each matches, deleted ones among them."""

    docs: Docs
    counts: Array


_FEW = 64
"""Of so many documents one may match for the matches to be few."""

NOTHING = Row(np.zeros(0, np.int64), np.zeros(0, np.uint8))


@dataclass(frozen=True, slots=True)
class Counted:
    """What of a part matches a leaf on title or text, and how often."""

    text: Row
    title: Row
    mask: Mask
    size: int

    def docs(self, part: Part) -> Docs:
        """What matches as numbers, of which most are known."""
        if len(part.deleted):
            return np.flatnonzero(self.mask)
        if self.size == len(self.text.docs):
            return self.text.docs
        if self.size * _FEW < part.size:
            return np.union1d(self.text.docs, self.title.docs)
        return np.flatnonzero(self.mask)


@dataclass(frozen=True, slots=True)
class Found:
    """Documents of a part that match, as a mask and as numbers."""

    part: Part
    mask: Mask
    docs: Docs


class Matching:
    """One query over one snapshot. A leaf is worked out once for each part."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._counted: dict[tuple[int, WordLeaf], Counted] = {}
        self._masks: dict[tuple[int, WordLeaf], Mask] = {}
        self._tests_of: dict[WordLeaf, tuple[WordTest, ...]] = {}

    def mask(self, query: Query, part: Part) -> Mask:
        """The documents of a part that match, none of them deleted. Not to be changed."""
        match query:
            case And():
                return self._all(query.clauses, part)
            case Or():
                masks = (self.mask(clause, part) for clause in query.clauses)
                return reduce(np.logical_or, masks, np.zeros(part.size, bool))
            case Not():
                return part.live & ~self.mask(query.clause, part)
            case Everything() | InSet() | Range():
                return _select(query, part) & part.live
            case _:
                return self._leaf_mask(query, part)

    def found(self, query: Query, part: Part) -> Found:
        """The same as `mask`, to be had as numbers too."""
        if is_weighed(query):
            counted = self.counted(query, part)
            return Found(part, counted.mask, counted.docs(part))
        mask = self.mask(query, part)
        return Found(part, mask, np.flatnonzero(mask))

    def counted(self, leaf: WordLeaf, part: Part) -> Counted:
        """How often the documents of a part match a leaf on title or text."""
        key = (part.number, leaf)
        if key not in self._counted:
            self._counted[key] = _count(leaf, self._tests(leaf), part)
        return self._counted[key]

    def _tests(self, leaf: WordLeaf) -> tuple[WordTest, ...]:
        if leaf not in self._tests_of:
            self._tests_of[leaf] = word_tests(leaf)
        return self._tests_of[leaf]

    def _all(self, clauses: Sequence[Query], part: Part) -> Mask:
        """What matches all; once nothing is left the rest is not looked at."""
        found = part.live
        for clause in clauses:
            found = found & self.mask(clause, part)
            if not found.any():
                break
        return found

    def _leaf_mask(self, leaf: WordLeaf, part: Part) -> Mask:
        if is_weighed(leaf):
            return self.counted(leaf, part).mask
        key = (part.number, leaf)
        if key not in self._masks:
            self._masks[key] = mask_of(self._find(leaf, part), part)
        return self._masks[key]

    def _find(self, leaf: WordLeaf, part: Part) -> list[Array]:
        """Rows of the documents that match a leaf of which nothing is counted."""
        if leaf.field in KEY_FIELDS:
            lists = part.view.values(leaf.field)
            return [lists.docs_of(lists.dictionary.matching(value_test(leaf)))]
        tests, fields = self._tests(leaf), searched_fields(leaf)
        if len(tests) == 1:
            return [_docs_with(tests[0], part, field) for field in fields]
        return [_count_field(leaf, tests, part, field).docs for field in fields]


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


def mask_of(rows: Iterable[Array], part: Part) -> Mask:
    """The documents that are there and in one row at least."""
    mask = np.zeros(part.size, bool)
    for row in rows:
        mask[row.astype(np.int64, copy=False)] = True
    if len(part.deleted):
        mask &= part.live
    return mask


def _select(query: Everything | InSet | Range, part: Part) -> Mask:
    """The documents that match what needs no words."""
    match query:
        case Everything():
            return part.live
        case InSet():
            ids = np.frombuffer(query.ids.rising, np.int64)
            return part.view.records.mask_of(ids)
        case _:
            return _in_range(query, part)


def _in_range(query: Range, part: Part) -> Mask:
    records = part.view.records
    dated = query.field == "date"
    first, last = records.date_span if dated else records.added_span
    start = UNKNOWN + 1 if query.start is None else max(query.start, UNKNOWN + 1)
    if last < start or (query.end is not None and first >= query.end):
        return np.zeros(part.size, bool)
    if start <= first and (query.end is None or last < query.end):
        return part.live
    moments = records.published if dated else records.added
    mask = moments >= start
    return mask if query.end is None else mask & (moments < query.end)


def _docs_with(test: WordTest, part: Part, field: str) -> Array:
    return part.view.words(field).docs_of(find_words(test, part, field))


def _count(leaf: WordLeaf, tests: Sequence[WordTest], part: Part) -> Counted:
    """A leaf on title or text, counted."""
    fields = searched_fields(leaf)
    rows = {field: _count_field(leaf, tests, part, field) for field in fields}
    text, title = rows.get("text", NOTHING), rows.get("title", NOTHING)
    mask = mask_of((text.docs, title.docs), part)
    return Counted(text, title, mask, int(np.count_nonzero(mask)))


def _count_field(leaf: WordLeaf, tests: Sequence[WordTest], part: Part, field: str) -> Row:
    """The documents where a field matches a leaf, with how often."""
    if not tests:
        return NOTHING
    if len(tests) > 1:
        if isinstance(leaf, Near):
            return Row(*near(tests, leaf.distance, part, field))
        return Row(*sequences(tests, part, field))
    row = _count_word(tests[0], part, field)
    return Row(row.docs, np.ones(len(row.docs), np.uint8)) if isinstance(leaf, Near) else row


def _count_word(test: WordTest, part: Part, field: str) -> Row:
    """The documents that hold the word of a weighed leaf, with how often."""
    lists = part.view.words(field)
    if isinstance(test, StemIs):
        number = part.view.stemmed(field).find_stem(test.stem)
    else:
        number = next(iter(find_words(test, part, field).tolist()), None)
    if number is None:
        return NOTHING
    docs, counts = lists.row(number)
    return Row(docs.astype(np.int64), counts)
