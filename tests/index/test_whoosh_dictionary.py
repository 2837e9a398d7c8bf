"""Dictionaries find in files what a list of sorted terms holds."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.words import (
    CloseTo,
    FormIs,
    FormTest,
    StartsLike,
    StartsWith,
    value_test,
)
from index.query import Wildcard
from index.whoosh_backend.dictionary import BLOCK, Dictionary, add_dictionary, order_of
from index.whoosh_backend.distances import accepted
from index.whoosh_backend.schema import from_term, to_term
from tests.index.whoosh_files import written

LONG = "a beginning of more than sixteen bytes "

few = st.text("abé", min_size=1, max_size=4)
words = st.one_of(
    few,
    st.text(min_size=1, max_size=6),
    few.map(LONG.__add__),
    st.sampled_from(("\0", "a\0", "a\0\0", "a\0b", "\x7f", "\x80", "߿", "ࠀ", "￿", "𐀀", "\ud800")),
)
vocabularies = st.sets(words, max_size=3 * BLOCK).map(lambda found: sorted(map(to_term, found)))
tests = st.one_of(
    st.builds(FormIs, words),
    st.builds(StartsWith, words | st.just("")),
    st.builds(lambda form, near: CloseTo(form, near, form[:1]), words, st.integers(1, 2)),
    st.builds(lambda form: StartsLike(form, form[:1]), words),
    st.text("abé*?\n", min_size=1, max_size=6).map(lambda text: value_test(Wildcard(text, "lang"))),
)


def dictionary_of(terms: Sequence[bytes]) -> Dictionary:
    sections = written(lambda writer: add_dictionary(writer, "field", terms, spelled=True))
    return Dictionary(sections, "field")


@given(terms=vocabularies, others=st.lists(words, max_size=5))
@settings(deadline=None)
def test_terms_are_found_where_they_stand(terms: list[bytes], others: list[str]) -> None:
    dictionary = dictionary_of(terms)
    assert len(dictionary) == len(terms)
    assert dictionary.terms(0, len(terms)) == terms
    for place, term in enumerate(terms):
        assert dictionary.find(term) == place
        assert dictionary.term(place) == term
    for other in map(to_term, others):
        assert dictionary.find(other) == (terms.index(other) if other in terms else None)


@given(terms=vocabularies, lead=words | st.just(""), data=st.data())
@settings(deadline=None)
def test_ranges_are_those_of_a_list(terms: list[bytes], lead: str, data: st.DataObject) -> None:
    dictionary = dictionary_of(terms)
    first, last = dictionary.starting(to_term(lead))
    assert terms[first:last] == [term for term in terms if term.startswith(to_term(lead))]
    assert all(term < to_term(lead) for term in terms[:first])
    bounds = st.integers(0, len(terms))
    start, stop = data.draw(bounds), data.draw(bounds)
    assert dictionary.terms(start, stop) == terms[start:stop]


@given(terms=vocabularies, test=tests)
@settings(deadline=None, max_examples=300)
def test_every_test_accepts_what_it_would_of_each_term(terms: list[bytes], test: FormTest) -> None:
    expected = [at for at, term in enumerate(terms) if test.accepts(from_term(term))]
    assert dictionary_of(terms).matching(test).tolist() == expected


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 5 * BLOCK, 1000])
def test_blocks_are_whole_at_every_size(size: int) -> None:
    terms = sorted(b"%06d" % (number * 7) for number in range(size))
    dictionary = dictionary_of(terms)
    for number in range(-1, size * 7 + 1):
        expected = number // 7 if number >= 0 and number % 7 == 0 and number < size * 7 else None
        assert dictionary.find(b"%06d" % max(number, 0) if number >= 0 else b"") == expected
    assert dictionary.starting(b"") == (0, size)
    assert dictionary.starting(b"\xfe") == (size, size)


@given(st.sets(words).flatmap(lambda found: st.permutations(sorted(found))))
def test_terms_are_ordered_by_their_bytes(found: list[str]) -> None:
    terms = list(map(to_term, found))
    assert [terms[place] for place in order_of(terms).tolist()] == sorted(terms)


def test_long_terms_that_begin_alike_are_ordered() -> None:
    terms = [to_term(LONG + str(number)) for number in range(200)]
    terms[50:50] = [b"a", b"zz", b"a beginning of mor", b"a beginning of m"]
    assert [terms[place] for place in order_of(terms).tolist()] == sorted(terms)


@pytest.mark.parametrize("test", [StartsLike("wrod", "w"), CloseTo("wrod", 2, "w")], ids=repr)
def test_one_endless_word_among_many_costs_little(test: StartsLike | CloseTo) -> None:
    forms = ["word", "wrod", "world", "wr", *(f"w{at}" for at in range(200)), "wrod" * 5_000]
    tracemalloc.start()
    found = accepted(test, forms).tolist()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == list(map(test.accepts, forms))
    assert peak < 1_000_000  # bytes
