"""The patience of a fetch: sockets that end at a deadline, at a limit, or when told to stop."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from reader.feeds import Problem
from reader.fetch.ending import FetchError, InterruptedFetchError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

T = TypeVar("T")

SLICE = 0.25
"""Seconds between two looks at the deadline and at whether to stop."""

_CONNECT_SECONDS = 10.0
_ADDRESSES = 4
"""Most addresses of a host that are tried."""

_UNDER_WAY = {errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EINTR}


class Watch:
    """What a fetch may still take: seconds in all, and bytes until `allow` is called again."""

    def __init__(self, seconds: float, stop: Callable[[], bool]) -> None:
        self._end = monotonic() + seconds
        self._stop = stop
        self._bytes = 0

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return self._end - monotonic()

    def check(self) -> None:
        """Raise FetchError when the time is up, or when told to stop."""
        if self._stop():
            raise InterruptedFetchError
        if self.left <= 0:
            raise FetchError(Problem.TIMED_OUT)

    def wait(self, step: Callable[[float], bool]) -> None:
        """Repeat a step of so many seconds until it is true; its time is none of the server's.

        Raises FetchError when told to stop.
        """
        began = monotonic()
        while not step(SLICE):
            if self._stop():
                raise InterruptedFetchError
        self._end += monotonic() - began

    def allow(self, count: int) -> None:
        """Let so many bytes come from now on."""
        self._bytes = count

    def receive(self, step: Callable[[], int]) -> int:
        """Repeat a receiving step that times out, until bytes came. Raises FetchError."""
        count = self.patiently(step)
        self._bytes -= count
        if self._bytes < 0:
            raise FetchError(Problem.TOO_LARGE)
        return count

    def patiently(self, step: Callable[[], T]) -> T:
        """Repeat a step that times out. Raises FetchError."""
        while True:
            self.check()
            try:
                return step()
            except TimeoutError:
                continue


class WatchedSocket(socket.socket):
    """A connected socket with a watch. Its own timeout is a slice of time."""

    watch: Watch

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        receive = super().recv_into
        return self.watch.receive(lambda: receive(buffer, nbytes, flags))

    def sendall(self, data: ReadableBuffer, flags: int = 0) -> None:
        send = super().send
        send_patiently(self.watch, data, lambda left: send(left, flags))


def send_patiently(watch: Watch, data: ReadableBuffer, send: Callable[[memoryview], int]) -> None:
    """Send all of `data`. Raises FetchError and OSError."""
    left = memoryview(data).cast("B")
    while left:
        waiting = left
        left = left[watch.patiently(lambda: send(waiting)) :]  # noqa: B023 - called at once


def connect(addresses: Sequence[str], port: int, watch: Watch) -> WatchedSocket:
    """A connection to the first of `addresses` that takes one. Raises FetchError and OSError."""
    failure = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))
    tried = addresses[:_ADDRESSES]
    for number, address in enumerate(tried):
        seconds = min(_CONNECT_SECONDS, watch.left / (len(tried) - number))
        try:
            return _connect(address, port, watch, monotonic() + seconds)
        except OSError as error:
            failure = error
    raise failure


def _connect(address: str, port: int, watch: Watch, end: float) -> WatchedSocket:
    sock = WatchedSocket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    sock.watch = watch
    try:
        sock.setblocking(False)
        _finish(sock, sock.connect_ex((address, port)), end)
        sock.settimeout(SLICE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock


def _finish(sock: WatchedSocket, code: int, end: float) -> None:
    """Wait until a connection that was begun is there. Raises FetchError and OSError."""
    from urllib3.util.wait import wait_for_write

    while code in _UNDER_WAY:
        sock.watch.check()
        if monotonic() >= end:
            raise OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        if wait_for_write(sock, SLICE):
            code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
