"""Addresses in feeds: which of several leads to the article, and where a relative one leads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from reader.ingest.headers import clean_url

_SCHEMES = ("http://", "https://")
_OTHER_SCHEMES = ("gemini://", "gopher://", "ftp://")
_ALTERNATE = re.compile(r"(?:http://www\.iana\.org/assignments/relation/)?alternate", re.IGNORECASE)
_HTML = re.compile(r"\s*(?:text/html|application/xhtml\+xml)", re.IGNORECASE)


def join(url: str, base: str) -> str:
    """Return `url` as seen from `base`, which is `base` itself where `url` is empty; `url` as
    it is where no address comes of it."""
    url = url.strip()
    if not url:
        return base
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url


def absolute(url: str, *bases: str) -> str:
    """Return the absolute address that `url` means, "" when it is none that can be opened.

    The first base that makes it absolute counts. Code points on one line; only http, https,
    gemini, gopher and ftp.
    """
    url = clean_url(url)
    if not url:
        return ""
    for base in ("", *bases):
        found = join(url, base)
        if found.lower().startswith(_SCHEMES + _OTHER_SCHEMES) and _has_host(found):
            return clean_url(found)
    return ""


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def is_web(url: str) -> bool:
    """Tell whether an address begins as one of http or https does."""
    return url.strip().lower().startswith(_SCHEMES)


def is_alternate(rel: str) -> bool:
    """Tell whether the relation of a link, "" for none, is that of the article itself."""
    return not rel or _ALTERNATE.fullmatch(rel) is not None


def best_alternate(links: Iterable[tuple[str, str]]) -> str:
    """Return of (absolute address, media type) the one to read: a web page before all else,
    the first of equals; "" for none."""
    ranked = sorted((link for link in links if link[0]), key=_rank)
    return ranked[0][0] if ranked else ""


def _rank(link: tuple[str, str]) -> tuple[bool, bool]:
    url, media_type = link
    return not is_web(url), bool(media_type) and _HTML.match(media_type) is None
