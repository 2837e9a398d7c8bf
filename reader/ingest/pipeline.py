"""Files -> items: drafts, subscriptions and named failures, one after the other."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.feeds import Subscription
from reader.ingest.detect import (
    HEAD_BYTES,
    PACKED_SUFFIXES,
    Format,
    detect,
    is_binary,
    packing_of,
    says_what_it_is,
)
from reader.ingest.entries import Content, Entry
from reader.ingest.formats import reader_of
from reader.ingest.reasons import Reason, reason_of
from reader.ingest.records import is_unique
from reader.ingest.walk import FoundFile, is_maildir_message, open_regular, shown_path
from reader.model import Draft, ImportFailure, Tagged

Item: TypeAlias = Draft | Subscription | Tagged | ImportFailure

_FUTURE = timedelta(days=2)
_HARMLESS = frozenset({Format.TEXT, Format.MARKDOWN, Format.JSONL, Format.CSV})
"""Formats that this program reads by itself, in time and memory that follow from the size."""

_PROSE = frozenset({Format.TEXT, Format.MARKDOWN})

_log = logging.getLogger(__name__)


def read_file(
    found: FoundFile,
    *,
    source: str | None = None,
    file_format: str | None = None,
    skip: int = 0,
    skipped: Callable[[], None] = lambda: None,
) -> Iterator[Item]:
    """Every item of a file, and every failure, in order; nothing is kept in memory.

    `source` takes the place of what the articles say, `file_format` of what the file looks
    like (a value of `Format`; ValueError for any other). `skip` items, those that were
    delivered before or failed over, are passed over unread; `skipped` is called for each. One
    bad item raises nothing but MemoryError.
    """
    forced = None if file_format is None else Format(file_format)
    shown = shown_path(found.path)
    try:
        with open_regular(found.path) as file:
            entries = _entries(file, found.path, forced)
            for _ in islice(entries, skip):
                skipped()
            for entry in entries:
                yield _guarded(found.path, shown, entry, source)
    except ImportItemError as error:
        yield ImportFailure(shown, error.item, error.reason)
    except OSError as error:
        yield ImportFailure(shown, "", reason_of(error))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a bad file must not end the others
        _log.exception("could not import %r", shown)
        yield ImportFailure(shown, "", Reason.UNEXPECTED)


def is_for_worker(found: FoundFile, file_format: str | None = None) -> bool:
    """Tell whether a file is to be read in a process with limits: everything but plain text,
    Markdown, JSON Lines and CSV that are not compressed. Never raises."""
    try:
        with open_regular(found.path) as file:
            head = file.read(HEAD_BYTES)
    except (ImportItemError, OSError):
        return False
    if packing_of(head) is not None:
        return True
    forced = Format(file_format) if file_format else None
    return (forced or _known(found.path) or detect(_hint(found.path), head)) not in _HARMLESS


def _entries(file: BufferedReader, path: Path, forced: Format | None) -> Iterator[Entry]:
    """The items of an open file, whether it is compressed or not."""
    head = file.read(HEAD_BYTES)
    if not head:
        raise ImportItemError(shown_path(path), Reason.EMPTY)
    file.seek(0)
    content = Content(file, _hint(path), datetime.now(UTC) + _FUTURE, path)
    if packing_of(head) is not None:
        from reader.ingest.compressed import read_compressed

        return read_compressed(content, forced, read_content)
    return read_content(content, forced or _known(path))


def read_content(content: Content, forced: Format | None) -> Iterator[Entry]:
    """The items of what is not compressed (any more). Raises ImportItemError."""
    head = content.file.peek(HEAD_BYTES)[:HEAD_BYTES]
    if not head:
        raise ImportItemError("", Reason.EMPTY)
    if packing_of(head) is not None:
        raise ImportItemError("", Reason.NESTED)
    file_format = forced or detect(content.name, head)
    # A few bad bytes in what is certainly a list or a feed cost no more than themselves.
    is_certain = forced is not None or says_what_it_is(content.name, head)
    if is_binary(head) and (file_format in _PROSE or not is_certain):
        raise ImportItemError("", Reason.BINARY)
    return reader_of(file_format)(content)


def _hint(path: Path) -> str:
    """The name inside a compressed file, as it is by custom."""
    return path.stem if path.suffix.lower() in PACKED_SUFFIXES else path.name


def _known(path: Path) -> Format | None:
    return Format.MAIL if is_maildir_message(path) else None


def _guarded(path: Path, shown: str, entry: Entry, source: str | None) -> Item:
    """Read one item; whatever goes wrong with it ends there. The boundary of the importer."""
    item = clean_line(entry.item)
    try:
        value = entry.read()
    except ImportItemError as error:
        return ImportFailure(shown, ", ".join(filter(None, (item, error.item))), error.reason)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a bad item must not end the others
        _log.exception("could not import %r %s", shown, item)
        return ImportFailure(shown, item, Reason.UNEXPECTED)
    if isinstance(value, Subscription | Tagged):
        return value
    named = value.source if source is None else clean_line(source)
    is_placed = not item and entry.is_placed
    return replace(
        value,
        source=named,
        guid=value.guid if named or value.feed or is_unique(value.guid) else "",
        origin=f"{shown}, {item}" if item else shown,
        # The number of a line moves when one is inserted: no place to be known by.
        file=os.fsencode(path.absolute()) if is_placed else b"",
    )
