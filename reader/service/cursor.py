"""Page cursors: a place in an order of ids that survives articles coming and going."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from reader.errors import CursorError


def make_cursor(ids: Sequence[int], end: int) -> str | None:
    """The cursor for what follows `ids[:end]`, None when nothing does."""
    if end >= len(ids) or end == 0:
        return None
    return f"{end}.{ids[end - 1]}"


def start_after(ids: array[int], cursor: str | None) -> int:
    """Where the page after `cursor` starts: after its article, or at its place if that is gone.

    Raises CursorError for text that `make_cursor` never makes.
    """
    if cursor is None:
        return 0
    place, dot, last = cursor.partition(".")
    if not (dot and place.isascii() and place.isdigit() and last.isascii() and last.isdigit()):
        raise CursorError(cursor)
    if len(cursor) > 40:
        raise CursorError(cursor)
    try:
        return ids.index(int(last)) + 1
    except (ValueError, OverflowError):
        return min(int(place), len(ids))
