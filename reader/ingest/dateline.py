"""The dateline: what stands before the first sentence and says when, where and by whom.

Pure. A dateline is taken only where the writing leaves little doubt; a sentence that merely
begins with a date or a name stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime

from reader.ingest.dates import MONTH, ORDINAL, WEEKDAY, Reading, read_date
from reader.ingest.places import is_place, tidy_place
from reader.ingest.wordlists import AGENCIES
from reader.model import Published

_MOST_DATES = 3
_KEYWORD = re.compile(
    r"(?:(?:date\s+)?published|date|dated|posted|(?:last\s+)?updated)(?:\s+on)?(?P<colon>\s*:\s*|\s+)",
    re.IGNORECASE,
)
_DASH = r"(?:\s*(?:--|[—–])\s*|\s+-\s+)"
_DAY_ONLY = rf"(?:{MONTH}\s+[0-9]{{1,2}}{ORDINAL}|[0-9]{{1,2}}{ORDINAL}\s+{MONTH}|{WEEKDAY})"
_PLACED = re.compile(
    r"(?P<place>[^()\[\]:;!?\"“”—–0-9\n]{2,60}?)"
    rf"(?:,\s+(?P<when>(?i:{_DAY_ONLY})(?:,?\s+[0-9]{{4}})?|[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}))?"
    r"(?:\s*\((?P<agency>[^()\n]{2,60})\)(?P<after>\s*[-_](?!-)\s*|\s*:\s+)?)?"
    rf"(?(after)|(?P<dash>{_DASH}|(?P<colon>:\s+)))"
)
_PARENTHESIS = re.compile(rf"\((?P<inner>[^()\n]{{2,60}})\)(?:{_DASH}|\s*-\s*|\s*:\s+)?\s*")
_SEPARATOR = re.compile(r"\s*(?:[,.;]?\s+|[:|]\s*|--\s*|[—–]\s*|-\s+)?(?:(?:[|—–:]|--?)\s+)?")
_MARKED = re.compile(r"\s*(?:[:|—–]|-\s|--)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. `raw` is it as written, `end` where the text after it begins.

    `of_change` says that the only date is that of a later change.
    """

    raw: str
    end: int
    published: Published | None = None
    place: str = ""
    agency: str = ""
    of_change: bool = False


@dataclass(slots=True)
class _Dates:
    """The dates read so far, where they end, whether one has a keyword before it, and
    whether only a dateline can look so."""

    end: int
    stated: list[Reading] = field(default_factory=list)
    changes: list[Reading] = field(default_factory=list)
    keyed: bool = False
    certain: bool = False

    def all(self) -> list[Reading]:
        return [*self.stated, *self.changes]


@dataclass(frozen=True, slots=True)
class _Where:
    end: int
    place: str = ""
    agency: str = ""
    reading: Reading | None = None


def find_dateline(paragraph: str, latest: datetime) -> Dateline | None:
    """Return the dateline at the beginning of `paragraph`, or None.

    `published` is None where the date has no year or may mean two days. `latest`: see
    `reader.ingest.dates`.
    """
    dates = _read_dates(paragraph, len(paragraph) - len(paragraph.lstrip()), latest)
    where = _read_where(paragraph, dates.end, latest, dated=bool(dates.all()))
    if where is None:
        if not _stands_alone(paragraph, dates):
            return None
        where = _Where(_skip_separator(paragraph, dates.end))
    elif where.reading is not None:
        dates.stated.append(where.reading)
    published = (reading.published for reading in dates.all() if reading.published is not None)
    return Dateline(
        paragraph[: where.end].strip(),
        where.end,
        next(published, None),
        where.place,
        where.agency,
        of_change=bool(dates.changes) and not dates.stated,
    )


def _read_dates(text: str, start: int, latest: datetime) -> _Dates:
    """Read one date with or without a keyword, and further ones with theirs."""
    dates = _Dates(start)
    at = start
    while len(dates.all()) < _MOST_DATES:
        keyword = _KEYWORD.match(text, at)
        if keyword is None and dates.all():
            break
        reading = read_date(text, keyword.end() if keyword else at, latest)
        if reading is None:
            break
        changed = keyword is not None and "updated" in keyword[0].lower()
        (dates.changes if changed else dates.stated).append(reading)
        dates.end = reading.end
        if keyword is not None:
            dates.keyed = True
            dates.certain = dates.certain or ":" in keyword["colon"] or not reading.in_words
        at = _skip_separator(text, reading.end)
    return dates


def _stands_alone(text: str, dates: _Dates) -> bool:
    """Tell whether dates without a place are a dateline, not the beginning of a sentence."""
    if not dates.all():
        return False
    begin = _skip_separator(text, dates.end)
    if dates.certain or begin >= len(text):
        return True
    if text[begin].islower() or text[begin].isdigit() or text[dates.end] == ",":
        return False
    # "January 6, 2021 Capitol riot ..." is how a sentence may begin.
    in_words = dates.all()[0].in_words
    return dates.keyed or not in_words or _MARKED.match(text, dates.end) is not None


def _skip_separator(text: str, end: int) -> int:
    found = _SEPARATOR.match(text, end)
    return found.end() if found else end


def _read_where(text: str, end: int, latest: datetime, *, dated: bool) -> _Where | None:
    begin = _skip_separator(text, end) if dated else end
    return _read_parenthesis(text, begin, dated=dated) or _read_placed(
        text, begin, latest, dated=dated
    )


def _read_parenthesis(text: str, begin: int, *, dated: bool) -> _Where | None:
    """`(MOSCOW) ...`, `(Reuters) - ...`"""
    found = _PARENTHESIS.match(text, begin)
    if found is None or found.end() >= len(text):
        return None
    inner = found["inner"].strip()
    if _is_known_agency(inner):
        return _Where(found.end(), agency=inner)
    if is_place(inner, certain=dated):
        return _Where(found.end(), place=tidy_place(inner))
    return None


def _read_placed(text: str, begin: int, latest: datetime, *, dated: bool) -> _Where | None:
    """`KYIV, Ukraine (AP) — ...`, `LONDON, July 23 (Reuters) - ...`, `MOSCOW — ...`"""
    found = _PLACED.match(text, begin)
    if found is None or found.end() >= len(text):
        return None
    certain = dated or found["agency"] is not None or found["when"] is not None
    if found["colon"] is not None and not certain:
        return None
    agency = (found["agency"] or "").strip()
    # "Liverpool (England) - a port - ..." is a sentence.
    if text[found.end()].islower() and not _is_known_agency(agency):
        return None
    if not is_place(found["place"], certain=certain):
        return None
    return _Where(found.end(), tidy_place(found["place"]), agency, _read_when(found, latest))


def _read_when(found: re.Match[str], latest: datetime) -> Reading | None:
    return read_date(found["when"], 0, latest) if found["when"] else None


def _is_known_agency(name: str) -> bool:
    return all(part.strip().upper() in AGENCIES for part in re.split(r"/(?!RL)|,| and ", name))
