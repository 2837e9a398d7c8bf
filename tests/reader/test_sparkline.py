"""Counts as one line of blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import NameCount
from reader.sparkline import months_between, sparkline


@pytest.mark.parametrize(
    ("counts", "width", "line"),
    [
        ([], 10, ""),
        ([0, 0], 10, ""),
        ([7], 10, "█"),
        ([1, 2, 3, 4, 5, 6, 7, 8], 10, "▁▂▃▄▅▆▇█"),
        ([8, 0, 0, 4], 10, "█  ▄"),
        ([1, 0, 1000], 3, "▁ █"),
        ([1, 3, 0, 0, 4, 0], 3, "█ █"),
        ([4, 4, 4, 2, 2], 2, "█▆"),
    ],
)
def test_blocks_stand_for_counts(counts: list[int], width: int, line: str) -> None:
    assert sparkline(counts, width) == line


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=300), st.integers(1, 80))
def test_a_line_is_as_wide_as_it_may_be_and_reaches_the_top(counts: list[int], width: int) -> None:
    line = sparkline(counts, width)
    if not any(counts):
        assert line == ""
        return
    assert len(line) == min(len(counts), width)
    assert "█" in line
    if len(counts) <= width:
        assert [block != " " for block in line] == [count > 0 for count in counts]


def test_empty_months_are_filled_in() -> None:
    months = [NameCount("2023-02", 3), NameCount("2022-11", 1)]
    assert months_between(months) == [1, 0, 0, 3]
    assert months_between([]) == []
    assert months_between([NameCount("0001-01", 2)]) == [2]
