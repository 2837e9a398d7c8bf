"""Addresses as written in HTML -> absolute ones that may be kept. Pure, never raises."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urljoin

from reader.clean import clean_line

ADDRESS_LIMIT = 8192
"""The longest address, in code points; a longer one is left out, as a part leads nowhere."""

# Brackets are those of an address of IPv6 and nothing else.
_WEB = re.compile(
    r"https?://(?:[^\s/?#\[\]]++|\[[0-9a-f:.]++\](?::[0-9]*+)?+)(?=[/?#]|$)", re.IGNORECASE
)
_MAIL = re.compile(r"mailto:[^\s?@]+@", re.IGNORECASE)
_CONTROLS = re.compile(r"[\t\r\n]")
_SIZE = re.compile(r"[01](?:px)?", re.IGNORECASE)
_TRACKERS = re.compile(
    r"https?://(?:[^/]*\.)?(?:pixel\.|stats\.wordpress\.com/|feeds\.feedburner\.com/~|"
    r"feedsportal\.com/|www\.google-analytics\.com/|b\.scorecardresearch\.com/)",
    re.IGNORECASE,
)
_SOURCES = ("src", "data-src", "data-lazy-src", "data-original")


def link_target(written: str, base: str) -> str:
    """Return where a link leads: http, https or mailto; "" for everything else.

    Relative addresses are those of `base`, and lead nowhere without it or to a place on it.
    """
    written = written.strip()
    if not written or written.startswith("#"):
        return ""
    address = absolute(written, base)
    return address if _WEB.match(address) or _MAIL.match(address) else ""


def image_address(attributes: Mapping[str, str], base: str) -> str:
    """Return where a picture is, "" when it cannot be fetched or only counts its readers."""
    if is_counter(attributes):
        return ""
    written = [attributes[name] for name in _SOURCES if name in attributes]
    written.append(attributes.get("srcset", "").strip().partition(" ")[0])
    for source in written:
        address = absolute(source.strip(), base) if source.strip() else ""
        if _WEB.match(address):
            return "" if _TRACKERS.match(address) else address
    return ""


def is_counter(attributes: Mapping[str, str]) -> bool:
    """Tell whether something is too small to be seen: it counts its readers."""
    return any(_SIZE.fullmatch(attributes.get(side, "").strip()) for side in ("width", "height"))


def is_web(address: str) -> bool:
    """Tell whether an address is one of the web, with a host."""
    return _WEB.match(address) is not None


def absolute(written: str, base: str) -> str:
    """Return an address joined to `base`, clean and on one line; "" when it is none."""
    if len(written) > ADDRESS_LIMIT:
        return ""
    address = written if written.isprintable() else _CONTROLS.sub("", written)
    if base and not _WEB.match(address):
        try:
            address = urljoin(base, address)
        except ValueError:
            return ""
    if not (address.isascii() and address.isprintable()):
        address = clean_line(address, ADDRESS_LIMIT + 1)
    address = address.replace(" ", "%20")
    return address if len(address) <= ADDRESS_LIMIT else ""
