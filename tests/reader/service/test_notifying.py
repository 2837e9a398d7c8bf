"""Commands of rules: what they are told, and how they fail."""

from __future__ import annotations

import json
import logging
import os
import runpy
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest

from index.query import IdSet
from reader.kept import Deeds, SavedId, SavedSearch
from reader.service import notifying, overseen
from tests.reader.service.ruled import Ruled, ruled

SECONDS = 20


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ruled]:
    with ruled(tmp_path / "library") as made:
        yield made


def rule(command: str, name: str = "War; rm $HOME") -> SavedSearch:
    return SavedSearch(SavedId(1), name, "storm", 0, Deeds(notify=command))


def keeper(target: Path) -> str:
    """A command that keeps what it is told."""
    script = (
        "import os, sys; out = open(sys.argv[1] + '.new', 'w');"
        "print(os.environ['DATELINE_RULE'], os.environ['DATELINE_COUNT'], sys.argv[2:],"
        " os.getpgid(0) == os.getpid(), file=out); out.write(sys.stdin.read()); out.close();"
        "os.rename(sys.argv[1] + '.new', sys.argv[1])"
    )
    return shlex.join([sys.executable, "-S", "-c", script, str(target), "$(x) `y`", "a b"])


def await_file(path: Path) -> str:
    end = monotonic() + SECONDS
    while not path.exists() and monotonic() < end:
        sleep(0.005)
    return path.read_text()


def test_a_command_is_told_what_came(
    world: Ruled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notifying, "MOST", 2)
    world.arrive("a", "b", "c", url="https://skerry.example/x")
    world.notifying.start(rule(keeper(tmp_path / "told")), IdSet([1, 2, 3]))
    head, *lines = await_file(tmp_path / "told").splitlines()
    assert head == "War; rm $HOME 3 ['$(x) `y`', 'a b'] True"
    told = [json.loads(line) for line in lines]
    assert [one["id"] for one in told] == [3, 2]
    assert told[0] == {
        "id": 3, "title": "Title n2", "source": "Gazette", "url": "https://skerry.example/x",
        "published": None, "tags": [],
    }  # fmt: skip
    assert world.notifying.failures(SECONDS) == ()


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        ("/nowhere/at/all x", "/nowhere/at/all: No such file"),
        ("say 'it", "quote"),
        ("   ", "no command"),
        ("a\0b", "null"),
        ("false", "code 1"),
        (f"true {'x' * 200_000}", "too long"),
    ],
)
def test_a_command_that_fails_is_told(world: Ruled, command: str, reason: str) -> None:
    world.arrive("a")
    world.notifying.start(rule(command), IdSet([1]))
    (failure,) = world.notifying.failures(SECONDS)
    assert failure.rule == "War; rm $HOME"
    assert reason in failure.reason
    assert world.notifying.failures() == ()


def test_a_failure_is_logged_where_a_log_is_kept_and_printed_nowhere(
    world: Ruled, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    world.arrive("a")
    before = logging.root.handlers[:]
    try:
        logging.root.handlers.clear()  # as on the command line
        world.notifying.start(rule("/nowhere/at/all"), IdSet([1]))
        assert len(world.notifying.failures(SECONDS)) == 1
    finally:
        logging.root.handlers[:] = before
    assert capfd.readouterr().err == ""
    world.notifying.start(rule("/nowhere/at/all", "War"), IdSet([1]))
    assert len(world.notifying.failures(SECONDS)) == 1
    assert 'the command of the rule "War" failed: /nowhere' in caplog.text


def test_a_command_that_never_ends_is_ended(tmp_path: Path) -> None:
    with ruled(tmp_path / "library", seconds=0.05) as world:
        world.arrive("a")
        pid = tmp_path / "pid"
        began = monotonic()
        world.notifying.start(rule(f"sh -c 'sleep 30 & echo $! > {pid}; wait'"), IdSet([1]))
        assert monotonic() - began < SECONDS / 2
        (failure,) = world.notifying.failures(SECONDS)
        assert "longer than" in failure.reason
        if pid.exists() and (number := pid.read_text().strip()):
            end = monotonic() + SECONDS
            while _is_running(int(number)) and monotonic() < end:
                sleep(0.005)
            assert not _is_running(int(number))


def test_a_command_is_ended_also_when_nobody_is_left_to_wait(tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    command = f"sh -c 'sleep 30 & echo $! > {pid}.new; mv {pid}.new {pid}; wait'"
    program = (
        "import sys; from pathlib import Path;"
        "from tests.reader.service.ruled import ruled;"
        "from tests.reader.service.test_notifying import await_file, rule, IdSet;"
        "world = ruled(Path(sys.argv[1]), seconds=1.0).__enter__(); world.arrive('a');"
        "world.notifying.start(rule(sys.argv[2]), IdSet([1]));"
        "await_file(Path(sys.argv[3]))"
    )
    words = [sys.executable, "-c", program, str(tmp_path / "library"), command, str(pid)]
    ended = subprocess.run(words, timeout=SECONDS, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    number = int(pid.read_text())
    end = monotonic() + SECONDS
    while _is_running(number) and monotonic() < end:
        sleep(0.02)
    assert not _is_running(number)


@pytest.mark.parametrize(
    ("command", "seconds", "told"),
    [
        (["true"], 20.0, ""),
        (["sh", "-c", "exit 3"], 20.0, "code 3"),
        (["/nowhere/at/all"], 20.0, "error 2"),
        (["sleep", "30"], 0.02, "late"),
    ],
)
def test_how_a_command_failed(
    command: list[str],
    seconds: float,
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["overseen", str(seconds), *command])
    before = signal.getsignal(signal.SIGALRM)
    try:
        runpy.run_path(overseen.__file__, run_name="__main__")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert capsys.readouterr().out == told


def _is_running(pid: int) -> bool:
    """Ended ones that nobody has asked for yet do not run."""
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z"
