"""Words that stand together: phrases, and words near each other.

A token is a pair of document and place in one number.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from index.analysis.words import StemIs, WordTest
from index.whoosh_backend.arrays import Array, Ints, first_of_runs, high
from index.whoosh_backend.dictionary import Ordinals
from index.whoosh_backend.snapshot import Part


def find_words(test: WordTest, part: Part, field: str) -> Ordinals:
    """The forms that a test accepts, by their lists in a field."""
    if isinstance(test, StemIs):
        return part.view.stemmed(field).forms_of(test.stem)
    return part.view.words(field).dictionary.matching(test)


def sequences(tests: Sequence[WordTest], part: Part, field: str) -> tuple[Ints, Array]:
    """The documents where words that pass the tests follow one another, with how often."""
    begins = [row - step for step, row in enumerate(_tokens(tests, part, field))]
    docs = high(reduce(_in_both, sorted(begins, key=len)))
    firsts = first_of_runs(docs)
    return docs[firsts], np.diff(firsts, append=len(docs))


def near(tests: Sequence[WordTest], distance: int, part: Part, field: str) -> tuple[Ints, Array]:
    """The documents where words that pass the tests stand in one window, the last of them at
    most `distance` places after the first; with a one for each."""
    rows = _tokens(tests, part, field)
    tokens = np.concatenate(rows)
    order = np.argsort(tokens, kind="stable")
    tokens = tokens[order]
    words = np.repeat(np.arange(len(rows)), list(map(len, rows)))[order]
    # A window ends at a token when every word was last met in it.
    earliest = tokens
    for word in range(len(rows)):
        last_met = np.maximum.accumulate(np.where(words == word, tokens, -1))
        earliest = np.minimum(earliest, last_met)
    docs = high(tokens)
    begins = np.maximum(tokens - distance, docs << 32)
    docs = docs[earliest >= begins]
    docs = docs[first_of_runs(docs)]
    return docs, np.ones(len(docs), np.uint8)


def _tokens(tests: Sequence[WordTest], part: Part, field: str) -> list[Ints]:
    """The tokens of each word, in documents that hold all of them."""
    lists = part.view.words(field)
    rows = [find_words(test, part, field) for test in tests]
    if not all(map(len, rows)):
        return [np.zeros(0, np.int64) for _ in tests]
    wanted = part.live
    for ordinals in rows:
        mask = np.zeros(part.size, bool)
        mask[lists.docs_of(ordinals).astype(np.int64)] = True
        wanted = wanted & mask
    if not wanted.any():
        return [np.zeros(0, np.int64) for _ in tests]
    return [lists.placed(ordinals, wanted) for ordinals in rows]


def _in_both(one: Ints, other: Ints) -> Ints:
    """What two arrays without repeats have in common, rising."""
    tokens = np.concatenate([one, other])
    tokens.sort()
    return np.compress(tokens[1:] == tokens[:-1], tokens[1:])
