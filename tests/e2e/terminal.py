"""The program in a real terminal: tmux for what a person sees, a pty for the bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

DATELINE = f"{sys.executable} -m reader"

needs_tmux = pytest.mark.skipif(
    shutil.which("tmux") is None, reason="tmux is not installed on this machine"
)


class Terminal:
    """One tmux server with one window that runs a shell command."""

    def __init__(
        self, command: str, *, library: Path, width: int = 100, height: int = 30, **variables: str
    ) -> None:
        self._name = f"dateline-{uuid4().hex[:8]}"
        environment = {
            **os.environ,
            "DATELINE_LIBRARY": str(library),
            "DATELINE_CONFIG": str(library.parent / "config.toml"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
            "SHELL": "/bin/sh",
            **variables,
        }
        # The size is that of the terminal, not what the runner of the tests says of its own.
        for name in ("TMUX", "COLUMNS", "LINES"):
            environment.pop(name, None)
        settings = {
            "default-size": f"{width}x{height}",
            "remain-on-exit": "on",
            "set-clipboard": "on",
        }
        options = [
            word for name, value in settings.items() for word in ("set", "-g", name, value, ";")
        ]
        # tmux does not always learn how a command ended: it writes that down itself.
        self._status = library.parent / f"{self._name}.status"
        noted = f"{command}; echo $? > {self._status}"
        self._tmux(
            "start-server", ";", *options, "new-session", "-d", noted, environment=environment
        )

    def _tmux(self, *words: str, environment: dict[str, str] | None = None) -> str:
        command = ["tmux", "-u", "-L", self._name, "-f", "/dev/null", *words]
        run = subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment, timeout=20
        )
        return run.stdout

    def send(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def resize(self, width: int, height: int) -> None:
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self, *, styles: bool = False) -> str:
        return self._tmux("capture-pane", "-p", *(["-e"] if styles else []))

    def buffers(self) -> str:
        """What reached the clipboard of the terminal."""
        return self._tmux("list-buffers")

    def wait_for(self, *texts: str, seconds: float = 30) -> str:
        """The screen once every text stands on it; fails with the screen when they never do."""
        end = time.monotonic() + seconds
        while True:
            screen = self.screen()
            if all(text in screen for text in texts):
                return screen
            if time.monotonic() > end:
                pytest.fail(f"{texts} not on the screen:\n{screen}")
            time.sleep(0.05)

    def wait_until_gone(self, text: str, seconds: float = 30) -> str:
        end = time.monotonic() + seconds
        while text in (screen := self.screen()):
            if time.monotonic() > end:
                pytest.fail(f"{text} still on the screen:\n{screen}")
            time.sleep(0.05)
        return screen

    def wait_for_end(self, seconds: float = 30) -> int:
        """The exit code of the command."""
        end = time.monotonic() + seconds
        while not (self._status.exists() and (code := self._status.read_text().strip())):
            if time.monotonic() > end:
                pytest.fail(f"still running:\n{self.screen()}")
            time.sleep(0.05)
        return int(code)

    def pid(self) -> int:
        """The process of the command: the child of the shell in the window."""
        shell = self._tmux("list-panes", "-F", "#{pane_pid}").strip()
        return int(Path(f"/proc/{shell}/task/{shell}/children").read_text().split()[0])

    def close(self) -> None:
        self._tmux("kill-server")


def run_dateline(*words: str, library: Path) -> subprocess.CompletedProcess[str]:
    """One command of the command line in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "reader", "--library", str(library), *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
