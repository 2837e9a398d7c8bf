"""Many requests at once, and no server asked by more than one of them."""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from heapq import heappop, heappush
from itertools import count
from queue import Empty, Full, Queue
from time import monotonic
from typing import Generic, Protocol, TypeVar

from reader.feeds import Problem
from reader.fetch.addresses import looks_local
from reader.fetch.ending import INTERRUPTED, FetchError
from reader.fetch.places import LARGE, Place
from reader.fetch.urls import parse_target
from reader.fetch.values import Answer, Failed, Request

Key = TypeVar("Key")

HOSTS = 8
"""Servers that are asked at once."""

SPACING = 1.0
"""Least seconds between the beginnings of two requests to one server."""

_ENOUGH = frozenset({Problem.WAIT, Problem.TIMED_OUT})
"""What a server answers that had better not be asked at once again."""

_JITTER = 0.1
_MOST_WAITING = 4
_LOOK = 0.25
_PARTING = 2.0
"""Seconds that the threads are waited for at the end: a fetch ends within half of one."""


class Fetcher(Protocol):
    """What fetches one document."""

    def fetch(
        self, request: Request, stop: Callable[[], bool] = ..., place: Place | None = ...
    ) -> Answer: ...


def fetch_all(
    client: Fetcher,
    requests: Iterable[tuple[Key, Request]],
    *,
    hosts: int = HOSTS,
    spacing: float = SPACING,
    stop: Callable[[], bool],
) -> Iterator[tuple[Key, Answer]]:
    """Fetch all of `requests`; answers come as they are ready, each with its key.

    Few large documents are held at once: each until the next answer is asked for.

    At most `hosts` servers are asked at once, each by one request at a time, whose beginnings
    lie `spacing` seconds apart. One that asks to wait or hangs is not asked any more: its other
    requests have the same answer. The machine itself and the local network need no such care.
    When `stop`, which is called from several threads, turns true, or the iterator is closed,
    what is under way is given up, and what has no answer gets none.
    """
    crowd = _Crowd(client, requests, spacing, stop)
    crowd.start(hosts)
    try:
        yield from crowd.answers()
    finally:
        crowd.end()


class _Host(Generic[Key]):
    """The requests to one server."""

    def __init__(self, *, spaced: bool) -> None:
        self.spaced = spaced
        self.waiting: deque[tuple[Key, Request]] = deque()


class _Crowd(Generic[Key]):
    """Threads that share the hosts that may be asked, ordered by when they may."""

    def __init__(
        self,
        client: Fetcher,
        requests: Iterable[tuple[Key, Request]],
        spacing: float,
        stop: Callable[[], bool],
    ) -> None:
        self._client = client
        self._spacing = spacing
        self._told_to_stop = stop
        self._changed = threading.Condition()
        self._numbers = count()
        self._ready: list[tuple[float, int, _Host[Key]]] = []
        self._ended = threading.Event()
        self._free = threading.Semaphore(LARGE)
        self._answers: Queue[tuple[Key, Answer, Place] | None] = Queue(_MOST_WAITING)
        self._threads: list[threading.Thread] = []
        hosts = _by_host(requests)
        self._left = sum(len(host.waiting) for host in hosts)
        for host in hosts:
            self._put(host, 0.0)

    def start(self, threads: int) -> None:
        for number in range(min(threads, self._left)):
            thread = threading.Thread(target=self._work, name=f"fetching-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def answers(self) -> Iterator[tuple[Key, Answer]]:
        """Yield until every thread has nothing more to do."""
        working = len(self._threads)
        while working and not self._stops():
            try:
                told = self._answers.get(timeout=_LOOK)
            except Empty:
                continue
            if told is None:
                working -= 1
                continue
            key, answer, place = told
            yield key, answer
            del told, answer  # the next document takes their place
            place.give_back()

    def end(self) -> None:
        """Give up what is under way."""
        self._ended.set()
        with self._changed:
            self._changed.notify_all()
        until = monotonic() + _PARTING
        for thread in self._threads:
            thread.join(max(until - monotonic(), 0))

    def _stops(self) -> bool:
        return self._ended.is_set() or self._told_to_stop()

    def _work(self) -> None:
        try:
            while (taken := self._take()) is not None:
                self._ask(*taken)
        finally:
            self._hand_over(None)

    def _ask(self, host: _Host[Key], key: Key, request: Request) -> None:
        began = monotonic()
        place = Place(self._free)
        # Should the client fail, its thread ends with it, and is not waited for.
        answer: Answer = Failed(Problem.BROKEN, "fetching failed")
        try:
            answer = self._client.fetch(request, self._stops, place)
        finally:
            if answer != INTERRUPTED:
                for one in (key, *self._spared(host, answer)):
                    self._hand_over((one, answer, place))
            self._give_back(host, began)

    def _spared(self, host: _Host[Key], answer: Answer) -> list[Key]:
        """The requests that a server is spared after this answer; they do not wait any more."""
        if not (host.spaced and isinstance(answer, Failed) and answer.problem in _ENOUGH):
            return []
        with self._changed:
            spared = [key for key, _ in host.waiting]
            host.waiting.clear()
            self._left -= len(spared)
            self._changed.notify_all()
        return spared

    def _hand_over(self, answer: tuple[Key, Answer, Place] | None) -> None:
        """Wait until whoever reads the answers has kept up: they may be large."""
        while not self._stops():
            try:
                self._answers.put(answer, timeout=_LOOK)
            except Full:
                continue
            return

    def _take(self) -> tuple[_Host[Key], Key, Request] | None:
        """Wait for a request whose time has come; None when there will be none."""
        with self._changed:
            while self._left and not self._stops():
                now = monotonic()
                if self._ready and self._ready[0][0] <= now:
                    host = heappop(self._ready)[2]
                    self._left -= 1
                    key, request = host.waiting.popleft()
                    return host, key, request
                pause = min(self._ready[0][0] - now, _LOOK) if self._ready else _LOOK
                self._changed.wait(pause)
            self._changed.notify_all()
            return None

    def _give_back(self, host: _Host[Key], began: float) -> None:
        # Chance only spreads requests here: nothing depends on it.
        pause = self._spacing * (1 + random.uniform(0, _JITTER)) if host.spaced else 0.0  # noqa: S311
        with self._changed:
            if host.waiting:
                self._put(host, began + pause)
                self._changed.notify()

    def _put(self, host: _Host[Key], when: float) -> None:
        heappush(self._ready, (when, next(self._numbers), host))


def _by_host(requests: Iterable[tuple[Key, Request]]) -> list[_Host[Key]]:
    """One host for each name, but one for each request to what is near."""
    near: list[_Host[Key]] = []
    public: dict[str, _Host[Key]] = {}
    for key, request in requests:
        name = _host_of(request)
        if looks_local(name):
            host = _Host[Key](spaced=False)
            near.append(host)
        else:
            host = public.setdefault(name, _Host[Key](spaced=True))
        host.waiting.append((key, request))
    return [*public.values(), *near]


def _host_of(request: Request) -> str:
    try:
        return parse_target(request.url).host.rstrip(".")
    except FetchError:
        # Nobody is asked: it is told what is wrong with it.
        return ""
