"""What an article says of itself above its text: `Source: NAME` and the like. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class Meta:
    """The stated facts of an article; empty where nothing is stated."""

    title: str = ""
    source: str = ""
    published: Published | None = None
    authors: tuple[str, ...] = ()
    place: str = ""
    url: str = ""
    lang: str = ""
    unread: tuple[str, ...] = ()


def read_header_line(line: str) -> tuple[str, str] | None:
    """Return the field of `Meta` and the value of a line like `Source: NAME`, else None."""
    found = _LINE.fullmatch(line)
    if found is not None and found[1].lower() in _KEYS:
        return _KEYS[found[1].lower()], found[2]
    byline = _BYLINE.fullmatch(line)
    if byline is not None and len(line.split()) <= _BYLINE_WORDS:
        return "authors", byline[1]
    return None


def is_known_key(key: str) -> bool:
    """Tell whether a header key is understood, in any case."""
    return key.lower() in _KEYS


def count_header_lines(lines: Iterable[str]) -> int:
    """Return how many of the first lines are header lines."""
    count = 0
    for line in lines:
        if read_header_line(line) is None:
            break
        count += 1
    return count


def with_headers(meta: Meta, lines: Iterable[str], latest: datetime) -> Meta:
    """Add header lines to `meta`; what was stated before stays."""
    for line in lines:
        header = read_header_line(line)
        if header is not None:
            meta = with_field(meta, *header, latest)
    return meta


def with_mapping(meta: Meta, values: Mapping[str, str], latest: datetime) -> Meta:
    """Add the understood keys of a front matter to `meta`."""
    for key, value in values.items():
        if is_known_key(key):
            meta = with_field(meta, _KEYS[key.lower()], value, latest)
    return meta


def with_field(meta: Meta, field: str, value: str, latest: datetime) -> Meta:
    """Set one field that is still empty; a date that cannot be read is kept in `unread`."""
    if getattr(meta, field):
        return meta
    line = clean_line(value)
    match field:
        case "published":
            published = read_value(value, latest)
            unread = meta.unread if published else (*meta.unread, line)
            return replace(meta, published=published, unread=unread)
        case "authors":
            return replace(meta, authors=split_authors(value))
        case "url":
            return replace(meta, url=clean_url(value))
        case "title":
            return replace(meta, title=line)
        case "source":
            return replace(meta, source=line)
        case "place":
            return replace(meta, place=line)
        case _:
            return replace(meta, lang=line)


def split_authors(written: str) -> tuple[str, ...]:
    """Return the names in `A, B and C`; an opening "By" is dropped."""
    line = clean_line(written, 2000)
    line = line[3:] if line[:3].lower() == "by " else line
    names = (clean_line(name) for name in _BETWEEN_NAMES.split(line))
    return tuple(dict.fromkeys(name for name in names if name))


def clean_url(written: str) -> str:
    """Return an address on one line, "" when it is longer than any real one."""
    url = clean_line(written, URL_LIMIT + 1)
    return url if len(url) <= URL_LIMIT else ""
