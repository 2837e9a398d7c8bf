"""Web archives: every page that was saved in one.

Sources: the WARC format 1.1 (ISO 28500), HTTP/1.1 (RFC 9112). Read here rather than by a
library because a record may be broken, and may expand without measure.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from gzip import GzipFile
from io import BufferedReader, BytesIO

from reader.errors import ImportItemError
from reader.ingest.page import PAGE_LIMIT, read_page
from reader.ingest.reasons import Reason
from reader.model import Draft

_HEAD_LIMIT = 64 * 1024
_BLOCK_LIMIT = PAGE_LIMIT + _HEAD_LIMIT
_PIECE = 1 << 20
_BEGIN = b"WARC/"
_NEXT_RECORD = b"\r\n\r\nWARC/1."
_MOST_STEPS_BACK = 100
_GZIP = b"\x1f\x8b"
_STATUS = re.compile(rb"HTTP/[0-9.]+ 2[0-9][0-9]\b")
_PAGE_TYPE = re.compile(r"\s*(?:text/html|application/xhtml\+xml)\s*(?:;|$)", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n")
_PACKED = {"gzip": 47, "x-gzip": 47, "deflate": 47}
_RAW_DEFLATE = -15


@dataclass(frozen=True, slots=True)
class _Record:
    """A record as it stands in the archive; `refused` says why its block is not whole."""

    fields: dict[str, str]
    block: bytes
    refused: Reason | None


@dataclass(frozen=True, slots=True)
class _Saved:
    """What a server answered: its headers and the body as it was sent."""

    fields: dict[str, str]
    body: bytes


class _Archive:
    """Reads forward, and takes back what was read too much."""

    def __init__(self, file: BufferedReader | GzipFile) -> None:
        self._file = file
        self._back = BytesIO()

    def readline(self) -> bytes:
        """The next line, or a mebibyte of it."""
        line = self._back.readline(_PIECE)
        return line if line.endswith(b"\n") else line + self._file.readline(_PIECE)

    def read(self, size: int) -> bytes:
        data = self._back.read(size)
        return data if len(data) == size else data + self._file.read(size - len(data))

    def give_back(self, data: bytes) -> None:
        self._back = BytesIO(data + self._back.read())


def read_warc(
    file: BufferedReader, *, latest: datetime
) -> Iterator[tuple[str, Callable[[], Draft]]]:
    """Every saved page with the name of its record, in order; what is no page is passed over.

    The records may be compressed by gzip. Reading an item raises ImportItemError when its
    record is damaged, is too large or has nothing to read. Raises ImportItemError itself where
    the rest cannot be read, and for a file without a record. One record is kept in memory at a
    time. `latest`: see `reader.ingest.dates`.
    """
    packed = file.peek(len(_GZIP)).startswith(_GZIP)
    archive = _Archive(GzipFile(fileobj=file) if packed else file)
    number = 0
    try:
        for number, record in enumerate(_records(archive), start=1):
            saved = _saved_page(record)
            if saved is not None:
                yield f"record {number}", _reading(record, saved, latest)
    except (EOFError, zlib.error, OSError) as error:
        raise ImportItemError("", Reason.DAMAGED) from error
    if number == 0:
        raise ImportItemError("", Reason.NOTHING)


def _records(archive: _Archive) -> Iterator[_Record]:
    """The records in order; what stands between them is passed over."""
    steps_back = 0
    while line := archive.readline():
        if not line.startswith(_BEGIN):
            continue
        fields = _read_fields(archive)
        length = fields.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            yield _Record(fields, b"", Reason.DAMAGED)
            continue
        block, refused = _read_block(archive, int(length))
        begins = block.find(_NEXT_RECORD)
        if begins >= 0 and steps_back < _MOST_STEPS_BACK:
            # It says that it is longer than it is.
            steps_back += 1
            archive.give_back(block[begins:])
            block, refused = block[:begins], Reason.DAMAGED
        yield _Record(fields, block, refused)


def _read_fields(archive: _Archive) -> dict[str, str]:
    lines = []
    left = _HEAD_LIMIT
    while (line := archive.readline()).strip() and left > 0:
        lines.append(line)
        left -= len(line)
    return _fields(b"".join(lines))


def _fields(head: bytes) -> dict[str, str]:
    """The fields of a head by name in lower case; of several the first counts."""
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields


def _read_block(archive: _Archive, length: int) -> tuple[bytes, Reason | None]:
    block = archive.read(min(length, _BLOCK_LIMIT))
    left = length - len(block)
    if left <= 0:
        return block, None
    if len(block) < _BLOCK_LIMIT:
        return block, Reason.DAMAGED
    while left > 0 and (piece := archive.read(min(left, _PIECE))):
        left -= len(piece)
    return block, Reason.TOO_LARGE


def _saved_page(record: _Record) -> _Saved | None:
    """What a record holds, when that is a page that the server had, or may have been one."""
    kind = record.fields.get("warc-type", "").lower()
    if record.refused is not None and not record.block and kind in ("", "response", "resource"):
        return _Saved({}, b"")
    if kind == "resource":
        saved = _Saved({"content-type": record.fields.get("content-type", "")}, record.block)
    elif kind == "response" and _STATUS.match(record.block):
        head, _, body = record.block[:_HEAD_LIMIT].partition(b"\r\n\r\n")
        saved = _Saved(_fields(head), body + record.block[_HEAD_LIMIT:])
    else:
        return None
    return saved if _PAGE_TYPE.match(saved.fields.get("content-type", "")) else None


def _reading(record: _Record, saved: _Saved, latest: datetime) -> Callable[[], Draft]:
    return lambda: _read(record, saved, latest)


def _read(record: _Record, saved: _Saved, latest: datetime) -> Draft:
    if record.refused is not None:
        raise ImportItemError("", record.refused)
    charset = _CHARSET.search(saved.fields.get("content-type", ""))
    # Some writers put the address in brackets, as the grammar of the first version has it.
    url = record.fields.get("warc-target-uri", "").strip("<>")
    draft = read_page(
        _unpacked(saved), url=url, charset=charset[1] if charset else "", latest=latest
    )
    return replace(draft, added=_moment(record.fields.get("warc-date", ""), latest))


def _moment(written: str, latest: datetime) -> datetime | None:
    try:
        at = datetime.fromisoformat(written)
        at = at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if at <= latest else None


def _unpacked(saved: _Saved) -> bytes:
    """The body as it was before it was sent. Raises ImportItemError when it expands to more
    than a page may have, or is packed in a way that is not known."""
    body = saved.body
    if saved.fields.get("transfer-encoding", "").lower().endswith("chunked"):
        body = _joined(body)
    packing = saved.fields.get("content-encoding", "").lower()
    if packing in ("", "identity"):
        return body
    if packing not in _PACKED:
        raise ImportItemError("", Reason.BINARY)
    for window in (_PACKED[packing], _RAW_DEFLATE):
        try:
            data = zlib.decompressobj(window).decompress(body, PAGE_LIMIT + 1)
        except zlib.error:
            continue
        return data
    # Most archives say how it was packed and hold it unpacked.
    return body


def _joined(body: bytes) -> bytes:
    """Join the chunks of a body; one that has none is taken as it is."""
    chunks = []
    at = 0
    while (found := _CHUNK.match(body, at)) is not None:
        size = int(found[1], 16)
        chunks.append(body[found.end() : found.end() + size])
        at = found.end() + size
        if size == 0:
            break
        at += 2 if body.startswith(b"\r\n", at) else 0
    return b"".join(chunks) if chunks else body
