"""Stretches over lines, beside looking at all of them for each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.model import Span
from reader.sweep import Sweep

spans = st.builds(
    lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(1, 9)
)


@given(st.lists(spans, max_size=12), st.lists(st.integers(1, 8), max_size=8))
def test_what_lies_over_each_line(stretches: list[Span], lines: list[int]) -> None:
    sweep, start = Sweep(stretches), 0
    for length in lines:
        end = start + length
        over = [one for one in stretches if one.start < end and one.end > start]
        assert list(sweep.over(start, end)) == sorted(over, key=lambda one: (one.start, -one.end))
        start = end
