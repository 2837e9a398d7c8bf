"""Words of the index that a word may stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from index.analysis.words import (
    FormTest,
    StartsWith,
    completion_test,
    may_be_misspelt,
    rank_completions,
    rank_spellings,
    spelling_test,
)
from index.whoosh_backend.matching import mask_of
from index.whoosh_backend.schema import STEMMED, from_term, to_term
from index.whoosh_backend.snapshot import Part, Snapshot

_CANDIDATES = 32
"""Words of each part that are counted exactly, those of the longest lists."""


def suggest(snapshot: Snapshot, word: str, limit: int) -> Sequence[str]:
    """Words close in spelling to `word`, likeliest first."""
    test = spelling_test(word)
    if test is None:
        return []
    # Apart, since those two edits away may fill the room with words of longer lists.
    near = _candidates(snapshot, replace(test, distance=1))
    return rank_spellings(test, _count(snapshot, near | _candidates(snapshot, test)), limit)


def complete(snapshot: Snapshot, lead: str, limit: int) -> Sequence[str]:
    """Words that begin with `lead` or, when few do, nearly so; likeliest first."""
    test = completion_test(lead)
    if test is None:
        return []
    known = _count(snapshot, _candidates(snapshot, StartsWith(test.form)))
    if may_be_misspelt(test.form, len(known)):
        known = _count(snapshot, known.keys() | _candidates(snapshot, test))
    return rank_completions(test, known, limit)


def _candidates(snapshot: Snapshot, test: FormTest) -> set[str]:
    """Words that a test accepts: of each part those of the longest lists, by letter where
    these are level."""
    found: set[str] = set()
    for part in snapshot.parts:
        for field in STEMMED:
            lists = part.view.words(field)
            ordinals = lists.dictionary.matching(test)
            if len(ordinals) > _CANDIDATES:
                sizes = lists.sizes(int(ordinals[0]), int(ordinals[-1]) + 1)
                sizes = sizes[ordinals - ordinals[0]]
                ordinals = ordinals[np.argsort(-sizes, kind="stable")[:_CANDIDATES]]
            found.update(from_term(lists.dictionary.term(one)) for one in ordinals.tolist())
    return found


def _count(snapshot: Snapshot, words: Sequence[str] | set[str]) -> Counter[str]:
    """How many documents hold each word in title or text, words of none left out."""
    known: Counter[str] = Counter()
    for part in snapshot.parts:
        for word in words:
            known[word] += _documents_with(part, to_term(word))
    return +known


def _documents_with(part: Part, term: bytes) -> int:
    rows = []
    for field in STEMMED:
        lists = part.view.words(field)
        ordinal = lists.dictionary.find(term)
        if ordinal is not None:
            rows.append(lists.docs(ordinal))
    if len(rows) == 1 and not len(part.deleted):
        return len(rows[0])
    return int(np.count_nonzero(mask_of(rows, part))) if rows else 0
