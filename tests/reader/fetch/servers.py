"""Real servers on this machine that answer whatever a test wants, byte by byte."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self, TypeAlias


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    line: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return self.line.split(" ")[1]


Answer: TypeAlias = bytes | Iterator[bytes]


def answer(status: int = 200, body: bytes = b"", *lines: str, length: bool = True) -> bytes:
    """An answer of HTTP/1.1, its connection closed after it."""
    head = [f"HTTP/1.1 {status} Words", "Connection: close", *lines]
    if length:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


class Server:
    """Answers each connection by `respond`, and remembers what was asked.

    With `tls` it speaks TLS at once; with `inner` it is a proxy that takes CONNECT and speaks
    TLS for whoever was to be connected to.
    """

    def __init__(
        self,
        respond: Callable[[Asked], Answer],
        *,
        tls: ssl.SSLContext | None = None,
        inner: ssl.SSLContext | None = None,
    ) -> None:
        self._respond = respond
        self._tls = tls
        self._inner = inner
        self.asked: list[Asked] = []
        self.connections = 0
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join(5)
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def drip(self, data: bytes, pause: float, size: int = 1) -> Iterator[bytes]:
        """`data` by `size` bytes at a time."""
        for start in range(0, len(data), size):
            yield data[start : start + size]
            if self.closing.wait(pause):
                return

    def hang(self) -> Iterator[bytes]:
        """Nothing, for as long as the server is there."""
        self.closing.wait()
        yield b""

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        self._open.add(connection)
        try:
            if self._tls is not None:
                connection = self._secure(connection, self._tls)
            self._talk(connection)
        except OSError:
            pass  # the client had enough
        finally:
            self._open.discard(connection)
            connection.close()

    def _secure(self, connection: socket.socket, context: ssl.SSLContext) -> socket.socket:
        self._open.discard(connection)
        try:
            secure = context.wrap_socket(connection, server_side=True)
        except OSError:
            connection.close()
            raise
        self._open.add(secure)
        return secure

    def _talk(self, connection: socket.socket) -> None:
        asked = _read(connection)
        if asked is None:
            return
        self.asked.append(asked)
        if asked.line.startswith("CONNECT ") and self._inner is not None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            secure = self._secure(connection, self._inner)
            try:
                self._talk(secure)
            finally:
                self._open.discard(secure)
                secure.close()
            return
        said = self._respond(asked)
        for part in [said] if isinstance(said, bytes) else said:
            connection.sendall(part)


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    line, *rest = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (entry.partition(":") for entry in rest)
    return Asked(line, {name.lower(): value.strip() for name, _, value in pairs})
