"""What a query asks of single words: the leaves of the query tree as tests on forms.

`word_tests` turns a leaf into one test for each word it is made of. Backends look the tests
up in their dictionaries; highlighting runs them over the tokens of a text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias, TypeGuard

from index.analysis.tokens import stem, tokens
from index.query import (
    ANYWHERE,
    KEY_FIELDS,
    TEXT_FIELDS,
    Fuzzy,
    Near,
    Phrase,
    Prefix,
    Query,
    Term,
    Wildcard,
)

_LONG_WORD = 5

SHORTEST_MISSPELT = 3
"""Letters of a beginning from which on it may be misspelt."""

FEW_COMPLETIONS = 3
"""Words below which it is asked whether a beginning is misspelt."""

STEMMED_FIELDS = (ANYWHERE, "title", "text")
"""Fields where a plain word stands for every word of its stem."""


@dataclass(frozen=True, slots=True)
class StemIs:
    """Words whose stem is `stem`."""

    stem: str

    def accepts(self, form: str) -> bool:
        return stem(form) == self.stem


@dataclass(frozen=True, slots=True)
class FormIs:
    """The word `form` itself."""

    form: str

    def accepts(self, form: str) -> bool:
        return form == self.form


@dataclass(frozen=True, slots=True)
class StartsWith:
    """Words that begin with `lead`."""

    lead: str

    def accepts(self, form: str) -> bool:
        return form.startswith(self.lead)


@dataclass(frozen=True, slots=True)
class Fits:
    """Words that fit a wildcard pattern; `lead` is what stands before its first wildcard."""

    pattern: str
    lead: str
    fits: re.Pattern[str]

    def accepts(self, form: str) -> bool:
        return self.fits.fullmatch(form) is not None


@dataclass(frozen=True, slots=True)
class CloseTo:
    """Words within `distance` edits of `form`; `lead`, its first letter, is fixed."""

    form: str
    distance: int
    lead: str

    def accepts(self, form: str) -> bool:
        return form[:1] == self.lead and within(form, self.form, self.distance)


@dataclass(frozen=True, slots=True)
class StartsLike:
    """Words that begin with `form` or with something one edit away from it; `lead`, its first
    letter, is fixed."""

    form: str
    lead: str

    def accepts(self, form: str) -> bool:
        return form[:1] == self.lead and starts_like(form, self.form)


FormTest: TypeAlias = FormIs | StartsWith | Fits | CloseTo | StartsLike
"""Tests that look at nothing but the letters of a form."""

WordTest: TypeAlias = StemIs | FormTest

WordLeaf: TypeAlias = Term | Phrase | Near | Prefix | Wildcard | Fuzzy


def searched_fields(leaf: WordLeaf) -> tuple[str, ...]:
    """The fields a leaf looks at; ValueError for one that is not made of words or values."""
    if leaf.field == ANYWHERE:
        return ("title", "text")
    if leaf.field in TEXT_FIELDS or leaf.field in KEY_FIELDS:
        return (leaf.field,)
    raise ValueError(f"field {leaf.field!r} cannot be searched for words")


def is_weighed(query: Query) -> TypeGuard[Term | Phrase | Near]:
    """Whether a query is a leaf that scores by frequency, and not by a constant."""
    return isinstance(query, Term | Phrase | Near) and query.field in STEMMED_FIELDS


def word_tests(leaf: WordLeaf) -> tuple[WordTest, ...]:
    """One test for each word of a leaf on a field of words; none: it matches nothing.

    Several tests of any leaf but Near are words that follow one another.
    """
    match leaf:
        case Term():
            return _plain_tests(leaf.text, stemmed=leaf.field in STEMMED_FIELDS and not leaf.exact)
        case Phrase():
            return _joined_tests(leaf)
        case Near():
            return tuple(dict.fromkeys(_joined_tests(leaf))) if leaf.distance >= 0 else ()
        case Prefix():
            found = [token.form for token in tokens(leaf.text)]
            lead = tuple(FormIs(form) for form in found[:-1])
            return (*lead, StartsWith(found[-1])) if found else ()
        case Wildcard():
            return _wildcard_tests(leaf.pattern)
        case _:
            found = [token.form for token in tokens(leaf.text)]
            return tuple(CloseTo(form, leaf.distance, form[:1]) for form in found)


def value_test(leaf: WordLeaf) -> FormTest:
    """The test of a leaf on a field of whole values, which are neither cut nor folded."""
    match leaf:
        case Term():
            return FormIs(leaf.text)
        case Phrase() | Near():
            return FormIs(" ".join(leaf.words))
        case Prefix():
            return StartsWith(leaf.text)
        case Wildcard():
            return _fits(leaf.pattern)
        case _:
            return CloseTo(leaf.text, leaf.distance, leaf.text[:1])


def spelling_test(word: str) -> CloseTo | None:
    """The test for words that `word` may be a misspelling of, None when it is not one word."""
    found = [token.form for token in tokens(word)]
    if len(found) != 1:
        return None
    return CloseTo(found[0], 1 if len(found[0]) < _LONG_WORD else 2, found[0][:1])


def completion_test(lead: str) -> StartsLike | None:
    """The test for words that `lead` may be the beginning of, None when it is not one word."""
    found = [token.form for token in tokens(lead)]
    return StartsLike(found[0], found[0][:1]) if len(found) == 1 else None


def may_be_misspelt(lead: str, words: int) -> bool:
    """Whether a beginning that so many words have is to be taken for a misspelt one too."""
    return words < FEW_COMPLETIONS and len(lead) >= SHORTEST_MISSPELT


def rank_completions(test: StartsLike, known: Mapping[str, int], limit: int) -> list[str]:
    """The likeliest of `known` words (with the documents that hold them): those that begin just
    so first, then many documents, then by letter."""
    ranked = sorted(known, key=lambda form: (not form.startswith(test.form), -known[form], form))
    return ranked[:limit]


def rank_spellings(test: CloseTo, known: Mapping[str, int], limit: int) -> list[str]:
    """The likeliest of `known` words (with the documents that hold them): few edits first,
    then many documents, then by letter. The word itself is none of them."""
    others = [form for form in known if form != test.form]
    others.sort(key=lambda form: (not within(form, test.form, 1), -known[form], form))
    return others[:limit]


def within(one: str, other: str, distance: int) -> bool:
    """Whether `distance` edits make `one` into `other`, no stretch being edited twice.

    An edit inserts, deletes or replaces a character or swaps two neighbours.
    """
    if one == other:
        return True
    if distance == 0 or abs(len(one) - len(other)) > distance:
        return False
    start = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        start += 1
    one, other = one[start:], other[start:]
    return (
        within(one[1:], other[1:], distance - 1)
        or within(one[1:], other, distance - 1)
        or within(one, other[1:], distance - 1)
        or (one[:2] == other[1::-1] and within(one[2:], other[2:], distance - 1))
    )


def starts_like(form: str, lead: str) -> bool:
    """Whether `form` begins with `lead` or with something one edit away from it."""
    ends = (len(lead), len(lead) - 1, len(lead) + 1)
    return form.startswith(lead) or any(within(form[:end], lead, 1) for end in ends)


def _plain_tests(text: str, *, stemmed: bool) -> tuple[WordTest, ...]:
    return tuple(StemIs(t.stem) if stemmed else FormIs(t.form) for t in tokens(text))


def _joined_tests(leaf: Phrase | Near) -> tuple[WordTest, ...]:
    stemmed = leaf.field in STEMMED_FIELDS
    return tuple(test for word in leaf.words for test in _plain_tests(word, stemmed=stemmed))


_WILD = re.compile(r"[*?]")
# Letters no text uses stand for the wildcards while the pattern is cut into words.
_TO_LETTERS = str.maketrans({"*": "\U00013000", "?": "\U00013001"})
_FROM_LETTERS = str.maketrans({"\U00013000": "*", "\U00013001": "?"})


def _wildcard_tests(pattern: str) -> tuple[WordTest, ...]:
    """The pattern cut where a text would be cut; a piece of wildcards alone is left out."""
    pieces = [t.form.translate(_FROM_LETTERS) for t in tokens(pattern.translate(_TO_LETTERS))]
    return tuple(
        _fits(piece) if _WILD.search(piece) else FormIs(piece)
        for piece in pieces
        if piece.strip("*?")
    )


def _fits(pattern: str) -> Fits:
    lead = _WILD.split(pattern, maxsplit=1)[0]
    wild = {"*": ".*", "?": "."}
    expression = "".join(wild.get(char) or re.escape(char) for char in pattern)
    return Fits(pattern, lead, re.compile(expression, re.DOTALL))
