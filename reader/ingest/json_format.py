"""JSON files of articles: an array of records, records after each other, or one that holds
a list of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BufferedReader
from typing import TypeAlias

from reader.errors import ImportItemError
from reader.ingest.decode import decode
from reader.ingest.entries import WHOLE_LIMIT, Content, Entry, Read, refused
from reader.ingest.google_reader import is_google_reader, read_item
from reader.ingest.jsonl_format import lines_of, load_object
from reader.ingest.reasons import Reason
from reader.ingest.records import ALIASES, ColumnLog, read_record
from reader.ingest.wallabag import is_wallabag, read_saved
from reader.model import Draft

_CHUNK = 1 << 20
_DEEPEST = 1_000_000
_LISTS = (
    "items",
    "articles",
    "entries",
    "records",
    "results",
    "documents",
    "docs",
    "posts",
    "data",
)
# A string that is not closed yet is one token as well: what it holds are no brackets.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{},]', re.DOTALL)

Map: TypeAlias = Callable[[Mapping[str, object], datetime], Draft]


def read_json(content: Content) -> Iterator[Entry]:
    """Read one article from each record. Raises ImportItemError where there is none."""
    columns = ColumnLog(content.name)
    empty = True
    for number, data in read_elements(lines_of(content)):
        empty = False
        yield from _entries(number, data, content.latest, columns)
    if empty:
        raise ImportItemError("", Reason.EMPTY)


def _entries(number: int, data: bytes, latest: datetime, columns: ColumnLog) -> Iterator[Entry]:
    try:
        record = load_object(decode(data))
    except ImportItemError as error:
        yield Entry(f"entry {number}", refused(Reason(error.reason)))
        return
    inner = _records_in(record) if number == 1 else None
    if inner is None:
        columns.note(record)
        yield Entry(f"entry {number}", _reading(record, latest))
        return
    for place, one in enumerate(inner, start=1):
        if isinstance(one, dict):
            yield Entry(f"entry {place}", _reading(one, latest))
        else:
            yield Entry(f"entry {place}", refused(Reason.NOT_OBJECT))


def _records_in(record: Mapping[str, object]) -> list[object] | None:
    """The records that a record holds as a list, None when it is an article itself."""
    if any(isinstance(record.get(name), str) for name in ALIASES["text"]):
        return None
    held = (record.get(name) for name in _LISTS)
    return next((one for one in held if isinstance(one, list)), None)


def _reading(record: Mapping[str, object], latest: datetime) -> Read:
    return lambda: _map_of(record)(record, latest)


def _map_of(record: Mapping[str, object]) -> Map:
    if is_wallabag(record):
        return read_saved
    return read_item if is_google_reader(record) else read_record


def read_elements(file: BufferedReader) -> Iterator[tuple[int, bytes]]:
    """The elements of an array, or the values after each other, with their numbers from 1.

    Each is cut out by its brackets, so that a broken one costs no other. Raises
    ImportItemError for an element that does not end or is too large.
    """
    number = 0
    for data in _Scanner(file).elements():
        if data.strip(b" \t\r\n,\xef\xbb\xbf"):
            number += 1
            yield number, data.strip(b" \t\r\n,\xef\xbb\xbf")


class _Scanner:
    """Finds where elements begin and end, with no more than one of them in memory."""

    def __init__(self, file: BufferedReader) -> None:
        self._file = file
        self._data = b""
        self._depth = 0
        self._base = 0
        """How deep the elements lie: 1 inside an array."""
        self._seen = 0

    def elements(self) -> Iterator[bytes]:
        start, at = 0, 0
        # Reading as much again as is waiting keeps looking at it twice from adding up.
        while chunk := self._file.read(max(_CHUNK, len(self._data) - start)):
            self._data = self._data[start:] + chunk
            at, start = at - start, 0
            for end, after in self._cuts(at):
                yield self._data[start:end]
                start = after
            at = max(start, self._seen)
            if len(self._data) - start > WHOLE_LIMIT:
                raise ImportItemError("", Reason.TOO_LARGE_DOCUMENT)
        rest = self._data[start:]
        if self._depth > 0 or rest.strip():
            yield rest

    def _cuts(self, at: int) -> Iterator[tuple[int, int]]:
        """Where elements end, and where the next one begins."""
        size = len(self._data)
        self._seen = size
        for token in _TOKEN.finditer(self._data, at):
            mark = token[0]
            if mark[0] == ord('"') and token.end() == size:
                # It may go on in the next chunk.
                self._seen = token.start()
                return
            cut = self._step(mark, token.start())
            if cut is not None:
                yield cut

    def _step(self, mark: bytes, at: int) -> tuple[int, int] | None:
        if mark in (b"[", b"{"):
            self._depth += 1
            if self._depth > _DEEPEST:
                raise ImportItemError("", Reason.TOO_DEEP)
            if (
                mark == b"["
                and self._depth == 1
                and not self._data[:at].strip(b" \t\r\n\xef\xbb\xbf")
            ):
                self._base = 1
                return at, at + 1
        elif mark in (b"]", b"}"):
            self._depth = max(0, self._depth - 1)
            if self._base and self._depth == 0:
                return at, at + 1
            if not self._base and self._depth == 0:
                return at + 1, at + 1
        elif mark == b"," and self._base and self._depth == 1:
            return at, at + 1
        return None
