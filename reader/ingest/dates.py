"""Dates as written -> moments in UTC. Pure; what may mean two days is not guessed.

`latest` is the last moment an article may be from: dates after it, and before 1800, are
taken for something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from reader.model import Precision, Published

FIRST_YEAR = 1800
# Eight digits are a day only from here on: below they are mostly numbers of something.
_FIRST_COMPACT_YEAR = 1900
_LONGEST_VALUE = 64
_MILLISECONDS_FROM = 100_000_000_000

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
MONTH = "(?:" + "|".join(_MONTHS) + r")\b\.?"
WEEKDAY = (
    "(?:mon|monday|tue|tues|tuesday|wed|wednesday|thu|thur|thurs|thursday|fri|friday"
    r"|sat|saturday|sun|sunday)\b\.?"
)
ORDINAL = "(?:st|nd|rd|th)?"
_CLOCK = (
    r"(?:[T ,]\s*(?:at\s+)?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})"
    r"(?:\.[0-9]{1,9})?)?(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    r"(?:\s?(?P<zone>Z\b|UTC\b|GMT\b|[+-][0-9]{2}:?[0-9]{2}\b)|\s?(?-i:[A-Z]{2,4}T)\b)?)?"
)
_WRITTEN = re.compile(
    rf"(?:{WEEKDAY},?\s+)?"
    r"(?:(?P<y1>[0-9]{4})(?P<s1>[-/.])(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2})"
    r"|(?P<a>[0-9]{1,2})(?P<s2>[-/.])(?P<b>[0-9]{1,2})(?P=s2)(?P<y2>[0-9]{4})"
    rf"|(?P<m3>{MONTH})\s+(?P<d3>[0-9]{{1,2}}){ORDINAL},?\s+(?P<y3>[0-9]{{4}})"
    rf"|(?P<d4>[0-9]{{1,2}}){ORDINAL}\s+(?:of\s+)?(?P<m4>{MONTH}),?\s+(?P<y4>[0-9]{{4}}))"
    rf"(?![0-9]|[-/.][0-9]){_CLOCK}",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:[A-Za-z]{3},\s+)?[0-9]{1,2}\s+[A-Za-z]{3}\s+[12][0-9]{3}\s+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?\s+"
    r"(?:[A-Z]{1,4}|[+-][0-9]{4})"
)
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<y1>[0-9]{4})(?P<s1>[-_.])(?P<m1>[0-9]{1,2})(?P=s1)(?P<d1>[0-9]{1,2})"
    r"|(?P<a>[0-9]{1,2})(?P<s2>[-_.])(?P<b>[0-9]{1,2})(?P=s2)(?P<y2>[0-9]{4})"
    r"|(?P<y5>[0-9]{4})(?P<m5>[0-9]{2})(?P<d5>[0-9]{2}))(?![0-9A-SU-Za-z])"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A date found in a text up to `end`; `published` is None where it may mean two days.

    `in_words` tells a month written as a word from digits alone.
    """

    end: int
    published: Published | None
    in_words: bool


def read_date(text: str, start: int, latest: datetime) -> Reading | None:
    """Read the date, with its time of day if any, that begins at `start`; None if none does."""
    found = _WRITTEN.match(text, start)
    if found is None:
        return None
    days = _days(found)
    moments = [at for at in (_day(*day) for day in days) if at is not None]
    in_words = found["m3"] is not None or found["m4"] is not None
    if not moments:
        return None
    if len(set(moments)) > 1:
        return Reading(found.end(), None, in_words)
    published = _within(_with_clock(moments[0], found), latest)
    return None if published is None else Reading(found.end(), published, in_words)


def date_in_name(stem: str, latest: datetime) -> Published | None:
    """Return the day that the name of a file states, None without one or with several."""
    for found in _IN_NAME.finditer(stem):
        moments = {at for at in (_day(*day) for day in _days(found)) if at is not None}
        if len(moments) == 1:
            published = _within(Published(moments.pop(), Precision.DAY), latest)
            if published is not None:
                return published
    return None


def read_value(value: object, latest: datetime) -> Published | None:
    """Read the value of a date field: ISO 8601, RFC 2822, seconds or milliseconds since 1970,
    a written date, a month or a year alone. None for all else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip() if not isinstance(value, int) else _digits(value)
    if not text or len(text) > _LONGEST_VALUE:
        return None
    for read in (_partial, _iso, _epoch, _mail):
        published = read(text)
        if published is not None:
            return _within(published, latest)
    reading = read_date(text, 0, latest)
    return reading.published if reading is not None and reading.end == len(text) else None


def _digits(value: int) -> str:
    # The text of a huge number is refused by Python itself.
    return str(value) if abs(value) < 10**18 else ""


def _days(found: re.Match[str]) -> list[tuple[int, int, int]]:
    """The (year, month, day) that a match may mean."""
    groups = found.groupdict()
    for year, month, day in (
        ("y1", "m1", "d1"),
        ("y3", "m3", "d3"),
        ("y4", "m4", "d4"),
        ("y5", "m5", "d5"),
    ):
        if groups.get(year) is not None:
            return [(int(groups[year]), _month(groups[month]), int(groups[day]))]
    first, second, last = int(groups["a"]), int(groups["b"]), int(groups["y2"])
    day_first, month_first = (last, second, first), (last, first, second)
    return [day_first] if groups["s2"] == "." else [day_first, month_first]


def _month(written: str) -> int:
    return int(written) if written.isdigit() else _MONTHS[written.rstrip(".").lower()]


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None


def _with_clock(day: datetime, found: re.Match[str]) -> Published:
    """Add the time of day where its zone is stated; without one only the day is certain."""
    if found["zone"] is None:
        return Published(day, Precision.DAY)
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second"))
    if found["half"] is not None:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    try:
        local = day.replace(hour=hour, minute=minute, second=second, tzinfo=_zone(found["zone"]))
        return Published(local.astimezone(UTC), Precision.SECOND)
    except (ValueError, OverflowError):
        return Published(day, Precision.DAY)


def _zone(written: str) -> timezone:
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if written[0] == "-" else away)


def _within(published: Published, latest: datetime) -> Published | None:
    at = published.at
    return published if at.year >= FIRST_YEAR and at <= latest else None


def _partial(text: str) -> Published | None:
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?", text)
    if found is None:
        return None
    at = _day(int(found[1]), int(found[2] or 1), 1)
    precision = Precision.YEAR if found[2] is None else Precision.MONTH
    return None if at is None else Published(at, precision)


def _iso(text: str) -> Published | None:
    if text.isdecimal() and (len(text) != 8 or int(text[:4]) < _FIRST_COMPACT_YEAR):
        return None
    return _moment(datetime.fromisoformat, text)


def _mail(text: str) -> Published | None:
    # Only the strict form: in others the library takes years of two digits for those of this
    # century, and leaves out what it does not know.
    return _moment(parsedate_to_datetime, text) if _MAIL.fullmatch(text) else None


def _moment(parse: Callable[[str], datetime], text: str) -> Published | None:
    try:
        at = parse(text)
        if at.tzinfo is not None:
            return Published(at.astimezone(UTC), Precision.SECOND)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    # Midnight without a zone is how a day alone is written by programs.
    midnight = (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    return Published(at.replace(tzinfo=UTC), Precision.DAY if midnight else Precision.SECOND)


def _epoch(text: str) -> Published | None:
    # Other lengths are dates without separators rather than moments.
    if re.fullmatch(r"(?:[0-9]{9,10}|[0-9]{13})(?:\.[0-9]+)?", text) is None:
        return None
    seconds = float(text)
    if seconds >= _MILLISECONDS_FROM:
        seconds /= 1000
    return Published(datetime.fromtimestamp(seconds, UTC), Precision.SECOND)
