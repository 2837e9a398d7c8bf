"""The dateline: what stands before the first sentence and says when, where and by whom.

Pure. A dateline is taken only where the writing leaves little doubt; a sentence that merely
begins with a date or a name stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from reader.ingest.dates import MONTH, ORDINAL, WEEKDAY, Reading, read_date
from reader.ingest.places import is_place, tidy_place
from reader.ingest.wordlists import AGENCIES
from reader.model import Published

_KEYWORD = re.compile(
    r"(?:(?:date\s+)?published|date|dated|posted|(?:last\s+)?updated)(?:\s+on)?(?P<colon>\s*:\s*|\s+)",
    re.IGNORECASE,
)
_DASH = r"(?:\s*(?:--|[—–])\s*|\s+-\s+)"
_DAY_ONLY = rf"(?:{MONTH}\s+[0-9]{{1,2}}{ORDINAL}|[0-9]{{1,2}}{ORDINAL}\s+{MONTH}|{WEEKDAY})"
_PLACED = re.compile(
    r"(?P<place>[^()\[\]:;!?\"“”—–0-9\n]{2,60}?)"
    rf"(?:,\s+(?P<when>(?i:{_DAY_ONLY})(?:,?\s+[0-9]{{4}})?|[0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}))?"
    r"(?:\s*\((?P<agency>[^()\n]{2,60})\)(?P<after>\s*-(?!-)\s*|\s*:\s+)?)?"
    rf"(?(after)|(?P<dash>{_DASH}|(?P<colon>:\s+)))"
)
_PARENTHESIS = re.compile(rf"\((?P<inner>[^()\n]{{2,60}})\)(?:{_DASH}|\s*-\s*|\s*:\s+)?\s*")
_SEPARATOR = re.compile(r"\s*(?:[,.;]?\s+|[:|]\s*|--\s*|[—–]\s*|-\s+)?(?:(?:[|—–:]|--?)\s+)?")
_MARKED = re.compile(r"\s*(?:[:|—–]|-\s|--)")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says. `raw` is it as written, `end` where the text after it begins."""

    raw: str
    end: int
    published: Published | None = None
    place: str = ""
    agency: str = ""


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
    start = len(paragraph) - len(paragraph.lstrip())
    end, dates, certain = _read_dates(paragraph, start, latest)
    where = _read_where(paragraph, end, latest, dated=bool(dates))
    if where is not None:
        end = where.end
    elif not dates or not _stands_alone(paragraph, end, dates, certain=certain):
        return None
    else:
        end = _skip_separator(paragraph, end)
    if where is not None and where.reading is not None:
        dates.append(where.reading)
    published = dates[0].published if dates else None
    place, agency = (where.place, where.agency) if where else ("", "")
    return Dateline(paragraph[:end].strip(), end, published, place, agency)


def _read_dates(text: str, start: int, latest: datetime) -> tuple[int, list[Reading], bool]:
    """Read dates with or without their keyword; certain is what only a dateline can be.

    The first date that is not one of a change comes first.
    """
    readings: list[Reading] = []
    end, certain, at = start, False, start
    while len(readings) < 3:
        keyword = _KEYWORD.match(text, at)
        if keyword is None and readings:
            break
        reading = read_date(text, keyword.end() if keyword else at, latest)
        if reading is None:
            break
        changed = keyword is not None and "updated" in keyword[0].lower()
        readings.insert(len(readings) if changed or not readings else 0, reading)
        end = reading.end
        if keyword is not None:
            certain = certain or not reading.in_words or ":" in keyword["colon"]
        at = _skip_separator(text, end)
    return end, readings, certain


def _stands_alone(text: str, end: int, dates: list[Reading], *, certain: bool) -> bool:
    """Tell whether dates without a place are a dateline, not the beginning of a sentence."""
    rest = text[_skip_separator(text, end) :]
    if not rest or certain:
        return True
    if rest[0].islower() or rest[0].isdigit() or text[end : end + 1] == ",":
        return False
    # "January 6, 2021 Capitol riot ..." is how a sentence may begin.
    return not dates[0].in_words or _MARKED.match(text, end) is not None


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
    rest = text[found.end()]
    if rest.islower() and found["agency"] is None:
        return None
    if not is_place(found["place"], certain=certain):
        return None
    agency = (found["agency"] or "").strip()
    return _Where(found.end(), tidy_place(found["place"]), agency, _read_when(found, latest))


def _read_when(found: re.Match[str], latest: datetime) -> Reading | None:
    return read_date(found["when"], 0, latest) if found["when"] else None


def _is_known_agency(name: str) -> bool:
    return all(part.strip().upper() in AGENCIES for part in re.split(r"/(?!RL)|,| and ", name))
