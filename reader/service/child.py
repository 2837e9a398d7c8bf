"""A worker process: `python -m reader.worker TASK FOLDER`, spoken to in lines."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast


class Child:
    """A worker process with pipes in both directions.

    `kill` may be called from any thread; everything else belongs to one.
    """

    def __init__(self, task: str, folder: Path, *arguments: str) -> None:
        # The folder one happens to be in, which may hold anything, is no place for modules.
        command = [sys.executable, "-P", "-m", "reader.worker", task, str(folder), *arguments]
        # Its own session: an interrupt typed at the terminal is the screen's to handle.
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
        )
        self._to = cast("BinaryIO", self._process.stdin)
        self.output = cast("BinaryIO", self._process.stdout)

    def send(self, line: str, data: bytes = b"") -> None:
        """Send a line and what follows it. Raises OSError when the process is gone."""
        self._to.write(line.encode())
        self._to.write(data)
        self._to.flush()

    def receive(self) -> str:
        """The next line, empty when the process is gone, in the middle of one perhaps."""
        line = self.output.readline()
        return line.decode() if line.endswith(b"\n") else ""

    def read_some(self, size: int) -> bytes:
        """What has come, at most `size` bytes; nothing when the process is gone. Not to be
        mixed with `receive`."""
        return os.read(self.output.fileno(), size)

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self.output.close()
        with suppress(OSError):  # what was still to be sent has no reader any more
            self._to.close()


def _environment() -> dict[str, str]:
    """That of this process, and where its modules are."""
    places = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
