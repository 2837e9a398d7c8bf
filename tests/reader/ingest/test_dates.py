"""Dates as fields of records and in the names of files."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.dates import FIRST_YEAR, date_in_name, read_value
from reader.model import Precision, Published

LATEST = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "at", "precision"),
    [
        ("2023-07-23", "2023-07-23T00:00:00", Precision.DAY),
        ("20230723", "2023-07-23T00:00:00", Precision.DAY),
        (20230723, "2023-07-23T00:00:00", Precision.DAY),
        ("2023-07", "2023-07-01T00:00:00", Precision.MONTH),
        ("2023", "2023-01-01T00:00:00", Precision.YEAR),
        (2023, "2023-01-01T00:00:00", Precision.YEAR),
        ("2023-07-23T10:20:30Z", "2023-07-23T10:20:30", Precision.SECOND),
        ("2023-07-23T10:20:30+02:00", "2023-07-23T08:20:30", Precision.SECOND),
        ("2023-07-23 10:20:30 -0530", "2023-07-23T15:50:30", Precision.SECOND),
        ("2023-07-23T10:20:30", "2023-07-23T10:20:30", Precision.SECOND),
        ("2023-07-23 00:00:00", "2023-07-23T00:00:00", Precision.DAY),
        ("2023-07-23T00:00:00Z", "2023-07-23T00:00:00", Precision.SECOND),
        ("Sun, 23 Jul 2023 10:20:30 GMT", "2023-07-23T10:20:30", Precision.SECOND),
        ("Sun, 23 Jul 2023 10:20:30 +0200", "2023-07-23T08:20:30", Precision.SECOND),
        ("23 July 2023", "2023-07-23T00:00:00", Precision.DAY),
        ("July 23, 2023 3:05 p.m. UTC", "2023-07-23T15:05:00", Precision.SECOND),
        ("July 23, 2023 12:05 AM UTC", "2023-07-23T00:05:00", Precision.SECOND),
        ("July 23, 2023 at 10:30 EDT", "2023-07-23T00:00:00", Precision.DAY),
        ("July 23, 2023 25:30 UTC", "2023-07-23T00:00:00", Precision.DAY),
        (1690106400, "2023-07-23T10:00:00", Precision.SECOND),
        ("1690106400", "2023-07-23T10:00:00", Precision.SECOND),
        (1690106400.0, "2023-07-23T10:00:00", Precision.SECOND),
        (1690106400000, "2023-07-23T10:00:00", Precision.SECOND),
        (" 2023-07-23 ", "2023-07-23T00:00:00", Precision.DAY),
        ("Sun, 23 Jul 2023 10:20 EST", "2023-07-23T15:20:00", Precision.SECOND),
        ("2023-07-23T10:00:00+99:99", "2023-07-23T00:00:00", Precision.DAY),
        ("July 23, 2023 10:30 +99:00", "2023-07-23T00:00:00", Precision.DAY),
        ("1805-10-21", "1805-10-21T00:00:00", Precision.DAY),
    ],
)
def test_values_that_are_dates(value: object, at: str, precision: Precision) -> None:
    wanted = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert read_value(value, LATEST) == Published(wanted, precision)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "soon",
        "Thursday",
        "5",
        0,
        -5,
        10**30,
        float("inf"),
        float("nan"),
        [],
        {},
        "2023-02-30",
        "2023-13",
        "0000",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Sun, 23 Jul 23 10:20:30 GMT",
        "Sun, 99 Jul 2023 10:20:30 GMT",
        "07/08/2023",
        "2025-06-02",
        "1799-12-31",
        "202307231000",
        "20231345",
        "²0230723",
        "17991231",
        "2023年7月23日",
        "２０２３-０７-２３",
        "July 23, 2023 or so",
        "9" * 5000,
        "1" * 60,
    ],
)
def test_values_that_are_not(value: object) -> None:
    assert read_value(value, LATEST) is None


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.datetimes().map(str)))
def test_any_value_gives_a_moment_in_bounds_or_nothing(value: object) -> None:
    found = read_value(value, LATEST)
    assert found is None or (found.at.year >= FIRST_YEAR and found.at <= LATEST)


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("2023-07-23-foo", "2023-07-23"),
        ("20230723_foo", "2023-07-23"),
        ("23-07-2023 foo", "2023-07-23"),
        ("foo_2023_07_23", "2023-07-23"),
        ("foo.2023.7.3", "2023-07-03"),
        ("2023-07-23T10-15-foo", "2023-07-23"),
        ("99999999 2023-07-23", "2023-07-23"),
        ("002_19f7a3bb0be46a5e", None),
        ("04-05-2023", None),
        ("2023-02-30", None),
        ("2099-01-01", None),
        ("x20230723", None),
        ("120230723", None),
        ("2023-0723", None),
        ("12345678", None),
        ("", None),
    ],
)
def test_names_of_files(stem: str, day: str | None) -> None:
    found = date_in_name(stem, LATEST)
    assert (found.at.date().isoformat() if found else None) == day
