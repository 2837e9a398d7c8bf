"""The orders of the screen to the process that uses the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from reader.feeds import UpdateProgress

if TYPE_CHECKING:
    from reader.service.fetching import Told

    OnNews = Callable[[int, Told], None]
    StartFetch = Callable[[OnNews], "FetchPort"]


class FetchPort(Protocol):
    """Takes orders, each with a number of its own, and tells of them by that number: of how
    far it is any times, then once how it ended. Number 0 is what it does by itself."""

    def start(self) -> None: ...

    def update(self, names: tuple[str, ...] = (), *, due_only: bool = False) -> int: ...

    def add(self, url: str, folder: str = "") -> int: ...

    def save(self, url: str) -> int: ...

    def full_text(self, article_id: int) -> int: ...

    def picture(self, article_id: int, url: str) -> int: ...

    def move(self, name: str, url: str) -> int: ...

    def set_every(self, seconds: float) -> None: ...

    def stop(self) -> None: ...

    def close(self) -> None: ...


class Orders:
    """Gives orders without waiting in the loop, and brings the end of each to who gave it."""

    def __init__(self, start_fetch: StartFetch) -> None:
        self._start_fetch = start_fetch
        self._port: FetchPort | None = None
        self._on_news: OnNews | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, asyncio.Future[Told]] = {}
        # What ended before its number was known here.
        self._early: dict[int, Told] = {}
        self._lock = asyncio.Lock()

    async def start(self, on_news: OnNews, *, by_itself: bool) -> None:
        """From now on tell `on_news`, in a thread, what comes; `by_itself` starts the process
        before anything is asked."""
        self._on_news = on_news
        port = await self._opened()
        if by_itself:
            await asyncio.to_thread(port.start)

    async def give(self, order: Callable[[FetchPort], int]) -> Told:
        """Give an order; how it ended."""
        port = await self._opened()
        number = await asyncio.to_thread(order, port)
        if number in self._early:
            return self._early.pop(number)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        return await self._waiting[number]

    async def set_every(self, seconds: float) -> None:
        """Have feeds asked every so many seconds from now on, 0 for never by themselves."""
        port = await self._opened()
        await asyncio.to_thread(port.set_every, seconds)

    async def stop(self) -> None:
        """Have everything ended that is under way."""
        if self._port is not None:
            await asyncio.to_thread(self._port.stop)

    def close(self) -> None:
        if self._port is not None:
            self._port.close()
            self._port = None

    async def _opened(self) -> FetchPort:
        self._loop = asyncio.get_running_loop()
        async with self._lock:
            if self._port is None:
                # What it needs takes a while to import.
                self._port = await asyncio.to_thread(self._start_fetch, self._told)
            return self._port

    def _told(self, number: int, told: Told) -> None:
        """Called from a thread of the process's."""
        if self._on_news is not None:
            self._on_news(number, told)
        if number and not isinstance(told, UpdateProgress) and self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                self._loop.call_soon_threadsafe(self._end, number, told)

    def _end(self, number: int, told: Told) -> None:
        waiting = self._waiting.pop(number, None)
        if waiting is None:
            self._early[number] = told
        elif not waiting.done():
            waiting.set_result(told)
