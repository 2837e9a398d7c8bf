"""Stretches of time as people write them: "30m", "2h", "1d"."""

from __future__ import annotations

import re

EVERY = 3600
"""Seconds between two fetches of a feed, where nobody wants it otherwise."""

SHORTEST = 300
"""Seconds: nobody's server is asked more often."""

LONGEST = 366 * 86400

_UNITS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_WRITTEN = re.compile(r"([0-9]{1,6})\s*([mhdw])")


def seconds_of(text: str) -> int:
    """The seconds of "30m", "2h", "1d" or "1w"; 0 for "0" and "never".

    Raises ValueError for anything else, less than 5 minutes and more than a year.
    """
    word = text.strip().lower()
    if word in ("0", "never"):
        return 0
    written = _WRITTEN.fullmatch(word)
    seconds = int(written[1]) * _UNITS[written[2]] if written else 0
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError(text)
    return seconds


def duration_text(seconds: int) -> str:
    """The same written: the largest unit that leaves no rest; "never" for 0."""
    if not seconds:
        return "never"
    unit = next((name for name in "wdhm" if seconds % _UNITS[name] == 0), "m")
    return f"{max(seconds // _UNITS[unit], 1)}{unit}"
