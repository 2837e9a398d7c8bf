"""What is meant by a word with a slip in it."""

from __future__ import annotations

import pytest

from reader.nearest import called, meant, nearest

NAMES = ("Harbour", "War", "War/Grain", "War/Black Sea", "News/Grain trade", "News/Sea")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("harb", "Harbour"),
        ("wa", "War"),
        ("harbuor", "Harbour"),
        ("wra", "War"),
        ("war/grian", "War/Grain"),
        ("black", "War/Black Sea"),
        ("grian", "War/Grain"),
        ("xylophone", ""),
        (" ", ""),
    ],
)
def test_the_nearest(word: str, found: str) -> None:
    assert nearest(word, NAMES) == found


def test_exchanged_letters_are_likelier_than_one_too_many() -> None:
    assert nearest("tset", ("set", "test", "rest")) == "test"


def test_as_the_end_of_a_sentence() -> None:
    assert meant("harbor", NAMES) == "; did you mean Harbour?"
    assert meant("harbor", ()) == ""


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("war", "War"),
        ("grain", "War/Grain"),
        ("black sea", "War/Black Sea"),
        ("sea", "News/Sea"),
        ("rain", ""),
        ("", ""),
    ],
)
def test_the_last_levels_are_enough(name: str, found: str) -> None:
    assert called(name, NAMES) == found


def test_what_two_are_called_is_neither() -> None:
    assert called("sea", ("War/Sea", "News/Sea")) == ""
    assert called("sea", ("War/Sea", "News/Sea", "sea")) == "sea"
