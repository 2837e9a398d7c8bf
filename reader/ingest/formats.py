"""Which module reads which format. Each is loaded when the first file of its kind comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from reader.ingest.detect import Format
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, read_whole
from reader.ingest.jsonl_format import read_jsonl
from reader.ingest.text_format import read_markdown, read_text

Reader: TypeAlias = Callable[[Content], Iterator[Entry]]


def reader_of(file_format: Format) -> Reader:
    """Return what reads a format: it takes what is in a file and gives the items in order.

    It raises ImportItemError where the rest of the file cannot be read.
    """
    return _READERS[file_format]


def _text(content: Content) -> Iterator[Entry]:
    data = read_whole(content, DOCUMENT_LIMIT)
    yield Entry("", lambda: read_text(data, name=content.stem, latest=content.latest))


def _markdown(content: Content) -> Iterator[Entry]:
    data = read_whole(content, DOCUMENT_LIMIT)
    yield Entry("", lambda: read_markdown(data, name=content.stem, latest=content.latest))


def _json(content: Content) -> Iterator[Entry]:
    from reader.ingest.json_format import read_json

    return read_json(content)


def _csv(content: Content) -> Iterator[Entry]:
    from reader.ingest.csv_format import read_csv

    return read_csv(content)


def _feed(content: Content) -> Iterator[Entry]:
    from reader.ingest.documents import read_feed

    return read_feed(content)


def _html(content: Content) -> Iterator[Entry]:
    from reader.ingest.documents import read_html_file

    return read_html_file(content)


def _warc(content: Content) -> Iterator[Entry]:
    from reader.ingest.documents import read_web_archive

    return read_web_archive(content)


def _opml(content: Content) -> Iterator[Entry]:
    from reader.ingest.opml import read_opml

    return read_opml(content)


def _mail(content: Content) -> Iterator[Entry]:
    from reader.ingest.mail import read_mail

    return read_mail(content)


def _newsboat(content: Content) -> Iterator[Entry]:
    from reader.ingest.newsboat import read_newsboat

    return read_newsboat(content)


def _pocket(content: Content) -> Iterator[Entry]:
    from reader.ingest.pocket import read_pocket

    return read_pocket(content)


def _instapaper(content: Content) -> Iterator[Entry]:
    from reader.ingest.instapaper import read_instapaper

    return read_instapaper(content)


def _bookmarks(content: Content) -> Iterator[Entry]:
    from reader.ingest.bookmarks import read_bookmarks

    return read_bookmarks(content)


def _notmuch(content: Content) -> Iterator[Entry]:
    from reader.ingest.notmuch import read_dump

    return read_dump(content)


_READERS: Mapping[Format, Reader] = {
    Format.TEXT: _text,
    Format.MARKDOWN: _markdown,
    Format.JSONL: read_jsonl,
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.FEED: _feed,
    Format.OPML: _opml,
    Format.HTML: _html,
    Format.WARC: _warc,
    Format.MAIL: _mail,
    Format.NEWSBOAT: _newsboat,
    Format.POCKET: _pocket,
    Format.INSTAPAPER: _instapaper,
    Format.WALLABAG: _json,
    Format.BOOKMARKS: _bookmarks,
    Format.NOTMUCH: _notmuch,
}
