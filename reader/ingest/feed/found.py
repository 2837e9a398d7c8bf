"""Feeds that a web page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from reader.clean import clean_line
from reader.feeds import FoundFeed
from reader.ingest.feed.encoding import to_utf8
from reader.ingest.feed.links import absolute, is_web, join

MOST_FOUND = 20
_TEXTS = 20
_PAGE_LIMIT = 4 * 1024 * 1024
_HEAD = 4096
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_TYPES = re.compile(
    r"\s*(?:application|text)/(?:(?:rss|atom|rdf|feed)\+xml|feed\+json|x-rss\+xml)\b", re.IGNORECASE
)
_MAYBE = re.compile(r"\s*(?:application/json|(?:application|text)/xml)\b", re.IGNORECASE)
_PATH = re.compile(
    r"(?:^|[/._?&=-])(?:rss2?|atom|rdf|feeds?|feed\.json|index\.xml)(?:$|[/._?&=#-])|\.(?:rss|atom|rdf)$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\b(?:rss|atom|feed|web ?feed|xml)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar", re.IGNORECASE)
# Scripts that call an address of their own a feed.
_OTHER = re.compile(
    r"oembed|wp-json|xmlrpc|\.(?:css|js|png|jpe?g|gif|svg|ico)(?:$|\?)", re.IGNORECASE
)


def find_feeds(data: bytes, *, url: str, charset: str = "") -> tuple[FoundFeed, ...]:
    """Return at most 20 feeds that an HTML page names, the likeliest first.

    Those in its head come before links to addresses that look like feeds, feeds of comments
    after their equals. Absolute http and https only. Never raises.
    """
    data = data[:_PAGE_LIMIT]
    declared = _DECLARED.search(data[:_HEAD])
    charset = charset or (declared[1].decode() if declared else "")
    tree = _parse(to_utf8(data, charset))
    if tree is None:
        return ()
    base = url
    for element in tree.iter("base"):
        base = join(element.get("href") or "", url)
        break
    ranked = sorted(_candidates(tree, base), key=lambda one: one[0])
    found: dict[str, FoundFeed] = {}
    for _, feed in ranked:
        found.setdefault(feed.url, feed)
    return tuple(found.values())[:MOST_FOUND]


def _parse(data: bytes) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True)
    try:
        found: etree._Element | None = etree.fromstring(data, parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return found


def _candidates(tree: etree._Element, base: str) -> Iterator[tuple[int, FoundFeed]]:
    """Feeds with a rank, 0 for the likeliest."""
    for element in tree.iter("link", "a"):
        url = absolute(element.get("href") or "", base)
        if not is_web(url) or _OTHER.search(url):
            continue
        title = element.get("title") or ""
        rank = _rank_link(element, url) if element.tag == "link" else _rank_anchor(element, url)
        if rank is None:
            continue
        if element.tag == "a":
            title = title or "".join(map(str, islice(element.itertext(), _TEXTS)))
        comments = _COMMENTS.search(title) or _COMMENTS.search(url)
        yield rank * 2 + bool(comments), FoundFeed(url, clean_line(title))


def _rank_link(element: etree._Element, url: str) -> int | None:
    relations = (element.get("rel") or "").lower().split()
    if not {"alternate", "feed"} & set(relations):
        return None
    media_type = element.get("type") or ""
    if _TYPES.match(media_type):
        return 0
    if "feed" in relations or (_MAYBE.match(media_type) and _PATH.search(url)):
        return 1
    return None


def _rank_anchor(element: etree._Element, url: str) -> int | None:
    if _TYPES.match(element.get("type") or ""):
        return 1
    path = url.split("://", 1)[1].partition("/")[2]
    if _PATH.search(path) or url.split("://", 1)[1].startswith(("feeds.", "rss.", "feed.")):
        return 2
    return None
