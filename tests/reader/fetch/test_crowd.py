"""Many requests at once: who is asked when, and how it ends."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from reader.feeds import Problem
from reader.fetch.client import Client, never
from reader.fetch.crowd import fetch_all
from reader.fetch.ending import INTERRUPTED
from reader.fetch.places import SMALL, Place
from reader.fetch.values import Answer, Body, Failed, Request, Unchanged
from tests.reader.fetch.conftest import Serve
from tests.reader.fetch.servers import Asked, Server, answer


class Site:
    """Answers every request after a while, and remembers when each came and how many at once."""

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._busy: dict[str, int] = {}
        self.came: dict[str, list[float]] = {}
        self.most_hosts = 0
        self.most_of_one = 0

    def fetch(
        self,
        request: Request,
        stop: Callable[[], bool] = never,
        place: Place | None = None,
    ) -> Answer:
        host = request.url.split("/")[2]
        with self._lock:
            self.came.setdefault(host, []).append(time.monotonic())
            self._busy[host] = self._busy.get(host, 0) + 1
            self.most_hosts = max(self.most_hosts, sum(1 for busy in self._busy.values() if busy))
            self.most_of_one = max(self.most_of_one, self._busy[host])
        until = time.monotonic() + self._seconds
        while time.monotonic() < until and not stop():
            time.sleep(0.002)
        with self._lock:
            self._busy[host] -= 1
        return INTERRUPTED if stop() else Unchanged()


def asking(*urls: str) -> list[tuple[int, Request]]:
    return [(number, Request(url)) for number, url in enumerate(urls)]


def test_every_request_has_its_answer_once() -> None:
    urls = [f"http://h{number % 7}.example/{number}" for number in range(40)]
    found = list(fetch_all(Site(), asking(*urls), spacing=0.001, stop=never))
    assert sorted(key for key, _ in found) == list(range(40))
    assert list(fetch_all(Site(), [], stop=never)) == []


def test_no_more_hosts_at_once_than_allowed() -> None:
    site = Site(0.02)
    urls = [f"http://h{number}.example/" for number in range(20)]
    list(fetch_all(site, asking(*urls), hosts=4, stop=never))
    assert site.most_hosts == 4


def test_one_host_is_asked_by_one_at_a_time_with_space_between() -> None:
    site = Site(0.01)
    urls = [f"http://News.example:{80 + number}/{number}" for number in range(4)]
    urls += [f"https://news.example./{number}" for number in range(2)]
    list(fetch_all(site, asking(*urls), spacing=0.1, stop=never))
    came = sorted(moment for moments in site.came.values() for moment in moments)
    gaps = [later - earlier for earlier, later in pairwise(came)]
    assert site.most_hosts == 1
    assert len(gaps) == 5
    assert min(gaps) >= 0.099


def test_spacing_of_one_host_holds_up_no_other() -> None:
    site = Site()
    urls = [f"http://slow.example/{number}" for number in range(3)]
    urls += [f"http://h{number}.example/" for number in range(10)]
    keys = [key for key, _ in fetch_all(site, asking(*urls), hosts=2, spacing=0.2, stop=never)]
    assert sorted(keys[:11]) == [0, *range(3, 13)]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "nas.local", "[::1]", "10.0.0.5"])
def test_what_is_near_needs_no_space(host: str) -> None:
    site = Site(0.02)
    urls = [f"http://{host}/{number}" for number in range(16)]
    began = time.monotonic()
    list(fetch_all(site, asking(*urls), spacing=1.0, stop=never))
    assert time.monotonic() - began < 0.9
    assert 1 < site.most_of_one <= 8


def test_a_server_that_hangs_holds_up_nobody_else(serve: Serve) -> None:
    servers: list[Server] = []

    def respond(asked: Asked) -> bytes | Iterator[bytes]:
        return servers[0].hang() if asked.path == "/7" else answer(200, b"<rss/>")

    servers.append(serve(respond))
    client = Client(environment={}, deadline=1.5)
    requests = [
        (number, Request(f"{servers[0].url}/{number}", private=True)) for number in range(60)
    ]
    began = time.monotonic()
    found = []
    for key, said in fetch_all(client, requests, stop=never):
        found.append((key, said, time.monotonic() - began))
    assert found[-1][:2] == (7, Failed(Problem.TIMED_OUT))
    assert found[-2][2] < 1.2
    assert all(isinstance(said, Body) for _, said, _ in found[:-1])


def test_addresses_that_are_none_are_told(serve: Serve) -> None:
    server = serve(answer(200, b"<rss/>"))
    requests = [
        ("bad", Request("file:///etc/passwd")),
        ("good", Request(server.url, private=True)),
    ]
    found = dict(fetch_all(Client(environment={}), requests, stop=never))
    assert isinstance(found["good"], Body)
    assert isinstance(found["bad"], Failed)


def test_told_to_stop_it_ends_soon_and_tells_of_nothing_given_up(serve: Serve) -> None:
    servers: list[Server] = []
    servers.append(
        serve(lambda asked: answer(200, b"x") if asked.path == "/0" else servers[0].hang())
    )
    url = servers[0].url
    requests = [(number, Request(f"{url}/{number}", private=True)) for number in range(20)]
    stopped = threading.Event()
    found = []
    began = 0.0
    for key, said in fetch_all(Client(environment={}), requests, stop=stopped.is_set):
        found.append((key, said))
        stopped.set()
        began = time.monotonic()
    assert time.monotonic() - began < 1.0
    assert [key for key, _ in found] == [0]


def test_a_consumer_that_leaves_ends_it_soon(serve: Serve) -> None:
    servers: list[Server] = []
    servers.append(
        serve(lambda asked: answer(200, b"x") if asked.path == "/0" else servers[0].hang())
    )
    url = servers[0].url
    requests = [(number, Request(f"{url}/{number}", private=True)) for number in range(20)]
    answers: Any = fetch_all(Client(environment={}), requests, stop=never)
    assert next(answers)[0] == 0
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 1.0


def test_what_was_not_begun_when_it_stopped_is_not_asked() -> None:
    site = Site()
    stopped = threading.Event()
    stopped.set()
    assert list(fetch_all(site, asking("http://h.example/"), stop=stopped.is_set)) == []
    assert site.came == {}


class Curt(Site):
    """A client whose servers do not want to be asked, or do not answer."""

    def __init__(self, said: Failed) -> None:
        super().__init__()
        self._said = said

    def fetch(
        self,
        request: Request,
        stop: Callable[[], bool] = never,
        place: Place | None = None,
    ) -> Answer:
        super().fetch(request, stop, place)
        return self._said


@pytest.mark.parametrize(
    ("said", "asked"),
    [(Failed(Problem.WAIT, "HTTP 429", retry_after=600), 1), (Failed(Problem.TIMED_OUT), 1),
     (Failed(Problem.STATUS, "HTTP 500"), 4)],
)  # fmt: skip
def test_a_server_that_has_enough_is_spared_the_rest(said: Failed, asked: int) -> None:
    site = Curt(said)
    urls = [f"http://h.example/{number}" for number in range(4)]
    urls += [f"http://127.0.0.1/{number}" for number in range(4)]
    found = list(fetch_all(site, asking(*urls), spacing=0.001, stop=never))
    assert sorted(key for key, _ in found) == list(range(8))
    assert {answer for _, answer in found} == {said}
    assert len(site.came["h.example"]) == asked
    assert len(site.came["127.0.0.1"]) == 4


def test_large_documents_wait_for_the_one_who_reads_them(serve: Serve) -> None:
    document = b"x" * (SMALL + 1)
    server = serve(answer(200, gzip.compress(document, 1), "Content-Encoding: gzip"))
    requests = [(number, Request(f"{server.url}/{number}", private=True)) for number in range(9)]
    client = Client(environment={}, deadline=1.0)
    found: list[tuple[int, Answer]] = []
    for key, said in fetch_all(client, requests, stop=never):
        if not found:
            time.sleep(1.3)
        found.append((key, said))
    # Waiting for each other is not held against a server.
    assert sorted(key for key, _ in found) == list(range(9))
    assert all(isinstance(said, Body) and said.data == document for _, said in found)


def test_large_documents_that_wait_end_when_told_to_stop(serve: Serve) -> None:
    server = serve(answer(200, b"x" * (SMALL + 1)))
    requests = [(number, Request(f"{server.url}/{number}", private=True)) for number in range(9)]
    answers: Any = fetch_all(Client(environment={}), requests, stop=never)
    next(answers)
    time.sleep(0.3)
    began = time.monotonic()
    answers.close()
    assert time.monotonic() - began < 1.0


def test_large_documents_that_come_to_nothing_leave_their_place(serve: Serve) -> None:
    server = serve(answer(200, b"x" * (SMALL + 400_000), length=False))
    requests = [(number, Request(f"{server.url}/{number}", private=True)) for number in range(9)]
    client = Client(environment={}, limit=SMALL + 200_000)
    found = [said for _, said in fetch_all(client, requests, stop=never)]
    assert found == [Failed(Problem.TOO_LARGE)] * 9


_MANY = """
import resource, sys
from reader.fetch.client import Client
from reader.fetch.crowd import fetch_all
from reader.fetch.values import Request
requests = [(n, Request(f"{sys.argv[1]}/{n}", private=True)) for n in range(40)]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
found = [len(said.data) for _, said in fetch_all(Client(environment={}), requests, stop=bool)]
print(len(found), min(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def test_forty_large_feeds_are_read_in_little_memory(serve: Serve) -> None:
    size = 30_000_000
    server = serve(answer(200, gzip.compress(b"x" * size, 9), "Content-Encoding: gzip"))
    command = [sys.executable, "-c", _MANY, server.url]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    count, least, grown = map(int, run.stdout.split())
    assert (count, least) == (40, size)
    assert grown < 200 * 1024  # KiB


class Failing(Site):
    """A client that breaks its word."""

    def fetch(
        self,
        request: Request,
        stop: Callable[[], bool] = never,
        place: Place | None = None,
    ) -> Answer:
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_client_that_fails_leaves_nobody_waiting() -> None:
    found = list(fetch_all(Failing(), asking("http://a.example/", "http://b.example/"), stop=never))
    assert sorted(key for key, _ in found) == [0, 1]
    assert {said for _, said in found} == {Failed(Problem.BROKEN, "fetching failed")}


def test_two_hundred_unchanged_feeds_cost_little(serve: Serve) -> None:
    server = serve(answer(304))
    requests = [
        (number, Request(f"{server.url}/{number}", etag='"v"', private=True))
        for number in range(200)
    ]
    client = Client(environment={})
    list(fetch_all(client, requests[:1], stop=never))
    began = time.process_time()
    found = list(fetch_all(client, requests, stop=never))
    # The server runs in this process too, and takes its share.
    assert time.process_time() - began < 0.8
    assert {said for _, said in found} == {Unchanged()}


@pytest.mark.parametrize("module", ["crowd", "policy", "secrets", "addresses"])
def test_only_the_client_loads_what_is_heavy(module: str) -> None:
    code = f"import sys, reader.fetch.{module}; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not {"urllib3", "ssl", "http.client", "keyring", "lxml"} & set(run.stdout.split())
