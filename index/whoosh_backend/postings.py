"""The posting lists of one field of a segment: in memory as they are made, and in its file.

A list names the documents that hold a word in rising order, how often each does and at which
places. In a stemmed field the lists of the forms are followed by one for each stem of several
forms: what a plain word is looked up in is always a single list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.whoosh_backend.arrays import (
    DOC_BITS,
    Array,
    Ints,
    fewest_bits,
    first_of_runs,
    high,
    join,
    low,
    pack,
    run_places,
    starts_of,
)
from index.whoosh_backend.dictionary import Dictionary, Ordinals, add_dictionary, order_of
from index.whoosh_backend.schema import to_term
from index.whoosh_backend.sections import Narrow, Sections, SectionWriter, add_narrow

AT_ONCE = 1 << 20
"""Postings worked on in one step, which bounds the memory it takes."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists one after the other: `sizes` of them in postings, and of each posting the
    document and the count of its places."""

    sizes: Array
    docs: Array
    counts: Array


@dataclass(frozen=True, slots=True)
class FieldLists:
    """The lists of a field, one for each of the rising `terms`, and the places of all postings."""

    terms: Sequence[bytes]
    lists: Lists
    places: Array

    @classmethod
    def of_tokens(
        cls, words: Sequence[str], numbers: Array, docs: Array, places: Array
    ) -> FieldLists:
        """From the tokens of a field, by document and place: the number of a word in `words`,
        document and place of each."""
        ranked = rank_words(words, numbers)
        return cls.of_ranked(ranked.terms, ranked.ranks, docs, places)

    @classmethod
    def of_ranked(
        cls, terms: Sequence[bytes], ranks: Array, docs: Array, places: Array
    ) -> FieldLists:
        """The same from the ranks of the words among the rising `terms`."""
        packed = pack(ranks, np.arange(len(ranks)))
        packed.sort()
        ranks, at = high(packed), low(packed)
        docs = docs[at]
        firsts = first_of_runs(ranks, docs)
        counts = np.diff(firsts, append=len(docs))
        sizes = np.bincount(ranks[firsts], minlength=len(terms))
        lists = Lists(sizes, docs[firsts].astype(np.uint16), fewest_bits(counts))
        return cls(terms, lists, fewest_bits(places[at]))


@dataclass(frozen=True, slots=True)
class Stems:
    """The stems of the terms of a field: rising, and for each term the place of its own."""

    terms: Sequence[bytes]
    of_forms: Array


@dataclass(frozen=True, slots=True)
class RankedWords:
    """Numbered words in order: the different `terms`, the number of each, and for each of the
    numbers that were ranked the place of its word among the terms."""

    terms: Sequence[bytes]
    numbers: Ints
    ranks: Ints


def rank_words(words: Sequence[str], numbers: Array) -> RankedWords:
    """Put the words that are numbered in order."""
    used = np.flatnonzero(np.bincount(numbers, minlength=len(words)))
    terms = [to_term(words[number]) for number in used.tolist()]
    order = order_of(terms)
    ranks = np.zeros(len(words), np.int64)
    ranks[used[order]] = np.arange(len(used))
    return RankedWords([terms[one] for one in order.tolist()], used[order], np.take(ranks, numbers))


def add_words(
    writer: SectionWriter, field: str, made: FieldLists, stems: Stems | None = None
) -> None:
    """Write the lists of a field of words, of their stems too where these are given."""
    add_dictionary(writer, field, made.terms, spelled=True)
    per_list = np.add.reduceat(made.lists.counts, starts_of(made.lists.sizes)[:-1], dtype=np.int64)
    writer.add(f"{field}/place_starts", starts_of(per_list).astype(np.uint32))
    add_narrow(writer, f"{field}/places", made.places, np.uint16)
    lists = [made.lists]
    if stems:
        lists += _add_stems(writer, field, made, stems)
    sizes = np.concatenate([piece.sizes for piece in lists])
    writer.add(f"{field}/list_starts", starts_of(sizes).astype(np.uint32))
    # The longest section by far, which is not copied once more to be in one piece.
    writer.add(f"{field}/docs", *(piece.docs for piece in lists))
    add_narrow(writer, f"{field}/counts", np.concatenate([p.counts for p in lists]), np.uint8)


def add_values(writer: SectionWriter, field: str, made: FieldLists) -> None:
    """Write the lists of a field of whole values: documents alone."""
    add_dictionary(writer, field, made.terms, spelled=True)
    writer.add(f"{field}/list_starts", starts_of(made.lists.sizes).astype(np.uint32))
    writer.add(f"{field}/docs", made.lists.docs)


def _add_stems(
    writer: SectionWriter, field: str, made: FieldLists, stems: Stems
) -> Iterator[Lists]:
    """Write the dictionary from stems to lists; what is to follow the lists of the forms: one list
    for each stem of several forms."""
    forms = np.argsort(stems.of_forms, kind="stable")
    form_counts = np.bincount(stems.of_forms, minlength=len(stems.terms))
    several = form_counts > 1
    numbers = len(forms) + np.cumsum(several) - 1
    numbers[~several] = forms[starts_of(form_counts)[:-1][~several]]
    joined_forms = forms[np.repeat(several, form_counts)]
    add_dictionary(writer, f"{field}/stems", stems.terms)
    writer.add(f"{field}/stems/lists", numbers.astype(np.uint32))
    writer.add(f"{field}/stems/forms", joined_forms.astype(np.uint32))
    writer.add(f"{field}/stems/form_starts", starts_of(form_counts[several]).astype(np.uint32))
    return _join_forms(made.lists, joined_forms, form_counts[several])


def _join_forms(lists: Lists, forms: Array, form_counts: Array) -> Iterator[Lists]:
    """One list for each stem of several forms, which stand stem after stem in `forms`."""
    starts = starts_of(lists.sizes)
    sizes = lists.sizes[forms]
    stems = np.repeat(np.arange(len(form_counts)), form_counts)
    for first, last in cuts(np.bincount(stems, weights=sizes, minlength=len(form_counts))):
        chosen = slice(*np.searchsorted(stems, (first, last)))
        at = run_places(starts[forms[chosen]], sizes[chosen])
        keys = np.repeat((stems[chosen] - first) << DOC_BITS, sizes[chosen]) | lists.docs[at]
        order = np.argsort(keys, kind="stable")
        keys, counts = keys[order], lists.counts[at][order]
        firsts = first_of_runs(keys)
        yield Lists(
            np.bincount(keys[firsts] >> DOC_BITS, minlength=last - first),
            keys[firsts].astype(np.uint16),
            fewest_bits(np.add.reduceat(counts, firsts, dtype=np.int64)),
        )


def cuts(sizes: Array) -> Iterator[tuple[int, int]]:
    """Ranges of neighbours that come to AT_ONCE together, or are alone more than that."""
    first, reached = 0, np.cumsum(sizes)
    while first < len(reached):
        before = reached[first - 1] if first else 0
        last = max(int(np.searchsorted(reached, before + AT_ONCE, "right")), first + 1)
        yield first, last
        first = last


class ValueReader:
    """The lists of a field of whole values, by ordinals of its dictionary."""

    def __init__(self, sections: Sections, field: str) -> None:
        self.dictionary = Dictionary(sections, field)
        self._starts = sections.column(f"{field}/list_starts")
        self._docs = sections.column(f"{field}/docs")

    def sizes(self, first: int, last: int) -> Ints:
        """How many documents each of a range of lists names."""
        starts = self._starts[first : last + 1].astype(np.int64)
        return starts[1:] - starts[:-1]

    def counts_in(self, mask: Array) -> Ints:
        """How many documents of every list are in a mask; no list is empty."""
        starts = self._starts[:].astype(np.int64)[:-1]
        if not len(starts):
            return starts
        # Wide numbers first: by narrow ones elements are taken much slower.
        held = mask.take(self._docs[:].astype(np.int64)).view(np.uint8)
        return np.add.reduceat(held, starts, dtype=np.uint32).astype(np.int64)

    def docs(self, ordinal: int) -> Array:
        """The documents of a list."""
        return self._docs[slice(*self._starts.bounds(ordinal))]

    def docs_of_range(self, first: int, last: int) -> Array:
        """The documents of neighbouring lists, one list after the other."""
        return self._docs[self._starts.at(first) : self._starts.at(last)]

    def docs_of(self, ordinals: Ordinals) -> Array:
        """The documents of some lists, one list after the other."""
        if not len(ordinals):
            return self._docs[:0]
        first, last = int(ordinals[0]), int(ordinals[-1]) + 1
        if last - first == len(ordinals):
            return self.docs_of_range(first, last)
        return np.concatenate([self.docs(one) for one in ordinals.tolist()])


class WordReader(ValueReader):
    """The lists of a field of words, by ordinals of its dictionary."""

    def __init__(self, sections: Sections, field: str) -> None:
        super().__init__(sections, field)
        self._counts = Narrow(sections, f"{field}/counts")
        self._place_starts = sections.column(f"{field}/place_starts")
        self._places = Narrow(sections, f"{field}/places")

    def row(self, ordinal: int) -> tuple[Array, Array]:
        """The documents of a list, and how many places each has."""
        span = slice(*self._starts.bounds(ordinal))
        return self._docs[span], self._counts[span]

    def places(self, ordinal: int) -> Array:
        """The places of a list, document after document."""
        return self._places[slice(*self._place_starts.bounds(ordinal))]

    def lists(self, first: int, last: int) -> tuple[Lists, Array]:
        """A range of lists, with the places of all."""
        span = slice(self._starts.at(first), self._starts.at(last))
        placed = slice(self._place_starts.at(first), self._place_starts.at(last))
        lists = Lists(self.sizes(first, last), self._docs[span], self._counts[span])
        return lists, self._places[placed]

    def placed(self, ordinals: Ordinals, wanted: Array) -> Ints:
        """The pairs of document and place (see `pack`) of some lists, in no order, where
        `wanted`, which is a mask of documents, is true."""
        numbers = ordinals.tolist()
        rows = [self.row(number) for number in numbers]
        docs = join((docs for docs, _ in rows), np.uint16)
        counts = join((counts for _, counts in rows), np.uint8)
        places = join(map(self.places, numbers), np.uint16)
        kept = wanted.take(docs.astype(np.int64)).nonzero()[0]
        if len(kept) < len(docs):
            starts = starts_of(counts).take(kept)
            docs, counts = docs.take(kept), counts.take(kept)
            places = places.take(run_places(starts, counts))
        return pack(docs.repeat(counts), places)


class StemReader(WordReader):
    """The lists of a stemmed field: of its forms, and of its stems."""

    def __init__(self, sections: Sections, field: str) -> None:
        super().__init__(sections, field)
        self.stems = Dictionary(sections, f"{field}/stems")
        self._numbers = sections.column(f"{field}/stems/lists")
        self._forms = sections.column(f"{field}/stems/forms")
        self._form_starts = sections.column(f"{field}/stems/form_starts")

    def find_stem(self, word: str) -> int | None:
        """The list of all forms of a stem."""
        at = self.stems.find(to_term(word))
        return None if at is None else self._numbers.at(at)

    def forms_of(self, word: str) -> Ordinals:
        """The forms of a stem."""
        number = self.find_stem(word)
        if number is None:
            return np.zeros(0, np.int64)
        several = number - len(self.dictionary)
        if several < 0:
            return np.array([number])
        return self._forms[slice(*self._form_starts.bounds(several))].astype(np.int64)

    def of_forms(self) -> Stems:
        """The stem of every form."""
        numbers, starts = self._numbers[:], self._form_starts[:].astype(np.int64)
        several = numbers >= len(self.dictionary)
        of_forms = np.empty(len(self.dictionary), np.int64)
        of_forms[numbers[~several]] = np.flatnonzero(~several)
        of_forms[self._forms[:]] = np.repeat(np.flatnonzero(several), starts[1:] - starts[:-1])
        return Stems(self.stems.terms(0, len(self.stems)), of_forms)
