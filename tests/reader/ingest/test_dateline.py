"""Datelines: what is one, what it says, and what only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.dateline import Dateline, find_dateline
from reader.ingest.places import tidy_place

LATEST = datetime(2025, 6, 1, tzinfo=UTC)
TEXT = "The vote was close."


def said(found: Dateline | None) -> tuple[str, str, str] | None:
    if found is None:
        return None
    day = found.published.at.date().isoformat() if found.published else ""
    return day, found.place, found.agency


@pytest.mark.parametrize(
    ("dateline", "day", "place", "agency"),
    [
        (" date 2023-07-23 ", "2023-07-23", "", ""),
        ("Date: 2023-07-23 ", "2023-07-23", "", ""),
        ("DATED 23.07.2023 ", "2023-07-23", "", ""),
        ("Published: 2023-07-23 ", "2023-07-23", "", ""),
        ("Published on July 23, 2023 ", "2023-07-23", "", ""),
        ("Posted 2023/7/23 | ", "2023-07-23", "", ""),
        ("Updated: 2023-07-24 Published: 2023-07-23 ", "2023-07-23", "", ""),
        ("Last updated 2023-07-24 10:30 GMT ", "2023-07-24", "", ""),
        ("2023-07-23 ", "2023-07-23", "", ""),
        ("2023-07-23T10:15:00Z ", "2023-07-23", "", ""),
        ("2023-07-23: ", "2023-07-23", "", ""),
        ("23-7-2023 (MOSCOW) ", "2023-07-23", "Moscow", ""),
        ("23/07/2023 (Moscow) ", "2023-07-23", "Moscow", ""),
        ("7/23/2023 (MOSCOW) ", "2023-07-23", "Moscow", ""),
        ("5.7.2023 (BERN) - ", "2023-07-05", "Bern", ""),
        ("2023-07-23 KYIV (Reuters) - ", "2023-07-23", "Kyiv", "Reuters"),
        ("2023-07-23 (AFP) ", "2023-07-23", "", "AFP"),
        ("July 23, 2023 — ", "2023-07-23", "", ""),
        ("Sunday, 23 July 2023: ", "2023-07-23", "", ""),
        ("23rd July 2023 – ", "2023-07-23", "", ""),
        ("KYIV, Ukraine (AP) — ", "", "Kyiv, Ukraine", "AP"),
        ("MINSK (Reuters) - ", "", "Minsk", "Reuters"),
        ("MINSK (Reuters)- ", "", "Minsk", "Reuters"),
        ("MINSK (AP) _ ", "", "Minsk", "AP"),
        ("MINSK (AP) -- ", "", "Minsk", "AP"),
        ("LONDON, July 23 (Reuters) - ", "", "London", "Reuters"),
        ("LONDON, 23 July 2023 (Reuters) - ", "2023-07-23", "London", "Reuters"),
        ("LONDON, Sunday (Reuters) - ", "", "London", "Reuters"),
        ("Geneva, 23 July 2023 – ", "2023-07-23", "Geneva", ""),
        ("NEW DELHI, July 23: ", "", "New Delhi", ""),
        ("NEW DELHI (PTI): ", "", "New Delhi", "PTI"),
        ("Kyiv (Ukrinform) – ", "", "Kyiv", "Ukrinform"),
        ("MOSCOW — ", "", "Moscow", ""),
        ("ST. PETERSBURG, Russia — ", "", "St. Petersburg, Russia", ""),
        ("WASHINGTON, D.C. – ", "", "Washington, D.C.", ""),
        ("RIO DE JANEIRO - ", "", "Rio de Janeiro", ""),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "", "Port-au-Prince, Haiti", "AP"),
        ("KYIV/WARSAW (Reuters) - ", "", "Kyiv/Warsaw", "Reuters"),
        ("МОСКВА — ", "", "Москва", ""),
        ("(MOSCOW) ", "", "Moscow", ""),
        ("(Reuters) - ", "", "", "Reuters"),
        ("(AP/AFP) ", "", "", "AP/AFP"),
        # May mean two days: it is a dateline, but no date.
        ("4/5/2023 (OSLO) ", "", "Oslo", ""),
        ("04-05-2023 ", "", "", ""),
        ("5-5-2023 (OSLO) ", "2023-05-05", "Oslo", ""),
    ],
)
def test_datelines(dateline: str, day: str, place: str, agency: str) -> None:
    found = find_dateline(dateline + TEXT, LATEST)
    assert found is not None
    assert said(found) == (day, place, agency)
    assert (dateline + TEXT)[found.end :] == TEXT
    assert found.raw == dateline.strip()


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "In the wake of rising tensions between two neighbours, the leaders met.",
        "The date 2023-07-23 was chosen by both sides.",
        "Date palms grow here.",
        "Published in 2023, the report names nobody.",
        "Updated July 23, 2023 figures show a fall.",
        "On 2023-07-23 the bridge fell.",
        "2023-07-23 was a Sunday.",
        "2023-02-30 (MOSCOW) The day does not exist.",
        "31.4.2023 The day does not exist.",
        "date 1750-01-01 Too long ago.",
        "date 2025-06-09 Not yet.",
        "date 2023-13-45 No month.",
        "2022-23 was the best season yet.",
        "192.168.10.1 is an address.",
        "12.5.2023 - 14.5.2023 Three days of music.",
        "July 23, 2023, was a hot day.",
        "July 23, 2023 was a hot day.",
        "January 6, 2021 Capitol riot hearings went on.",
        "May 2023 was dry.",
        "May said so - and went.",
        "23 July saw rain.",
        "NATO — The alliance was founded in 1949.",
        "UPDATE - The road is open again.",
        "LIVE BLOG — The vote is being counted.",
        "UKRAINE WAR — The day in brief.",
        "MOSCOW — the third of that name — sank.",
        "MOSCOW: The city never sleeps.",
        "Moscow — The city never sleeps.",
        "Moscow - the city - never sleeps.",
        "A well-known face (Reuters) is back.",
        "Liverpool (England) - a port - is growing.",
        "COVID-19 — The numbers are down.",
        "(see page four) The numbers are down.",
        "(NATO) The alliance.",
        "“MOSCOW — We left,” she said.",
        "Yes — He said so.",
        "I — The first of ten.",
        "MISTER FITZJAMES. — He was early.",
        "U.S. President Joe Biden spoke.",
        "THE MAYOR AND THE COUNCIL OF THE CITY — They disagree.",
        "The talks, which began on July 23, 2023 (Reuters) - went on.",
        "MINSK (Reuters) - ",
    ],
)
def test_sentences_that_are_none(sentence: str) -> None:
    assert find_dateline(sentence, LATEST) is None


@pytest.mark.parametrize(
    "alone",
    ["Published: 2023-07-23", "23 July 2023", "Sunday, July 23, 2023 10:30 a.m. EDT", "2023-07-23"],
)
def test_a_date_alone_is_a_dateline(alone: str) -> None:
    found = find_dateline(alone, LATEST)
    assert said(found) == ("2023-07-23", "", "")
    assert found is not None
    assert found.end == len(alone)


@pytest.mark.parametrize(
    ("written", "tidy"),
    [
        ("MOSCOW", "Moscow"),
        ("U.S.", "U.S."),
        ("XI'AN", "Xi'an"),
        ("N'DJAMENA, CHAD", "N'Djamena, Chad"),
        ("THE HAGUE", "The Hague"),
        ("STRATFORD UPON AVON", "Stratford upon Avon"),
        ("ABU DHABI,  UAE", "Abu Dhabi, UAE"),
        ("New Delhi", "New Delhi"),
    ],
)
def test_places_are_written_as_names(written: str, tidy: str) -> None:
    assert tidy_place(written) == tidy


PIECES = st.sampled_from(
    [
        "MOSCOW",
        "date",
        "2023-07-23",
        "4/5/2023",
        "(AP)",
        "(",
        ")",
        "—",
        " - ",
        ":",
        ",",
        " ",
        "July",
        "23",
        "2023",
        "Updated",
        "The",
        "a",
        "\n",
        "(Reuters) -",
        "\u2028",
        "Ж",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)))
def test_any_text_gives_a_stretch_at_its_beginning(text: str) -> None:
    found = find_dateline(text, LATEST)
    if found is not None:
        assert 0 < found.end <= len(text)
        assert text[: found.end].strip() == found.raw
