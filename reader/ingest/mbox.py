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


def is_mbox(head: bytes) -> bool:
    """Tell an mbox from a single message by its first bytes."""
    return head.startswith(b"From ")


def read_messages(file: BufferedReader) -> Iterator[bytes | None]:
    """Every message without its "From " line; None for one over `WHOLE_LIMIT` bytes."""
    lines: list[bytes] = []
    size, begun, blank = 0, False, True
    while line := file.readline(_LINE_LIMIT):
        if blank and line.startswith(b"From ") and (_FROM.match(line) or not begun):
            if begun:
                yield b"".join(lines) if size <= WHOLE_LIMIT else None
            lines, size, begun, blank = [], 0, True, False
            continue
        blank = not line.strip()
        size += len(line)
        if size <= WHOLE_LIMIT:
            lines.append(line[1:] if _QUOTED.match(line) else line)
        else:
            lines.clear()
    if begun or lines:
        yield b"".join(lines) if size <= WHOLE_LIMIT else None
