"""JSON Lines: one article a line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BufferedReader, BytesIO
from typing import NoReturn

from reader.errors import ImportItemError
from reader.ingest.decode import decode, find_mark
from reader.ingest.entries import DOCUMENT_LIMIT, Content, Entry, read_whole, refused
from reader.ingest.reasons import Reason
from reader.ingest.records import ColumnLog, read_record
from reader.model import Draft


def read_jsonl(content: Content) -> Iterator[Entry]:
    """Read one article from each line. Raises ImportItemError where there is none."""
    columns = ColumnLog(content.name)
    empty = True
    for number, line in read_lines(lines_of(content), DOCUMENT_LIMIT):
        empty = False
        yield _entry(number, line, content.latest, columns)
    if empty:
        raise ImportItemError("", Reason.EMPTY)


def lines_of(content: Content) -> BufferedReader:
    """A file whose lines end with one byte: UTF-16 has to be read as a whole for that."""
    mark = find_mark(content.file.peek(8)[:8])
    if mark is None or mark[0] == "utf-8":
        return content.file
    text = decode(read_whole(content, DOCUMENT_LIMIT))
    return BufferedReader(BytesIO(text.encode("utf-8", "replace")))


def read_lines(file: BufferedReader, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """The lines that are not blank with their numbers from 1; None for one over `limit` bytes."""
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            _skip_line(file)
            yield number, None
        elif line.strip():
            yield number, line
        elif line == b"\n":
            number += skip_blank(file)


def skip_blank(file: BufferedReader) -> int:
    """Pass over the empty lines that follow at once, and return how many they are."""
    waiting = file.peek()
    count = len(waiting) - len(waiting.lstrip(b"\n"))
    file.read(count)
    return count


def _skip_line(file: BufferedReader) -> None:
    while (part := file.readline(1 << 20)) and not part.endswith(b"\n"):
        pass


def _entry(number: int, line: bytes | None, latest: datetime, columns: ColumnLog) -> Entry:
    item = f"line {number}"
    if line is None:
        return Entry(item, refused(Reason.TOO_LARGE))
    return Entry(item, lambda: read_line(line, latest, columns))


def read_line(line: bytes, latest: datetime, columns: ColumnLog | None = None) -> Draft:
    """Read one article from one line. Raises ImportItemError when there is none in it."""
    record = load_object(decode(line))
    if columns is not None:
        columns.note(record)
    return read_record(record, latest)


def load_object(text: str) -> Mapping[str, object]:
    """Read a JSON object. Raises ImportItemError for anything else, NaN included."""
    try:
        record: object = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ImportItemError("", Reason.TOO_DEEP) from error
    except ValueError as error:
        raise ImportItemError("", Reason.NOT_JSON) from error
    if not isinstance(record, dict):
        raise ImportItemError("", Reason.NOT_OBJECT)
    return record


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)
