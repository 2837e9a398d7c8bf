"""What Instapaper exports as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from reader.ingest.csv_format import Row, read_rows
from reader.ingest.entries import Content, Entry
from reader.ingest.links import make_link_draft, read_moment
from reader.ingest.records import read_tags
from reader.model import Draft, Mark

_COLUMNS = {name: name for name in ("url", "title", "selection", "folder", "timestamp", "tags")}
_MARKS = {
    "unread": (),
    "archive": (Mark.ARCHIVED, Mark.READ),
    "starred": (Mark.STARRED,),
}


def read_instapaper(content: Content) -> Iterator[Entry]:
    """Read the links. A folder of the reader's own is a tag, a selection the text."""
    return read_rows(content, _COLUMNS, lambda row: _of_row(row, content.latest))


def _of_row(row: Row, latest: datetime) -> Draft:
    folder = row.get("folder", "")
    marks = _MARKS.get(folder.lower())
    own = read_tags([folder]) if marks is None else ()
    return make_link_draft(
        row.get("url", ""),
        row.get("title", ""),
        text=row.get("selection", ""),
        added=read_moment(row.get("timestamp"), latest),
        tags=tuple(dict.fromkeys((*own, *_tags(row.get("tags", ""))))),
        marks=marks or (),
    )


def _tags(written: str) -> tuple[str, ...]:
    """Tags as a list of JSON, or with commas."""
    if not written.startswith("["):
        return read_tags(written)
    try:
        return read_tags(json.loads(written))
    except (ValueError, RecursionError):
        return read_tags(written.strip("[]"))
