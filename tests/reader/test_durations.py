"""Times as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.durations import duration_text, seconds_of


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("5m", 300), ("90 m", 5400), ("2h", 7200), (" 1D ", 86400), ("1w", 604800), ("never", 0)],
)
def test_times_are_read(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "4m", "1", "1y", "-2h", "1,5h", "53w", "2h 30m", "999999d"])
def test_what_is_no_time_or_out_of_bounds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        seconds_of(text)


@given(st.integers(5, 366 * 24 * 60))
def test_a_time_written_is_read_again(minutes: int) -> None:
    assert seconds_of(duration_text(minutes * 60)) == minutes * 60


def test_no_time_is_never_and_odd_seconds_are_minutes() -> None:
    assert (duration_text(0), duration_text(30), duration_text(90)) == ("never", "1m", "1m")
