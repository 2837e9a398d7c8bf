"""Going through the lines that were typed before. Pure."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 100
"""Lines that are kept, as many as the library keeps."""


class EarlierLines:
    """The newest lines, the last one last, each once; one walks through those that begin with what
    has been typed, and comes back to it behind the last."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._begun = self._typed = ""
        self._shown: str | None = None
        self._at = -1

    def add(self, line: str) -> None:
        """Take a line that was typed just now."""
        self._lines = [*(one for one in self._lines if one != line), line][-MOST:]

    def add_before(self, lines: Iterable[str]) -> None:
        """Take lines of other days, the last one last."""
        known = set(self._lines)
        self._lines = [*(one for one in lines if one not in known), *self._lines][-MOST:]

    def leave(self) -> None:
        """Begin anew with the next step."""
        self._shown = None

    def step(self, step: int, line: str, typed: str) -> str:
        """The line before (-1) or after (1) the one that is shown. `line` stands there now; where
        it is none of these, the `typed` beginning of it says which are gone through."""
        if line != self._shown:
            self._begun, self._typed, self._at = line, typed, -1
        found = [one for one in self._lines if one.startswith(self._typed) and one != self._begun]
        found.append(self._begun)
        self._at = max(-len(found), min(self._at + step, -1))
        self._shown = found[self._at]
        return self._shown
