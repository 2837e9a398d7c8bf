"""Proxies of the environment: found by name, asked in the place of servers."""

from __future__ import annotations

import ssl

import pytest

from reader.feeds import Problem
from reader.fetch.client import Client
from reader.fetch.ending import FetchError
from reader.fetch.proxies import find_proxy
from reader.fetch.urls import parse_target
from reader.fetch.values import Body, Failed, Request
from tests.reader.fetch.conftest import Serve
from tests.reader.fetch.servers import answer

PAGE = "http://news.example/feed"


@pytest.mark.parametrize(
    ("url", "environment", "found"),
    [
        (PAGE, {}, None),
        (PAGE, {"http_proxy": "http://p.example:3128"}, "http://p.example:3128/"),
        (PAGE, {"http_proxy": "p.example:3128/"}, "http://p.example:3128/"),
        (PAGE, {"HTTP_PROXY": "http://p.example"}, "http://p.example/"),
        (PAGE, {"HTTP_PROXY": "http://p.example", "REQUEST_METHOD": "GET"}, None),
        (PAGE, {"http_proxy": "http://a.example", "HTTP_PROXY": "http://b.example"},
         "http://a.example/"),
        (PAGE, {"https_proxy": "http://p.example"}, None),
        ("https://news.example/", {"HTTPS_PROXY": "http://p.example"}, "http://p.example/"),
        ("https://news.example/", {"all_proxy": "http://p.example"}, "http://p.example/"),
        (PAGE, {"http_proxy": "", "ALL_PROXY": "http://p.example"}, "http://p.example/"),
    ],
)  # fmt: skip
def test_which_proxy(url: str, environment: dict[str, str], found: str | None) -> None:
    proxy = find_proxy(parse_target(url), environment)
    assert (proxy.url if proxy else None) == found


@pytest.mark.parametrize(
    ("url", "exceptions", "direct"),
    [
        (PAGE, "*", True),
        (PAGE, "news.example", True),
        (PAGE, ".example", True),
        (PAGE, "*.example", True),
        (PAGE, "example", True),
        (PAGE, "EXAMPLE", True),
        (PAGE, "other.example, news.example", True),
        (PAGE, "ews.example", False),
        (PAGE, "", False),
        (PAGE, ",", False),
        (PAGE, "news.example:80", True),
        (PAGE, "news.example:81", False),
        ("http://10.1.2.3/", "10.0.0.0/8", True),
        ("http://10.1.2.3/", "10.1.2.3", True),
        ("http://10.1.2.3/", "10.1.2.3:80", True),
        ("http://10.1.2.3/", "11.0.0.0/8", False),
        ("http://10.1.2.3/", "10.0.0.0/99", False),
        ("http://[fd00::1]/", "fd00::/8", True),
        ("http://[fd00::1]/", "fd00::1", True),
        ("http://[fd00::1]:81/", "[fd00::1]:81", True),
        ("http://[fd00::1]:81/", "[fd00::1]:82", False),
    ],
)
def test_what_is_asked_directly(url: str, exceptions: str, direct: bool) -> None:
    environment = {"http_proxy": "http://p.example", "NO_PROXY": exceptions}
    assert (find_proxy(parse_target(url), environment) is None) is direct


@pytest.mark.parametrize("proxy", ["socks5://p.example", "https://p.example", "http://", ":::"])
def test_a_proxy_that_cannot_be_used(proxy: str) -> None:
    with pytest.raises(FetchError) as caught:
        find_proxy(parse_target(PAGE), {"http_proxy": proxy})
    assert caught.value.failed.problem is Problem.REFUSED


def test_the_proxy_is_asked_and_has_a_password_of_its_own(serve: Serve) -> None:
    server = serve(answer(200, b"<rss/>"))
    environment = {"http_proxy": server.url.replace("//", "//paul:quay@")}
    body = Client(environment=environment).fetch(Request("http://ann:pw@news.example:81/f?q"))
    assert isinstance(body, Body)
    (asked,) = server.asked
    assert asked.line == "GET http://news.example:81/f?q HTTP/1.1"
    assert asked.headers["host"] == "news.example:81"
    assert asked.headers["proxy-authorization"] == "Basic cGF1bDpxdWF5"
    assert asked.headers["authorization"] == "Basic YW5uOnB3"


def test_a_secure_feed_goes_through_a_tunnel(serve: Serve, trusted: ssl.SSLContext) -> None:
    server = serve(answer(200, b"<rss/>"), inner=trusted)
    environment = {"https_proxy": server.url.replace("//", "//paul:quay@")}
    client = Client(environment=environment)
    assert isinstance(client.fetch(Request("https://one.example/f?token=t")), Body)
    outer, inner = server.asked
    assert outer.line.startswith("CONNECT one.example:443 ")
    assert outer.headers["proxy-authorization"] == "Basic cGF1bDpxdWF5"
    assert inner.line == "GET /f?token=t HTTP/1.1"
    assert "proxy-authorization" not in inner.headers
    failed = client.fetch(Request("https://three.example/"))
    assert isinstance(failed, Failed)
    assert failed.problem is Problem.TLS


@pytest.mark.parametrize(
    ("status", "problem"), [(407, Problem.NEEDS_LOGIN), (502, Problem.REFUSED)]
)
def test_a_proxy_that_does_not_connect(serve: Serve, status: int, problem: Problem) -> None:
    server = serve(answer(status, b"no \x1b[31m"))
    failed = Client(environment={"all_proxy": server.url}).fetch(Request("https://one.example/"))
    assert failed == Failed(problem, f"the proxy answered HTTP {status}")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "printer.local", "0x7f.1"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_is_near_is_not_asked_through_a_proxy(serve: Serve, host: str, scheme: str) -> None:
    server = serve(answer(200, b"<rss/>"))
    failed = Client(environment={"all_proxy": server.url}).fetch(Request(f"{scheme}://{host}/"))
    assert failed == Failed(Problem.PRIVATE_ADDRESS, host)
    assert server.connections == 0
