"""Which of many stretches lie over one line after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

__all__ = ["Stretch", "Sweep"]


class Stretch(Protocol):
    """Code points of a text, half open."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


S = TypeVar("S", bound=Stretch)


class Sweep(Generic[S]):
    """Goes down a text once: each stretch is looked at only while it lies over a line."""

    def __init__(self, stretches: Iterable[S]) -> None:
        self._coming = sorted(stretches, key=lambda one: (-one.start, one.end))
        self._open: list[S] = []

    def over(self, start: int, end: int) -> list[S]:
        """Those of a line, the outermost first; lines are asked for in order."""
        while self._coming and self._coming[-1].start < end:
            self._open.append(self._coming.pop())
        self._open = [one for one in self._open if one.end > start]
        return self._open
