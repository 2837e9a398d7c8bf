"""Dates, money, percentages and quantities. Amounts stand as kind:text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities.amounts import find_amounts


def amounts(text: str) -> list[str]:
    return [f"{one.kind}:{text[one.start : one.end]}" for one in find_amounts(text)]


DATES = {
    "He left on Monday, March 3, 2024, at noon.": ["Monday, March 3, 2024"],
    "It opened on 3 March 2024 and shut on the 5th of November.": [
        "3 March 2024", "the 5th of November",
    ],
    "Officials said Tuesday that she died Sunday night.": ["Tuesday", "Sunday night"],
    "Last Friday he spoke; this week he left.": ["Last Friday", "this week"],
    "The Nov. 5 vote came after Sept. 11, 2001.": ["Nov. 5", "Sept. 11, 2001"],
    "Rain fell from Jan. 3 to Feb. 5.": ["Jan. 3", "Feb. 5"],
    "The fair runs June 3-5, or June 28-July 2, or 3–5 June 2025.": [
        "June 3-5", "June 28-July 2", "3–5 June 2025",
    ],
    "They met Monday-Friday in December.": ["Monday-Friday", "December"],
    "In May he left, as he had in March.": ["May", "March"],
    "May said so. March on, she said. We may come.": [],
    "Confidence in May Chen grew.": [],
    "In June 5,000 people left, in July 5 percent, in April 5 million.": ["June", "July", "April"],
    "They hoped for mid-March, early May or late 2023.": ["mid-March", "early May", "late 2023"],
    "It happened on 2024-11-05, 5/11/2024 and 5.11.2024.": [
        "2024-11-05", "5/11/2024", "5.11.2024",
    ],
    "In 2019, since 2020 and (2021) or the 2022-23 season.": ["2019", "2020", "2021", "2022-23"],
    "From 2010 to 2015, in the 1990s or early 1980s": ["2010", "2015", "1990s", "early 1980s"],
    "In the summer of 2022 and spring 2024": ["summer of 2022", "spring 2024"],
    "Castles of the 14th century fell last year.": ["14th century", "last year"],
    "Yesterday it rained, and today and tomorrow it will.": ["Yesterday", "today", "tomorrow"],
    "Flight 1989 took 2024 people; he is 54; they won 3-2.": [],
    "December 2023; Friday, Dec. 1; 1 January": ["December 2023", "Friday, Dec. 1", "1 January"],
}  # fmt: skip
MONEY = {
    "It cost $3.5 billion (€3.2bn), or £20m.": ["$3.5 billion", "€3.2bn", "£20m"],
    "US$45 million, C$20, A$3.5 million and HK$1,000": [
        "US$45 million", "C$20", "A$3.5 million", "HK$1,000",
    ],
    "Rs 500 crore, ₦2 trillion, KSh 1,200, Rp 5,000, RM20 million": [
        "Rs 500 crore", "₦2 trillion", "KSh 1,200", "Rp 5,000", "RM20 million",
    ],
    "N5 million, R45 million, K500 and P20 million": [
        "N5 million", "R45 million", "K500", "P20 million",
    ],
    "He wore N95 masks on K2 and met R2-D2 at P5.": [],
    "300 million rupees, 5,00,000 taka, 40 Swiss francs, 500 CFA francs": [
        "300 million rupees", "5,00,000 taka", "40 Swiss francs", "500 CFA francs",
    ],
    "7 million U.S. dollars and 20 Sri Lankan rupees": [
        "7 million U.S. dollars", "20 Sri Lankan rupees",
    ],
    "two million dollars, half a million pounds, 50 cents": [
        "two million dollars", "half a million pounds", "50 cents",
    ],
    "$3 million to $5 million, $3-5 million, 3 to 5 million dollars, $10 to 15 people": [
        "$3 million to $5 million", "$3-5 million", "3 to 5 million dollars", "$10",
    ],
    "Between 20 and 30 euros in 2010 and 15 euros": ["20 and 30 euros", "15 euros"],
    "USD 5 million, EUR500, 5 million KES": ["USD 5 million", "EUR500", "5 million KES"],
    "a $5-billion plan, a 20-million-euro plan": ["$5-billion"],
    "5,000 won and 3 million won, but two won and eight real problems": [
        "5,000 won", "3 million won",
    ],
    "Two million euros": ["Two million euros"],
    "he paid 180 pounds for it": ["180 pounds"],
}  # fmt: skip
PERCENTAGES = {
    "12% of voters, or 5.2 percent, 15 percentage points, 7 per cent, .5%": [
        "12%", "5.2 percent", "15 percentage points", "7 per cent", ".5%",
    ],
    "between 10 and 15 percent, 10-15 percent, 5%-6%, 5 to 6%": [
        "10 and 15 percent", "10-15 percent", "5%-6%", "5 to 6%",
    ],
    "down -5%, one percent, Forty-two percent, 25 basis points": [
        "5%", "one percent", "Forty-two percent", "25 basis points",
    ],
    "a 25-percent cut": ["25-percent"],
    "about half of them": [],
}  # fmt: skip
QUANTITIES = {
    "30 kilometers (19 miles) north": ["30 kilometers", "19 miles"],
    "a 5-kilometer road, 100km, 120 km/h, 65 mph": [
        "5-kilometer", "100km", "120 km/h", "65 mph",
    ],
    "32°C, 90 degrees Fahrenheit": ["32°C", "90 degrees Fahrenheit"],
    "7.5 metric tons, 40 hectares, 3 square miles": [
        "7.5 metric tons", "40 hectares", "3 square miles",
    ],
    "several hundred kilometers, a dozen miles, twenty-five miles": [
        "several hundred kilometers", "a dozen miles", "twenty-five miles",
    ],
    "one hundred and fifty miles, a hundred feet": [
        "one hundred and fifty miles", "a hundred feet",
    ],
    "2.5 million barrels per day": ["2.5 million barrels"],
    "a man weighing 180 pounds, 20 pounds of flour, a 300-pound bear": [
        "180 pounds", "20 pounds", "300-pound",
    ],
    "Flour at 3 m, 5 people, Boeing 737, G7": [],
    "two or three miles": ["two or three miles"],
}  # fmt: skip
CASES = [
    (text, [f"{kind}:{one}" for one in found])
    for kind, table in (
        ("DATE", DATES), ("MONEY", MONEY), ("PERCENT", PERCENTAGES), ("QUANTITY", QUANTITIES),
    )
    for text, found in table.items()
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_amounts_of_one_kind(text: str, expected: list[str]) -> None:
    kind = expected[0].partition(":")[0] if expected else ""
    found = amounts(text)
    assert [one for one in found if not kind or one.startswith(kind)] == expected


def test_amounts_of_all_kinds_in_order() -> None:
    text = "On May 5 Ann’s firm paid $2 million, 5% more, for 3 acres."
    assert amounts(text) == ["DATE:May 5", "MONEY:$2 million", "PERCENT:5%", "QUANTITY:3 acres"]


PIECES = st.sampled_from(
    [
        "5", "1,200", "3.5", "2024", "$", "€", "US$", "Rs", "N", "million", "hundred", "and", "to",
        "or", "-", "–", "%", "percent", "percentage points", "dollars", "U.S.", "pounds", "of",
        "miles", "square", "km", "°C", "degrees", "May", "March", "Jan.", "Sunday", "night", "last",
        "mid-", "the", "in", "between", "early", "1990s", "14th", "century", "two", "a", "half",
        "won", ",", ".", "\n", "\n\n", "\u2028", "\xa0", "weighing", "summer", "today", "½",
    ]
)  # fmt: skip
TEXTS = st.builds(
    str.join, st.sampled_from([" ", "", "\n"]), st.lists(PIECES, max_size=25)
) | st.text(max_size=60)


@given(TEXTS)
def test_amounts_are_bare_in_order_and_on_one_line(text: str) -> None:
    found = find_amounts(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    for one in found:
        shown = text[one.start : one.end]
        assert shown == shown.strip() != ""
        assert len(shown.splitlines()) == 1


@given(TEXTS, st.sampled_from(["\r\n", "\r", "\u2028", "\x85"]))
def test_line_ends_make_no_difference(text: str, end: str) -> None:
    text = "\n".join(text.splitlines())
    assert amounts(text.replace("\n", end)) == amounts(text)


UNITS = (
    "1", "1,111,", "1 million ", "million ", "$1 million ", "5-", "5 to ", "two-",
    "one hundred and ", "May ", "May 5-", "last ", "in ", "$", "$1-", "5%-", "the 2024", ".5",
    "Sunday,", "1/", "a ",
)  # fmt: skip


def cost(text: str) -> float:
    began = time.process_time()
    find_amounts(text)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length(unit: str) -> None:
    """Four times the length takes less than twelve times as long (a square: sixteen)."""
    small, large = (min(cost(unit * n) for _ in range(3)) for n in (1_000, 4_000))
    assert large < max(small, 0.01) * 12


@pytest.mark.parametrize("tail", [" million", ",111", "-million", " a million"])
def test_a_number_that_goes_on_and_on(tail: str) -> None:
    small, large = (
        min(cost(f"1{tail * n} $1{tail * n}") for _ in range(3)) for n in (1_000, 4_000)
    )
    assert large < max(small, 0.01) * 12
