"""Addresses of articles and feeds, as files name them. Pure."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest.headers import clean_url
from reader.ingest.reasons import Reason

_FEED_SCHEME = re.compile(r"feed:(?://(?!/))?(?=https?:)|feed://", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/?#]+", re.IGNORECASE)
_COMMAND = re.compile(r"\||exec:|filter:", re.IGNORECASE)
_WORDS = re.compile(r"[-_+.\s]+")
_NO_PAGE = re.compile(
    r"(?:about|brave|chrome|chrome-extension|data|edge|file|javascript|mailto|moz-extension|opera"
    r"|place|tel|view-source|vivaldi):",
    re.IGNORECASE,
)
_SECRET_BEGINS = re.compile(r"[?#;\s]")
_SHOWN_CHARACTERS = 80


def is_web(url: str) -> bool:
    """Tell whether something is an address of the web with a host."""
    return _WEB.match(url) is not None


def make_subscription(
    url: str, *, title: str = "", site: str = "", folder: str = ""
) -> Subscription:
    """Make a subscription of what a file says. Raises ImportItemError when `url` is none of a
    feed on the web. The schemes feed: and feed:// are those of a link to a feed."""
    shown = shown_link(url, title)
    if _COMMAND.match(url.strip()):
        raise ImportItemError("", Reason.PROGRAM, shown)
    if url.strip().lower().startswith("query:"):
        raise ImportItemError("", Reason.FILTER, shown)
    address = clean_url(_FEED_SCHEME.sub(_instead, url.strip(), count=1))
    if not is_web(address):
        raise ImportItemError("", Reason.NO_ADDRESS, shown)
    page = clean_url(site)
    return Subscription(
        address, clean_line(title), page if is_web(page) and page != address else "", folder
    )


def web_address(url: str, title: str) -> str:
    """Return the address of a page. Raises ImportItemError for anything else; what a browser
    keeps as a link and leads to no page of the web (`javascript:`, `file:`) is told apart."""
    address = clean_url(url)
    if is_web(address):
        return address
    reason = Reason.NO_PAGE if _NO_PAGE.match(url.strip()) else Reason.NO_ADDRESS
    raise ImportItemError("", reason, shown_link(url, title))


def shown_link(url: str, title: str) -> str:
    """Return what tells a link from others in a file, fit to be shown: of the address only what
    comes before anything that may be secret."""
    address = _beginning(url)
    # Some lists give addresses for titles.
    name = _beginning(title) if "://" in title else clean_line(title, _SHOWN_CHARACTERS)
    return f"{name} ({address})" if name and address and name != address else name or address


def _beginning(url: str) -> str:
    begin = _SECRET_BEGINS.split(url.strip(), maxsplit=1)[0]
    return clean_line(begin.rpartition("@")[2], _SHOWN_CHARACTERS)


def _instead(found: re.Match[str]) -> str:
    is_whole = found.string[found.end() :].lower().startswith("http")
    return "" if is_whole else "http://"


def host_of(url: str) -> str:
    """Return the host of an address without "www.", "" when there is none."""
    try:
        return clean_line((urlsplit(url).hostname or "").removeprefix("www."), 100)
    except ValueError:
        return ""


def words_of(url: str) -> str:
    """Return the words that the last part of an address is made of, else its host."""
    try:
        path = urlsplit(url).path.rstrip("/")
    except ValueError:
        return clean_line(url, 90)
    last = re.sub(r"\.[A-Za-z0-9]{2,5}$", "", unquote(path.rpartition("/")[2]))
    words = clean_line(_WORDS.sub(" ", last), 90)
    return words if any(map(str.isalpha, words)) else host_of(url) or clean_line(url, 90)
