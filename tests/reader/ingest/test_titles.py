"""Titles: which first line is one, and which sentence stands in for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.titles import DERIVED_LIMIT, derive_title, is_title


@pytest.mark.parametrize(
    ("paragraph", "title"),
    [
        ("It rained. It stopped.", "It rained"),
        ("It rained", "It rained"),
        ("Did it rain? It did.", "Did it rain?"),
        ("It rained!” She left.", "It rained!”"),
        ("“It rained.” She left.", "“It rained.”"),
        ("He waited… Then he left.", "He waited…"),
        ("Prices rose 3.5 percent. So did wages.", "Prices rose 3.5 percent"),
        ("U.S. General Mark Milley spoke. He left.", "U.S. General Mark Milley spoke"),
        ("They met in St. Petersburg on Sunday. He left.", "They met in St. Petersburg on Sunday"),
        (
            "Mr. J. K. Lund of Bo Inc. met Gen. Vidal. He left.",
            "Mr. J. K. Lund of Bo Inc. met Gen. Vidal",
        ),
        ("They moved to the U.S. in spring. He left.", "They moved to the U.S. in spring"),
        ("They moved to the U.S.", "They moved to the U.S."),
        ("It closed at 9 p.m. on Monday. He left.", "It closed at 9 p.m. on Monday"),
        ("See ex. a. It rained.", "See ex. a"),
        ("雨が降った。止んだ。", "雨が降った。"),
        ("Дождь шёл. Перестал.", "Дождь шёл"),
        ("", ""),
        ("word " * 30, " ".join(["word"] * 18) + "…"),
        ("x" * 200, "x" * 89 + "…"),
    ],
)
def test_first_sentence(paragraph: str, title: str) -> None:
    assert derive_title(paragraph) == title


@given(st.text(max_size=300))
def test_a_derived_title_is_one_short_line(paragraph: str) -> None:
    title = derive_title(paragraph)
    assert len(title) <= DERIVED_LIMIT
    assert title == " ".join(title.split())


@pytest.mark.parametrize(
    "line", ["Two villages share one doctor", "Will it sail?", "It is “over”", "At last!"]
)
def test_titles(line: str) -> None:
    assert is_title(line)


@pytest.mark.parametrize(
    "line",
    [
        "It rained.",
        "He said:",
        "One, two,",
        "It goes on…",
        "word " * 17,
        "x" * 300,
        "* * *",
        "2023",
    ],
)
def test_lines_that_are_no_titles(line: str) -> None:
    assert not is_title(line)
