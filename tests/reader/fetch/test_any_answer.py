"""Whatever bytes a server sends, something is told and nothing is raised."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.fetch.client import Client
from reader.fetch.decode import decoded, layers
from reader.fetch.ending import FetchError
from reader.fetch.values import Body, Failed, Request, Unchanged
from tests.reader.fetch.servers import Server

PIECES = st.sampled_from([
    b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 301 Moved\r\n", b"HTTP/1.1 304 Not\r\n", b"HTTP/9 1 x\r\n",
    b"Content-Length: 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: x\r\n",
    b"Content-Length: 99999999999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n", b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: deflate, deflate\r\n", b"Location: http://[\r\n", b"Location: /x\r\n",
    b"Location: \xff\xfe\r\n", b"Content-Type: ;charset=\"\r\n", b"Cache-Control: max-age=9e9\r\n",
    b"Expires: Thu, 99 Foo 99999 99:99:99\r\n", b"Retry-After: \xb2\r\n", b" folded\r\n",
    b"Date: x\r\n", b"Age: -\r\n", b": empty\r\n", b"Set-Cookie: \0\r\n", b"\r\n", b"\n", b"5\r\n",
    b"hello", b"0\r\n\r\n", b"\x1f\x8b\x08\0", b"x\x9c", b"HTTP/1.1 503 \r\n", b"\xe2\x80\xa8",
])  # fmt: skip


@pytest.fixture(scope="module")
def saying() -> Iterator[tuple[Server, list[bytes]]]:
    """A server that says what lies in the list."""
    said = [b""]
    with Server(lambda _: said[0]) as server:
        yield server, said


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(parts=st.lists(PIECES | st.binary(max_size=20), max_size=12), begins=st.booleans())
def test_any_answer(saying: tuple[Server, list[bytes]], parts: list[bytes], begins: bool) -> None:
    server, said = saying
    said[0] = b"HTTP/1.1 200 OK\r\n" * begins + b"".join(parts)
    client = Client(environment={}, deadline=5, limit=100_000)
    request = Request(f"{server.url}/", etag='"v"', private=True)
    assert isinstance(client.fetch(request), Body | Unchanged | Failed)


@given(st.binary(max_size=5000), st.sampled_from(["gzip", "deflate", "gzip, gzip"]), st.data())
def test_compressed_bytes_in_any_pieces(data: bytes, coding: str, draw: st.DataObject) -> None:
    packed = data
    for name in coding.split(", "):
        packed = gzip.compress(packed) if name == "gzip" else zlib.compress(packed)
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(packed)), max_size=5)))
    ends = [0, *cuts, len(packed)]
    pieces = (packed[start:end] for start, end in pairwise(ends))
    assert b"".join(decoded(pieces, layers(coding, 100_000))) == data


@given(st.lists(st.binary(max_size=50)), st.sampled_from(["gzip", "deflate"]))
def test_rubbish_in_the_place_of_compressed_bytes(pieces: list[bytes], coding: str) -> None:
    with suppress(FetchError):
        assert len(b"".join(decoded(iter(pieces), layers(coding, 10_000)))) <= 10_000
