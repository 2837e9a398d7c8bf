"""What an article says of itself above its text: `Source: NAME` and the like. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from reader.clean import clean_line
from reader.ingest.dates import read_value
from reader.model import Published

URL_LIMIT = 8192
"""The longest address, in code points; a longer one is left out, as a part leads nowhere."""

_KEYS = {
    "title": "title",
    "headline": "title",
    "source": "source",
    "publisher": "source",
    "published": "published",
    "date": "published",
    "by": "authors",
    "author": "authors",
    "authors": "authors",
    "place": "place",
    "location": "place",
    "url": "url",
    "link": "url",
    "lang": "lang",
    "language": "lang",
}
_LINE = re.compile(r"([A-Za-z]{2,9})\s*:\s*(\S.*)")
_BYLINE = re.compile(r"By (?=[^\W\d_a-z])([^.!?:;]{3,100})")
_BYLINE_WORDS = 10
_LOCAL = re.compile(r"(?:javascript|vbscript|data|file|exec|filter|query)\s*:", re.IGNORECASE)
_VALUE_WORDS = 16
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Meta:
    """The stated facts of an article; empty where nothing is stated. All text is clean.

    `unread` is a stated date that could not be understood, `guid` the id its source gave it.
    """

    title: str = ""
    source: str = ""
    published: Published | None = None
    authors: tuple[str, ...] = ()
    place: str = ""
    url: str = ""
    lang: str = ""
    unread: str = ""
    guid: str = ""
    tags: tuple[str, ...] = ()


def read_header_line(line: str) -> tuple[str, str] | None:
    """Return the field and the value of a line like `Source: NAME`, or None.

    Fields are the names in `Meta`. A line with more words than a fact has is a sentence.
    """
    found = _LINE.fullmatch(line)
    if found is None:
        byline = _BYLINE.fullmatch(line)
        return ("authors", byline[1]) if byline and len(line.split()) <= _BYLINE_WORDS else None
    field, value = _KEYS.get(found[1].lower()), found[2]
    if field is None or len(value.split()) > _VALUE_WORDS:
        return None
    if field == "published" and not any(map(str.isdigit, value)):
        return None
    return field, value


def read_header_lines(lines: Iterable[str]) -> tuple[dict[str, str], int]:
    """Return the fields stated in the first lines, and how many lines they take."""
    values: dict[str, str] = {}
    count = 0
    for line in lines:
        header = read_header_line(line)
        if header is None:
            break
        values.setdefault(*header)
        count += 1
    return values, count


def known_fields(values: Mapping[str, str]) -> dict[str, str]:
    """Return what a front matter states, by field; unknown keys are left out."""
    known: dict[str, str] = {}
    for key, value in values.items():
        field = _KEYS.get(key.lower())
        if field is not None and value.strip():
            known.setdefault(field, value)
    return known


def make_meta(values: Mapping[str, str], latest: datetime) -> Meta:
    """Turn fields as written into facts. `latest`: see `reader.ingest.dates`."""
    written = values.get("published", "")
    published = read_value(written, latest)
    return Meta(
        title=clean_line(values.get("title", "")),
        source=clean_line(values.get("source", "")),
        published=published,
        authors=split_authors(values.get("authors", "")),
        place=clean_line(values.get("place", "")),
        url=clean_url(values.get("url", "")),
        lang=clean_line(values.get("lang", "")),
        unread="" if published else clean_line(written),
    )


def split_authors(written: str) -> tuple[str, ...]:
    """Return the names in `A, B and C`; an opening "By" is dropped."""
    line = clean_line(written, 2000)
    line = line[3:] if line[:3].lower() == "by " else line
    names = (clean_line(name) for name in _BETWEEN_NAMES.split(line))
    return tuple(dict.fromkeys(name for name in names if name))


def clean_url(written: str) -> str:
    """Return an address on one line, "" when it is longer than any real one, or would run or
    open something on this machine."""
    url = clean_line(written, URL_LIMIT + 1)
    return url if len(url) <= URL_LIMIT and _LOCAL.match(url) is None else ""
