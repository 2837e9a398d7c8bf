"""Servers on the loopback that do what no server should, each a function over a raw socket."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from types import TracebackType
from typing import TypeAlias

from tests.hostile.cases import rss

Act: TypeAlias = Callable[[socket.socket, bytes], None]
"""What a server does with a connection and the head of the request on it."""

PATIENCE_SECONDS = 90.0
"""How long a server goes on with what has no end."""


class Server:
    """One address that answers every connection in a thread of its own.

    `asked` are the heads of the requests. `url` names a feed on it.
    """

    def __init__(self, act: Act) -> None:
        self.act = act
        self.asked: list[bytes] = []
        self._ended = Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    @property
    def port(self) -> int:
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.xml"

    def __enter__(self) -> Server:
        Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._listener.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            Thread(target=self._meet, args=(connection,), daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        connection.settimeout(PATIENCE_SECONDS)
        with connection:
            try:
                head = _read_head(connection)
                if head:
                    self.asked.append(head)
                    self.act(connection, head)
            except OSError:
                return


def _read_head(connection: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < 65_536:
        piece = connection.recv(4096)
        if not piece:
            break
        head += piece
    return head


def answer(
    connection: socket.socket,
    body: bytes,
    *,
    status: str = "200 OK",
    headers: tuple[str, ...] = (),
    length: int | None = None,
) -> None:
    """A whole answer, whose length may be a lie."""
    lines = [
        f"HTTP/1.1 {status}",
        "Content-Type: application/rss+xml",
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
        *headers,
    ]
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def feed(name: str) -> Act:
    """A server that does what it should."""
    return lambda connection, _: answer(connection, rss(name).encode())


def _status(status: str, *headers: str, body: bytes = b"") -> Act:
    return lambda connection, _: answer(connection, body, status=status, headers=headers)


def _redirect(place: str, status: str = "302 Found") -> Act:
    return _status(status, f"Location: {place}")


def _raw(data: bytes) -> Act:
    return lambda connection, _: connection.sendall(data)


def _endlessly(head: bytes, piece: bytes, pause: float = 0.0) -> Act:
    def act(connection: socket.socket, _: bytes) -> None:
        connection.sendall(head)
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            connection.sendall(piece)
            if pause:
                time.sleep(pause)

    return act


def _silence(connection: socket.socket, _: bytes) -> None:
    # Until the other side leaves.
    connection.recv(1)


def _reset(connection: socket.socket, _: bytes) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def _reset_within(connection: socket.socket, request: bytes) -> None:
    connection.sendall(_HEAD + rss("reset").encode()[:300])
    time.sleep(0.05)
    _reset(connection, request)


def _lied(length: int) -> Act:
    return lambda connection, _: answer(connection, rss("lied").encode(), length=length)


def _packed(times: int, body: bytes, said: str) -> Act:
    packed = body
    for _ in range(times):
        packed = gzip.compress(packed, 9, mtime=0)
    return lambda connection, _: answer(connection, packed, headers=(f"Content-Encoding: {said}",))


def _to_itself(connection: socket.socket, request: bytes) -> None:
    place = request.split(b" ", 2)[1].decode("latin-1") + "x"
    answer(connection, b"", status="302 Found", headers=(f"Location: {place[-40:]}",))


def _changing(connection: socket.socket, _: bytes) -> None:
    headers = (f'ETag: "{time.monotonic_ns()}"', "Last-Modified: yesterday, or so")
    answer(connection, rss("changing").encode(), headers=headers)


def _dripping_headers(connection: socket.socket, request: bytes) -> None:
    _endlessly(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n", 0.4)(connection, request)


_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 90000\r\n\r\n"
_OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_LOGIN = b"<!DOCTYPE html><html><title>Log in</title><form>Name <input name=a></form></html>"
_SPACES = b" " * 100_000_000


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What a server does, and whether the feed then counts as one that failed.

    `fails` is None where both are sensible. `said` stands in the reason that is given.
    """

    name: str
    act: Act
    fails: bool | None = True
    said: str = ""


def behaviours(other: Server) -> tuple[Behaviour, ...]:
    """Every behaviour; `other` is a server that must not be asked on the word of another."""
    return (
        *_endless(),
        *_broken(),
        *_packings(),
        *_redirects(other),
        *_statuses(),
        *_confusing(),
    )


def _endless() -> tuple[Behaviour, ...]:
    return (
        Behaviour("endless body", _endlessly(_OPEN, b"<item>x</item>" * 5_000)),
        Behaviour("endless headers", _endlessly(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n" * 500)),
        Behaviour("endless first line", _endlessly(b"HTTP/1.1 ", b"2" * 9_000)),
        Behaviour("endless chunks", _endlessly(_CHUNKED, b"1\r\nx\r\n" * 2_000)),
        Behaviour("endless early answers", _endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 99)),
        Behaviour("one byte a second", _endlessly(_HEAD, b"<", 1.0)),
        Behaviour("headers that drip", _dripping_headers),
        Behaviour("silence", _silence),
    )


def _broken() -> tuple[Behaviour, ...]:
    return (
        Behaviour("reset", _reset),
        Behaviour("reset within", _reset_within),
        Behaviour("closed at once", lambda connection, _: None),
        Behaviour("shorter than said", _lied(900_000)),
        Behaviour("longer than said", _lied(200), fails=None),
        Behaviour("negative length", _lied(-5), fails=None),
        Behaviour("chunks of garbage", _raw(_CHUNKED + b"zz\r\n<rss>\r\nFFFFFFFFFFFFFFFFF\r\n")),
        Behaviour("no protocol", _raw(b"<rss><channel></channel></rss>")),
        Behaviour("TLS on a plain port", _raw(b"\x15\x03\x01\x00\x02\x02\x46" * 9)),
        Behaviour("SSH on a plain port", _raw(b"SSH-2.0-OpenSSH_9.9\r\n")),
        Behaviour("10,000 headers", _raw(_OPEN[:-2] + b"X-A: b\r\n" * 10_000 + b"\r\n<rss/>")),
        Behaviour("a header of 1 MB", _raw(_OPEN[:-2] + b"X: " + b"y" * 1_000_000 + b"\r\n\r\n")),
        Behaviour("a long first line", _raw(b"HTTP/1.1 200 " + b"O" * 200_000 + b"\r\n\r\n<rss/>")),
        Behaviour("controls in headers", _status("200 O\x1b[2JK", "X: \x9b31m\x1b]0;owned\x07")),
    )


def _packings() -> tuple[Behaviour, ...]:
    good = rss("packed").encode()
    return (
        Behaviour("gzip bomb", _packed(1, _SPACES, "gzip")),
        Behaviour("nested gzip bomb", _packed(3, _SPACES, "gzip, gzip, gzip")),
        Behaviour("fifty layers", _packed(3, good, ", ".join(["gzip"] * 50))),
        Behaviour("broken gzip", _status("200 OK", "Content-Encoding: gzip", body=b"\x1f\x8bno")),
        Behaviour("unknown packing", _status("200 OK", "Content-Encoding: x-odd", body=b"abc")),
        Behaviour("packed twice, said once", _packed(2, good, "gzip"), fails=None),
    )


def _redirects(other: Server) -> tuple[Behaviour, ...]:
    return (
        Behaviour("redirect loop", _to_itself),
        Behaviour("redirect to a file", _redirect("file:///etc/passwd")),
        Behaviour("redirect to a script", _redirect("javascript:alert(1)")),
        Behaviour("redirect to metadata", _redirect("http://169.254.169.254/latest/meta-data/")),
        Behaviour("redirect to another port", _redirect(other.url, "301 Moved Permanently")),
        Behaviour("redirect to itself by name", _redirect(f"http://localhost:{other.port}/")),
        Behaviour("redirect in decimal", _redirect(f"http://2130706433:{other.port}/")),
        Behaviour("redirect by IPv6", _redirect(f"http://[::ffff:127.0.0.1]:{other.port}/")),
        Behaviour("redirect without a host", _redirect(f"//127.0.0.1:{other.port}/x")),
        Behaviour("redirect to nowhere", _status("302 Found")),
        Behaviour("redirect with controls", _redirect("/a\x1b[2J b\tc"), fails=None),
        Behaviour("redirect of 1 MB", _redirect("http://x.example/" + "y" * 60_000)),
    )


def _statuses() -> tuple[Behaviour, ...]:
    return (
        Behaviour("401", _status("401 Unauthorized", 'WWW-Authenticate: Basic realm="\x1b[2J"')),
        Behaviour("403", _status("403 Forbidden")),
        Behaviour("404", _status("404 Not Found", body=_LOGIN)),
        Behaviour("407", _status("407 Proxy Authentication Required")),
        Behaviour("410", _status("410 Gone")),
        Behaviour("429", _status("429 Too Many Requests", "Retry-After: 3600")),
        Behaviour("503", _status("503 Service Unavailable")),
        Behaviour("503 for ever", _status("503 Busy", f"Retry-After: {'9' * 5_000}")),
        Behaviour("304 unasked", _status("304 Not Modified"), fails=None),
        Behaviour("204", _status("204 No Content"), fails=None),
        Behaviour("206", _status("206 Partial Content", body=b"<rss>"), fails=None),
        Behaviour("999", _raw(b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n")),
        Behaviour("status below nothing", _raw(b"HTTP/1.1 -1 Odd\r\nContent-Length: 0\r\n\r\n")),
    )


def _confusing() -> tuple[Behaviour, ...]:
    odd = ("Content-Type: application/rss+xml; charset=\x1b[2J", "Set-Cookie: a=b")
    return (
        Behaviour("changing ETag", _changing, fails=False),
        Behaviour("login page", _status("200 OK", body=_LOGIN)),
        Behaviour("nothing", _status("200 OK"), fails=None),
        Behaviour("bytes of nothing", _status("200 OK", body=b"\x00\xff" * 5_000)),
        Behaviour("wrong charset", _status("200 OK", *odd, body=rss("charset").encode()), False),
        Behaviour("huge freshness", _fresh, fails=False),
    )


def _fresh(connection: socket.socket, _: bytes) -> None:
    headers = (f"Cache-Control: max-age={'9' * 400}", f"ETag: {'e' * 60_000}", "Expires: -1")
    answer(connection, rss("fresh").encode(), headers=headers)
