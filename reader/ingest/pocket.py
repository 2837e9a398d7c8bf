"""What Pocket exported: CSV files, and the earlier page of links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from reader.errors import ImportItemError
from reader.ingest.csv_format import Row, read_rows
from reader.ingest.decode import decode_marked
from reader.ingest.entries import Content, Entry, Read, read_whole
from reader.ingest.links import make_link_draft, read_moment
from reader.ingest.reasons import Reason
from reader.ingest.records import read_tags
from reader.ingest.tags_of_markup import read_pieces
from reader.model import Draft, Mark

_COLUMNS = {name: name for name in ("title", "url", "time_added", "tags", "status", "cursor")}
_ARCHIVED = (Mark.ARCHIVED, Mark.READ)


def read_pocket(content: Content) -> Iterator[Entry]:
    """Read the links of either form. Raises ImportItemError when there is none."""
    if content.file.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _read_page(content)
    return read_rows(content, _COLUMNS, lambda row: _of_row(row, content.latest))


def _of_row(row: Row, latest: datetime) -> Draft:
    return make_link_draft(
        row.get("url", ""),
        row.get("title", ""),
        added=read_moment(row.get("time_added"), latest),
        tags=read_tags(row.get("tags")),
        marks=_ARCHIVED if row.get("status", "").lower() in ("archive", "read") else (),
    )


def _read_page(content: Content) -> Iterator[Entry]:
    """The links of `ril_export.html`: what is read stands below a heading of its own."""
    number, archived = 0, False
    heading = False
    link: dict[str, str] | None = None
    words = ""
    for piece in read_pieces(decode_marked(read_whole(content))):
        if isinstance(piece, str):
            archived = "archive" in piece.lower() if heading else archived
            words += piece if link is not None else ""
        elif piece.name == "h1":
            heading = not piece.is_end
        elif piece.name == "a":
            if link is not None:
                number += 1
                yield Entry(f"link {number}", _reading(link, words, archived, content.latest))
            link, words = (None if piece.is_end else piece.attributes()), ""
    if not number:
        raise ImportItemError("", Reason.NOTHING)


def _reading(link: dict[str, str], words: str, archived: bool, latest: datetime) -> Read:
    return lambda: make_link_draft(
        link.get("href", ""),
        words,
        added=read_moment(link.get("time_added"), latest),
        tags=read_tags(link.get("tags")),
        marks=_ARCHIVED if archived else (),
    )
