"""CSV: one article a row, under a row of column names."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from reader.errors import ImportItemError
from reader.ingest.decode import decode
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, Read, refused
from reader.ingest.jsonl_format import lines_of, skip_blank
from reader.ingest.reasons import Reason
from reader.ingest.records import KNOWN, ColumnLog, read_record
from reader.model import Draft

_DELIMITERS = ",;\t|"
_KNOWN = {name.lower(): name for name in KNOWN}

Row: TypeAlias = Mapping[str, str]
Map: TypeAlias = Callable[[Row], Draft]


class _Rows(Protocol):
    """What the csv module reads rows with."""

    @property
    def line_num(self) -> int: ...
    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


def read_csv(content: Content) -> Iterator[Entry]:
    """Read one article from each row. Raises ImportItemError where no column is known."""
    columns = ColumnLog(content.name)

    def read(row: Row) -> Draft:
        columns.note(row)
        return read_record(row, content.latest)

    return read_rows(content, _KNOWN, read)


def read_rows(content: Content, known: Mapping[str, str], read: Map) -> Iterator[Entry]:
    """Read every row by `read`, which gets the cells that are not empty by column.

    `known` are the columns by their name in lower case; others keep the name they have. A
    comma, semicolon, tab or bar may stand between cells: the one that gives most known columns.
    """
    lines = _Lines(content)
    if not lines.first:
        raise ImportItemError("", Reason.EMPTY)
    csv.field_size_limit(DOCUMENT_LIMIT)
    rows = csv.reader(lines, delimiter=_delimiter(lines.first, known))
    names = [known.get(n.strip().lower(), n.strip()) for n in _next(rows) or ()]
    if not set(names) & set(known.values()):
        raise ImportItemError("", Reason.NO_COLUMNS)
    return _entries(rows, lines, names, read)


class _Lines:
    """The lines of a file; `ended` once one was wanted and there was none."""

    def __init__(self, content: Content) -> None:
        self._file = lines_of(content)
        self.first = self._next()
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        line = self.first
        while line:
            yield line
            line = self._next()
        self.ended = True

    def _next(self) -> str:
        line = self._file.readline(DOCUMENT_LIMIT + 1)
        if len(line) > DOCUMENT_LIMIT:
            raise ImportItemError("", Reason.TOO_LARGE)
        if line == b"\n":
            skip_blank(self._file)
        return decode(line)


def _delimiter(line: str, known: Mapping[str, str]) -> str:
    def columns(mark: str) -> int:
        return sum(cell.strip(' "\r\n').lower() in known for cell in line.split(mark))

    return max(_DELIMITERS, key=columns)


def _next(rows: _Rows) -> list[str] | None:
    """The next row; an empty one for one that cannot be read, None at the end."""
    try:
        return next(rows, None)
    except csv.Error:
        return []


def _entries(rows: _Rows, lines: _Lines, names: Sequence[str], read: Map) -> Iterator[Entry]:
    empty = True
    while True:
        item = f"line {rows.line_num + 1}"
        try:
            row = next(rows, None)
        except csv.Error:
            empty = False
            yield Entry(item, refused(Reason.NOT_CSV))
            continue
        if row is None:
            break
        if lines.ended:
            # A whole row ends with its line: this one went on to the end of the file.
            yield Entry(item, refused(Reason.NOT_CLOSED))
            return
        if any(row):
            empty = False
            yield Entry(item, _reading(row, names, read))
    if empty:
        raise ImportItemError("", Reason.EMPTY)


def _reading(row: Sequence[str], names: Sequence[str], read: Map) -> Read:
    cells = {name: cell for name, cell in zip(names, row, strict=False) if name and cell.strip()}
    return lambda: read(cells)
