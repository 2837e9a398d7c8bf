"""Texts made to be slow: the time may grow with the length, not with its square."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from reader.entities import link, load_recogniser

RECOGNISER = load_recogniser()
UNITS = {
    "letters": "A",
    "capitalised words": "Abcd ",
    "a listed surname": "Putin ",
    "heads of organisations": "Bank of ",
    "titles": "Vice Chief Secretary of ",
    "prefixes": "Former ",
    "particles": "Jan van ",
    "pairs": "Russia-Ukraine ",
    "hyphens": "A-",
    "dots": "A.",
    "brackets": "Abc Organization (AO) ",
    "short lines": "A B C\n",
    "shouted lines": "RUSSIA-UKRAINE WAR TALKS\n",
    "quotes": "“'",
    "marks": "Ł\u0301",
}
COUNT = 1_000


def cost(text: str) -> float:
    began = time.process_time()
    link(text, RECOGNISER.recognise([text])[0])
    return time.process_time() - began


def grows_gently(make: Callable[[int], str], count: int) -> bool:
    """Whether four times the length takes less than twelve times as long (a square: sixteen).

    The least of several runs: other work on the machine only ever adds.
    """
    small, large = (min(cost(make(n)) for _ in range(3)) for n in (count, count * 4))
    return large < max(small, 0.01) * 12


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_time_grows_with_length(unit: str) -> None:
    assert grows_gently(lambda count: unit * count, COUNT)


def test_a_megabyte_of_capitals() -> None:
    assert cost("A" * 1_000_000) < 30


def test_a_hundred_thousand_capitalised_words_in_one_run() -> None:
    assert cost("Abcd " * 100_000) < 60


def test_many_people_with_one_surname() -> None:
    def text(count: int) -> str:
        return " ".join(f"Then Mr X{number}y Putin met Putin." for number in range(count))

    assert grows_gently(text, 400)


def test_many_organisations_that_begin_alike() -> None:
    def text(count: int) -> str:
        return " ".join(f"The X{number}y Group and the X{number}y," for number in range(count))

    assert grows_gently(text, 400)
