"""Stretches of a text are found again, whatever else of it has changed."""

from __future__ import annotations

from random import Random
from time import process_time

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from reader.anchoring import anchor, find_again
from reader.kept import CONTEXT, Anchor
from reader.model import Span

TEXT = (
    "The storm struck Bergen at night, Anna Berg said. Ms Berg leads the council.\n\n"
    "Engineers closed the bridge before the water came over it. Nobody was hurt.\n\n"
    "The storm had passed by morning, and the bridge was open again at noon."
)


def made(quote: str, text: str = TEXT, nth: int = 0) -> Anchor:
    """The anchor of the nth place where `text` says `quote`."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(quote, at + 1)
    return anchor(text, at, at + len(quote))


def found(text: str, one: Anchor) -> str | None:
    span = find_again(text, one)
    return None if span is None else text[span.start : span.end]


def test_an_anchor_says_what_stands_there_and_around_it() -> None:
    one = anchor(TEXT, 4, 9)
    assert one == Anchor(4, 9, "storm", "The ", TEXT[9 : 9 + CONTEXT])
    last = anchor(TEXT, len(TEXT) - 5, len(TEXT))
    assert (last.quote, last.behind, len(last.before)) == ("noon.", "", CONTEXT)


def test_the_whole_article_is_an_empty_stretch_whatever_it_says() -> None:
    assert anchor(TEXT, 7, 7) == Anchor()
    assert find_again("", Anchor()) == find_again(TEXT, Anchor()) == Span(0, 0)


def test_in_the_same_text_it_is_where_it_was() -> None:
    for quote in ("The", "the", "bridge", "storm", "."):
        for nth in range(TEXT.count(quote)):
            one = made(quote, nth=nth)
            assert find_again(TEXT, one) == Span(one.start, one.end)


def test_what_comes_before_moves_it() -> None:
    later = f"Updated at noon with the bridge. {TEXT}"
    one = made("bridge", nth=1)
    assert find_again(later, one) == Span(one.start + 33, one.end + 33)


def test_of_several_places_the_one_in_its_surroundings_counts() -> None:
    one = made("bridge", nth=0)
    moved = "\n\n".join(reversed(TEXT.split("\n\n")))
    span = find_again(moved, one)
    assert span is not None
    assert moved[span.start - 11 : span.end + 7] == "closed the bridge before"


def test_of_places_alike_the_nearest_counts() -> None:
    assert find_again("ab " * 30, Anchor(40, 42, "ab")) == Span(39, 41)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("closed", "shut"),
        ("water came", "water had come"),
        ("before ", ""),
        ("Engineers closed", "Engineers have closed"),
        ("over it", "over it at dawn"),
    ],
)
def test_small_edits_within_are_allowed(old: str, new: str) -> None:
    one = made("Engineers closed the bridge before the water came over it.")
    later = found("New: " + TEXT.replace(old, new), one)
    assert later is not None
    assert later.startswith("Engineers")
    assert later.rstrip(".").endswith(("over it", "dawn"))


@pytest.mark.parametrize(
    "quote", ["storm", "Engineers closed the bridge before the water came over it."]
)
def test_what_is_gone_is_not_found(quote: str) -> None:
    assert (
        find_again("Something else entirely was written here later on, at length.", made(quote))
        is None
    )


def test_a_short_stretch_with_an_edit_in_it_is_gone() -> None:
    assert find_again(TEXT.replace("Bergen", "Bergan"), made("Bergen")) is None


def long_text(words: int, seed: int = 1) -> str:
    random = Random(seed)
    known = ["".join(random.choices("etaoinshrdlu", k=random.randint(2, 8))) for _ in range(300)]
    return " ".join(random.choices(known, k=words))


def test_a_long_stretch_is_found_by_its_ends() -> None:
    text = long_text(400)
    one = anchor(text, 300, 900)
    edited = "Before. " + text[:320] + "#" + text[321:600] + "inserted " + text[600:]
    assert find_again(edited, one) == Span(308, 917)


@pytest.mark.parametrize("kept", [slice(0, 500), slice(700, None)])
def test_of_a_long_stretch_both_ends_have_to_be_there(kept: slice) -> None:
    text = long_text(400)
    one = anchor(text, 300, 900)
    assert find_again(text[kept], one) is None


def test_the_ends_of_a_long_stretch_have_to_be_as_far_apart() -> None:
    text = long_text(400)
    one = anchor(text, 300, 900)
    assert find_again(text[:600] + long_text(200, 2) + text[600:], one) is None


words = st.text("ab cé\n", min_size=1, max_size=20)


@settings(deadline=None)
@given(words, words, words, words, words)
def test_changes_around_it_do_not_lose_it(
    before: str, quote: str, behind: str, other: str, more: str
) -> None:
    text = before + quote + behind
    one = anchor(text, len(before), len(before) + len(quote))
    changed = other + quote + more
    assert found(changed, one) == quote


@settings(deadline=None)
@given(st.text("ab c", max_size=30), st.integers(0, 30), st.integers(0, 30))
@example("", 0, 0)
def test_it_is_never_found_outside_the_text(text: str, start: int, length: int) -> None:
    one = Anchor(start, start + length, ("ab c" * 9)[:length], "ab", "c")
    span = find_again(text, one)
    if span is not None:
        assert 0 <= span.start <= span.end <= len(text)


@settings(deadline=None, max_examples=60)
@given(
    st.integers(0, 1500),
    st.integers(40, 500),
    st.integers(0, 39),
    st.sampled_from(["", "x", "##"]),
    st.text("abc ", max_size=40),
)
def test_one_edit_moves_its_ends_by_no_more(
    start: int, size: int, at: int, edit: str, before: str
) -> None:
    text = long_text(400)
    end = start + size
    assume(end <= len(text))
    one = anchor(text, start, end)
    changed = before + text[: start + at] + edit + text[start + at + 1 :]
    span = find_again(changed, one)
    assert span is not None
    assert abs(span.start - (start + len(before))) <= 2
    assert abs(span.end - (end + len(before) + len(edit) - 1)) <= 2


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("e" * 200_000, Anchor(5, 6, "e")),
        ("e" * 200_000, Anchor(5, 180, "e" * 174 + "x")),
        ("ab" * 100_000, Anchor(5, 900, "ab" * 400 + "cd" + "ab" * 20)),
        ("ab " * 60_000, Anchor(90_000, 90_150, "ab ab cab " * 15)),
    ],
)
def test_the_cost_is_bounded(text: str, one: Anchor) -> None:
    began = process_time()
    find_again(text, one)
    assert process_time() - began < 2


def test_in_an_unchanged_text_a_frequent_word_costs_no_search() -> None:
    text = "text word " * 1000
    anchors = [anchor(text, at * 10, at * 10 + 4) for at in range(200)]
    before = process_time()
    assert [find_again(text, one) for one in anchors] == [
        Span(one.start, one.end) for one in anchors
    ]
    assert process_time() - before < 0.1
