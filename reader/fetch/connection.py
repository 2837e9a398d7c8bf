"""Connections to the very address that was checked."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from reader.feeds import Problem
from reader.fetch.addresses import Resolver, is_host, is_public, literal, looks_local
from reader.fetch.ending import FetchError
from reader.fetch.urls import Target
from reader.fetch.watch import SLICE, Watch, connect

# It logs whole addresses, and so whatever secrets are in them.
logging.getLogger("urllib3.connection").disabled = True

_HEAD_LIMIT = 1024 * 1024
"""Bytes that may come before a document."""


class PlainConnection(HTTPConnection):
    """A connection made by `dial`."""

    def __init__(self, host: str, port: int, dial: Callable[[], socket.socket]) -> None:
        super().__init__(host, port, timeout=SLICE)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial()


class SecureConnection(HTTPSConnection):
    """A secure connection over one made by `dial`."""

    def __init__(
        self, host: str, port: int, dial: Callable[[], socket.socket], **options: Any
    ) -> None:
        super().__init__(host, port, timeout=SLICE, **options)
        self._dial = dial

    def _new_conn(self) -> socket.socket:
        return self._dial()


@dataclass(frozen=True, slots=True)
class Route:
    """How to get to `target`: through `proxy`, or directly; `private` lets it be near."""

    target: Target
    proxy: Target | None
    private: bool


class Connector:
    """Opens connections. `resolver` is asked once for each."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._lock = threading.Lock()
        self._context: Any = None

    def open(self, route: Route, watch: Watch) -> HTTPConnection:
        """A connection that is not made yet. Raises FetchError."""
        target, proxy = route.target, route.proxy
        check_literal(target.host, private=route.private)
        if proxy is not None and looks_local(target.host) and not route.private:
            # The proxy is the one to look the name up, and may find it near.
            raise FetchError(Problem.PRIVATE_ADDRESS, target.host)
        watch.allow(_HEAD_LIMIT)
        end = proxy or target

        def dial() -> socket.socket:
            return connect(self._addresses(route, end.host, watch), end.port, watch)

        if target.scheme == "http":
            return PlainConnection(end.host, end.port, dial)
        secure = SecureConnection(end.host, end.port, dial, ssl_context=self._secure())
        if proxy is not None:
            credentials = {"Proxy-Authorization": proxy.authorization}
            secure.set_tunnel(
                target.host, target.port, credentials if proxy.authorization else None
            )
        return secure

    def _addresses(self, route: Route, host: str, watch: Watch) -> Sequence[str]:
        """Where to connect to, checked. Raises FetchError."""
        # A proxy is named by whoever runs the program: it may be anywhere.
        private = route.private or route.proxy is not None
        spelled = literal(host)
        found = [str(spelled)] if spelled else resolve_patiently(self._resolver, host, watch)
        for address in found:
            check_literal(address, private=private, name="" if spelled else host)
        return found

    def _secure(self) -> Any:
        """The context of secure connections, made when it is first needed."""
        from reader.fetch.tls import make_context

        with self._lock:
            if self._context is None:
                self._context = make_context()
            return self._context


def check_literal(host: str, *, private: bool, name: str = "") -> None:
    """Raise FetchError where `host` spells an address that must not be connected to.

    `name` is what led to it, where it was not written itself.
    """
    address = literal(host)
    if address is None:
        return
    if not (is_public(address) or (private and is_host(address))):
        raise FetchError(Problem.PRIVATE_ADDRESS, f"{name} is at {host}" if name else host)


def resolve_patiently(resolver: Resolver, host: str, watch: Watch) -> Sequence[str]:
    """What `resolver` finds, not waited for longer than the watch allows. Raises FetchError."""
    answers: SimpleQueue[Sequence[str]] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(host))
        except (OSError, ValueError):
            answers.put(())

    # Nothing ends a question to the system: it is left to end by itself.
    threading.Thread(target=ask, name="resolving", daemon=True).start()
    while True:
        watch.check()
        try:
            found = answers.get(timeout=SLICE)
        except Empty:
            continue
        if not found:
            raise FetchError(Problem.NO_HOST)
        return found
