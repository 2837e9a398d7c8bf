"""Where the leaves of a query stand in a text.

Only the stretches of a text that may hold a word of the query are cut into words, and what a
stretch holds is kept for the texts that follow: a screen of results repeats itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.analysis.leads import Leads, Stretch
from index.analysis.sequences import follow, gather
from index.analysis.tokens import Token, count_tokens, tokens
from index.analysis.words import FormIs, StemIs, WordLeaf, WordTest, word_tests
from index.query import Near

_LONGEST_KEPT = 64
"""Code points of a stretch that is kept: longer ones seldom come again."""

_MOST_KEPT = 10_000
"""Stretches kept, and forms."""


class _Content(NamedTuple):
    """How many tokens a stretch holds, and those of them that pass tests, with the numbers of
    these tests."""

    size: int
    hits: tuple[tuple[Token, tuple[int, ...]], ...]


class HitFinder:
    """Finds the same leaves in text after text."""

    def __init__(self, leaves: Iterable[WordLeaf]) -> None:
        asked = [(leaf, word_tests(leaf)) for leaf in leaves]
        tests = dict.fromkeys(test for _, some in asked for test in some)
        numbers = {test: number for number, test in enumerate(tests)}
        self._leaves = [(leaf, [numbers[test] for test in some]) for leaf, some in asked]
        self._reach = max((_reach(leaf, len(some)) for leaf, some in asked), default=0)
        self._count = len(numbers)
        self._tests = _Tests(numbers)
        self._leads = Leads(numbers)
        self._kept: dict[str, _Content] = {}

    def find(self, text: str) -> list[Stretch]:
        """The stretches of `text` that match a leaf, leaf by leaf. They may overlap."""
        if not self._count:
            return []
        rows, bounds = self._places(text)
        return [
            stretch
            for leaf, numbers in self._leaves
            for stretch in _stretches(leaf, [rows[number] for number in numbers], bounds)
        ]

    def _places(self, text: str) -> tuple[list[list[int]], dict[int, Stretch]]:
        """For each test the positions of the words that pass it, and where in the text they are.

        Positions leave out what lies between two stretches beyond what any leaf reaches over.
        """
        rows: list[list[int]] = [[] for _ in range(self._count)]
        bounds = {}
        position = done = 0
        for start, end in self._leads.find(text):
            stretch = text[start:end]
            size, hits = self._kept.get(stretch) or self._read(stretch)
            if not hits:
                continue
            position += count_tokens(text, done, start, self._reach) if self._reach else 0
            for token, passed in hits:
                at = position + token.position
                bounds[at] = start + token.start, start + token.end
                for number in passed:
                    rows[number].append(at)
            position, done = position + size, end
        return rows, bounds

    def _read(self, stretch: str) -> _Content:
        found = tokens(stretch)
        hits = tuple((token, passed) for token in found if (passed := self._tests.passed(token)))
        content = _Content(len(found), hits)
        if len(stretch) <= _LONGEST_KEPT and len(self._kept) < _MOST_KEPT:
            self._kept[stretch] = content
        return content


class _Tests:
    """Numbered tests, and which of them a token passes."""

    def __init__(self, numbers: Mapping[WordTest, int]) -> None:
        self._by_stem = {test.stem: at for test, at in numbers.items() if isinstance(test, StemIs)}
        self._by_form = {test.form: at for test, at in numbers.items() if isinstance(test, FormIs)}
        self._others = [
            (test, at) for test, at in numbers.items() if not isinstance(test, StemIs | FormIs)
        ]
        self._fitting = lru_cache(maxsize=_MOST_KEPT)(self._fit)

    def passed(self, token: Token) -> tuple[int, ...]:
        """The numbers of the tests that `token` passes."""
        passed = self._fitting(token.form) if self._others else ()
        if token.stem in self._by_stem:
            passed += (self._by_stem[token.stem],)
        if token.form in self._by_form:
            passed += (self._by_form[token.form],)
        return passed

    def _fit(self, form: str) -> tuple[int, ...]:
        return tuple(at for test, at in self._others if test.accepts(form))


def _reach(leaf: WordLeaf, words: int) -> int:
    """Up to how many words between two words of `leaf` make a difference."""
    if words < 2:
        return 0
    return leaf.distance if isinstance(leaf, Near) else 1


def _stretches(
    leaf: WordLeaf, rows: Sequence[Sequence[int]], bounds: Mapping[int, Stretch]
) -> list[Stretch]:
    """Where `leaf` matches, given the positions of its words and the bounds of each position."""
    if not rows or not all(rows):
        return []
    if isinstance(leaf, Near):
        return [bounds[at] for at in gather(rows, leaf.distance)]
    return [(bounds[at][0], bounds[at + len(rows) - 1][1]) for at in follow(rows)]
