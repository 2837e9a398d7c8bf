"""What the headers of an answer say, read without trust (RFC 9110, RFC 9111)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

DAY = 24 * 3600
_LONGEST = 1024
"""Characters of a validator that are kept and sent again."""

_PRINTABLE = re.compile("[ -~]*")
_TOKEN = re.compile(r"[A-Za-z0-9!#$&^_.+/-]{1,100}")
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9_.:+-]{1,40})""", re.IGNORECASE)
_MAX_AGE = re.compile(r"""(?:^|[,\s])max-age\s*=\s*"?([0-9]{1,12})""", re.IGNORECASE)
_UNKEPT = re.compile(r"(?:^|[,\s])no-(?:cache|store)\s*(?:,|$)", re.IGNORECASE)


def validator(value: str) -> str:
    """An ETag or Last-Modified as it is sent back; "" where it cannot be."""
    value = value.strip()
    return value if len(value) <= _LONGEST and _PRINTABLE.fullmatch(value) else ""


def media_type(value: str) -> str:
    """The type of a Content-Type header in lower case, or ""."""
    match = _TOKEN.match(value.strip())
    return match[0].lower() if match else ""


def charset(value: str) -> str:
    """The character set of a Content-Type header, or ""."""
    match = _CHARSET.search(value[:_LONGEST])
    return match[1] if match else ""


def moment(value: str) -> datetime | None:
    """A date of HTTP; None where it is none."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(value[:100])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def retry_after(value: str, now: datetime) -> int:
    """Seconds to wait by a Retry-After header: from a minute to a day; 0 where it says nothing."""
    value = value.strip()
    if re.fullmatch("[0-9]+", value):
        # Longer numbers are as good as for ever.
        seconds = float(value[:18])
    else:
        until = moment(value)
        if until is None:
            return 0
        seconds = (until - now).total_seconds()
    return int(min(max(seconds, 60), DAY))


def fresh(headers: Mapping[str, str], now: datetime) -> int:
    """Seconds for which a document does not change, by Cache-Control, else by Expires; at most
    a day."""
    control = headers.get("Cache-Control", "")
    if _UNKEPT.search(control):
        return 0
    age = _MAX_AGE.search(control)
    if age:
        seconds = int(age[1]) - _age(headers.get("Age", ""))
    else:
        until = moment(headers.get("Expires", ""))
        since = moment(headers.get("Date", "")) or now
        seconds = int((until - since).total_seconds()) if until else 0
    return min(max(seconds, 0), DAY)


def _age(value: str) -> int:
    return int(value) if re.fullmatch("[0-9]{1,12}", value) else 0
