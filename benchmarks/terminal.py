"""The reader on a real terminal of 100 columns and 30 lines: keys in, bytes out, what it used."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

from benchmarks import measure

COLUMNS, LINES = 100, 30
_CHUNK = 1 << 16
_QUIT = "\x11"


class Terminal:
    """One run of the reader. What it draws has to be read all the time, or it waits."""

    def __init__(self, library: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "DATELINE_CONFIG": str(library.parent / "no-settings"),
        }
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environment.pop(name, None)
        command = [sys.executable, "-m", "reader", "--library", str(library)]
        self._began = time.monotonic()
        self._child = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def used(self) -> measure.LiveUsage:
        """Processor time and memory of the screen alone, without the processes it started."""
        return measure.live_usage(self._child.pid)

    def spent(self) -> float:
        """Processor seconds of the threads that the screen has, finer than `used` tells them."""
        return measure.threads_cpu(self._child.pid)

    def wait_for(self, text: str, seconds: float = 60) -> float:
        """Read until `text` was drawn; seconds on the clock since the start of the program.

        Raises TimeoutError with the end of what was drawn.
        """
        wanted, seen = text.encode(), b""
        end = time.monotonic() + seconds
        while wanted not in seen:
            if time.monotonic() > end:
                raise TimeoutError(f"{text!r} was not drawn: {seen[-2000:]!r}")
            seen += self._read(0.05)
        return time.monotonic() - self._began

    def watch(self, seconds: float) -> int:
        """Read what is drawn for so long; how many bytes it was."""
        drawn, end = 0, time.monotonic() + seconds
        while (rest := end - time.monotonic()) > 0:
            drawn += len(self._read(rest))
        return drawn

    def press(self, key: str, pause: float) -> int:
        """Send a key and read for a while; how many bytes were drawn."""
        os.write(self._ours, key.encode())
        return self.watch(pause)

    def close(self) -> None:
        """Quit as a person does; kill what does not listen."""
        if self._child.poll() is None:
            os.write(self._ours, _QUIT.encode())
            self._drain(seconds=10)
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        os.close(self._ours)

    def _drain(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._child.poll() is None and time.monotonic() < end:
            self._read(0.05)

    def _read(self, seconds: float) -> bytes:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        try:
            return os.read(self._ours, _CHUNK) if ready else b""
        except OSError:  # the other end is closed
            time.sleep(seconds)
            return b""
