"""What newsboat keeps: its list of feeds, and its cache of articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.errors import ImportItemError
from reader.ingest.addresses import make_subscription
from reader.ingest.decode import decode
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, Read
from reader.ingest.jsonl_format import read_lines
from reader.ingest.opml import folder_path
from reader.ingest.reasons import Reason

_SQLITE = b"SQLite format 3\x00"
# White space between, quotation marks around, a backslash before a quotation mark.
_WORD = re.compile(r'"(?P<quoted>(?:[^"\\]|\\.)*+)"?|(?P<bare>[^\s"]+)')
_ESCAPED = re.compile(r"\\(.)")


def read_newsboat(content: Content) -> Iterator[Entry]:
    """Read `urls` or `cache.db`. Raises ImportItemError when there is nothing in it."""
    if content.file.peek(len(_SQLITE)).startswith(_SQLITE):
        from reader.ingest.newsboat_cache import read_cache

        return read_cache(content)
    return _read_urls(content)


def _read_urls(content: Content) -> Iterator[Entry]:
    empty = True
    for number, line in read_lines(content.file, DOCUMENT_LIMIT):
        text = decode(line or b"").strip()
        if text and not text.startswith("#"):
            empty = False
            yield Entry(f"line {number}", _reading(text))
    if empty:
        raise ImportItemError("", Reason.NOTHING)


def _reading(line: str) -> Read:
    """A line is an address and tags: one that begins with `~` is the title, one with `!` says
    that the feed is not listed by itself; the first other one becomes the folder."""
    url, *tags = _words(line) or [""]
    title = next((tag[1:] for tag in tags if tag.startswith("~")), "")
    named = (tag for tag in tags if tag[:1] not in ("~", "!"))
    return lambda: make_subscription(url, title=title, folder=folder_path([next(named, "")]))


def _words(line: str) -> list[str]:
    found = _WORD.finditer(line)
    return [
        word["bare"] if word["quoted"] is None else _ESCAPED.sub(r"\1", word["quoted"])
        for word in found
    ]
