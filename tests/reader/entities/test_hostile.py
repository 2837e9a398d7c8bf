"""Texts made to be slow: the time may grow with the length, not with its square."""

from __future__ import annotations

import time

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


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_time_grows_with_length(unit: str) -> None:
    small = max(min(cost(unit * COUNT) for _ in range(2)), 0.01)
    assert cost(unit * COUNT * 4) < small * 12


def test_a_megabyte_of_capitals() -> None:
    assert cost("A" * 1_000_000) < 30


def test_a_hundred_thousand_capitalised_words_in_one_run() -> None:
    assert cost("Abcd " * 100_000) < 60


def test_many_people_with_one_surname() -> None:
    def text(count: int) -> str:
        return " ".join(f"Then Mr X{number}y Putin met Putin." for number in range(count))

    small = max(cost(text(400)), 0.01)
    assert cost(text(1600)) < small * 12


def test_many_organisations_that_begin_alike() -> None:
    def text(count: int) -> str:
        return " ".join(f"The X{number}y Group and the X{number}y," for number in range(count))

    small = max(cost(text(400)), 0.01)
    assert cost(text(1600)) < small * 12
