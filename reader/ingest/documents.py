"""Feed documents, pages and web archives that are files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reader.errors import ImportItemError
from reader.ingest.addresses import is_web
from reader.ingest.decode import decode_marked
from reader.ingest.entries import Content, Entry, read_whole, ready, refused
from reader.ingest.feed import parse_feed
from reader.ingest.headers import clean_url
from reader.ingest.jsonl_format import load_object
from reader.ingest.reasons import Reason
from reader.ingest.tags_of_markup import Tag, read_pieces

_HEAD = 65536


def read_feed(content: Content) -> Iterator[Entry]:
    """Read the entries of a feed document. They belong to its feed where it names its own
    address. Raises ImportItemError when it is no feed."""
    data = read_whole(content)
    url = own_address(data)
    parsed = parse_feed(data, url=url, latest=content.latest)
    for number, draft in enumerate(parsed.drafts, start=1):
        named = replace(draft, source=parsed.title or draft.source, feed=url)
        yield Entry(f"entry {number}", ready(named))
    for failure in parsed.failures:
        yield Entry(failure.item, refused(Reason(failure.reason)))
    if parsed.dropped:
        yield Entry("", refused(Reason.DROPPED))


def own_address(data: bytes) -> str:
    """Return the address that a feed says it has, "" when it does not."""
    text = decode_marked(data[:_HEAD]).lstrip()
    if text.startswith("{"):
        return _own_address_json(data)
    for piece in read_pieces(text):
        if not isinstance(piece, Tag):
            continue
        if piece.name in ("item", "entry"):
            return ""
        if piece.name == "link" and not piece.is_end:
            facts = piece.attributes()
            if facts.get("rel", "").lower() == "self" and is_web(facts.get("href", "").strip()):
                return clean_url(facts["href"])
    return ""


def _own_address_json(data: bytes) -> str:
    try:
        url = load_object(decode_marked(data)).get("feed_url")
    except ImportItemError:
        return ""
    return clean_url(url) if isinstance(url, str) and is_web(url) else ""


def read_html_file(content: Content) -> Iterator[Entry]:
    """Read the main text of a page."""
    from reader.ingest.page import read_page

    data = read_whole(content)
    yield Entry("", lambda: read_page(data, url="", latest=content.latest))


def read_web_archive(content: Content) -> Iterator[Entry]:
    """Read the pages of a web archive, one after the other."""
    from reader.ingest.warc import read_warc

    for item, read in read_warc(content.file, latest=content.latest):
        yield Entry(item, read)
