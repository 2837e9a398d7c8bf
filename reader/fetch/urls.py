"""Addresses of documents: checked, taken apart, and written the one way they are sent."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field, replace
from urllib.parse import unquote_to_bytes, urljoin

from reader.feeds import Problem
from reader.fetch.addresses import literal
from reader.fetch.ending import FetchError

PORTS = {"http": 80, "https": 443}

_LIMIT = 8192
"""Bytes of an address, once it is written in ASCII."""

_FORBIDDEN = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_SCHEME = re.compile("[A-Za-z][A-Za-z0-9+.-]*:")
_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    r"//(?P<authority>[^/?#\\]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?"
)
_AUTHORITY = re.compile(r"(?:(?P<user>.*)@)?(?P<host>\[[^\[\]@]*\]|[^\[\]@:]*)(?::(?P<port>.*))?")
_NAME = re.compile(r"(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}\.?")
_NOT_SENT = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. `host` is lower case ASCII, an IPv6 address without brackets;
    `path` starts with "/" and holds the query. `authorization` is a header, or ""."""

    scheme: str
    host: str
    port: int
    path: str = field(repr=False)
    authorization: str = field(default="", repr=False)

    @property
    def place(self) -> tuple[str, str, int]:
        """What credentials are bound to."""
        return self.scheme, self.host, self.port

    def may_know(self, origin: Target) -> bool:
        """Whether the secrets of `origin` may be told here: at its own place, or at the secure
        one of the same host, both at their usual ports."""
        usual = origin.place == ("http", origin.host, PORTS["http"])
        secured = ("https", origin.host, PORTS["https"])
        return self.place == origin.place or (usual and self.place == secured)

    @property
    def netloc(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address without user name and password; parameters are as they were."""
        return f"{self.scheme}://{self.netloc}{self.path}"


def parse_target(url: str) -> Target:
    """Take an address apart; its fragment is dropped.

    Raises FetchError for what is no address of HTTP, holds white space or control characters,
    or is longer than 8 KiB.
    """
    if len(url) > _LIMIT or _FORBIDDEN.search(url):
        raise _bad("too long" if len(url) > _LIMIT else "white space or control characters")
    parts = _PARTS.match(url)
    if parts is None or parts["scheme"].lower() not in PORTS:
        raise _bad("neither http nor https")
    scheme = parts["scheme"].lower()
    user, host, port = _authority(parts["authority"], scheme)
    path = _sent((parts["path"] or "/") + (parts["query"] or ""))
    if not path.startswith("/"):
        raise _bad("no host")
    target = Target(scheme, host, port, path, _basic(user))
    if len(target.url) > _LIMIT:
        raise _bad("too long")
    return target


def follow(target: Target, location: str) -> Target:
    """Where a redirect leads; whatever user name and password it names are left out.

    `location` is a header as it was read, byte for byte Latin-1. Raises FetchError.
    """
    written = _as_written(location.strip(" \t")).replace(" ", "%20")
    try:
        joined = written if _SCHEME.match(written) else urljoin(target.url, written)
    except ValueError as error:
        raise _bad("a redirect to no address") from error
    return replace(parse_target(joined), authorization="")


def _authority(text: str, scheme: str) -> tuple[str | None, str, int]:
    """User name and password as written, host and port."""
    parts = _AUTHORITY.fullmatch(text)
    if parts is None:
        raise _bad("no host")
    port = parts["port"] or str(PORTS[scheme])
    if not re.fullmatch("[0-9]{1,5}", port) or not 1 <= int(port) <= 65535:
        raise _bad("no such port")
    return parts["user"], _host(parts["host"]), int(port)


def _host(written: str) -> str:
    if written.startswith("["):
        address = literal(written)
        if address is None or "%" in written:
            raise _bad("no host")
        return str(address)
    host = (written if written.isascii() else _idna(written)).lower()
    if not _NAME.fullmatch(host):
        raise _bad("no host")
    return host


def _idna(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _bad("no host") from error


def _as_written(header: str) -> str:
    """What a server wrote beyond ASCII: UTF-8, else bytes that stay what they are."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return re.sub("[^\x00-\x7f]", lambda match: f"%{ord(match[0]) & 0xFF:02X}", header)


def _sent(path: str) -> str:
    """Percent-encode what cannot be sent as it is."""
    return _NOT_SENT.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), path)


def _basic(user: str | None) -> str:
    """The header of user name and password (RFC 7617), in UTF-8."""
    if not user:
        return ""
    name, _, password = user.partition(":")
    pair = unquote_to_bytes(name) + b":" + unquote_to_bytes(password)
    return f"Basic {b64encode(pair).decode('ascii')}"


def _bad(detail: str) -> FetchError:
    return FetchError(Problem.BAD_ADDRESS, detail)
