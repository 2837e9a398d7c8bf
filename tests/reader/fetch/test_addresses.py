"""Addresses of the network: whose they are, and that only what was checked is connected to."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import Problem
from reader.fetch.addresses import is_host, is_public, literal, looks_local, resolve
from reader.fetch.client import Client
from reader.fetch.ending import INTERRUPTED
from reader.fetch.values import Body, Failed, Request
from tests.reader.fetch.conftest import Serve
from tests.reader.fetch.servers import answer

NEAR = [
    "127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1",
    "169.254.169.254", "100.64.0.1", "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1",
    "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.51.100.1", "203.0.113.1",
    "198.18.0.1", "::", "::1", "fe80::1", "fc00::1", "fd12::1", "fec0::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::1", "2002:c0a8:1::1",
    "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2001::1", "2001:db8::1",
    "100::1", "3fff::1", "5f00::1",
]  # fmt: skip
FAR = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "100.128.0.1", "11.0.0.1",
    "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8",
]  # fmt: skip


@pytest.mark.parametrize("address", NEAR)
def test_what_is_not_on_the_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", FAR)
def test_what_is_on_the_internet(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))
    assert is_host(ipaddress.ip_address(address))


@given(st.ip_addresses())
def test_no_public_address_is_private_by_the_library(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_public(address) and not getattr(address, "ipv4_mapped", None):
        kinds = ("loopback", "link_local", "multicast", "unspecified", "private")
        assert not any(getattr(address, f"is_{kind}") for kind in kinds)


@pytest.mark.parametrize("address", ["224.0.0.1", "255.255.255.255", "ff02::1", "::ffff:224.0.0.1"])
def test_what_is_no_single_machine(address: str) -> None:
    assert not is_host(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f000001", "127.0.0.1"),
        ("0177.1", "127.0.0.1"), ("127.1", "127.0.0.1"), ("127.0.0.1.", "127.0.0.1"),
        ("0", "0.0.0.0"), ("[::1]", "::1"), ("::1", "::1"), ("[::FFFF:7f00:1]", "::ffff:7f00:1"),
    ],
)  # fmt: skip
def test_addresses_in_every_spelling(host: str, address: str) -> None:
    assert literal(host) == ipaddress.ip_address(address)


@pytest.mark.parametrize("host", ["news.example", "", "1.2.3.4.5", "256.1.1.1", "[x]", "é", "a\0"])
def test_names_are_no_addresses(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    "host",
    ["localhost", "LocalHost.", "a.localhost", "nas", "nas.", "tv.local", "x.LAN", "x.home",
     "x.internal", "x.home.arpa.", "127.0.0.1", "192.168.1.5", "[::1]", "fd00::1", "0x7f.1", ""],
)  # fmt: skip
def test_what_looks_local(host: str) -> None:
    assert looks_local(host)


@pytest.mark.parametrize("host", ["news.example", "local.example", "8.8.8.8", "[2606:4700::1]",
                                  "home.arpa.example", "xlocal.org"])  # fmt: skip
def test_what_does_not_look_local(host: str) -> None:
    assert not looks_local(host)


@given(st.text())
def test_looks_are_judged_of_any_text(host: str) -> None:
    assert looks_local(host) in (True, False)


def test_the_system_knows_this_machine() -> None:
    assert set(resolve("localhost")) & {"127.0.0.1", "::1"}


class Names:
    """A resolver that says one thing after another."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        found = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if not found:
            raise OSError("no such name")
        return found


def test_a_name_is_looked_up_once_and_the_checked_address_is_connected_to(serve: Serve) -> None:
    server = serve(answer(200, b"<rss/>"))
    names = Names(["127.0.0.1"], ["127.0.0.9"])
    client = Client(environment={}, resolver=names)
    url = f"http://nas.local:{server.port}/"
    assert isinstance(client.fetch(Request(url, private=True)), Body)
    assert names.asked == ["nas.local"]
    assert server.asked[0].headers["host"] == f"nas.local:{server.port}"


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["::ffff:192.168.0.1"]]
)
def test_a_public_name_that_leads_near_is_not_followed(serve: Serve, found: list[str]) -> None:
    server = serve(answer(200, b"<rss/>"))
    client = Client(environment={}, resolver=Names(found))
    failed = client.fetch(Request(f"http://news.example:{server.port}/"))
    assert failed == Failed(Problem.PRIVATE_ADDRESS, f"news.example is at {found[-1]}")
    assert server.connections == 0


def test_a_name_that_changes_its_mind_is_checked_each_time(serve: Serve) -> None:
    server = serve(answer(200, b"<rss/>"))
    names = Names([], ["127.0.0.1"])
    client = Client(environment={}, resolver=names)
    request = Request(f"http://news.example:{server.port}/")
    assert client.fetch(request) == Failed(Problem.NO_HOST)
    assert client.fetch(request) == Failed(Problem.PRIVATE_ADDRESS, "news.example is at 127.0.0.1")


@pytest.mark.parametrize("found", [["224.0.0.1"], ["255.255.255.255"], ["ff02::1"]])
def test_groups_are_never_asked(found: list[str]) -> None:
    client = Client(environment={}, resolver=Names(found))
    failed = client.fetch(Request("http://nas.local/", private=True))
    assert failed == Failed(Problem.PRIVATE_ADDRESS, f"nas.local is at {found[0]}")


def test_the_next_address_is_tried(serve: Serve) -> None:
    server = serve(answer(200, b"<rss/>"))
    client = Client(environment={}, resolver=Names(["127.0.0.77", "::1", "127.0.0.1"]))
    body = client.fetch(Request(f"http://nas.local:{server.port}/", private=True))
    assert isinstance(body, Body)


@pytest.mark.parametrize("ending", ["deadline", "stop"])
def test_names_that_are_not_answered_hold_nobody(ending: str) -> None:
    done = threading.Event()
    stopped = threading.Event()

    def slow(_host: str) -> Sequence[str]:
        done.wait(10)
        return ["127.0.0.1"]

    if ending == "stop":
        threading.Timer(0.1, stopped.set).start()
    client = Client(environment={}, deadline=0.4 if ending == "deadline" else 9, resolver=slow)
    began = time.monotonic()
    failed = client.fetch(Request("http://nas.local/", private=True), stopped.is_set)
    done.set()
    assert time.monotonic() - began < 1
    assert failed == (INTERRUPTED if stopped.is_set() else Failed(Problem.TIMED_OUT))
