"""Sentences as they are shown: whole, or cut around the first name."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import (
    ArticleId,
    ArticleRow,
    EntityId,
    EntityKind,
    Evidence,
    Mention,
    NamedSentence,
    Span,
)
from reader.service.evidence import WIDTH, evidence_of

ROW = ArticleRow(
    ArticleId(1), "A", False, "", None, datetime(2024, 1, 1, tzinfo=UTC), False, False, False, ()
)


def shown(text: str, start: int, end: int, *places: tuple[int, int]) -> Evidence:
    mentions = tuple(
        Mention(*place, text[slice(*place)], EntityKind.PER, EntityId(1), "Berg")
        for place in places
    )
    return evidence_of(ROW, text, NamedSentence(start, end, mentions))


def test_a_short_sentence_is_shown_whole() -> None:
    found = shown("It rained. Anna Berg saw Anna.", 11, 30, (11, 20), (25, 29))
    assert found.sentence == "Anna Berg saw Anna."
    assert found.spans == (Span(0, 9), Span(14, 18))
    assert found.offset == 11


@pytest.mark.parametrize("at", [0, 99, 100, 101, 700, 1500])
def test_a_long_one_is_cut_between_words_around_its_first_name(at: int) -> None:
    text = ("word " * 400)[:at] + "Anna Berg" + " word" * 400
    found = shown(text, 0, len(text), (at, at + 9))
    assert len(found.sentence) <= WIDTH + 2
    assert found.sentence.endswith(" word…")
    assert found.sentence.startswith("…") == (at > 100)
    (span,) = found.spans
    assert found.sentence[span.start : span.end] == "Anna Berg"


def test_names_beyond_the_cut_are_left_out_and_one_on_it_is_cut() -> None:
    text = "A" + "x" * 1000
    found = shown(text, 0, len(text), (0, 600), (700, 800))
    assert found.sentence == text[:WIDTH] + "…"
    assert found.spans == (Span(0, WIDTH),)


def test_the_end_of_a_long_sentence_is_shown_to_its_end() -> None:
    text = "x" * 900 + " Berg left"
    found = shown(text, 0, len(text), (901, 905))
    assert found.sentence == "…Berg left"
    assert found.spans == (Span(1, 5),)


@given(
    text=st.text("ab \n.", min_size=1, max_size=1200),
    cuts=st.lists(st.integers(0, 1200), min_size=4, max_size=4),
)
def test_spans_always_lie_in_the_sentence(text: str, cuts: list[int]) -> None:
    start, first, last, end = sorted(min(cut, len(text)) for cut in cuts)
    if first == last:
        return
    found = shown(text, start, end, (first, last))
    (span,) = found.spans
    assert 0 <= span.start < span.end <= len(found.sentence)
    assert text[first:last].startswith(found.sentence[span.start : span.end])
    assert found.sentence.strip("…") in text
