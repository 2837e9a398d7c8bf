"""Documents that the tests of feeds read, and how."""

from __future__ import annotations

from datetime import UTC, datetime

from reader.feeds import ParsedFeed
from reader.ingest.feed import parse_feed
from reader.model import Draft

URL = "https://news.example/feeds/all.xml"
LATEST = datetime(2026, 11, 24, tzinfo=UTC)
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
MODULES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def parse(document: str | bytes, *, charset: str = "", url: str = URL) -> ParsedFeed:
    data = document.encode() if isinstance(document, str) else document
    return parse_feed(data, url=url, charset=charset, latest=LATEST)


def rss(*items: str, head: str = "<title>Harbour News</title>") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {MODULES}><channel>{head}{inside}</channel></rss>'


def atom(*entries: str, head: str = "<title>Harbour News</title>") -> str:
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f"<feed {ATOM}>{head}{inside}</feed>"


def one(document: str | bytes, *, url: str = URL) -> Draft:
    """The only entry of a document."""
    parsed = parse(document, url=url)
    assert not parsed.failures
    (draft,) = parsed.drafts
    return draft


def item(inside: str, *, head: str = "<title>Harbour News</title>") -> Draft:
    return one(rss(inside, head=head))


def entry(inside: str, *, head: str = "<title>Harbour News</title>") -> Draft:
    return one(atom(inside, head=head))
