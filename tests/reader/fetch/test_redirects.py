"""Redirects: followed hop by hop, with secrets left where they belong.

A proxy on this machine is the whole internet here: every host is asked through it.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Callable

import pytest

from reader.feeds import Problem
from reader.fetch.client import Client
from reader.fetch.hiding import public_form
from reader.fetch.values import Answer as Fetched
from reader.fetch.values import Body, Failed, Request, Unchanged
from tests.reader.fetch.conftest import Serve
from tests.reader.fetch.servers import Answer, Asked, Server, answer

FEED = b"<rss/>"
PAGES = dict[str, Answer]


def to(location: str, status: int = 302) -> bytes:
    return answer(status, b"", f"Location: {location}")


class Internet:
    """Answers by whole address; https hosts speak TLS inside the proxy."""

    def __init__(self, serve: Serve, pages: PAGES, inner: ssl.SSLContext | None = None) -> None:
        self.server: Server = serve(
            lambda asked: pages.get(address(asked), answer(404)), inner=inner
        )
        self.client = Client(
            environment={"http_proxy": self.server.url, "https_proxy": self.server.url},
            deadline=10,
        )

    def get(self, url: str, etag: str = "") -> Fetched:
        return self.client.fetch(Request(url, etag=etag))

    @property
    def asked(self) -> dict[str, Asked]:
        met = self.server.asked
        return {address(asked): asked for asked in met if not asked.line.startswith("CONNECT")}


def address(asked: Asked) -> str:
    path = asked.path
    return path if path.startswith("http://") else f"https://{asked.headers['host']}{path}"


World = Callable[[PAGES], Internet]


@pytest.fixture
def world(serve: Serve) -> World:
    return lambda pages: Internet(serve, pages)


@pytest.fixture
def secure_world(serve: Serve, trusted: ssl.SSLContext) -> World:
    return lambda pages: Internet(serve, pages, trusted)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "location",
    ["http://one.example/new", "/new", "new", "//one.example/new", "./x/../new", " /new#part "],
)
def test_every_way_to_say_where_to_go(world: World, status: int, location: str) -> None:
    net = world({
        "http://one.example/old": to(location, status),
        "http://one.example/new": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://one.example/old")
    assert isinstance(body, Body)
    assert body.url == "http://one.example/new"
    assert body.moved_to == ("http://one.example/new" if status in (301, 308) else "")


def test_a_permanent_chain_moves_as_far_as_it_is_permanent(world: World) -> None:
    net = world({
        "http://one.example/1": to("/2", 301),
        "http://one.example/2": to("http://two.example/3", 308),
        "http://two.example/3": to("/4", 302),
        "http://two.example/4": to("/5", 301),
        "http://two.example/5": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://one.example/1")
    assert isinstance(body, Body)
    assert body.moved_to == "http://two.example/3"


def test_a_feed_that_has_moved_must_deliver_a_document(world: World) -> None:
    net = world({
        "http://one.example/1": to("http://two.example/2", 301),
        "http://two.example/2": answer(304),
    })  # fmt: skip
    failed = net.get("http://one.example/1", '"v"')
    assert failed == Failed(Problem.BROKEN, "HTTP 304, which was not asked for")
    assert "if-none-match" in net.asked["http://one.example/1"].headers
    assert "if-none-match" not in net.asked["http://two.example/2"].headers


def test_a_feed_that_is_elsewhere_for_now_may_be_unchanged(world: World) -> None:
    net = world({
        "http://one.example/1": to("http://two.example/2", 302),
        "http://two.example/2": answer(304),
    })  # fmt: skip
    assert net.get("http://one.example/1", '"v"') == Unchanged()


@pytest.mark.parametrize(
    ("statuses", "problem"),
    [((), Problem.GONE), ((301,), Problem.GONE), ((301, 308), Problem.GONE),
     ((302,), Problem.STATUS), ((301, 307), Problem.STATUS), ((303, 301), Problem.STATUS)],
)  # fmt: skip
def test_gone_counts_only_where_a_feed_is_for_good(
    world: World, statuses: tuple[int, ...], problem: Problem
) -> None:
    pages: PAGES = {
        f"http://one.example/{n}": to(f"/{n + 1}", status) for n, status in enumerate(statuses)
    }
    pages[f"http://one.example/{len(statuses)}"] = answer(410)
    assert world(pages).get("http://one.example/0") == Failed(problem, "HTTP 410")


def test_a_permanent_redirect_after_another_does_not_move(world: World) -> None:
    net = world({
        "http://one.example/1": to("/2", 307),
        "http://one.example/2": to("/3", 301),
        "http://one.example/3": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://one.example/1")
    assert isinstance(body, Body)
    assert body.moved_to == ""


def test_ten_redirects_and_no_more(world: World) -> None:
    pages: PAGES = {f"http://one.example/{n}": to(f"/{n + 1}") for n in range(20)}
    pages["http://one.example/12"] = answer(200, FEED)
    net = world(pages)
    assert isinstance(net.get("http://one.example/2"), Body)
    assert net.get("http://one.example/1") == Failed(Problem.TOO_MANY_REDIRECTS)


def test_a_circle_is_seen_at_once(world: World) -> None:
    net = world({
        "http://one.example/1": to("/2"),
        "http://one.example/2": to("http://ONE.example:80/1"),
    })  # fmt: skip
    assert net.get("http://one.example/1") == Failed(Problem.TOO_MANY_REDIRECTS, "in a circle")
    assert len(net.server.asked) == 2


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://one.example/", "gopher://one.example/", "javascript:1",
     "data:,x", "http://", "http:///x", "http://one.example:0/", "http://one.example:99999/",
     "http://one.example\\@two.example/", "//[::1", "http://a b.example/", "http://%31.example/",
     "mailto:a@one.example"],
)  # fmt: skip
def test_redirects_to_no_address_of_http(world: World, location: str) -> None:
    net = world({"http://one.example/": to(location)})
    failed = net.get("http://one.example/")
    assert isinstance(failed, Failed)
    assert failed.problem is Problem.BAD_ADDRESS
    assert len(net.server.asked) == 1


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "LOCALHOST.", "10.0.0.1", "192.168.1.1", "169.254.169.254",
     "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0",
     "0.0.0.0", "x@127.0.0.1", "printer.local", "intranet", "100.64.0.1", "[fe80::1]",
     "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "①②⑦.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_redirects_to_what_is_near_are_not_followed(world: World, host: str) -> None:
    location = f"http://{host}/".encode().decode("latin-1")
    net = world({"http://one.example/": to(location)})
    failed = net.get("http://one.example/")
    assert isinstance(failed, Failed)
    assert failed.problem is Problem.PRIVATE_ADDRESS
    assert failed.detail.startswith("a redirect leads to ")
    assert len(net.server.asked) == 1


def test_where_a_redirect_leads_is_told(world: World) -> None:
    net = world({"http://one.example/": to("http://192.168.77.1/r1?key=beacon")})
    assert net.get("http://one.example/") == Failed(
        Problem.PRIVATE_ADDRESS, "a redirect leads to 192.168.77.1"
    )


def test_a_private_feed_is_not_led_to_another_private_host(serve: Serve) -> None:
    other = serve(answer(200, FEED))
    first = serve(lambda _: to(f"{other.url}/admin"))
    failed = Client(environment={}).fetch(Request(first.url, private=True))
    assert failed == Failed(Problem.PRIVATE_ADDRESS, "a redirect leads to 127.0.0.1")
    assert other.connections == 0


def test_a_private_feed_may_move_on_its_own_host(serve: Serve) -> None:
    server = serve(lambda asked: to("/b") if asked.path == "/a" else answer(200, FEED))
    body = Client(environment={}).fetch(Request(f"{server.url}/a", private=True))
    assert isinstance(body, Body)


def test_bytes_beyond_ascii_in_a_redirect(world: World) -> None:
    net = world({
        "http://one.example/1": to("/caf\u00c3\u00a9 au lait"),
        "http://one.example/caf%C3%A9%20au%20lait": to("/caf\u00e9"),
        "http://one.example/caf%E9": answer(200, FEED),
    })  # fmt: skip
    assert isinstance(net.get("http://one.example/1"), Body)


# Secrets


def test_name_and_password_go_to_their_own_place_alone(world: World) -> None:
    net = world({
        "http://one.example/a": to("/b"),
        "http://one.example/b": to("http://two.example/c"),
        "http://two.example/c": to("http://one.example:8080/d"),
        "http://one.example:8080/d": to("http://ann:lighthouse@three.example/e"),
        "http://three.example/e": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://ann:lighthouse@one.example/a")
    assert isinstance(body, Body)
    sent = {url: "authorization" in asked.headers for url, asked in net.asked.items()}
    assert sent == {
        "http://one.example/a": True, "http://one.example/b": True, "http://two.example/c": False,
        "http://one.example:8080/d": False, "http://three.example/e": False,
    }  # fmt: skip
    assert net.asked["http://one.example/a"].headers["authorization"] == (
        "Basic YW5uOmxpZ2h0aG91c2U="
    )
    assert not any("referer" in asked.headers for asked in net.asked.values())


def test_cookies_are_not_kept(world: World) -> None:
    net = world({
        "http://one.example/a": answer(302, b"", "Location: /b", "Set-Cookie: a=b"),
        "http://one.example/b": answer(200, FEED),
    })  # fmt: skip
    assert isinstance(net.get("http://one.example/a"), Body)
    assert "cookie" not in net.asked["http://one.example/b"].headers


def test_secrets_follow_from_http_to_https_of_the_same_host(secure_world: World) -> None:
    net = secure_world({
        "http://one.example/a?token=beacon77": to("https://one.example/a?token=beacon77", 301),
        "https://one.example/a?token=beacon77": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://ann:lighthouse@one.example/a?token=beacon77")
    assert isinstance(body, Body)
    assert re.fullmatch(
        r"https://hidden-9838@one\.example/a\?token=hidden-[0-9a-f]{4}", body.moved_to
    )
    assert "authorization" in net.asked["https://one.example/a?token=beacon77"].headers


def test_a_feed_moves_no_further_than_its_secrets_are_known(world: World) -> None:
    net = world({
        "http://one.example/?token=beacon77": to("/b?page=1&token=beacon77", 301),
        "http://one.example/b?page=1&token=beacon77": to("/c?token=another9", 301),
        "http://one.example/c?token=another9": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://one.example/?token=beacon77")
    assert isinstance(body, Body)
    assert body.moved_to.startswith("http://one.example/b?page=1&token=hidden-")
    assert body.url.startswith("http://one.example/c?token=hidden-")


@pytest.mark.parametrize("url", ["https://ann:pw@one.example/", "https://one.example/?key=beacon"])
def test_secrets_are_not_led_from_https_to_http(secure_world: World, url: str) -> None:
    net = secure_world({
        "https://one.example/": to("http://one.example/b"),
        "https://one.example/?key=beacon": to("http://one.example/b"),
        "http://one.example/b": answer(200, FEED),
    })  # fmt: skip
    failed = net.get(url)
    assert failed == Failed(Problem.TLS, "a redirect from https to http")
    assert "http://one.example/b" not in net.asked


def test_without_secrets_a_feed_may_go_from_https_to_http(secure_world: World) -> None:
    net = secure_world({
        "https://one.example/": to("http://one.example/b"),
        "http://one.example/b": answer(200, FEED),
    })  # fmt: skip
    assert isinstance(net.get("https://one.example/"), Body)


@pytest.mark.parametrize(
    "location",
    ["http://two.example/?x=beacon77", "http://two.example/p/beacon77/q",
     "http://two.example/login?to=http%3A%2F%2Fone.example%2F%3Fkey%3Dbeacon77",
     "http://two.example/%2562eacon77", "http://two.example/xbeacon77x",
     "http://beacon77.two.example/", "http://one.example:81/?key=beacon77"],
)  # fmt: skip
def test_a_server_cannot_hand_a_secret_on(world: World, location: str) -> None:
    net = world({"http://one.example/?key=beacon77": to(location), location: answer(200, FEED)})
    failed = net.get("http://one.example/?key=beacon77")
    assert failed == Failed(Problem.TLS, "a redirect takes the secret to another server")
    assert location not in net.asked


@pytest.mark.parametrize("location", ["http://two.example/e?q={}", "/e?q={}", "/e?key={}"])
def test_a_server_cannot_have_a_hidden_value_filled_in(world: World, location: str) -> None:
    mark = public_form("http://one.example/?key=beacon77").rpartition("=")[2]
    net = world({"http://one.example/?key=beacon77": to(location.format(mark), 301)})
    failed = net.get("http://one.example/?key=beacon77")
    assert failed == Failed(Problem.BAD_ADDRESS, "a redirect to a value that is hidden")
    assert len(net.server.asked) == 1


def test_a_feed_moves_with_its_account(world: World) -> None:
    net = world({
        "http://one.example/a": to("/b", 301),
        "http://one.example/b": answer(200, FEED),
    })  # fmt: skip
    body = net.get("http://ann:lighthouse@one.example/a")
    assert isinstance(body, Body)
    assert body.moved_to == public_form("http://ann:lighthouse@one.example/b")
    assert body.url == "http://one.example/b"


@pytest.mark.parametrize("status", [200, 301, 304, 401, 403, 404, 410, 429, 500])
def test_no_secret_is_told_or_logged(
    world: World, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    url = "http://ann:lighthouse@one.example/f?token=beacon77&page=2"
    odd = answer(status, FEED, "Location: /f?page=3&token=beacon77", "no colon here", "A: b")
    net = world({
        "http://one.example/f?token=beacon77&page=2": odd,
        "http://one.example/f?page=3&token=beacon77": answer(200, FEED),
    })  # fmt: skip
    request = Request(url)
    told = repr(net.client.fetch(request)) + repr(request) + caplog.text
    assert "lighthouse" not in told
    assert "beacon77" not in told
    assert ("hidden-" in told) == (status in (200, 301))


def test_403_with_a_password_wants_another(world: World) -> None:
    net = world({"http://one.example/": answer(403)})
    assert net.get("http://a:b@one.example/") == Failed(Problem.NEEDS_LOGIN, "HTTP 403")
    assert net.get("http://one.example/") == Failed(Problem.STATUS, "HTTP 403")
