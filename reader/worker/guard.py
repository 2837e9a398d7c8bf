"""Limits of the process that reads documents from outside.

Reading needs neither the network, nor other programs, nor to write anything: a fault in a
library that such a document meets shall find none of it within reach.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

MEMORY = 420 * 1024 * 1024
"""Bytes of data, the interpreter included."""

_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
    "os.startfile", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink",
    "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.", "ftplib.", "urllib.",
    "pty.", "webbrowser.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SYSTEM = ("/usr/share/zoneinfo", "/etc/localtime", "/etc/mime.types", "/dev/urandom")


class Allowed:
    """The file that is being read, beside those of the program itself."""

    def __init__(self) -> None:
        own = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[2]), *sys.path[1:])
        places = {*own, *_SYSTEM}
        self._roots = tuple(os.path.realpath(place) for place in places if place)
        self.path = ""

    def may_read(self, path: str) -> bool:
        place = os.path.realpath(path)
        roots = (*self._roots, *([os.path.realpath(self.path)] if self.path else []))
        return any(place == root or place.startswith(f"{root}{os.sep}") for root in roots)


allowed = Allowed()


def shut_in() -> None:
    """Take everything away from this process for good that reading does not need."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    sys.addaudithook(_refuse)


def limit_cpu(seconds: float) -> None:
    """Let the system end this process once it has computed for `seconds` from now on."""
    # RLIMIT_CPU counts from the start of the process, by a clock of its own.
    signal.setitimer(signal.ITIMER_PROF, seconds)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        _refuse_file(*arguments)
    elif event.startswith(_REFUSED):
        raise PermissionError(f"refused while reading a document: {event}")


def _refuse_file(path: object, _mode: object, flags: object) -> None:
    if not isinstance(path, str | bytes):
        return  # a file that is open already
    writes = isinstance(flags, int) and flags & _WRITING
    if writes or not allowed.may_read(os.fsdecode(path)):
        raise PermissionError(f"refused while reading a document: {os.fsdecode(path)!r}")
