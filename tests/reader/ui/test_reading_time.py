"""How long a text takes, and what is left of it."""

from __future__ import annotations

import pytest

from reader.ui.reading_time import count_words, minutes_of, tell_progress, tell_time


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two\n\nthree", 3), ("Grüße aus Köln", 3), ("日本の港" * 5, 11)],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(("words", "minutes"), [(0, 0), (99, 0), (100, 1), (299, 1), (300, 2)])
def test_minutes_are_rounded(words: int, minutes: int) -> None:
    assert minutes_of(words, 200) == minutes
    assert tell_time(minutes) == (f"{minutes} min" if minutes else "")


@pytest.mark.parametrize(
    ("percent", "minutes", "told"),
    [
        (40, 2, "40%"),
        (0, 10, "0% · 10 min left"),
        (40, 10, "40% · 6 min left"),
        (99, 10, "99% · 1 min left"),
        (100, 10, "100%"),
    ],
)
def test_what_is_left_of_a_long_one(percent: int, minutes: int, told: str) -> None:
    assert tell_progress(percent, minutes) == told
