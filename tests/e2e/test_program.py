"""Whole days with the reader, in a real terminal."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.terminal import DATELINE, Terminal, needs_tmux, run_dateline

pytestmark = [pytest.mark.e2e, needs_tmux, pytest.mark.timeout(240)]

Start = Callable[..., Terminal]


def test_a_newcomer_reads_searches_tags_and_finds_it_the_next_day(
    terminal: Start, library: Path
) -> None:
    first = terminal(width=160, height=40)
    first.wait_for("sample", "Finland joins NATO")
    first.send("G")
    first.send("g", "g")
    first.send("/")
    first.type("grain deal")
    first.wait_for("Russia pulls out of Black Sea grain deal")
    first.wait_until_gone("Finland joins NATO as 31st member")
    first.send("Enter")
    first.send("Enter")
    first.wait_for("Organisations", "People")
    first.send("t")
    first.type("+later +food")
    first.send("Enter")
    first.wait_for("#later")
    first.send("q")
    first.send("q")
    first.send("q")
    first.send("q")
    assert first.wait_for_end() == 0

    second = terminal(width=100, height=30)
    second.wait_for("India")
    second.send("/")
    second.type("tag:later")
    second.wait_for("1 article")
    second.send("C-q")
    assert second.wait_for_end() == 0


def test_the_command_line_works_while_the_screen_is_open(terminal: Start, library: Path) -> None:
    screen = terminal(width=120, height=40)
    screen.wait_for("India sets a lander down")
    tagged = run_dateline("tag", "+moon", "--json", "--", "chandrayaan", library=library)
    assert json.loads(tagged.stdout)["changed"] >= 1, tagged.stderr
    screen.wait_for("#moon")
    os.kill(screen.pid(), signal.SIGKILL)
    (tag,) = json.loads(run_dateline("tags", "--json", library=library).stdout)["items"]
    assert (tag["name"], tag["articles"]) == ("moon", json.loads(tagged.stdout)["changed"])


def test_every_size_of_window_shows_something_to_read(terminal: Start) -> None:
    screen = terminal(width=160, height=48)
    screen.wait_for("India sets a lander down")
    screen.send("Enter")
    for width, height in ((100, 30), (80, 24), (60, 20), (40, 12), (20, 5), (160, 48)):
        screen.resize(width, height)
        screen.send("j")
    screen.wait_for("Longfield Science")
    screen.send("C-q")
    assert screen.wait_for_end() == 0


def test_without_a_terminal_the_plain_commands_are_named(library: Path) -> None:
    run = run_dateline(library=library)
    assert run.returncode == 2
    assert "dateline search" in run.stderr
    assert not run.stdout
    assert not (library / "library.sqlite3").exists()


def test_a_dumb_terminal_is_refused(terminal: Start) -> None:
    screen = terminal(f"env TERM=dumb {DATELINE}")
    screen.wait_for("dateline show ID")
    assert screen.wait_for_end() == 2


def test_it_is_stopped_for_the_shell_and_comes_back_whole(terminal: Start, library: Path) -> None:
    screen = terminal(width=120, height=30)
    screen.wait_for("India sets a lander down", "? help")
    pid = screen.pid()
    screen.send("C-z")
    screen.wait_until_gone("India sets a lander down")
    assert Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
    os.kill(pid, signal.SIGCONT)
    screen.wait_for("India sets a lander down", "? help")
    screen.send("C-q")
    assert screen.wait_for_end() == 0


def test_it_ends_when_its_terminal_is_gone_without_a_word(library: Path) -> None:
    main, side = pty.openpty()
    termios.tcsetwinsize(side, (30, 100))
    # A session without a terminal of its own hears nothing of it when that is closed.
    process = subprocess.Popen(
        DATELINE.split(),
        stdin=side,
        stdout=side,
        stderr=side,
        start_new_session=True,
        env={**os.environ, "DATELINE_LIBRARY": str(library), "TERM": "xterm-256color"},
    )
    os.close(side)
    shown = b""
    while b"India" not in shown:
        assert select.select([main], [], [], 30)[0], shown
        shown += os.read(main, 1 << 16)
    os.close(main)
    assert process.wait(30) == 128 + signal.SIGHUP
