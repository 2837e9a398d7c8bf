"""Dates in queries: text to ranges of seconds, and ranges back to text.

Days are days of UTC, whatever the time zone of `now`. Ranges are half open.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta

from index.fields import nearest
from index.query import Not, Query, Range

_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR = 9998
"""Leaves room for the end of the year, which is a moment of the next."""
_FIRST = (1, 1, 1, 0, 0, 0)

_CALENDAR = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:t(\d\d):(\d\d)(?::(\d\d))?z?)?)?)?", re.ASCII
)
_AGE = re.compile(r"([0-9]{1,4})([dwmy])")
_COMPARED = re.compile(r"(>=|<=|>|<)(.*)", re.DOTALL)
_PARTS = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", re.ASCII)
_WORDS = ("today", "yesterday", "none")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORTEST_MONTH = 3
_MONTH_AND_YEAR = re.compile(r"([^\W\d_]+)\.?[\s,-]*(\d{4})?", re.ASCII)

Bounds = tuple[int | None, int | None]


def date_query(field: str, text: str, now: datetime) -> Query | None:
    """What `text` after `date:` or `added:` asks for, or None when it is no date."""
    text = text.lower()
    if text == "*":
        return Range(field, None, None)
    if text == "none":
        return Not(Range(field, None, None))
    bounds = _bounds(text, now.astimezone(UTC))
    return None if bounds is None else Range(field, *bounds)


def suggest_date(text: str, now: datetime) -> str:
    """A valid date close to `text`, or empty."""
    first, dots, last = text.partition("..")
    if dots and date_query("date", swapped := f"{last}..{first}", now):
        return swapped
    if (compared := _COMPARED.fullmatch(text)) and (near := suggest_date(compared[2], now)):
        return compared[1] + near
    if parts := _PARTS.fullmatch(text):
        year, month, day = parts[1], parts[2].zfill(2), (parts[3] or "").zfill(2)
        for candidate in (f"{year}-{month}-{day}", f"{year}-{month}"):
            if _calendar(candidate):
                return candidate
    return month_named(text, now) or nearest(text, _WORDS)


def month_named(text: str, now: datetime | None = None) -> str:
    """The month that "July 2023", "jul 2023" or, where it is known when it is `now`, "july" names:
    the last one then; or empty."""
    found = _MONTH_AND_YEAR.fullmatch(text.strip().lower())
    if found is None or len(found[1]) < _SHORTEST_MONTH:
        return ""
    number = next((at for at, name in enumerate(_MONTHS, 1) if name.startswith(found[1])), 0)
    year = found[2] or (_year_of(number, now) if now else "")
    return f"{year}-{number:02}" if number and year else ""


def _year_of(month: int, now: datetime) -> str:
    """The year of the last month so numbered."""
    today = now.astimezone(UTC)
    return f"{today.year - (month > today.month):04}"


def date_examples(now: datetime) -> tuple[str, ...]:
    """How dates are written."""
    today = now.astimezone(UTC)
    return f"{today.year:04}-{today.month:02}", f"{today:%Y-%m-%d}", "7d", "today"


def _bounds(text: str, now: datetime) -> Bounds | None:
    first, dots, last = text.partition("..")
    if dots:
        return _between(first, last, now)
    if compared := _COMPARED.fullmatch(text):
        return _compare(compared[1], _moment(compared[2], now))
    since = _age(text, now)
    return _calendar(text, now) if since is None else (since, _seconds(now) + 1)


def _between(first: str, last: str, now: datetime) -> Bounds | None:
    opening = _moment(first, now) if first else (None, None)
    closing = _moment(last, now) if last else (None, None)
    if opening is None or closing is None:
        return None
    start, end = opening[0], closing[1]
    if start is None or end is None:
        return None if start is end else (start, end)
    return (start, end) if start < end else None


def _compare(sign: str, moment: tuple[int, int] | None) -> Bounds | None:
    if moment is None:
        return None
    start, end = moment
    return {
        ">=": (start, None),
        ">": (end, None),
        "<=": (None, end),
        "<": (None, start),
    }[sign]


def _moment(text: str, now: datetime) -> tuple[int, int] | None:
    """The stretch of a date inside a comparison or range; an age is a point in time there."""
    since = _age(text, now)
    return _calendar(text, now) if since is None else (since, since)


def _age(text: str, now: datetime) -> int | None:
    """The moment as long ago as `7d`, `2w`, `3m` or `1y` say."""
    found = _AGE.fullmatch(text)
    if found is None or not int(found[1]):
        return None
    count, unit = int(found[1]), found[2]
    if unit in "dw":
        return _seconds(now) - count * _DAY * (7 if unit == "w" else 1)
    return _months_before(now, count * (12 if unit == "y" else 1))


def _months_before(now: datetime, months: int) -> int | None:
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    if year < 1:
        return None
    day = min(now.day, monthrange(year, month + 1)[1])
    return _seconds(now.replace(year=year, month=month + 1, day=day))


def _calendar(text: str, now: datetime | None = None) -> tuple[int, int] | None:
    """The year, month, day, minute or second that `text` names."""
    if now and text in ("today", "yesterday"):
        midnight = _seconds(now) // _DAY * _DAY - (_DAY if text == "yesterday" else 0)
        return midnight, midnight + _DAY
    found = _CALENDAR.fullmatch(text)
    if found is None or int(found[1]) > _LAST_YEAR:
        return None
    numbers = [int(part) for part in found.groups() if part is not None]
    precision = len(numbers)
    year, month, day, hour, minute, second = (*numbers, *_FIRST[precision:])
    try:
        start = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return _seconds(start), _end_of(start, precision)


def _end_of(start: datetime, precision: int) -> int:
    if precision == 1:
        return _seconds(start.replace(year=start.year + 1))
    if precision == 2:
        return _seconds(start) + monthrange(start.year, start.month)[1] * _DAY
    return _seconds(start) + {3: _DAY, 5: 60, 6: 1}[precision]


def _seconds(moment: datetime) -> int:
    return math.floor((moment - _EPOCH).total_seconds())


def range_text(wanted: Range) -> str:
    """The value that, written after the field and a colon, gives `wanted` again."""
    start, end = wanted.start, wanted.end
    if start is None:
        return "*" if end is None else f"<{_iso(end)}"
    if end is None:
        return f">={_iso(start)}"
    first = _iso(start)
    for name in (first[:4], first[:7], first):
        if _calendar(name) == (start, end):
            return name
    last = _iso(end - _DAY) if end % _DAY == 0 else _second(end - 1)
    return f"{first}..{last}"


def explain_range(wanted: Range) -> str:
    """`wanted` in plain words: "published from 2023-07-01 to 2023-07-31"."""
    start, end = wanted.start, wanted.end
    verb = "published" if wanted.field == "date" else "added"
    if start is None:
        return f"{date_name(wanted)} is known" if end is None else f"{verb} before {_plain(end)}"
    if end is None:
        return f"{verb} on or after {_plain(start)}"
    if start % _DAY == 0 and end == start + _DAY:
        return f"{verb} on {_plain(start)}"
    last = _plain(end - _DAY) if end % _DAY == 0 else _plain(end - 1, clock=True)
    return f"{verb} from {_plain(start)} to {last}"


def date_name(wanted: Range) -> str:
    """What the date that `wanted` is about is called."""
    return "publication date" if wanted.field == "date" else "date of arrival"


def _plain(seconds: int, *, clock: bool = False) -> str:
    text = _second(seconds) if clock else _iso(seconds)
    return text.replace("T", " ") + (" UTC" if "T" in text else "")


def _iso(seconds: int) -> str:
    """A day where the moment is its beginning, else a second."""
    return _second(seconds)[:10] if seconds % _DAY == 0 else _second(seconds)


def _second(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()
