"""A client before real servers: what they say in order, and what they do to it."""

from __future__ import annotations

import gzip
import socket
import ssl
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from reader.feeds import Problem
from reader.fetch.client import AGENT, Client
from reader.fetch.ending import INTERRUPTED
from reader.fetch.tls import make_context
from reader.fetch.values import Body, Failed, Request, Unchanged
from tests.reader.fetch.conftest import Get, Serve, SlowContext, server_context
from tests.reader.fetch.servers import Asked, Server, answer

FEED = b"<rss><channel><title>Lighthouse news</title></channel></rss>"


def deflate(data: bytes, bits: int) -> bytes:
    machine = zlib.compressobj(wbits=bits)
    return machine.compress(data) + machine.flush()


def problem_of(fetched: object) -> Problem:
    assert isinstance(fetched, Failed), fetched
    return fetched.problem


# What goes well


def test_a_document_with_what_is_said_of_it(get: Get) -> None:
    said = answer(
        200, FEED,
        'Content-Type: Application/RSS+xml; charset="utf-8"',
        'ETag: W/"v1"', "Last-Modified: Sun, 22 Nov 2026 08:00:00 GMT",
        "Cache-Control: public, max-age=900", "Age: 100",
    )  # fmt: skip
    body = get(said)
    assert isinstance(body, Body)
    assert body.data == FEED
    assert body.url.startswith("http://127.0.0.1:")
    assert (body.media_type, body.charset) == ("application/rss+xml", "utf-8")
    assert (body.etag, body.modified) == ('W/"v1"', "Sun, 22 Nov 2026 08:00:00 GMT")
    assert (body.moved_to, body.fresh) == ("", 800)


def test_the_request_says_who_asks_and_nothing_more(serve: Serve) -> None:
    server = serve(answer(200, FEED))
    Client(environment={}).fetch(Request(f"{server.url}/a b".replace(" ", "%20"), private=True))
    (asked,) = server.asked
    assert asked.line == "GET /a%20b HTTP/1.1"
    assert asked.headers["user-agent"] == AGENT
    assert set(asked.headers) == {
        "host", "user-agent", "accept", "accept-encoding", "connection",
    }  # fmt: skip


def test_validators_are_sent_and_304_is_unchanged(serve: Serve) -> None:
    server = serve(answer(304, b"", "Cache-Control: max-age=60"))
    request = Request(f"{server.url}/", etag='"v1"', modified="Sun, 22 Nov 2026", private=True)
    assert Client(environment={}).fetch(request) == Unchanged(fresh=60)
    (asked,) = server.asked
    assert asked.headers["if-none-match"] == '"v1"'
    assert asked.headers["if-modified-since"] == "Sun, 22 Nov 2026"


def test_validators_with_line_breaks_are_not_sent(serve: Serve) -> None:
    server = serve(answer(200, FEED))
    request = Request(f"{server.url}/", etag='"a"\r\nX-Injected: 1', modified="é", private=True)
    assert isinstance(Client(environment={}).fetch(request), Body)
    assert "x-injected" not in server.asked[0].headers
    assert "if-none-match" not in server.asked[0].headers
    assert "if-modified-since" not in server.asked[0].headers


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("X-GZIP", gzip.compress(FEED, mtime=0)),
        ("gzip", gzip.compress(FEED[:9], mtime=0) + gzip.compress(FEED[9:], mtime=0)),
        ("gzip", gzip.compress(FEED, mtime=0) + b"\0\0\0\0"),
        ("gzip", gzip.compress(FEED, mtime=0) + b"\0"),
        ("deflate", deflate(FEED, 15)),
        ("deflate", deflate(FEED, -15)),
        ("deflate, gzip", gzip.compress(deflate(FEED, 15), mtime=0)),
        ("gzip, gzip", gzip.compress(gzip.compress(FEED, mtime=0), mtime=0)),
        ("identity", FEED),
        ("", FEED),
    ],
)
def test_compressions_are_taken_off(get: Get, coding: str, data: bytes) -> None:
    body = get(answer(200, data, f"Content-Encoding: {coding}"))
    assert isinstance(body, Body)
    assert body.data == FEED


@pytest.mark.parametrize("size", [1, 3, 1000])
def test_chunks_of_any_size(serve: Serve, size: int) -> None:
    packed = gzip.compress(FEED, mtime=0)
    parts = [packed[at : at + size] for at in range(0, len(packed), size)]
    chunks = b"".join(b"%x;ext=1\r\n%b\r\n" % (len(part), part) for part in parts)
    head = answer(200, b"", "Transfer-Encoding: chunked", "Content-Encoding: gzip", length=False)
    server = serve(head + chunks + b"0\r\nTrailer: x\r\n\r\n")
    body = Client(environment={}).fetch(Request(server.url, private=True))
    assert isinstance(body, Body)
    assert body.data == FEED


def test_the_end_of_the_connection_ends_a_document_without_length(get: Get) -> None:
    body = get(answer(200, FEED, length=False))
    assert isinstance(body, Body)
    assert body.data == FEED


# What a status means


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        (400, Problem.STATUS), (403, Problem.STATUS), (404, Problem.STATUS),
        (500, Problem.STATUS), (599, Problem.STATUS), (999, Problem.STATUS),
        (401, Problem.NEEDS_LOGIN), (407, Problem.NEEDS_LOGIN), (410, Problem.GONE),
        (429, Problem.WAIT), (503, Problem.WAIT),
        (204, Problem.BROKEN), (205, Problem.BROKEN), (206, Problem.BROKEN),
        (300, Problem.BROKEN), (304, Problem.BROKEN), (305, Problem.BROKEN),
    ],
)  # fmt: skip
def test_a_status_that_brings_nothing(get: Get, status: int, problem: Problem) -> None:
    failed = get(answer(status, b"" if status in (204, 304) else b"<rss/>"))
    assert isinstance(failed, Failed)
    assert failed.problem is problem
    assert failed.detail.startswith(f"HTTP {status}")


def test_an_empty_document_is_none(get: Get) -> None:
    assert problem_of(get(answer(200, b""))) is Problem.BROKEN
    assert problem_of(get(answer(200, b"", length=False))) is Problem.BROKEN


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120), ("1", 60), ("-5", 0), ("9999999999999", 86400), ("soon", 0), ("", 0)],
)
def test_how_long_a_server_wants_to_be_left_alone(
    get: Get, status: int, value: str, seconds: int
) -> None:
    failed = get(answer(status, b"", f"Retry-After: {value}"))
    assert failed == Failed(Problem.WAIT, f"HTTP {status}", retry_after=seconds)


def test_a_date_until_when_to_wait(get: Get) -> None:
    until = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    failed = get(answer(429, b"", f"Retry-After: {until}"))
    assert isinstance(failed, Failed)
    assert 3590 <= failed.retry_after <= 3600


# What a server can do


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 abc Words\r\n\r\n",
        b"HTTP/1.1 99999 Words\r\n\r\n",
        b"\0" * 1000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nabcde\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1" * 100_000,
        b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
        b"HTTP/1.1 302 Found\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 10_000 + b"\r\n<rss/>",
        b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 1_000_000 + b"\r\n\r\n<rss/>",
        b"HTTP/1.1 200 " + b"b" * 1_000_000,
    ],
    ids=lambda said: said[:30],
)
def test_what_is_not_http_is_broken(get: Get, said: bytes) -> None:
    assert problem_of(get(said)) is Problem.BROKEN


def test_an_endless_head_is_too_large(get: Get) -> None:
    said = get(lambda _: (b"HTTP/1.1 100 Continue\r\n\r\n" * 1000 for _ in range(10_000)))
    assert problem_of(said) is Problem.TOO_LARGE


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)[:-3]),
        ("gzip", b"\x1f"),
        ("gzip", FEED),
        ("deflate", deflate(FEED, -15)[:-1]),
        ("deflate", b"\xff" * 50),
        (
            "gzip, gzip, gzip",
            gzip.compress(gzip.compress(gzip.compress(FEED, mtime=0), mtime=0), mtime=0),
        ),
        ("br", FEED),
        ("zstd", FEED),
        ("gzip", gzip.compress(b"", mtime=0) * 2000),
    ],
)
def test_compressions_that_are_broken(get: Get, coding: str, data: bytes) -> None:
    said = answer(200, data, f"Content-Encoding: {coding}")
    assert problem_of(get(said)) is Problem.BROKEN


def bomb(size: int) -> bytes:
    return gzip.compress(b"\0" * size, 9, mtime=0)


@pytest.mark.parametrize(
    ("coding", "data"),
    [
        ("", b"x" * 1_000_001),
        ("gzip", bomb(50_000_000)),
        ("gzip, gzip", gzip.compress(bomb(50_000_000), mtime=0)),
        ("gzip, gzip", bomb(50_000_000)),
        ("gzip, gzip", gzip.compress(gzip.compress(b"", mtime=0) * 500_000, 9, mtime=0)),
    ],
    ids=["plain", "bomb", "nested", "first layer", "nothing in many parts"],
)
def test_what_is_larger_than_the_limit(get: Get, coding: str, data: bytes) -> None:
    began = time.process_time()
    said = answer(200, data, f"Content-Encoding: {coding}", length=False)
    assert problem_of(get(said)) in (Problem.TOO_LARGE, Problem.BROKEN)
    assert time.process_time() - began < 2


def test_a_length_above_the_limit_is_believed_at_once(get: Get) -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"
    assert problem_of(get(said)) is Problem.TOO_LARGE


def test_an_endless_document_stops_at_the_limit(get: Get) -> None:
    head = answer(200, b"", length=False)

    def endless(_: Asked) -> Iterator[bytes]:
        yield head
        while True:
            yield b"<item/>" * 1000

    assert problem_of(get(endless)) is Problem.TOO_LARGE


def test_a_document_in_ever_so_small_pieces_costs_little(get: Get) -> None:
    head = answer(200, b"", "Transfer-Encoding: chunked", length=False)
    began = time.process_time()
    said = get(head + b"1\r\nx\r\n" * 600_000)
    assert problem_of(said) in (Problem.BROKEN, Problem.TOO_LARGE)
    assert time.process_time() - began < 3


@pytest.mark.parametrize(
    "told",
    [
        lambda server: server.hang(),
        lambda server: server.drip(answer(200, FEED), 0.05),
        lambda server: server.drip(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50, 0.1),
        lambda server: iter([b"HTTP/1.1 200 OK\r\n\r\n", *server.hang()]),
    ],
    ids=["silence", "drops", "drops of the head", "no document"],
)
@pytest.mark.parametrize("ending", ["deadline", "stop"])
def test_a_slow_server_holds_nobody_for_long(
    serve: Serve, told: Callable[[Server], Iterator[bytes]], ending: str
) -> None:
    servers: list[Server] = []
    servers.append(serve(lambda _: told(servers[0])))
    stopped = threading.Event()
    deadline = 0.6 if ending == "deadline" else 20
    if ending == "stop":
        threading.Timer(0.2, stopped.set).start()
    began = time.monotonic()
    request = Request(f"{servers[0].url}/", private=True)
    failed = Client(environment={}, deadline=deadline).fetch(request, stopped.is_set)
    assert time.monotonic() - began < 1.2
    assert failed == (INTERRUPTED if stopped.is_set() else Failed(Problem.TIMED_OUT))


def test_a_server_that_does_not_take_the_hand_of_tls(serve: Serve) -> None:
    servers: list[Server] = []
    servers.append(serve(lambda _: servers[0].hang()))
    url = servers[0].url.replace("http:", "https:")
    began = time.monotonic()
    failed = Client(environment={}, deadline=0.6).fetch(Request(url, private=True))
    assert problem_of(failed) is Problem.TIMED_OUT
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize("secure", [False, True])
def test_a_server_that_is_slow_but_in_time(
    serve: Serve, trusted: SlowContext, secure: bool
) -> None:
    servers: list[Server] = []
    trusted.seconds = 0.6
    said = answer(200, FEED)
    servers.append(serve(lambda _: servers[0].drip(said, 0.3, 60), tls=trusted if secure else None))
    body = Client(environment={}, deadline=10).fetch(Request(servers[0].url, private=True))
    assert isinstance(body, Body)
    assert body.data == FEED


def test_an_address_that_does_not_answer_leaves_time_for_the_next(serve: Serve) -> None:
    server = serve(answer(200, FEED))
    with ExitStack() as stack:
        full = stack.enter_context(socket.create_server(("127.0.0.2", server.port), backlog=0))
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        client = Client(environment={}, deadline=2, resolver=lambda _: ["127.0.0.2", "127.0.0.1"])
        body = client.fetch(Request(f"http://nas.local:{server.port}/", private=True))
    assert isinstance(body, Body)


def test_nobody_listens() -> None:
    failed = Client(environment={}).fetch(Request("http://127.0.0.1:1/", private=True))
    assert failed == Failed(Problem.REFUSED, "connection refused")


# Secure connections


def test_a_certificate_of_a_trusted_authority(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = serve(answer(200, FEED), tls=trusted)
    body = Client(environment={}).fetch(Request(f"{server.url}/a", private=True))
    assert isinstance(body, Body)
    assert body.data == FEED
    assert body.url == f"{server.url}/a"


def test_a_certificate_that_a_server_made_itself(serve: Serve, authority: Path) -> None:
    server = serve(answer(200, FEED), tls=server_context(authority, "own"))
    failed = Client(environment={}).fetch(Request(server.url, private=True))
    assert problem_of(failed) is Problem.TLS
    assert server.asked == []


def test_a_certificate_of_somebody_else(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = serve(answer(200, FEED), tls=trusted)
    client = Client(environment={}, resolver=lambda _: ["127.0.0.1"])
    failed = client.fetch(Request(f"https://three.example:{server.port}/", private=True))
    assert problem_of(failed) is Problem.TLS
    assert server.asked == []


def test_the_name_is_verified_though_the_address_is_connected_to(
    serve: Serve, trusted: ssl.SSLContext
) -> None:
    server = serve(answer(200, FEED), tls=trusted)
    client = Client(environment={}, resolver=lambda _: ["127.0.0.1"])
    body = client.fetch(Request(f"https://one.example:{server.port}/", private=True))
    assert isinstance(body, Body)
    assert server.asked[0].headers["host"] == f"one.example:{server.port}"


def test_nothing_below_tls_1_2(
    serve: Serve, trusted: ssl.SSLContext, recwarn: pytest.WarningsRecorder
) -> None:
    trusted.set_ciphers("ALL:@SECLEVEL=0")
    trusted.minimum_version = ssl.TLSVersion.TLSv1
    trusted.maximum_version = ssl.TLSVersion.TLSv1_1
    recwarn.clear()
    server = serve(answer(200, FEED), tls=trusted)
    failed = Client(environment={}).fetch(Request(server.url, private=True))
    assert problem_of(failed) is Problem.TLS


def test_plain_http_where_tls_is_expected(serve: Serve) -> None:
    server = serve(lambda _: answer(200, FEED))
    url = server.url.replace("http:", "https:")
    failed = Client(environment={}, deadline=0.5).fetch(Request(url, private=True))
    assert problem_of(failed) in (Problem.TLS, Problem.TIMED_OUT)


def test_authorities_of_certifi_where_the_system_has_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pytest.importorskip("certifi")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert make_context().cert_store_stats()["x509_ca"] > 20
    monkeypatch.setitem(sys.modules, "certifi", None)
    assert make_context().cert_store_stats()["x509_ca"] == 0


# Many at once


def test_one_client_serves_many_threads(serve: Serve) -> None:
    server = serve(lambda asked: answer(200, asked.path.encode()))
    client = Client(environment={})
    found: dict[int, object] = {}

    def work(number: int) -> None:
        found[number] = client.fetch(Request(f"{server.url}/{number}", private=True))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    client.close()
    for number, body in found.items():
        assert isinstance(body, Body)
        assert body.data == f"/{number}".encode()
