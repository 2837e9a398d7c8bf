"""Which row of the left pane comes after the one whose list has been read. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from reader.ui.left_rows import LeftRow, SavedRow, query_of
from reader.ui.source_rows import RowKind, SourceRow
from reader.ui.state import Asked

UNREAD = "is:unread"
"""The condition that leaves out what was read."""


def rows_on(rows: Sequence[LeftRow], asked: Asked) -> list[LeftRow]:
    """The rows with unread articles that come after the one whose list this is, those before it
    at the end; none where it is the list of no row, or of all articles or a tag."""
    asked = widened(asked)
    for at, row in enumerate(rows):
        if _is_read_through(row) and list_of(row).parts == asked.parts:
            return [one for one in (*rows[at + 1 :], *rows[:at]) if unread_of(one)]
    return []


def counted_anew(rows: Sequence[LeftRow], now: Sequence[LeftRow]) -> list[LeftRow]:
    """Those rows that still have unread articles, as the pane says of them now."""
    known = {row.key: row for row in now}
    found = [known[row.key] for row in rows if row.key in known]
    return [row for row in found if unread_of(row)]


def list_of(row: LeftRow) -> Asked:
    """What the list of a row asks for."""
    return Asked().narrowed(query_of(row) or "")


def widened(asked: Asked) -> Asked:
    """The list that one with unread articles alone was made of."""
    is_unread = len(asked.parts) > 1 and asked.parts[-1] == UNREAD
    return asked.widened() if is_unread else asked


def unread_of(row: LeftRow) -> int:
    """How many unread articles a row says it has that is read through."""
    match row:
        case SavedRow(count=found) if found is not None:
            return found.unread or 0
        case SourceRow() if row.kind is not RowKind.ALL:
            return row.unread
        case _:
            return 0


def _is_read_through(row: LeftRow) -> bool:
    return query_of(row) is not None and row.kind not in (RowKind.ALL, RowKind.TAG)
