"""Commands are run as lists of arguments, beside the screen or in a terminal."""

from __future__ import annotations

import os
import pty
import signal
import sys
from pathlib import Path
from queue import Queue

import pytest

from reader.service.commands_run import CommandRunner, Ended


def run(*argv: str) -> Ended:
    told: Queue[Ended] = Queue()
    CommandRunner().start(argv, told.put)
    return told.get(timeout=20)


def test_the_first_line_of_the_output_is_told() -> None:
    assert run("printf", "\\n  one\\ntwo") == Ended(0, "one")
    assert run("sh", "-c", "echo no >&2; exit 3") == Ended(3, "no")
    assert run("true") == Ended(0)


def test_no_shell_reads_the_arguments(tmp_path: Path) -> None:
    hostile = f"; touch {tmp_path / 'made'} $(touch {tmp_path / 'made'})"
    assert run("echo", hostile) == Ended(0, hostile)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_started(tmp_path: Path) -> None:
    assert run(str(tmp_path / "nothing")) == Ended(None, "No such file or directory")


def test_what_is_left_running_is_not_waited_for() -> None:
    assert run("sh", "-c", "echo begun; sleep 20 &") == Ended(0, "begun")


def test_a_command_in_the_terminal_gets_text_and_waits_for_enter(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    master, slave = pty.openpty()
    os.write(master, b"\n")
    with os.fdopen(slave, "r") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        runner = CommandRunner()
        before = signal.getsignal(signal.SIGINT)
        ended = runner.in_terminal(("cat",), "Grüße\n", lambda end: f"[{end.code}]")
        assert ended == Ended(0, "Grüße")
        drawing = (sys.executable, "-c", "print('\\x1b[2Jdrawn', end='')")
        assert runner.in_terminal(drawing, "") == Ended(0)
        straggler = ("sh", "-c", "echo begun; sleep 5 &")
        assert runner.in_terminal(straggler, "") == Ended(0, "begun")
        assert signal.getsignal(signal.SIGINT) is before
        for text in (None, "text"):
            assert runner.in_terminal(("/no/such/thing",), text).code is None
        assert runner.in_terminal(("true",)) == Ended(0)
    os.close(master)
    assert "Grüße\n" in capfd.readouterr().out


def test_a_program_is_there_or_not() -> None:
    assert CommandRunner().is_there("cat")
    assert not CommandRunner().is_there("/no/such/thing")


def test_ctrl_c_ends_the_command_alone() -> None:
    interrupt = "import os, signal; os.kill(os.getppid(), signal.SIGINT); os.kill(os.getpid(), 2)"
    ended = CommandRunner().in_terminal((sys.executable, "-c", interrupt), "")
    assert ended.code != 0
