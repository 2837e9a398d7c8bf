"""Writes down what every Python process of a run asks of the network and of the disk.

Python loads this module by itself in every process whose `PYTHONPATH` names its folder. The
file that `DATELINE_TEST_GUARD` names gets one line for each connection, look-up of a host,
program that is started, and file that is opened for writing, made, moved or removed.
"""

import os
import sys
from typing import Any

_GUARD = os.environ.get("DATELINE_TEST_GUARD")
_CHANGES = {
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.symlink",
    "os.link",
    "os.truncate",
}
_NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _lines(event: str, arguments: tuple[Any, ...]) -> list[str]:
    if event in _NETWORK:
        return [f"network {event} {arguments[-1 if event == 'socket.connect' else 0]!r}"]
    if event in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
        return [f"program {arguments[0]!r}"]
    if event in _CHANGES:
        return [f"change {one!r}" for one in arguments if isinstance(one, str | bytes)]
    if event == "open" and isinstance(arguments[0], str | bytes):
        path, mode, flags = arguments
        if (flags or 0) & _WRITING or set(mode or "") & set("wax+"):
            return [f"change {path!r}"]
        return [f"read {path!r}"]
    if event == "sqlite3.connect":
        return [f"database {arguments[0]!r}"]
    return []


if _GUARD:
    _handle = os.open(_GUARD, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def _record(event: str, arguments: tuple[Any, ...]) -> None:
        for line in _lines(event, arguments):
            os.write(_handle, f"{line}\n".encode("utf-8", "replace"))

    sys.addaudithook(_record)
