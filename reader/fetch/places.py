"""Room for the large documents of many fetches at once."""

from __future__ import annotations

from threading import Semaphore

SMALL = 1024 * 1024
"""Bytes that a document may have without a place of its own."""

LARGE = 3
"""Larger documents that are held at once, from their first bytes until they are dealt with."""


class Place:
    """One of the places for large documents, once it is taken."""

    def __init__(self, free: Semaphore) -> None:
        self._free = free
        self._taken = False

    def take(self, seconds: float) -> bool:
        """Wait so long for a place; whether there is one."""
        self._taken = self._taken or self._free.acquire(timeout=seconds)
        return self._taken

    def give_back(self) -> None:
        """Let another document have the place, if it was taken."""
        if self._taken:
            self._taken = False
            self._free.release()
