"""The cache of newsboat: feeds and articles in SQLite, with what was read and flagged.

Tables as newsboat 2.10 to 2.40 writes them: rss_feed (rssurl, url, title), rss_item (guid,
title, author, url, feedurl, pubDate in seconds, content, unread, flags, deleted, enclosure_url
and its type), later with content_mime_type.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from reader.clean import clean_line, clean_text
from reader.errors import ImportItemError
from reader.ingest.addresses import is_web, make_subscription, words_of
from reader.ingest.article import make_draft
from reader.ingest.bodies import make_html_draft
from reader.ingest.dates import read_value
from reader.ingest.decode import decode
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, Read, read_whole
from reader.ingest.headers import Meta, clean_url, split_authors
from reader.ingest.paragraphs import split_blocks
from reader.ingest.reasons import Reason
from reader.ingest.records import clean_guid
from reader.model import Attachment, Draft, Mark

_FEED_COLUMNS = ("rssurl", "url", "title")
_ITEM_COLUMNS = (
    "guid",
    "title",
    "author",
    "url",
    "feedurl",
    "pubDate",
    "content",
    "unread",
    "flags",
    "deleted",
    "enclosure_url",
    "enclosure_type",
    "content_mime_type",
)
_STAR = "s"
_UNREAD = (1, "1")

_Row: TypeAlias = Mapping[str, object]


def read_cache(content: Content) -> Iterator[Entry]:
    """Read every feed, then every article, oldest row first. Raises ImportItemError when the
    file is damaged or no cache. Nothing is locked, and nothing written beside it."""
    try:
        with closing(_open(content)) as database:
            yield from _read(database, content.latest)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        # The second where names of columns are damaged.
        raise ImportItemError("", Reason.DAMAGED) from error


def _open(content: Content) -> sqlite3.Connection:
    """Open the file itself where there is one: it may be larger than memory."""
    if content.path is None:
        database = sqlite3.connect(":memory:")
        database.deserialize(read_whole(content))
    else:
        # Immutable: no lock and no journal is looked for, as a program may have it open.
        uri = f"{Path(content.path).absolute().as_uri()}?mode=ro&immutable=1"
        database = sqlite3.connect(uri, uri=True)
    database.text_factory = decode
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, DOCUMENT_LIMIT)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    return database


def _read(database: sqlite3.Connection, latest: datetime) -> Iterator[Entry]:
    tables = {
        name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    }
    if not tables & {"rss_feed", "rss_item"}:
        raise ImportItemError("", Reason.NOTHING)
    titles: dict[str, str] = {}
    if "rss_feed" in tables:
        for number, row in enumerate(_rows(database, "rss_feed", _FEED_COLUMNS), start=1):
            titles[_text(row["rssurl"])] = _text(row["title"])
            yield Entry(f"feed {number}", _reading_feed(row))
    if "rss_item" in tables:
        for number, row in enumerate(_rows(database, "rss_item", _ITEM_COLUMNS), start=1):
            if row["deleted"] not in (1, "1"):
                source = titles.get(_text(row["feedurl"]), "")
                yield Entry(f"entry {number}", _reading_item(row, source, latest))


def _rows(database: sqlite3.Connection, table: str, wanted: tuple[str, ...]) -> Iterator[_Row]:
    """Every row by column; a column that this version did not have is None."""
    there = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
    columns = ", ".join(name if name in there else "NULL" for name in wanted)
    # All names are our own.
    for row in database.execute(f"SELECT {columns} FROM {table} ORDER BY rowid"):  # noqa: S608
        yield dict(zip(wanted, row, strict=True))


def _text(value: object) -> str:
    if isinstance(value, bytes):
        return decode(value)
    return "" if value is None else str(value)


def _reading_feed(row: _Row) -> Read:
    title, site = _text(row["title"]), _text(row["url"])
    return lambda: make_subscription(_text(row["rssurl"]), title=title, site=site)


def _reading_item(row: _Row, source: str, latest: datetime) -> Read:
    return lambda: _item(row, source, latest)


def _item(row: _Row, source: str, latest: datetime) -> Draft:
    feed, url = clean_url(_text(row["feedurl"])), clean_url(_text(row["url"]))
    meta = Meta(
        title=clean_line(_text(row["title"])),
        source=clean_line(source),
        published=read_value(row["pubDate"] or None, latest),
        authors=split_authors(_text(row["author"])),
        url=url,
    )
    draft = _body(meta, row, latest)
    if not draft.title and not draft.text:
        if not url:
            raise ImportItemError("", Reason.NO_CONTENT)
        draft = replace(draft, title=words_of(url))
    flags = dict.fromkeys(letter for letter in _text(row["flags"]) if letter.isalpha())
    marks = {Mark.READ} if row["unread"] not in _UNREAD else set()
    return replace(
        draft,
        guid=clean_guid(_text(row["guid"])),
        feed=feed if is_web(feed) else "",
        tags=tuple(f"flag-{letter}" for letter in flags),
        marks=frozenset(marks | ({Mark.STARRED} if _STAR in flags else set())),
        attachments=(*draft.attachments, *_enclosure(row)),
    )


def _body(meta: Meta, row: _Row, latest: datetime) -> Draft:
    text = _text(row["content"])
    if _text(row["content_mime_type"]).startswith("text/plain"):
        return make_draft(meta, split_blocks(clean_text(text)), name="", latest=latest)
    return make_html_draft(meta, text, latest=latest)


def _enclosure(row: _Row) -> tuple[Attachment, ...]:
    url = clean_url(_text(row["enclosure_url"]))
    return (Attachment(url, clean_line(_text(row["enclosure_type"]), 100)),) if is_web(url) else ()
