"""Addresses as they are handed on, shown, and reached by letters. Pure."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

from reader.clean import clean_line, has_unsafe

LONGEST = 4000
"""Code points of an address that is still handed on."""

LETTERS = "asdfghjklqwertyuiopzxcvbnm"
"""In the order in which fingers find them."""

_SHOWN = 60
"""Code points of a part of an address that are shown."""


def safe_url(url: str) -> str:
    """An address that may be given to a browser: http or https, one word; else empty."""
    url = url.strip()
    if len(url) > LONGEST or has_unsafe(url) or any(c.isspace() for c in url):
        return ""
    parts = _split(url)
    return url if parts and parts.scheme in ("http", "https") and parts.hostname else ""


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.hostname or not parts.netloc else None
    except ValueError:
        return None


def shown_host(url: str) -> str:
    """The host that an address leads to, letters of other scripts spelled out ("xn--...") so
    that none of them passes for another; user names in front of it are left out."""
    parts = _split(url)
    host = (parts.hostname or "") if parts else ""
    try:
        return clean_line(host.encode("idna").decode("ascii"), _SHOWN)
    except UnicodeError:
        return clean_line(host, _SHOWN)


def _shown_place(url: str) -> str:
    """The host of an address, with the port where it names one."""
    parts = _split(url)
    try:
        port = parts.port if parts else None
    except ValueError:
        port = None
    return shown_host(url) + (f":{port}" if port is not None else "")


def shown_address(url: str) -> str:
    """Host and last part of the path: "media.example/…/episode-12.mp3"."""
    parts = _split(url)
    host = _shown_place(url)
    if parts is None or not host:
        return clean_line(url, _SHOWN)
    steps = [step for step in parts.path.split("/") if step]
    between = "/…/" if len(steps) > 1 else "/"
    return host + (f"{between}{clean_line(steps[-1], _SHOWN)}" if steps else "")


def shown_whole(url: str) -> str:
    """Host, port, path and query, without the scheme and without user names."""
    parts = _split(url)
    if parts is None:
        return clean_line(url)
    query = f"?{parts.query}" if parts.query else ""
    return clean_line(f"{_shown_place(url)}{parts.path}{query}")


def letters_for(number: int) -> tuple[str, ...]:
    """Letters for as many places: one for each while they last, else two. At most 26 * 26."""
    if number <= len(LETTERS):
        return tuple(LETTERS[:number])
    pairs = (first + second for first in LETTERS for second in LETTERS)
    return tuple(pair for pair, _ in zip(pairs, range(number), strict=False))
