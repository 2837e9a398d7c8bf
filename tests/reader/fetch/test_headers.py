"""What headers say, as they are and as they should not be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.headers import charset, fresh, media_type, moment, retry_after, validator

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "kind", "characters"),
    [
        ("text/xml; charset=ISO-8859-1", "text/xml", "ISO-8859-1"),
        ("Application/Atom+XML;type=feed;Charset='utf-8'", "application/atom+xml", "utf-8"),
        ('text/html; charset = "utf-8', "text/html", "utf-8"),
        ("text/html;charset=", "text/html", ""),
        ("\x1b[31m", "", ""),
        ("", "", ""),
    ],
)
def test_the_type_and_its_characters(value: str, kind: str, characters: str) -> None:
    assert (media_type(value), charset(value)) == (kind, characters)


@pytest.mark.parametrize("value", ['"a\x00"', '"é"', "a" * 2000, "a\r\nb", "\x1b"])
def test_validators_that_cannot_be_sent_back(value: str) -> None:
    assert validator(value) == ""


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "max-age=60"}, 60),
        ({"Cache-Control": 'public, Max-Age="90"'}, 90),
        ({"Cache-Control": "s-maxage=5"}, 0),
        ({"Cache-Control": "max-age=60, no-cache"}, 0),
        ({"Cache-Control": "no-store, max-age=60"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "500"}, 100),
        ({"Cache-Control": "max-age=600", "Age": "5000"}, 0),
        ({"Cache-Control": "max-age=600", "Age": "x"}, 600),
        ({"Cache-Control": "max-age=99999999"}, 86400),
        ({"Cache-Control": "max-age=-1"}, 0),
        ({"Expires": "Sun, 22 Nov 2026 10:00:00 GMT"}, 3600),
        ({"Expires": "Sun, 22 Nov 2026 10:00:00"}, 3600),
        ({"Expires": "Sun, 22 Nov 2026 10:00:00 GMT", "Date": "Sun, 22 Nov 2026 09:59:00 GMT"}, 60),
        ({"Expires": "Sun, 22 Nov 2026 08:00:00 GMT"}, 0),
        ({"Expires": "0"}, 0),
        ({}, 0),
    ],
)
def test_for_how_long_a_document_is_fresh(headers: dict[str, str], seconds: int) -> None:
    assert fresh(headers, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("Sun, 22 Nov 2026 09:10:00 GMT", 600), ("Sun, 22 Nov 2026 09:00:01 GMT", 60),
        ("Sun, 22 Nov 2020 09:00:00 GMT", 60), ("Sun, 22 Nov 2099 09:00:00 GMT", 86400),
        (" 300 ", 300), ("1.5", 0), ("²", 0), ("9" * 18, 86400), ("9" * 5000, 86400),
    ],
)  # fmt: skip
def test_how_long_to_wait(value: str, seconds: int) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text())
def test_any_text_is_read(value: str) -> None:
    assert 0 <= retry_after(value, NOW) <= 86400
    assert 0 <= fresh({"Cache-Control": value, "Expires": value, "Age": value}, NOW) <= 86400
    found = moment(value)
    assert found is None or found.tzinfo is UTC
    assert validator(value).isprintable()
    assert media_type(value).isascii()
    assert charset(value).isascii()
