"""Servers that do what no server should, beside one that does what it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.attacks import FORBIDDEN
from tests.hostile.cases import CPU_SECONDS, MEMORY_BYTES, around, opml, outline
from tests.hostile.running import Box, Run
from tests.hostile.servers import Behaviour, Server, behaviours, feed

WALL_SECONDS = 100.0
"""No server holds the others up for longer; eight that never end are asked at once."""

with Server(feed("x")) as _nobody:
    NAMES = tuple(one.name for one in behaviours(_nobody))


@dataclass(frozen=True, slots=True)
class Street:
    """Servers of every behaviour, `good` ones, and one that nobody may ask."""

    other: Server
    good: tuple[Server, ...]
    hostile: dict[str, tuple[Behaviour, Server]]

    @property
    def ports(self) -> set[int]:
        """Of all that may be asked."""
        servers = [*self.good, *(server for _, server in self.hostile.values())]
        return {server.port for server in servers}


@dataclass(frozen=True, slots=True)
class Visit:
    """What asking the whole street did, by the names of the sources."""

    street: Street
    box: Box
    run: Run
    titles: tuple[str, ...]

    @property
    def failed(self) -> dict[str, str]:
        record = self.run.json
        return {one["source"]: one["reason"] for one in (*record["failed"], *record["waiting"])}


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with ExitStack() as stack:
        other = stack.enter_context(Server(feed("other")))
        good = tuple(stack.enter_context(Server(feed(f"good-{n}"))) for n in range(3))
        hostile = {
            one.name: (one, stack.enter_context(Server(one.act))) for one in behaviours(other)
        }
        yield Street(other, good, hostile)


def _subscribe(box: Box, street: Street) -> None:
    """Subscribe to the whole street by a file."""
    lines = [outline(server.url, f"Good {n}") for n, server in enumerate(street.good)]
    for name, (_, server) in street.hostile.items():
        lines.append(outline(server.url, name))
    path = box.inputs / "street.opml"
    path.write_text(opml("street", *lines).replace("https://news.example", "http://never.invalid"))
    run = box.run("import", "--json", str(path))
    assert run.code == 0, run.err
    path.unlink()
    for nowhere in ("One of street", "Two of street"):
        assert box.run("source", "remove", nowhere).code == 0


def _visit(box: Box, street: Street, *words: str) -> Visit:
    run = box.run("update", "--json", *words, limit=WALL_SECONDS)
    return Visit(street, box, run, tuple(row[0] for row in box.rows("SELECT title FROM article")))


@pytest.fixture(scope="module")
def first(street: Street, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """The street is met as it is."""
    box = Box(tmp_path_factory.mktemp("first"))
    _subscribe(box, street)
    yield _visit(box, street)
    box.remove()


@pytest.fixture(scope="module")
def second(street: Street, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Everybody is good once, and after that as they are."""
    box = Box(tmp_path_factory.mktemp("second"))
    _subscribe(box, street)
    for name, (_, server) in street.hostile.items():
        server.act = feed(re.sub(r"\W+", "-", name))
    run = box.run("update", "--json")
    assert run.code == 0, run.err
    for behaviour, server in street.hostile.values():
        server.act = behaviour.act
    yield _visit(box, street, "Good 0", *street.hostile)
    box.remove()


def _check(visit: Visit) -> None:
    run = visit.run
    assert run.code in {0, 1}, run.err[-2000:]
    assert run.cpu <= CPU_SECONDS, f"{run.cpu:.1f} s"
    assert run.memory <= MEMORY_BYTES, f"{run.memory / 1e6:.0f} MB"
    assert run.seconds < WALL_SECONDS
    assert "Traceback" not in run.err + visit.box.log(), (run.err + visit.box.log())[-3000:]
    assert not FORBIDDEN.search(run.err + run.out)
    assert not [cell for cell in visit.box.cells() if FORBIDDEN.search(cell[2])]
    assert not visit.box.left_outside()


def _asked_hosts(run: Run) -> set[tuple[str, int]]:
    """Where the processes of a run connected to."""
    found = [re.search(r"socket\.connect \('([^']+)', (\d+)", line) for line in run.told]
    return {(one[1], int(one[2])) for one in found if one}


@pytest.mark.parametrize("when", ["first", "second"])
def test_limits_hold_beside_good_feeds(when: str, request: pytest.FixtureRequest) -> None:
    _check(request.getfixturevalue(when))


@pytest.mark.parametrize("when", ["first", "second"])
def test_only_what_was_subscribed_to_is_asked(when: str, request: pytest.FixtureRequest) -> None:
    visit: Visit = request.getfixturevalue(when)
    assert not visit.street.other.asked
    asked = _asked_hosts(visit.run)
    assert asked
    assert asked <= {("127.0.0.1", port) for port in visit.street.ports}


def test_good_feeds_arrive(first: Visit) -> None:
    for number in range(len(first.street.good)):
        assert set(around(f"good-{number}")) <= set(first.titles)
        assert f"Good {number}" not in first.failed


@pytest.mark.parametrize("name", NAMES)
def test_what_a_server_does_is_named(name: str, first: Visit) -> None:
    behaviour, server = first.street.hostile[name]
    assert server.asked
    if behaviour.fails is not None:
        assert (name in first.failed) == behaviour.fails, first.failed.get(name)


@pytest.mark.parametrize("name", NAMES)
def test_articles_stay_whatever_becomes_of_a_server(name: str, second: Visit) -> None:
    assert set(around(re.sub(r"\W+", "-", name))) <= set(second.titles)
    behaviour, _ = second.street.hostile[name]
    if behaviour.fails is not None:
        assert (name in second.failed) == behaviour.fails, second.failed.get(name)


def test_servers_that_ask_for_time_get_it(first: Visit) -> None:
    before = [len(first.street.hostile[name][1].asked) for name in ("429", "503 for ever", "410")]
    run = first.box.run("update", "--json", "429", "503 for ever", "410")
    after = [len(first.street.hostile[name][1].asked) for name in ("429", "503 for ever", "410")]
    assert run.code in {0, 1}, run.err
    assert after[:2] == before[:2]


ADDED = (
    "endless body", "reset", "gzip bomb", "redirect to a file", "redirect to another port", "401",
    "410", "429", "304 unasked", "login page", "nothing", "TLS on a plain port", "10,000 headers",
)  # fmt: skip


@pytest.fixture(scope="module")
def added(
    street: Street, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, tuple[Box, Run]]]:
    """Subscribing to each of some, in libraries of their own, two at a time."""

    def add(name: str) -> tuple[Box, Run]:
        box = Box(tmp_path_factory.mktemp("add"))
        return box, box.run("add", street.hostile[name][1].url, "--json")

    with ThreadPoolExecutor(2) as pool:
        yield dict(zip(ADDED, pool.map(add, ADDED), strict=True))


@pytest.mark.parametrize("name", ADDED)
def test_what_is_no_feed_cannot_be_subscribed_to(
    name: str, added: dict[str, tuple[Box, Run]]
) -> None:
    box, run = added[name]
    assert run.code in {1, 2, 3, 74, 75}, (run.code, run.out, run.err)
    assert run.err.strip()
    assert "Traceback" not in run.err + box.log()
    assert not FORBIDDEN.search(run.err)
    assert run.cpu <= CPU_SECONDS
    assert run.memory <= MEMORY_BYTES


def test_secrets_stay_with_the_server_they_were_given_for(street: Street, tmp_path: Path) -> None:
    box = Box(tmp_path)
    with Server(street.hostile["redirect to another port"][0].act) as server:
        place = server.url.replace("//", "//reader:hunter2secret@") + "?token=anothersecret"
        run = box.run("add", place, "--json")
        assert any(b"Authorization: Basic" in head for head in server.asked)
    assert not street.other.asked
    text: Any = run.out + run.err + box.log() + box.bytes_of_library().decode("latin-1")
    assert "hunter2secret" not in text
    assert "anothersecret" not in text
