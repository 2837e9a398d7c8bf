"""Dates of feeds -> moments in UTC: RFC 822 and its relatives, ISO 8601 and its parts, what
`ctime` prints, and forms of several languages. Pure; what may mean two days is not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from reader.model import Precision, Published

FIRST_YEAR = 1990
"""Dates before it are what programs write for lack of one."""

_LONGEST = 100
_FARTHEST = timedelta(hours=14)
_MONTH_NAMES = """
january jan januar jänner jaenner janvier janv enero ene janeiro gennaio gen januari január ιαν
ιανουάριος января янв;
february feb februar februarie février févr fév fevrier febrero fevereiro fev febbraio februari
február φεβ φεβρουάριος февраля фев;
march mar märz maerz mrz mär mars marzo março marco maart mrt március márciu μάρ μαρ марта мар;
april apr avril avr abril abr aprile április áprili απρ апреля апр;
may mai mayo maio maggio mag mei május máj μαι μάι μαϊ μάϊ мая май;
june jun juni juin junio junho giugno giu június júniu ιουν ιούν июня июн;
july jul juli juillet juil julio julho luglio lug július júliu ιουλ ιούλ ιολ июля июл;
august aug août aout agosto ago augustus augusztus augusz αυγ αύγ августа авг;
september sep sept septembre septiembre setembro settembre set szeptember szepte σεπ сентября сен;
october oct oktober okt octobre octubre outubro out ottobre ott október οκτ октября окт;
november nov novembre noviembre novembro νοε νοέ ноября ноя;
december dec dezember dez décembre déc diciembre dic dezembro dicembre δεκ декабря дек
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.split(";"), start=1)
    for name in names.split()
}
_HOURS = {
    "ut": 0.0, "utc": 0.0, "gmt": 0.0, "z": 0.0, "wet": 0.0,
    "est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0,
    "pst": -8.0, "pdt": -7.0, "akst": -9.0, "akdt": -8.0, "hst": -10.0, "ast": -4.0,
    "adt": -3.0, "nst": -3.5, "ndt": -2.5, "brt": -3.0, "art": -3.0,
    "bst": 1.0, "west": 1.0, "cet": 1.0, "met": 1.0, "cest": 2.0, "mest": 2.0, "mesz": 2.0,
    "mez": 1.0, "eet": 2.0, "eest": 3.0, "sast": 2.0, "msk": 3.0, "msd": 4.0, "trt": 3.0,
    "gst": 4.0, "pkt": 5.0, "ist": 5.5, "npt": 5.75, "ict": 7.0, "wib": 7.0, "sgt": 8.0,
    "hkt": 8.0, "awst": 8.0, "jst": 9.0, "kst": 9.0, "acst": 9.5, "acdt": 10.5, "aest": 10.0,
    "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0, "et": -5.0, "ct": -6.0, "mt": -7.0, "pt": -8.0,
}  # fmt: skip
_CLOCK = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:[.,:][0-9]+)?)?"
_OFFSET = r"(?P<sign>[+\-−])(?P<away>[0-9]{1,2}:?(?:[0-9]{2})?)"
_ZONE = rf"(?:\s*(?:(?P<zone>[A-Za-z]{{1,5}})(?![A-Za-z])|(?:GMT|UTC)?{_OFFSET}))?"
_ISO = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<s>[-/.])(?P<month>[0-9]{1,2})(?:(?P=s)(?P<day>[0-9]{1,2}))?)?"
    rf"(?:(?:\s*[Tt]\s*|,?\s+)(?:(?P<half>오전|오후)\s*)?{_CLOCK}{_ZONE})?"
)
_COMPACT = re.compile(
    r"(?P<year>[12][0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
    rf"(?:T?(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}})(?P<second>[0-9]{{2}})?{_ZONE})?"
)
_ORDINAL = re.compile(rf"(?P<year>[0-9]{{4}})-?(?P<of_year>[0-9]{{3}})(?:T{_CLOCK}{_ZONE})?")
_NUMERIC = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P=s)(?P<year>[0-9]{4}),?"
    rf"(?:\s+{_CLOCK}\s*(?P<half>[AaPp]\.?[Mm]\b\.?)?{_ZONE})?"
)
# What nearly all feeds have; the others are slower to read.
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r" (?:GMT|UTC|Z|([+-])([0-9]{2})([0-9]{2}))"
)
_EPOCH = re.compile(r"([0-9]{9,10})(?:[0-9]{3})?(?:\.[0-9]+)?")
_TIME = re.compile(rf"(?<![0-9:]){_CLOCK}(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?")
_AFTER_TIME = re.compile(
    rf"\s*\(?(?:(?:GMT|UTC)\s*)?(?:{_OFFSET}|(?:Etc/)?(?P<zone>[A-Za-z]{{1,5}})(?![A-Za-z]))"
)
_WORD = re.compile(r"[^\W\d_]+\.?|[0-9]+")
_EAST = re.compile(r"([0-9]{4})\s*[年년]\s*([0-9]{1,2})\s*[月월]\s*([0-9]{1,2})\s*[日일]")
_WEEKDAY = re.compile(r"\A[^\W\d_]{2,12}\.?,?\s+(?=[0-9])")


def read_first(written: Iterable[str], latest: datetime) -> Published | None:
    """Return the first of several dates that can be read, or None."""
    return next((found for text in written if (found := read_date(text, latest))), None)


def read_date(written: str, latest: datetime) -> Published | None:
    """Read one date; None for one that cannot be, is before 1990 or after `latest`.

    A time of day without a zone is taken for UTC. Years of two digits are 1990 to 2089.
    """
    text = " ".join(written[: _LONGEST * 4].split())
    if not text or len(text) > _LONGEST:
        return None
    try:
        published = _read(text)
    except (ValueError, OverflowError):
        return None
    if published is None or published.at.year < FIRST_YEAR or published.at > latest:
        return None
    return published


def _read(text: str) -> Published | None:
    found = _MAIL.fullmatch(text)
    if found is not None and (month := _MONTHS.get(found[2].lower())):
        return _from_mail(found, month)
    text = _EAST.sub(r"\1-\2-\3", text)
    first = _WEEKDAY.match(text)
    is_month = first is not None and first[0].strip(" .,").lower() in _MONTHS
    bare = text if first is None or is_month else text[first.end() :]
    for pattern in (_ISO, _COMPACT, _ORDINAL, _NUMERIC):
        found = pattern.fullmatch(bare)
        if found is not None:
            return _from_digits(found.groupdict())
    found = _ISO.match(bare)
    if found is not None and found["day"] and not bare[found.end()].isdigit():
        return _from_digits(found.groupdict())
    found = _EPOCH.fullmatch(text)
    if found is not None:
        return Published(datetime.fromtimestamp(int(found[1]), UTC), Precision.SECOND)
    return _in_words(text)


def _from_mail(found: re.Match[str], month: int) -> Published:
    day, _, year, hour, minute, second, sign, hours, minutes = found.groups()
    at = datetime(int(year), month, int(day), tzinfo=UTC)
    away = timedelta(hours=int(hours), minutes=int(minutes)) if sign else timedelta()
    if int(hour) > 24 or int(minute) > 59 or away > _FARTHEST:
        return Published(at, Precision.DAY)
    at += timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second), 59))
    return Published(at + away if sign == "-" else at - away, Precision.SECOND)


def _from_digits(parts: dict[str, str | None]) -> Published | None:
    year = int(parts["year"] or 0)
    if parts.get("of_year"):
        day = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=int(parts["of_year"] or 1) - 1)
        return _at(day, parts) if day.year == year else None
    if parts.get("a"):
        month_and_day = _numeric(int(parts["a"] or 0), int(parts["b"] or 0), parts["s"] or "")
        if month_and_day is None:
            return None
        return _at(datetime(year, *month_and_day, tzinfo=UTC), parts)
    day = datetime(year, int(parts["month"] or 1), int(parts.get("day") or 1), tzinfo=UTC)
    if parts.get("day") is None:
        return Published(day, Precision.MONTH if parts["month"] else Precision.YEAR)
    return _at(day, parts)


def _numeric(first: int, second: int, separator: str) -> tuple[int, int] | None:
    """Month and day of `23.7.2023` and of `7/23/2023`; None where both orders make a day."""
    if separator == "." or first > 12 or first == second:
        return second, first
    return (first, second) if second > 12 else None


def _in_words(text: str) -> Published | None:
    """A date with the name of its month: day, month and year in any order that is usual."""
    clock = _TIME.search(text)
    parts: dict[str, str | None] = {}
    if clock is not None:
        parts = clock.groupdict()
        after = _AFTER_TIME.match(text, clock.end())
        end = clock.end()
        if after is not None and (after["sign"] or after["zone"].lower() in _HOURS):
            parts |= after.groupdict()
            end = after.end()
        text = text[: clock.start()] + " " + text[end:]
    words = _WORD.findall(text.lower())
    month = next((m for w in words if (m := _MONTHS.get(w.rstrip(".")))), None)
    numbers = [word for word in words if word.isdigit()]
    if month is None or not numbers:
        return None
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return Published(datetime(int(numbers[0]), month, 1, tzinfo=UTC), Precision.MONTH)
    day = _day_in_words(month, numbers)
    return None if day is None else _at(day, parts)


def _day_in_words(month: int, numbers: list[str]) -> datetime | None:
    if len(numbers) < 2:
        return None
    first, second = numbers[:2]
    if len(first) == 4:
        first, second = second, first
    elif len(second) != 4 and len(numbers) > 2 and len(numbers[2]) == 4:
        return None
    if len(first) > 2 or len(second) not in (2, 4):
        return None
    return datetime(_whole_year(second), month, int(first), tzinfo=UTC)


def _whole_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= FIRST_YEAR - 1900 else 2000)


def _at(day: datetime, parts: dict[str, str | None]) -> Published:
    """Add the time of day; without one, or with an impossible one, the day is what is known."""
    hour, minute = int(parts.get("hour") or 0), int(parts.get("minute") or 0)
    if parts.get("hour") is None or hour > 24 or minute > 59:
        return Published(day, Precision.DAY)
    half = (parts.get("half") or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" or half == "오후" else 0)
    seconds = min(int(parts.get("second") or 0), 59)
    zone = _zone(parts)
    if zone is None and half[:1] == "오":
        zone = timezone(timedelta(hours=9))
    local = day.replace(tzinfo=zone or UTC)
    local += timedelta(hours=hour, minutes=minute, seconds=seconds)
    return Published(local.astimezone(UTC), Precision.SECOND)


def _zone(parts: dict[str, str | None]) -> timezone | None:
    name = (parts.get("zone") or "").lower()
    if name:
        return timezone(timedelta(hours=_HOURS.get(name, 0.0)))
    if not parts.get("sign"):
        return None
    digits = (parts["away"] or "").replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    away = timedelta(hours=hours, minutes=minutes)
    if away > _FARTHEST:
        return None
    return timezone(away if parts["sign"] == "+" else -away)
