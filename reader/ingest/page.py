"""A page of the web -> the article on it. Needs no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from reader.errors import ImportItemError
from reader.ingest.bodies import make_html_draft, without_title
from reader.ingest.decode import decode_marked, decode_stated
from reader.ingest.html.facts import Page, read_facts
from reader.ingest.html.scan import Scanner, nesting
from reader.ingest.reasons import Reason
from reader.model import Draft

PAGE_LIMIT = 16 * 1024 * 1024
"""The largest page, in bytes."""

# What the extractor bears within a second or two, whatever the page holds.
_MOST_TAGS = 30_000
_DEEPEST = 128
_LONGEST = 4_000_000

_LEAST_MAIN = 250
_CLEARLY_MORE = 2
_LONGEST_LOGIN = 600
_PASSWORD = re.compile(r"<input\b[^<>]*\btype\s*=\s*[\"']?password", re.IGNORECASE)
_AROUND = frozenset(("nav", "footer", "aside", "form", "button", "select"))


def read_page(data: bytes, *, url: str, charset: str = "", latest: datetime) -> Draft:
    """Read the article on a page: its main text, and what the page states of it.

    `url` is where the page was found, "" when only the page knows; `charset` is what the
    server said, "" for nothing. `latest`: see `reader.ingest.dates`. Raises ImportItemError
    for a page that is too large or has nothing to read.
    """
    if len(data) > PAGE_LIMIT:
        raise ImportItemError("", Reason.TOO_LARGE)
    page = read_facts(_decode(data, charset), url=url, latest=latest)
    draft = _read_best(page, latest)
    if draft is None or (len(draft.text) < _LONGEST_LOGIN and _PASSWORD.search(page.html)):
        raise ImportItemError("", Reason.NO_CONTENT)
    return draft


def _decode(data: bytes, charset: str) -> str:
    return decode_stated(data, charset) if charset else decode_marked(data)


def _read_best(page: Page, latest: datetime) -> Draft | None:
    """The article as the extractor finds it. Where it finds next to nothing, what stands in
    the elements made for it counts when it is clearly more, and all that is not around it
    when there is nothing else."""
    found = _make(page, _extracted(page), latest)
    if len(found.text) >= _LEAST_MAIN:
        return found
    for html in _regions(page.html):
        region = _make(page, html, latest)
        if len(region.text) > _CLEARLY_MORE * len(found.text):
            return region
    return found if found.text else None


def _make(page: Page, html: str, latest: datetime) -> Draft:
    return without_title(make_html_draft(page.meta, html, latest=latest, base=page.base))


def _extracted(page: Page) -> str:
    html = page.html
    if len(html) > _LONGEST or html.count("<") > _MOST_TAGS or nesting(html) > _DEEPEST:
        return ""
    from reader.ingest.html.extract import extract_main

    return extract_main(html, page.meta.title)


def _regions(html: str) -> Iterator[str]:
    kept, _ = Scanner(html).cut_out(_AROUND)
    for name in ("article", "main"):
        _, found = Scanner(kept).cut_out(frozenset((name,)))
        yield max((content for _, _, content in found), key=len, default="")
    yield kept
