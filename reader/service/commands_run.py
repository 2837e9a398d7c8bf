"""Commands of the reader's own are run here: a list of arguments, never a line for a shell."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import termios
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import FileIO
from shutil import which
from tempfile import TemporaryFile
from threading import Thread
from types import FrameType
from typing import BinaryIO

from reader.clean import clean_line

_LOOKED_AT = 4096
"""Bytes of the output of a command that are looked at for a line."""

_STANDARD_OUTPUT = 1

_STRAGGLING = 0.5
"""Seconds that output may take to come after its command has ended."""

_ESCAPE = b"\x1b["
"""What those begin with who draw a screen."""


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

    def is_there(self, program: str) -> bool:
        """Whether there is a program called so, or at this place."""
        return which(program) is not None

    def in_terminal(
        self,
        argv: Sequence[str],
        text: str | None = None,
        farewell: Callable[[Ended], str] | None = None,
    ) -> Ended:
        """Run a command in the terminal until it has ended, with `text` on its standard input
        unless that is None; then the first line it printed is told, unless it drew a screen.
        With `farewell` said, a person has to press Enter then. Ctrl-c ends the command alone."""
        with _undisturbed():
            try:
                if text is None:
                    done = subprocess.run(list(argv), check=False)  # noqa: S603
                    ended = Ended(done.returncode)
                else:
                    ended = _run_with(text.encode("utf-8", "replace"), argv)
            except OSError as error:
                ended = _not_started(error)
            if farewell is not None:
                sys.stdout.write(f"\n{farewell(ended)}")
                sys.stdout.flush()
                sys.stdin.readline()
        return ended


def _run_with(given: bytes, argv: Sequence[str]) -> Ended:
    """Run a command on a text, and look at what it prints on its way to the terminal. Its output
    is a terminal still, as pagers need; the keys come from the real one. Raises OSError."""
    ours, its = pty.openpty()
    output = _Output(os.fdopen(ours, "rb", buffering=0))
    copying = Thread(target=output.copy, name="output", daemon=True)
    copying.start()
    try:
        tty.setraw(its)
        with suppress(OSError):  # there is no terminal: nobody asks how large it is
            termios.tcsetwinsize(its, os.get_terminal_size()[::-1])
        done = subprocess.run(list(argv), input=given, stdout=its, check=False)  # noqa: S603
    finally:
        os.close(its)
    # What is left running may hold it for ever.
    copying.join(_STRAGGLING)
    return Ended(done.returncode, output.leave())


class _Output:
    """What a command prints on its way to the standard output. The thread that copies it closes
    it: a number of a file that another closes meanwhile may be that of the next file."""

    def __init__(self, source: FileIO) -> None:
        self._source = source
        self._seen = bytearray()
        self._is_left = False

    def copy(self) -> None:
        """Copy all that comes until it is left, and keep the first of it."""
        with self._source, suppress(OSError):  # the other end is closed
            while block := self._source.read(_LOOKED_AT):
                self._seen += block[: _LOOKED_AT - len(self._seen)]
                while block and not self._is_left:
                    block = block[os.write(_STANDARD_OUTPUT, block) :]

    def leave(self) -> str:
        """The first line that was printed, none where a screen was drawn; what comes later
        is dropped."""
        self._is_left = True
        return "" if _ESCAPE in self._seen else _line_of(bytes(self._seen))


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
    return _line_of(os.pread(output.fileno(), _LOOKED_AT, 0))


def _line_of(output: bytes) -> str:
    text = output.decode("utf-8", "replace")
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
