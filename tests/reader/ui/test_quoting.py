"""Which stretch of a text is selected, and how keys move it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.ui.quoting import Passages, Quote, trimmed

TEXT = (
    "Rain fell on Kelmouth. Boats left before dawn.\n\n"
    "The “new quay, re-opened” stood dry. It's done!"
)
RAIN, BOATS, QUAY, DONE = (
    "Rain fell on Kelmouth.",
    "Boats left before dawn.",
    "The “new quay, re-opened” stood dry.",
    "It's done!",
)


def said(quote: Quote | None) -> str:
    assert quote is not None
    return TEXT[quote.start : quote.end]


def on(text: str, *, moves_end: bool = True) -> Quote:
    start = TEXT.index(text)
    return Quote(start, start + len(text), moves_end)


@pytest.mark.parametrize(
    ("at", "expected"),
    [(0, RAIN), (5, RAIN), (22, BOATS), (47, QUAY), (len(TEXT), DONE), (10_000, DONE)],
)
def test_the_sentence_over_a_place_or_behind_it(at: int, expected: str) -> None:
    assert said(Passages(TEXT).over(at)) == expected


def test_the_first_sentence_that_starts_in_a_stretch() -> None:
    passages = Passages(TEXT)
    assert said(passages.within(5, 40)) == BOATS
    assert said(passages.within(5, 10)) == RAIN
    assert said(passages.within(0, 10)) == RAIN


def test_a_text_without_sentences_has_nothing_to_select() -> None:
    assert Passages(" \n ").over(0) is None
    assert Passages("").within(0, 0) is None


def test_sentences_are_taken_in_and_let_go() -> None:
    passages = Passages(TEXT)
    two = passages.by_sentence(on(RAIN), 1)
    assert said(two) == f"{RAIN} {BOATS}"
    assert said(passages.by_sentence(two, -1)) == RAIN
    # The only one is not let go: the one before takes its place.
    assert said(passages.by_sentence(on(BOATS), -1)) == RAIN
    assert said(passages.by_sentence(on(RAIN), -1)) == RAIN
    assert said(passages.by_sentence(on(DONE), 1)) == DONE


def test_the_start_moves_likewise_once_the_ends_were_exchanged() -> None:
    passages = Passages(TEXT)
    start = on(BOATS).exchanged()
    two = passages.by_sentence(start, -1)
    assert said(two) == f"{RAIN} {BOATS}"
    assert said(passages.by_sentence(two, 1)) == BOATS
    beside = passages.by_sentence(start, 1)
    assert said(beside) == QUAY
    assert not beside.moves_end


def test_another_sentence_in_its_place() -> None:
    passages = Passages(TEXT)
    assert said(passages.beside(on(RAIN), 1)) == BOATS
    assert said(passages.beside(on("fell on Kelmouth. Boats"), 1)) == QUAY
    assert said(passages.beside(on(QUAY), -1)) == BOATS
    assert said(passages.beside(on(DONE), 1)) == DONE


def test_words() -> None:
    passages = Passages(TEXT)
    shorter = passages.by_word(on(QUAY), -1)
    assert said(shorter) == "The “new quay, re-opened” stood dry"
    for expected in ("stood", "re-opened", "quay"):
        shorter = passages.by_word(shorter, -1)
        assert said(shorter).endswith(expected)
    assert said(passages.by_word(shorter, 1)).endswith("re-opened")
    later = passages.by_word(shorter.exchanged(), 1)
    assert said(later) == "new quay"
    assert said(passages.by_word(later, -1)) == "The “new quay"
    # A word stays.
    assert said(passages.by_word(on("quay"), -1)) == "quay"
    assert said(passages.by_word(on("It's"), 1)) == "It's done"


def test_in_scripts_without_spaces_every_letter_is_a_word() -> None:
    text = "東京は雨。"
    assert Passages(text).by_word(Quote(0, 2), 1) == Quote(0, 3)


def test_the_whole_paragraph() -> None:
    passages = Passages(TEXT)
    assert said(passages.paragraph(on("on Kelmouth"))) == f"{RAIN} {BOATS}"
    assert said(passages.paragraph(on(DONE))) == f"{QUAY} {DONE}"
    both = passages.paragraph(on(f"dawn.\n\n{QUAY}"))
    assert said(both) == TEXT


def test_blanks_at_the_ends_of_a_stretch_fall_away() -> None:
    assert trimmed("a  b\n c ", 1, 8) == (3, 7)
    assert trimmed("a   b", 1, 3) == (3, 3)


STEPS = st.sampled_from(["by_sentence", "by_word", "beside", "paragraph", "exchanged"])


@given(
    st.text("aB. \n“”,'é東", min_size=1, max_size=60),
    st.integers(0, 60),
    st.lists(st.tuples(STEPS, st.sampled_from([1, -1])), max_size=12),
    st.sampled_from([1, 8, 1000]),
)
def test_whatever_keys_do_something_of_the_text_is_selected(
    text: str, at: int, steps: list[tuple[str, int]], around: int
) -> None:
    passages = Passages(text, around)
    quote = passages.over(at)
    if quote is None:
        assert not text.strip()
        return
    for name, step in steps:
        if name == "exchanged":
            quote = quote.exchanged()
        elif name == "paragraph":
            quote = passages.paragraph(quote)
        else:
            quote = getattr(passages, name)(quote, step)
        assert 0 <= quote.start < quote.end <= len(text)
        stretch = text[quote.start : quote.end]
        assert stretch == stretch.strip()


class Looked(str):
    """Notes how many code points are taken out of a text."""

    __slots__ = ("looked",)

    def __getitem__(self, at: slice) -> str:  # type: ignore[override]
        self.looked = getattr(self, "looked", 0) + len(range(*at.indices(len(self))))
        return str(self)[at]


MOVES = st.sampled_from(["by_sentence", "by_word", "beside"])


@given(
    st.integers(0, 40_000),
    st.lists(st.tuples(MOVES, st.sampled_from([1, -1])), max_size=12),
)
@settings(max_examples=30, deadline=None)
def test_a_long_text_is_looked_through_around_the_place_only(
    at: int, steps: list[tuple[str, int]]
) -> None:
    text = Looked("“Rain, again,” he said. Boats left.\n\nIt's done! " * 1000)
    near, far = Passages(text, 400), Passages(str(text), len(text))
    one, other = near.over(at), far.over(at)
    for name, step in steps:
        assert one is not None
        assert other is not None
        one, other = getattr(near, name)(one, step), getattr(far, name)(other, step)
    assert one == other
    assert text.looked < 4000
