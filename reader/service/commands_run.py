"""Commands of the reader's own are run here: a list of arguments, never a line for a shell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Thread
from types import FrameType
from typing import BinaryIO

from reader.clean import clean_line

_LOOKED_AT = 4096
"""Bytes of the output of a command that are looked at for a line."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command came to: its exit code, None when it could not be started, and the first
    line it wrote, or why it did not start."""

    code: int | None
    line: str = ""


class CommandRunner:
    """Runs commands beside the screen, or in the terminal that the screen has left."""

    def start(self, argv: Sequence[str], tell: Callable[[Ended], None]) -> None:
        """Run a command without a terminal; it may outlive this program. `tell` is called from
        a thread once it has ended."""
        Thread(target=_run_aside, args=(argv, tell), name="command", daemon=True).start()

    def in_terminal(
        self,
        argv: Sequence[str],
        text: str | None = None,
        farewell: Callable[[Ended], str] | None = None,
    ) -> Ended:
        """Run a command in the terminal until it has ended, with `text` on its standard input
        unless that is None. With `farewell` said, a person has to press Enter then. Ctrl-c ends
        the command alone."""
        given = None if text is None else text.encode("utf-8", "replace")
        with _undisturbed():
            try:
                done = subprocess.run(list(argv), input=given, check=False)  # noqa: S603
                ended = Ended(done.returncode)
            except OSError as error:
                ended = _not_started(error)
            if farewell is not None:
                sys.stdout.write(f"\n{farewell(ended)}")
                sys.stdout.flush()
                sys.stdin.readline()
        return ended


def _run_aside(argv: Sequence[str], tell: Callable[[Ended], None]) -> None:
    # A file, not a pipe: whatever the command leaves running may write on for ever.
    with TemporaryFile() as output:
        try:
            process = subprocess.Popen(  # noqa: S603
                list(argv),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            tell(_not_started(error))
            return
        code = process.wait()
        tell(Ended(code, _first_line(output)))


def _first_line(output: BinaryIO) -> str:
    # Not by seeking: what is left running shares the place in the file.
    text = os.pread(output.fileno(), _LOOKED_AT, 0).decode("utf-8", "replace")
    return next((line for line in map(clean_line, text.splitlines()) if line), "")


def _not_started(error: OSError) -> Ended:
    return Ended(None, error.strerror or type(error).__name__)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let Ctrl-c be the command's alone. A handler, as one that ignores would be inherited."""

    def pass_over(_number: int, _frame: FrameType | None) -> None:
        pass

    before = signal.signal(signal.SIGINT, pass_over)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
