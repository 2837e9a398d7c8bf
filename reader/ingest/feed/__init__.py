"""Feeds: RSS, RDF, Atom, CDF and JSON Feed -> drafts; the feeds that a page names."""

from __future__ import annotations

from datetime import datetime

from reader.feeds import FoundFeed, ParsedFeed
from reader.ingest.feed.sniff import is_feed

__all__ = ["find_feeds", "is_feed", "parse_feed"]


def parse_feed(data: bytes, *, url: str, charset: str = "", latest: datetime) -> ParsedFeed:
    """Read a feed document; see `reader.ingest.feed.document.parse_feed`."""
    # The parser of XML is not loaded before the first feed is read.
    from reader.ingest.feed import document

    return document.parse_feed(data, url=url, charset=charset, latest=latest)


def find_feeds(data: bytes, *, url: str, charset: str = "") -> tuple[FoundFeed, ...]:
    """Return the feeds that a page names; see `reader.ingest.feed.found.find_feeds`."""
    from reader.ingest.feed import found

    return found.find_feeds(data, url=url, charset=charset)
