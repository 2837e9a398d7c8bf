"""Where sentences begin and end."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.sentences import sentences


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The bridge fell.", "Nobody was hurt!", "Why?", "No one knew…", "So it goes"],
        ['"It works."', "She left.", "“Go (now).”", "‘Stay!’", "He stayed."],
        ['"Why?" she asked.', "Nobody spoke."],
        ["The U.S. Army met Gen. Ida Brandt, Mr. J. K. Lund and Sen. Oke."],
        ["It left the U.S.", "The next day it came back."],
        ["Prices rose 3.5 percent on Jan. 6.", "They fell in Sept.", "Officials said so."],
        ["It began on Feb. 3 and closed at 5 p.m. Monday."],
        ["It grew, e.g. in Tern, by No. 4 vs. No. 5."],
        ["It ended in Dec.", "Snow fell."],
        ["Wait... what?", "Yes."],
        ["He met A. Berg.", "B. Lund came."],
        ["First.", "2024 was dry."],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert parts(" ".join(expected)) == expected


def test_the_end_of_a_line_ends_a_sentence() -> None:
    assert parts("\n\n A headline\r\nBy J. Berg\n\n\tIt rained.  It\nsnowed.\n") == [
        "A headline",
        "By J. Berg",
        "It rained.",
        "It",
        "snowed.",
    ]
    assert parts("") == parts(" \n ") == []
    assert parts("Mr.") == ["Mr."]


@given(st.text(alphabet=' .!?\n"”)aA1Mr…', max_size=60))
def test_sentences_hold_all_but_blanks(text: str) -> None:
    found = sentences(text)
    assert "".join(text[start:end] for start, end in found).replace(" ", "").replace(
        "\n", ""
    ) == text.replace(" ", "").replace("\n", "")
    for start, end in found:
        assert start < end
        assert text[start:end].strip() == text[start:end]
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def spent(text: str) -> float:
    best = float("inf")
    for _ in range(5):
        began = process_time()
        sentences(text)
        best = min(best, process_time() - began)
    return best


@pytest.mark.parametrize("part", [". ", "a. ", '."', " " * 7, "\n", "Mr. A. ", "a", ". . A"])
def test_the_time_is_linear(part: str) -> None:
    assert spent(part * 16_000) <= 12 * spent(part * 4_000) + 0.005
