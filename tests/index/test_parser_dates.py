"""Dates in queries, as ranges of seconds, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from index.errors import QuerySyntaxError, SyntaxProblem
from index.parser import explain, parse, to_text
from index.query import Not, Query, Range

NOW = datetime(2023, 7, 24, 12, 30, 15, 400_000, tzinfo=UTC)


def at(*parts: int) -> int:
    year, month, day, hour, minute, second = (*parts, *(1, 1, 1, 0, 0, 0)[len(parts) :])
    return int(datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp())


def query_of(text: str, now: datetime = NOW) -> Query:
    return parse(text, now=now).query


CASES = [
    ("2023", at(2023), at(2024)),
    ("2023-07", at(2023, 7), at(2023, 8)),
    ("2023-12", at(2023, 12), at(2024)),
    ("2024-02", at(2024, 2), at(2024, 3)),
    ("2024-02-29", at(2024, 2, 29), at(2024, 3)),
    ("2023-07-23", at(2023, 7, 23), at(2023, 7, 24)),
    ("1931-05-02", at(1931, 5, 2), at(1931, 5, 3)),
    ("0001", at(1), at(2)),
    ("2023-07-23T10:15", at(2023, 7, 23, 10, 15), at(2023, 7, 23, 10, 16)),
    ("2023-07-23t10:15:59Z", at(2023, 7, 23, 10, 15, 59), at(2023, 7, 23, 10, 16)),
    ("today", at(2023, 7, 24), at(2023, 7, 25)),
    ("Yesterday", at(2023, 7, 23), at(2023, 7, 24)),
    ("7d", at(2023, 7, 17, 12, 30, 15), at(2023, 7, 24, 12, 30, 16)),
    ("2w", at(2023, 7, 10, 12, 30, 15), at(2023, 7, 24, 12, 30, 16)),
    ("3M", at(2023, 4, 24, 12, 30, 15), at(2023, 7, 24, 12, 30, 16)),
    ("1y", at(2022, 7, 24, 12, 30, 15), at(2023, 7, 24, 12, 30, 16)),
    (">=2023-07", at(2023, 7), None),
    (">2023-07", at(2023, 8), None),
    ("<=2023-07", None, at(2023, 8)),
    ("<2023-07", None, at(2023, 7)),
    (">=yesterday", at(2023, 7, 23), None),
    (">7d", at(2023, 7, 17, 12, 30, 15), None),
    ("<7d", None, at(2023, 7, 17, 12, 30, 15)),
    ("2022-12..2023-07", at(2022, 12), at(2023, 8)),
    ("2022..2023-07-23", at(2022), at(2023, 7, 24)),
    ("2023..", at(2023), None),
    ("..2023", None, at(2024)),
    ("2w..1w", at(2023, 7, 10, 12, 30, 15), at(2023, 7, 17, 12, 30, 15)),
    ("7d..today", at(2023, 7, 17, 12, 30, 15), at(2023, 7, 25)),
    ("*", None, None),
]


@pytest.mark.parametrize("field", ["date", "added"])
@pytest.mark.parametrize(("value", "start", "end"), CASES)
def test_date(field: str, value: str, start: int | None, end: int | None) -> None:
    query = Range(field, start, end)
    assert query_of(f"{field}:{value}") == query
    assert query_of(f'{field}:"{value}"') == query
    assert query_of(to_text(query)) == query


def test_none_is_not_known() -> None:
    assert query_of("date:none") == Not(Range("date", None, None))
    assert query_of("-date:NONE") == Range("date", None, None)


def test_days_are_days_of_utc() -> None:
    # Half past midnight of the 25th in a zone three hours ahead is still the 24th of UTC.
    ahead = datetime(2023, 7, 25, 0, 30, tzinfo=timezone(timedelta(hours=3)))
    assert query_of("date:today", ahead) == query_of("date:2023-07-24")


def test_months_end_where_the_month_ends() -> None:
    query = query_of("date:1m", datetime(2023, 3, 31, tzinfo=UTC))
    assert query == Range("date", at(2023, 2, 28), at(2023, 3, 31) + 1)


def test_before_the_first_year_is_no_date() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        query_of("date:9999y")
    assert caught.value.problem is SyntaxProblem.BAD_DATE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2023", "2023"),
        ("2023-07-01..2023-07-31", "2023-07"),
        ("2022-12..2023-07", "2022-12-01..2023-07-31"),
        ("today", "2023-07-24"),
        ("7d", "2023-07-17T12:30:15..2023-07-24T12:30:15"),
        ("2023-07-23T10:15:00..2023-07-23T23:59", "2023-07-23T10:15:00..2023-07-23"),
        ("2023-07-23..2023-07-24T00:00:00", "2023-07-23..2023-07-24T00:00:00"),
        (">2023-07", ">=2023-08-01"),
        ("<=2023-07", "<2023-08-01"),
        ("<2w", "<2023-07-10T12:30:15"),
    ],
)
def test_canonical_date(value: str, text: str) -> None:
    assert to_text(query_of(f"date:{value}")) == f"date:{text}"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date:2023-07-23", "published on 2023-07-23"),
        ("added:2023-07", "added from 2023-07-01 to 2023-07-31"),
        ("date:>2023-07-23", "published on or after 2023-07-24"),
        ("date:<2023-07-23", "published before 2023-07-23"),
        ("date:7d", "published from 2023-07-17 12:30:15 UTC to 2023-07-24 12:30:15 UTC"),
        ("date:none", "publication date is unknown"),
        ("added:none", "date of arrival is unknown"),
        ("date:*", "publication date is known"),
    ],
)
def test_explained_date(text: str, words: str) -> None:
    assert explain(query_of(text)) == words
