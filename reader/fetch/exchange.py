"""One request and its answer: no redirects, no judgement."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from ssl import SSLCertVerificationError, SSLError
from typing import TYPE_CHECKING

from urllib3 import exceptions

from reader.feeds import Problem
from reader.fetch.connection import Connector, Route
from reader.fetch.decode import decoded, layers
from reader.fetch.ending import FetchError
from reader.fetch.places import SMALL, Place
from reader.fetch.watch import Watch

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import HTTPResponse

_CHUNK = 65536
_BLOCK = 33 * 1024 * 1024
"""Bytes that a large document takes at once: smaller blocks than 32 MiB are not given back to the
system by the C library, which keeps some for each thread."""

_READS = 100_000
"""Most pieces a document may come in: each costs the same, however small."""

_TUNNEL = re.compile(r"Tunnel connection failed: (\d{3})")


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer; `read` takes the document in once."""

    status: int
    headers: Mapping[str, str]
    _response: HTTPResponse
    _watch: Watch

    def read(self, limit: int, place: Place | None = None) -> bytes:
        """The document, at most `limit` bytes of it; a large one waits for its place.

        Raises FetchError.
        """
        length = self.headers.get("Content-Length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > limit:
            raise FetchError(Problem.TOO_LARGE)
        # What frames the chunks comes on top.
        self._watch.allow(2 * limit + _CHUNK)
        coding = layers(self.headers.get("Content-Encoding", ""), limit)
        data = BytesIO()
        with _told():
            for piece in decoded(self._chunks(), coding):
                before = data.tell()
                if before + len(piece) > limit:
                    raise FetchError(Problem.TOO_LARGE)
                if before <= SMALL < before + len(piece):
                    self._make_room(data, place)
                data.write(piece)
        data.truncate()
        return data.getvalue()

    def _make_room(self, data: BytesIO, place: Place | None) -> None:
        """Let a small document become a large one."""
        if place is not None:
            self._watch.wait(place.take)
        here = data.tell()
        data.seek(_BLOCK)
        data.write(b"\0")
        data.seek(here)

    def _chunks(self) -> Iterator[bytes]:
        for _ in range(_READS):
            chunk = self._response.read1(_CHUNK, decode_content=False)
            if not chunk:
                return
            yield chunk
        raise FetchError(Problem.BROKEN, "in too many pieces")


@contextmanager
def exchange(
    connector: Connector, route: Route, headers: Mapping[str, str], watch: Watch
) -> Iterator[Reply]:
    """Ask for a document; the connection is closed at the end. Raises FetchError."""
    connection = connector.open(route, watch)
    try:
        with _told(connecting=True):
            connection.connect()
        with _told():
            response = _ask(connection, route, headers)
        # A document that was not read to its end would hold the socket open.
        with closing(response):
            yield Reply(response.status, response.headers, response, watch)
    finally:
        connection.close()


def _ask(connection: HTTPConnection, route: Route, headers: Mapping[str, str]) -> HTTPResponse:
    target, proxy = route.target, route.proxy
    sent = dict(headers)
    path = target.path
    if proxy is not None and target.scheme == "http":
        path = target.url
        if proxy.authorization:
            sent["Proxy-Authorization"] = proxy.authorization
    connection.request("GET", path, headers=sent, preload_content=False, decode_content=False)
    return connection.getresponse()


@contextmanager
def _told(*, connecting: bool = False) -> Iterator[None]:
    """What goes wrong inside is raised as FetchError, in words that hold nothing of the server."""
    try:
        yield
    except SSLCertVerificationError as error:
        raise FetchError(Problem.TLS, error.verify_message) from None
    except (SSLError, exceptions.SSLError) as error:
        raise FetchError(Problem.TLS, _words(error)) from None
    except OSError as error:
        raise _system(error, connecting=connecting) from None
    except (HTTPException, exceptions.HTTPError, ValueError) as error:
        raise FetchError(Problem.BROKEN, _words(error)) from None


def _system(error: OSError, *, connecting: bool) -> FetchError:
    tunnel = _TUNNEL.match(str(error))
    if tunnel:
        problem = Problem.NEEDS_LOGIN if tunnel[1] == "407" else Problem.REFUSED
        return FetchError(problem, f"the proxy answered HTTP {tunnel[1]}")
    words = (error.strerror or "").lower() if error.errno else ""
    return FetchError(Problem.REFUSED if connecting else Problem.BROKEN, words)


_WORDS = {
    "IncompleteRead": "cut off",
    "ProtocolError": "cut off",
    "RemoteDisconnected": "closed without an answer",
    "LineTooLong": "a line of the head is too long",
    "BadStatusLine": "not HTTP",
}


def _words(error: Exception) -> str:
    """A name for what went wrong, by its class: its message may quote anything."""
    reason = getattr(error, "reason", None)
    if isinstance(error, SSLError) and isinstance(reason, str):
        return reason.replace("_", " ").lower()
    return _WORDS.get(type(error).__name__, "not as HTTP has it")
