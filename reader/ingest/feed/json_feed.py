"""JSON Feed 1.0 and 1.1. A field of a wrong type counts as missing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.feed.dates import read_date, read_first
from reader.ingest.feed.links import absolute
from reader.ingest.feed.parts import Parts, clean_attachments, clean_authors, clean_guid
from reader.ingest.feed.text import Body, lines
from reader.ingest.reasons import Reason

_MOST_VALUES = 1_500_000
_LONGEST_NUMBER = 18
_DATES = ("date_published", "date_modified")


@dataclass(frozen=True, slots=True)
class JsonFeed:
    """The feed itself and its items as they stand in the document."""

    title: str
    site: str
    kind: str
    lang: str
    authors: tuple[str, ...]
    items: tuple[object, ...]


def load_json_feed(data: bytes, base: str) -> JsonFeed:
    """Read the document, in UTF-8. Raises ImportItemError when it is no JSON Feed."""
    if data.count(b",") + data.count(b"[") + data.count(b"{") > _MOST_VALUES:
        raise ImportItemError("", Reason.EXPANDS)
    feed = _load(data)
    version = _string(feed, "version")
    items = feed.get("items")
    if not isinstance(items, list) or not ("jsonfeed.org" in version or _looks_so(items)):
        raise ImportItemError("", Reason.NOT_FEED)
    return JsonFeed(
        title=clean_line(_string(feed, "title")),
        site=absolute(_string(feed, "home_page_url"), base),
        kind=f"JSON Feed {'1.1' if version.rstrip('/').endswith('1.1') else '1.0'}",
        lang=clean_line(_string(feed, "language"), 35),
        authors=_authors(feed),
        items=tuple(items),
    )


def _load(data: bytes) -> Mapping[str, object]:
    try:
        found: object = json.loads(
            data.decode("utf-8", "replace"), parse_int=_integer, parse_constant=_nothing
        )
    except RecursionError as error:
        raise ImportItemError("", Reason.TOO_DEEP) from error
    except ValueError as error:
        raise ImportItemError("", Reason.NOT_FEED) from error
    if not isinstance(found, dict):
        raise ImportItemError("", Reason.NOT_FEED)
    return found


def _integer(digits: str) -> int | str:
    # Python refuses to convert numbers of thousands of digits.
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _nothing(name: str) -> None:
    """NaN and the infinities are no JSON."""


def _looks_so(items: list[object]) -> bool:
    return any(
        isinstance(item, dict) and ("content_html" in item or "content_text" in item)
        for item in items[:10]
    )


def moment_of(item: object, latest: datetime) -> datetime | None:
    """Return when an item says it was published, or None."""
    found = read_first((_string(item, name) for name in _DATES), latest)
    return found.at if found else None


def read_item(item: object, feed: JsonFeed, *, base: str, latest: datetime) -> Parts:
    """Return what an item says. Raises ImportItemError when it is no object."""
    if not isinstance(item, dict):
        raise ImportItemError("", Reason.NOT_OBJECT)
    dates = (read_date(_string(item, name), latest) for name in _DATES)
    return Parts(
        title=clean_line(_string(item, "title")),
        bodies=tuple(_bodies(item, base)),
        url=absolute(_string(item, "url"), base) or absolute(_string(item, "external_url"), base),
        guid=clean_guid(_id(item)),
        published=next((date for date in dates if date), None),
        authors=_authors(item) or feed.authors,
        attachments=clean_attachments(_attachments(item, base)),
        lang=clean_line(_string(item, "language"), 35) or feed.lang,
        anything=next((line for value in item.values() if (line := _line(value))), ""),
    )


def _bodies(item: Mapping[str, object], base: str) -> Iterator[Body]:
    html, text = _string(item, "content_html"), _string(item, "content_text")
    if html.strip():
        yield Body(html, whole=True, base=base)
    if text.strip():
        yield Body(lines(text), whole=True, base=base)
    if summary := _string(item, "summary").strip():
        yield Body(lines(summary), whole=False, base=base)


def _attachments(item: Mapping[str, object], base: str) -> Iterator[tuple[str, str]]:
    for one in _list(item, "attachments"):
        yield absolute(_string(one, "url"), base), _string(one, "mime_type")


def _authors(of: Mapping[str, object]) -> tuple[str, ...]:
    people = [*_list(of, "authors"), of.get("author")]
    return clean_authors(_string(person, "name") for person in people)


def _id(item: Mapping[str, object]) -> str:
    found = item.get("id")
    # Numbers are to be taken for their text.
    return str(found) if isinstance(found, int | float) else _string(item, "id")


def _line(value: object) -> str:
    return clean_line(value) if isinstance(value, str) else ""


def _string(of: object, name: str) -> str:
    value = of.get(name) if isinstance(of, dict) else None
    return value if isinstance(value, str) else ""


def _list(of: Mapping[str, object], name: str) -> list[object]:
    value = of.get(name)
    return value if isinstance(value, list) else []
