"""Files -> items: drafts and named failures, one after the other."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.decode import decode, find_mark
from reader.ingest.detect import HEAD_BYTES, Format, detect, is_binary
from reader.ingest.jsonl_format import is_unique, read_lines, read_record
from reader.ingest.reasons import Reason, reason_of
from reader.ingest.text_format import read_markdown, read_text
from reader.ingest.walk import FoundFile, open_regular, shown_path
from reader.model import Draft, ImportFailure

Item = Draft | ImportFailure

DOCUMENT_LIMIT = 16 * 1024 * 1024
"""The largest text file, and the longest line of a JSON Lines file, in bytes."""

_FUTURE = timedelta(days=2)
_log = logging.getLogger(__name__)


def read_file(
    found: FoundFile, *, source: str | None = None, file_format: str | None = None
) -> Iterator[Item]:
    """Every article of a file, and every failure, in order; nothing is kept in memory.

    `source` takes the place of what the articles say, `file_format` of what the name of the
    file says (a value of `Format`; ValueError for any other). One bad item raises nothing.
    """
    forced = None if file_format is None else Format(file_format)
    shown = shown_path(found.path)
    latest = datetime.now(UTC) + _FUTURE
    try:
        with open_regular(found.path) as file:
            for item in _read_open(file, found.path, forced, latest):
                yield item if isinstance(item, ImportFailure) else _with_source(item, source)
    except ImportItemError as error:
        yield ImportFailure(shown, error.item, error.reason)
    except OSError as error:
        yield ImportFailure(shown, "", reason_of(error))


def _read_open(
    file: BinaryIO, path: Path, forced: Format | None, latest: datetime
) -> Iterator[Item]:
    head = file.read(HEAD_BYTES)
    if not head:
        raise ImportItemError(shown_path(path), Reason.EMPTY)
    if is_binary(head):
        raise ImportItemError(shown_path(path), Reason.BINARY)
    file.seek(0)
    file_format = forced or detect(path.name, head)
    if file_format is Format.JSONL:
        yield from _read_jsonl(_as_bytes_of_lines(file, path, head), path, latest)
        return
    data = _read_all(file, path)
    read = read_markdown if file_format is Format.MARKDOWN else read_text
    yield _guarded(path, "", lambda: read(data, name=path.stem, latest=latest))


def _read_all(file: BinaryIO, path: Path) -> bytes:
    data = file.read(DOCUMENT_LIMIT + 1)
    if len(data) > DOCUMENT_LIMIT:
        raise ImportItemError(shown_path(path), Reason.TOO_LARGE)
    return data


def _as_bytes_of_lines(file: BinaryIO, path: Path, head: bytes) -> BinaryIO:
    """Return a file whose lines end with one byte: UTF-16 has to be read as a whole for that."""
    mark = find_mark(head)
    if mark is None or mark[0] == "utf-8":
        return file
    return BytesIO(decode(_read_all(file, path)).encode("utf-8", "replace"))


def _read_jsonl(file: BinaryIO, path: Path, latest: datetime) -> Iterator[Item]:
    empty = True
    for number, line in read_lines(file, DOCUMENT_LIMIT):
        empty = False
        yield _read_line(path, number, line, latest)
    if empty:
        raise ImportItemError(shown_path(path), Reason.EMPTY)


def _read_line(path: Path, number: int, line: bytes | None, latest: datetime) -> Item:
    item = f"line {number}"
    if line is None:
        return ImportFailure(shown_path(path), item, Reason.TOO_LARGE)
    return _guarded(path, item, lambda: read_record(line, latest))


def _guarded(path: Path, item: str, read: Callable[[], Draft]) -> Item:
    """Read one item; whatever goes wrong with it ends there. The boundary of the importer."""
    shown = shown_path(path)
    try:
        draft = read()
    except ImportItemError as error:
        return ImportFailure(shown, item, error.reason)
    except Exception:  # noqa: BLE001 - a bad item must not end the others
        _log.exception("could not import %r %s", shown, item)
        return ImportFailure(shown, item, Reason.UNEXPECTED)
    if item:
        # The number of a line moves when one is inserted: no place to be known by.
        return replace(draft, origin=f"{shown}, {item}")
    return replace(draft, origin=shown, file=os.fsencode(path.absolute()))


def _with_source(draft: Draft, source: str | None) -> Draft:
    if source is not None:
        draft = replace(draft, source=clean_line(source))
    if draft.source or is_unique(draft.guid):
        return draft
    return replace(draft, guid="")
