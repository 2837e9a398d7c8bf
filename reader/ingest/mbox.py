"""Mail in one file: the messages of an mbox, one at a time. Pure but for reading.

Forms of mbox: RFC 4155; ">From " in a text is "From " with a mark before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BufferedReader

from reader.ingest.entries import WHOLE_LIMIT

_FROM = re.compile(rb"From (?:\S+ )?.*[0-9]{1,2}:[0-9]{2}.*[0-9]{4}|From \S+\s*$")
_QUOTED = re.compile(rb">+From ")
_LINE_LIMIT = 1 << 20
_MOST_LINES = 500_000


def is_mbox(head: bytes) -> bool:
    """Tell an mbox from a single message by its first bytes."""
    return head.startswith(b"From ")


def read_messages(file: BufferedReader) -> Iterator[bytes | None]:
    """Every message without its "From " line; None for one that is too large."""
    message = _Message()
    begun, blank = False, True
    while line := file.readline(_LINE_LIMIT):
        if blank and line.startswith(b"From ") and (_FROM.match(line) or not begun):
            if begun:
                yield message.data()
            message, begun, blank = _Message(), True, False
            continue
        blank = not line.strip()
        if not message.add(line[1:] if _QUOTED.match(line) else line):
            _skip_to_next(file)
            blank = True
    if begun:
        yield message.data()


def is_too_large(data: bytes | bytearray, lines: int) -> bool:
    """Tell whether a message is more than newsletters are, by its bytes or its lines."""
    return len(data) > WHOLE_LIMIT or lines > _MOST_LINES


def _skip_to_next(file: BufferedReader) -> None:
    """Pass over everything up to the next line that begins as one between messages does."""
    while waiting := file.peek():
        at = waiting.find(b"\nFrom ")
        if at >= 0:
            file.read(at + 1)
            return
        # The end may be the beginning of the mark.
        file.read(max(1, len(waiting) - len(b"\nFrom")))


class _Message:
    """A message while it is read; nothing of it is kept once it is too large."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._lines = 0
        self._too_large = False

    def add(self, line: bytes) -> bool:
        """Keep a line; False when the rest of the message can be passed over."""
        self._data += line
        self._lines += 1
        self._too_large = self._too_large or is_too_large(self._data, self._lines)
        if self._too_large:
            self._data.clear()
        return not self._too_large

    def data(self) -> bytes | None:
        return None if self._too_large else bytes(self._data)
