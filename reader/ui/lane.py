"""A thread with a library, so that the loop waits for no disk and no lock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from reader.service.library import Library

T = TypeVar("T")


class Lane:
    """One thread with a library of its own. Jobs run one after the other."""

    def __init__(self, name: str, open_library: Callable[[], Library]) -> None:
        self._open = open_library
        self._library: Library | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, work: Callable[[Library], T]) -> T:
        """The result of `work`, done in the thread. Raises what it raises.

        A job whose task is cancelled before its turn never runs.
        """
        return await asyncio.wrap_future(self._pool.submit(self._work, work))

    async def finish(self, work: Callable[[Library], T]) -> T:
        """The same for a job that is done even when its task is cancelled, or the loop ends."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(job: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has ended: nobody waits any more
                loop.call_soon_threadsafe(_hand_over, job, done)

        self._pool.submit(self._work, work).add_done_callback(tell)
        return await done

    def close(self) -> None:
        """Finish what was asked for, then close the library."""
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    def _work(self, work: Callable[[Library], T]) -> T:
        if self._library is None:
            self._library = self._open()
        return work(self._library)

    def _close(self) -> None:
        if self._library is not None:
            self._library.close()
            self._library = None


def _hand_over(job: Future[T], done: asyncio.Future[T]) -> None:
    """Give what came of a job to who waits for it, if anybody still does."""
    if done.done():
        return
    if (error := job.exception()) is not None:
        done.set_exception(error)
    else:
        done.set_result(job.result())
