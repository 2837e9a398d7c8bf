"""What the readers of formats get, and what they give: items that are yet to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path, PurePath
from typing import TypeAlias

from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest.reasons import Reason
from reader.model import Draft, Tagged

DOCUMENT_LIMIT = 16 * 1024 * 1024
"""The largest text file, and the largest record of a file of many, in bytes."""

WHOLE_LIMIT = 32 * 1024 * 1024
"""The largest document of markup that is read as a whole, in bytes."""

Read: TypeAlias = Callable[[], Draft | Subscription | Tagged]


@dataclass(frozen=True, slots=True)
class Content:
    """An open file, or what is inside a compressed one.

    `name` is its last name, without the suffix of a compression: a hint, and fit for neither
    screen nor disk. `latest` is the last moment an article may be from. `path` is where the
    file is, None for what is inside another.
    """

    file: BufferedReader
    name: str
    latest: datetime
    path: Path | None = None

    @property
    def stem(self) -> str:
        """The name without its suffix."""
        return PurePath(self.name).stem


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a file: what it is called there, as in "line 7", and how to read it.

    An item without a name is all that is in its file. `read` raises ImportItemError, or
    anything at all for a fault of this program. `is_placed` says that its file is a place to
    know the article by.
    """

    item: str
    read: Read
    is_placed: bool = True


def read_whole(content: Content, limit: int = WHOLE_LIMIT) -> bytes:
    """Everything in a file of at most `limit` bytes. Raises ImportItemError for more."""
    data = content.file.read(limit + 1)
    if len(data) > limit:
        reason = Reason.TOO_LARGE if limit == DOCUMENT_LIMIT else Reason.TOO_LARGE_DOCUMENT
        raise ImportItemError("", reason)
    return data


def refused(reason: Reason) -> Read:
    """A way to read an item that is refused."""

    def read() -> Draft:
        raise ImportItemError("", reason)

    return read


def ready(value: Draft | Subscription) -> Read:
    """A way to read an item that has been read already."""
    return lambda: value
