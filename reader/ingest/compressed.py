"""Compressed files and archives, read as they stream and within measure.

Nothing is written anywhere: the names of members are shown, never used as paths.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BufferedReader, RawIOBase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from reader.clean import clean_line
from reader.errors import ImportItemError
from reader.ingest.detect import (
    HEAD_BYTES,
    PACKED_SUFFIXES,
    Format,
    Packing,
    is_doubtful,
    is_known,
    is_taken,
    packing_of,
)
from reader.ingest.entries import Content, Entry, refused
from reader.ingest.reasons import Reason

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

EXPANDED_LIMIT = 4 * 1024**3
"""The most that may come out of one file, in bytes."""

UNMEASURED = 64 * 1024**2
"""What may come out of a file whatever its size, and between two items, in bytes."""

RATIO = 200
"""The most bytes that come out for one that goes in, beyond what is not measured."""

IDLE_RATIO = 20
"""The same between two items: web archives hold films between their pages."""

MOST_MEMBERS = 10_000

_BUFFER = 1 << 16
_DIRECTORY_LIMIT = 16 * 1024**2
_MEMBER_NAME = 200
_PACKED = (*PACKED_SUFFIXES, ".zip")
_ENCRYPTED = 0x1
_END_RECORD = struct.Struct("<4s4H2LH")
_BROKEN = (
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
)

Read: TypeAlias = Callable[[Content, Format | None], Iterator[Entry]]


class _Stream(Protocol):
    """What gives bytes as they come out of a decompressor."""

    def read1(self, size: int, /) -> bytes: ...


class _Measure:
    """How much has come out of a file in all, and since its last item."""

    def __init__(self, packed: Callable[[], int]) -> None:
        self._packed = packed
        self._total = 0
        self._since = 0
        self._packed_before = 0

    def add(self, size: int) -> None:
        """Count `size` bytes. Raises ImportItemError when it is too much of it."""
        self._total += size
        self._since += size
        if self._total <= UNMEASURED:
            return
        packed = self._packed()
        beyond = self._total > min(EXPANDED_LIMIT, RATIO * packed)
        idle = max(UNMEASURED, IDLE_RATIO * (packed - self._packed_before))
        if beyond or self._since > idle:
            raise ImportItemError("", Reason.EXPANDS)

    def delivered(self) -> None:
        """An item has been read."""
        self._since = 0
        self._packed_before = self._packed()


class _Expanding(RawIOBase):
    """The bytes that come out of a decompressor. Reading raises ImportItemError."""

    def __init__(self, stream: _Stream, measure: _Measure) -> None:
        super().__init__()
        self._stream = stream
        self._measure = measure
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read1(len(view))
        except gzip.BadGzipFile as error:
            if not self._begun or "Not a gzipped" not in str(error):
                raise ImportItemError("", Reason.DAMAGED) from error
            # What stands behind the compressed bytes is none of them.
            data = b""
        except _BROKEN as error:
            raise ImportItemError("", Reason.DAMAGED) from error
        self._begun = True
        self._measure.add(len(data))
        view[: len(data)] = data
        return len(data)


def read_compressed(content: Content, forced: Format | None, read: Read) -> Iterator[Entry]:
    """The items of a compressed file, or of the members of an archive, by `read`.

    Raises ImportItemError when it is damaged or expands without measure.
    """
    packing = packing_of(content.file.peek(HEAD_BYTES)[:HEAD_BYTES])
    if packing is Packing.ZIP:
        return _read_zip(content, forced, read)
    stream = _decompressor(packing, content.file)
    return _read_stream(stream, _Measure(content.file.tell), content, forced, read)


def _decompressor(packing: Packing | None, file: BufferedReader) -> _Stream:
    if packing is Packing.BZIP2:
        return bz2.BZ2File(file)
    if packing is Packing.XZ:
        return lzma.LZMAFile(file, format=lzma.FORMAT_XZ)
    return gzip.GzipFile(fileobj=file)


def _read_stream(
    stream: _Stream, measure: _Measure, content: Content, forced: Format | None, read: Read
) -> Iterator[Entry]:
    inner: BufferedReader = BufferedReader(_Expanding(stream, measure), _BUFFER)
    with inner:
        for entry in read(Content(inner, content.name, content.latest), forced):
            measure.delivered()
            yield entry


def _read_zip(content: Content, forced: Format | None, read: Read) -> Iterator[Entry]:
    size = _check_directory(content.file)
    try:
        archive = zipfile.ZipFile(content.file)
    except _BROKEN as error:
        raise ImportItemError("", Reason.DAMAGED) from error
    with archive:
        members = archive.infolist()
        if members and members[0].filename in ("[Content_Types].xml", "mimetype"):
            raise ImportItemError("", Reason.BINARY)
        yield from _read_members(archive, _Measure(lambda: size), content, forced, read)
        if len(members) > MOST_MEMBERS:
            yield Entry("", refused(Reason.TOO_MANY))


def _check_directory(file: BufferedReader) -> int:
    """Return the size of an archive. Refuses one whose list of members is too long to hold."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END_RECORD.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    with suppress(struct.error):
        record = _END_RECORD.unpack_from(tail, max(at, 0)) if at >= 0 else None
        if record is not None and record[5] > _DIRECTORY_LIMIT:
            raise ImportItemError("", Reason.TOO_MANY)
    file.seek(0)
    return size


def _read_members(
    archive: zipfile.ZipFile,
    measure: _Measure,
    content: Content,
    forced: Format | None,
    read: Read,
) -> Iterator[Entry]:
    """The items of all members; one that is damaged ends itself only."""
    empty = True
    for member in archive.infolist()[:MOST_MEMBERS]:
        if not _is_shown(member):
            continue
        name = clean_line(member.filename, _MEMBER_NAME)
        try:
            for entry in _read_member(archive, member, measure, content, forced, read):
                empty = False
                yield Entry(", ".join(filter(None, (name, entry.item))), entry.read)
        except ImportItemError as error:
            empty = False
            yield Entry(name, refused(Reason(error.reason)))
            if error.reason == Reason.EXPANDS:
                return
    if empty:
        raise ImportItemError("", Reason.NOTHING)


def _is_shown(member: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a file that is not hidden."""
    path = PurePosixPath(member.filename)
    hidden = path.name.startswith(".") or "__MACOSX" in path.parts
    return not member.is_dir() and not hidden


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    measure: _Measure,
    content: Content,
    forced: Format | None,
    read: Read,
) -> Iterator[Entry]:
    name = PurePosixPath(member.filename).name
    if name.lower().endswith(_PACKED):
        raise ImportItemError("", Reason.NESTED)
    wanted = forced is not None or is_taken(name)
    if not wanted and not is_doubtful(name):
        return
    if member.flag_bits & _ENCRYPTED:
        raise ImportItemError("", Reason.ENCRYPTED)
    try:
        stream = cast("zipfile.ZipExtFile", archive.open(member))
    except _BROKEN as error:
        raise ImportItemError("", Reason.DAMAGED) from error
    inner: BufferedReader = BufferedReader(_Expanding(stream, measure), _BUFFER)
    with stream, inner:
        if not wanted and not is_known(name, inner.peek(HEAD_BYTES)[:HEAD_BYTES]):
            return
        for entry in read(Content(inner, name, content.latest), forced):
            measure.delivered()
            yield entry
