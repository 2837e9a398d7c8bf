"""How what was read travels from the process that reads documents: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeAlias

from reader.feeds import ParsedFeed, Subscription
from reader.model import (
    Attachment,
    Draft,
    ImportFailure,
    Mark,
    Markup,
    MarkupKind,
    Precision,
    Published,
    Span,
    Tagged,
)

Item: TypeAlias = Draft | Subscription | Tagged | ImportFailure

_AS_THEY_ARE = (
    "title", "text", "title_derived", "dateline", "place", "agency", "source", "url", "guid",
    "lang", "origin", "partial", "feed",
)  # fmt: skip
_STRINGS = ("related", "authors", "tags")


def item_record(item: Item) -> Mapping[str, Any]:
    """An item as JSON can hold it; what is as by default is left out."""
    match item:
        case Draft():
            return {"draft": _draft_record(item)}
        case Subscription(url, title, site, folder):
            return {"subscription": [url, title, site, folder]}
        case Tagged(guid, tags, marks):
            return {"tagged": [guid, tags, sorted(marks)]}
        case _:
            return {"failure": [item.path, item.item, item.reason]}


def read_item(record: Mapping[str, Any]) -> Item:
    """The item of a record."""
    if "draft" in record:
        return _read_draft(record["draft"])
    if "subscription" in record:
        return Subscription(*record["subscription"])
    if "tagged" in record:
        guid, tags, marks = record["tagged"]
        return Tagged(guid, tuple(tags), frozenset(map(Mark, marks)))
    return ImportFailure(*record["failure"])


def feed_record(feed: ParsedFeed) -> Mapping[str, Any]:
    """What is known of a feed besides its entries, which are records of their own."""
    return {"title": feed.title, "site": feed.site, "kind": feed.kind, "dropped": feed.dropped}


def read_feed(record: Mapping[str, Any], items: list[Item]) -> ParsedFeed:
    """A feed from its record and its entries."""
    return ParsedFeed(
        drafts=tuple(item for item in items if isinstance(item, Draft)),
        failures=tuple(item for item in items if isinstance(item, ImportFailure)),
        **record,
    )


def line_of(record: Mapping[str, Any]) -> str:
    return json.dumps(record) + "\n"


def _draft_record(draft: Draft) -> Mapping[str, Any]:
    record: dict[str, Any] = {
        name: value for name in (*_AS_THEY_ARE, *_STRINGS) if (value := getattr(draft, name))
    }
    if draft.headings:
        record["headings"] = [[one.start, one.end] for one in draft.headings]
    if draft.published:
        record["published"] = [draft.published.at.isoformat(), draft.published.precision]
    if draft.file:
        record["file"] = draft.file.hex()
    if draft.markup:
        record["markup"] = [[one.start, one.end, one.kind, one.target] for one in draft.markup]
    if draft.attachments:
        record["attachments"] = [[one.url, one.media_type] for one in draft.attachments]
    if draft.marks:
        record["marks"] = sorted(draft.marks)
    if draft.added:
        record["added"] = draft.added.isoformat()
    return record


def _read_draft(record: dict[str, Any]) -> Draft:
    told: dict[str, Any] = {"title": "", "text": ""}
    told |= {name: record[name] for name in _AS_THEY_ARE if name in record}
    told |= {name: tuple(record[name]) for name in _STRINGS if name in record}
    return Draft(
        **told,
        headings=tuple(Span(*one) for one in record.get("headings", ())),
        published=_published(record.get("published")),
        file=bytes.fromhex(record.get("file", "")),
        markup=tuple(
            Markup(start, end, MarkupKind(kind), target)
            for start, end, kind, target in record.get("markup", ())
        ),
        attachments=tuple(Attachment(*one) for one in record.get("attachments", ())),
        marks=frozenset(map(Mark, record.get("marks", ()))),
        added=datetime.fromisoformat(record["added"]) if "added" in record else None,
    )


def _published(kept: list[str] | None) -> Published | None:
    if kept is None:
        return None
    return Published(datetime.fromisoformat(kept[0]), Precision(kept[1]))
