"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.feed.dates import FIRST_YEAR, read_date, read_first
from tests.reader.ingest.feed.documents import LATEST

NOON = "2024-03-08T12:00:00Z"


@pytest.mark.parametrize(
    "written",
    [
        "Fri, 08 Mar 2024 12:00:00 GMT",
        "Fri, 8 Mar 2024 12:00:00 +0000",
        "Fri, 08 Mar 2024 07:00:00 -0500",
        "Fri, 08 Mar 2024 17:30:00 +0530",
        "Fri,08 Mar 2024 12:00:00+0000",
        "Fri, 08 Mar 24 12:00 UT",
        "08 Mar 2024 07:00:00 EST",
        "Friday, 08-Mar-24 12:00:00 GMT",
        "Fri Mar  8 12:00:00 2024",
        "Fri Mar  8 04:00:00 PST 2024",
        "Fri Mar 08 2024 14:00:00 GMT+0200 (EET)",
        "Fri, 08 Mar 2024 12:00:00 Etc/GMT",
        "Fri, 08 Mar 2024 14:00:00 UTC+2",
        "Fri, 08 Mar 2024 12:00:00 NOWHERE",
        "Fri, 2024/03/08 07:00:00 EST",
        "March 8, 2024 12:00 pm",
        "March 8th 2024 at 12:00 PM UTC",
        "8 March 2024, 12:00",
        "2024-03-08T12:00:00Z",
        "2024-03-08T12:00:00.123456Z",
        "2024-03-08t12:00z",
        "2024-03-08 12:00:00.0",
        "2024-03-08, 12:00",
        "2024-03-08T7:00-05:00",
        "2024-03-08T07:00:00\u221205:00",
        "2024-03-08T12:00:00+00:00Z",
        "2024-03-08T13:00:00 GMT+01:00",
        "20240308T120000Z",
        "2024-068T12:00:00Z",
        "1709899200",
        "1709899200000",
        "8.3.2024 12:00",
        "3/28/2024 12:00 PM",
        "Παρ, 08 Μαρ 2024 12:00:00 GMT",
        "2024-március-08T13:00+01:00",
        "2024년 03월 08일  12:00:00",
        "2024-03-08 오후 9:00:00",
        "2024年3月8日 12:00",
        "Fr, 08 Mär 2024 13:00:00 +0100",
        "8 de marzo de 2024 12:00",
        "ven., 08 mars 2024 13:00:00 CET",
    ],
)
def test_moments(written: str) -> None:
    published = read_date(written, LATEST)
    assert published is not None
    assert published.iso == (NOON if "28" not in written else "2024-03-28T12:00:00Z")


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-08", "2024-03-08"),
        ("20240308", "2024-03-08"),
        ("2024-068", "2024-03-08"),
        ("08 Mar 2024", "2024-03-08"),
        ("Mar 2024", "2024-03"),
        ("Mar 8, 2024", "2024-03-08"),
        ("23.7.2023", "2023-07-23"),
        ("08/08/2023", "2023-08-08"),
        ("2024-03-08T", "2024-03-08"),
        ("2024-03-08T25:00:00Z", "2024-03-08"),
        ("Fri, 08 Mar 2024 29:00:00 GMT", "2024-03-08"),
        ("Fri, 08 Mar 2024 12:61:00 EST", "2024-03-08"),
        ("Fri, 08 Mar 2024 24:00:00 GMT", "2024-03-09T00:00:00Z"),
        ("Fri, 08 Mar 2024 12:00:60 GMT", "2024-03-08T12:00:59Z"),
        ("Fri, 08 Mar 2024 12:00:00 +9900", "2024-03-08"),
        ("Mon, 5 Jan 98 14:00:00 GMT", "1998-01-05T14:00:00Z"),
        ("2024-03-08T12:00:00+99:00", "2024-03-08T12:00:00Z"),
    ],
)
def test_as_much_as_is_known(written: str, iso: str) -> None:
    published = read_date(written, LATEST)
    assert published is not None
    assert published.iso == iso


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Friday",
        "5",
        "2023-W29-7",
        "07/08/2023",
        "2023-02-30",
        "Thu, 30 Feb 2023 10:00:00 GMT",
        "2023-366",
        "2023-000",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "1989-12-31",
        "2027-01-01",
        "9999-12-31T23:59:59-14:00",
        "Mar 8 12 2024",
        "123 Mar 2024",
        "8 Mar 202",
        "x" * 500,
        "2024-13-01",
        "0" * 90,
    ],
)
def test_what_is_no_date(written: str) -> None:
    assert read_date(written, LATEST) is None


def test_the_first_that_can_be_read() -> None:
    found = read_first(["", "never", "2024-03-08", "2023"], LATEST)
    assert found is not None
    assert found.iso == "2024-03-08"
    assert read_first([], LATEST) is None


@given(
    st.integers(int(datetime(FIRST_YEAR, 1, 2, tzinfo=UTC).timestamp()), 1_767_000_000),
    st.sampled_from(
        ["%a, %d %b %Y %H:%M:%S GMT", "%Y-%m-%dT%H:%M:%SZ", "%c", "%A, %d-%b-%Y %H:%M:%S +0000"]
    ),
)
def test_moments_come_back(seconds: int, form: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    published = read_date(moment.strftime(form), LATEST)
    assert published is not None
    assert published.at == moment


@given(st.text(alphabet="0123456789-/.:+TZ 年월日aprMGEST,()", max_size=40) | st.text(max_size=60))
def test_nothing_raises(written: str) -> None:
    published = read_date(written, LATEST)
    assert published is None or FIRST_YEAR <= published.at.year <= LATEST.year
