"""Articles as the Google Reader interface gives them: FreshRSS, Inoreader and others export
starred articles so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.addresses import is_web
from reader.ingest.bodies import make_html_draft
from reader.ingest.dates import read_value
from reader.ingest.headers import Meta, clean_url, split_authors
from reader.ingest.html.scan import unescape
from reader.ingest.reasons import Reason
from reader.ingest.records import clean_guid
from reader.ingest.values import list_of, string_of
from reader.model import Draft, Mark

_STATES = {"read": Mark.READ, "starred": Mark.STARRED}
_MOST_TAGS = 100


def is_google_reader(record: Mapping[str, object]) -> bool:
    """Tell an item of this interface from other records."""
    return isinstance(record.get("origin"), dict) and (
        isinstance(record.get("canonical"), list) or isinstance(record.get("alternate"), list)
    )


def read_item(record: Mapping[str, object], latest: datetime) -> Draft:
    """Make the draft of an item. Raises ImportItemError when there is no article in it."""
    origin = record.get("origin")
    origin = origin if isinstance(origin, dict) else {}
    meta = Meta(
        title=clean_line(unescape(string_of(record.get("title")))),
        source=clean_line(string_of(origin.get("title"))),
        published=read_value(record.get("published"), latest),
        authors=split_authors(string_of(record.get("author"))),
        url=_link(record),
    )
    body = record.get("content") or record.get("summary")
    draft = make_html_draft(meta, string_of(body, "content"), latest=latest)
    if not draft.text and not draft.title:
        raise ImportItemError("", Reason.NO_CONTENT)
    stream = string_of(origin.get("streamId")).removeprefix("feed/")
    feed = string_of(origin.get("feedUrl")) or stream
    marks, tags = _labels(record)
    return replace(
        draft,
        guid=clean_guid(string_of(record.get("id"))),
        feed=clean_url(feed) if is_web(feed) else "",
        marks=marks,
        tags=tags,
    )


def _link(record: Mapping[str, object]) -> str:
    for one in (*list_of(record.get("canonical")), *list_of(record.get("alternate"))):
        if isinstance(one, dict) and is_web(url := clean_url(string_of(one.get("href")))):
            return url
    return ""


def _labels(record: Mapping[str, object]) -> tuple[frozenset[Mark], tuple[str, ...]]:
    """What is said by categories like "user/-/state/com.google/read" and "user/-/label/War"."""
    written = [one for one in list_of(record.get("categories")) if isinstance(one, str)]
    parts = [one.split("/", 3) for one in written if one.startswith("user/")]
    states = (p[3].rpartition("/")[2] for p in parts if len(p) > 3 and p[2] == "state")
    labels = (clean_line(p[3]) for p in parts if len(p) > 3 and p[2] == "label")
    tags = tuple(dict.fromkeys(label for label in labels if label))
    return frozenset(_STATES[s] for s in states if s in _STATES), tags[:_MOST_TAGS]
