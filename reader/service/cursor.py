"""Page cursors: a place in an order of ids that survives articles coming and going."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence

from reader.errors import CursorError


def make_cursor(shown: Sequence[int], start: int, total: int) -> str | None:
    """The cursor for what follows the articles of a page that begins at the place `start` of
    `total`; None when nothing does."""
    end = start + len(shown)
    return f"{end}.{shown[-1]}" if shown and end < total else None


def start_after(
    ids: array[int], cursor: str | None, everything: Callable[[], Sequence[int]] = tuple
) -> int:
    """Where the page after `cursor` starts: after its article.

    An article that is no longer among `ids` (it was marked read meanwhile, say) has its place
    in `everything`, the same order without conditions; one that is in neither counts by the
    place it had. Raises CursorError for text that `make_cursor` never makes.
    """
    if cursor is None:
        return 0
    place, last = _parts(cursor)
    if last in ids:
        return ids.index(last) + 1
    before = everything()
    if last not in before:
        return min(place, len(ids))
    passed = set(before[: before.index(last)])
    return next((at for at, one in enumerate(ids) if one not in passed), len(ids))


def _parts(cursor: str) -> tuple[int, int]:
    place, dot, last = cursor.partition(".")
    whole = all(part.isascii() and part.isdigit() and len(part) < 19 for part in (place, last))
    if not (dot and whole):
        raise CursorError(cursor)
    return int(place), int(last)
