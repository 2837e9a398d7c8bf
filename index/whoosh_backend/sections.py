"""A file of named arrays that is mapped into memory, and checked page by page as it is read.

Layout: a magic number; the sections, each from a multiple of 64 bytes on; the CRC-32 of every page
of all that; a directory of the sections in JSON; a trailer that tells where page table and
directory begin, with a CRC-32 over both. Numbers are in the byte order of the machine, which is
part of the format of an index.
"""

from __future__ import annotations

import json
import mmap
import re
import struct
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

import numpy as np

from index.whoosh_backend.arrays import Array

PAGE = 1 << 14  # bytes

KEPT_BYTES = 1 << 22
"""Bytes read of a file before the memory of its pages is given back."""

_ALIGNED = 64  # bytes
_MAGIC = b"dateline"
_TRAILER = struct.Struct("=QQI8s")


class DamagedFileError(ValueError):
    """A file is not as it was written."""


class SectionWriter:
    """Writes sections one after the other."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._directory: dict[str, tuple[int, int, str]] = {}
        self._checks: list[int] = []
        self._size = self._check = 0
        self._write(_MAGIC)

    def add(self, name: str, *pieces: Array | bytes) -> None:
        """Write a section, of several arrays of one kind where they were never one."""
        arrays = [np.frombuffer(one, np.uint8) if isinstance(one, bytes) else one for one in pieces]
        self._write(bytes(-self._size % _ALIGNED))
        self._directory[name] = self._size, sum(map(len, arrays)), arrays[0].dtype.str
        for array in arrays:
            self._write(np.ascontiguousarray(array).view(np.uint8).data)

    def finish(self) -> int:
        """Write what closes the file; returns its checksum, which stands for the whole file."""
        body = self._size
        if body % PAGE:
            self._checks.append(self._check)
        closing = np.array(self._checks, np.uint32).tobytes()
        closing += json.dumps(self._directory).encode()
        closing += _TRAILER.pack(body, len(self._checks), crc32(closing), _MAGIC)
        self._file.write(closing)
        return crc32(closing)

    def _write(self, data: bytes | memoryview) -> None:
        """Write a part of the body, and check the pages it fills."""
        view, at = memoryview(data), 0
        while at < len(view):
            piece = view[at : at + PAGE - self._size % PAGE]
            self._check = crc32(piece, self._check)
            self._size += len(piece)
            at += len(piece)
            if not self._size % PAGE:
                self._checks.append(self._check)
                self._check = 0
        self._file.write(view)


class Sections:
    """The sections of a file that was written whole.

    A page is checked when it is read for the first time: DamagedFileError for one that is not as
    it was. Raises the same for a file that is not the one of which `checksum` was noted, and
    OSError.
    """

    def __init__(self, path: Path, checksum: int) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.touched = 0
        """Bytes asked for since the memory of the pages was given back."""
        body, pages, check, magic = _TRAILER.unpack(self._map[-_TRAILER.size :])
        closing = self._map[body:]
        table_end = pages * np.dtype(np.uint32).itemsize
        checked = closing[: -_TRAILER.size]
        if magic != _MAGIC or crc32(checked) != check or crc32(closing) != checksum:
            raise DamagedFileError(f"{path.name} is damaged")
        self._name = path.name
        self._body = body
        self._checks = np.frombuffer(closing, np.uint32, pages)
        self._unchecked = bytearray(b"\1") * pages
        self._directory: dict[str, tuple[int, int, str]] = json.loads(checked[table_end:])
        if pages != -(-body // PAGE) or not all(map(self._within, self._directory.values())):
            raise DamagedFileError(f"{path.name} is damaged")

    def _within(self, section: tuple[int, int, str]) -> bool:
        start, size, kind = section
        width = np.dtype(kind).itemsize if re.fullmatch(r"[<>|][iu][1248]", kind) else 0
        return width > 0 and min(start, size) >= 0 and start + size * width <= self._body

    def check_size(self) -> None:
        """Raises DamagedFileError when the file has been cut short since it was opened."""
        if self._map.size() < len(self._map):
            raise DamagedFileError(f"{self._name} was cut short")

    def column(self, name: str) -> Column:
        """A section to be read in parts."""
        if name not in self._directory:
            raise DamagedFileError(f"{self._name} has no section {name}")
        start, size, kind = self._directory[name]
        return Column(self, np.frombuffer(self._map, kind, size, start), start)

    def array(self, name: str) -> Array:
        """A whole section."""
        return self.column(name)[:]

    def bytes(self, name: str) -> bytes:
        """A whole section of bytes."""
        column = self.column(name)
        if column.kind != np.uint8:
            raise DamagedFileError(f"{self._name} has no bytes in {name}")
        return column[:].tobytes()

    def texts(self, name: str) -> list[str]:
        """A whole section that is a list of texts in JSON."""
        try:
            texts = json.loads(self.bytes(name))
        except (ValueError, RecursionError) as error:
            raise DamagedFileError(f"{self._name} has no texts in {name}") from error
        if not isinstance(texts, list) or not all(isinstance(one, str) for one in texts):
            raise DamagedFileError(f"{self._name} has no texts in {name}")
        return texts

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def check(self) -> None:
        """Read every page anew. Raises DamagedFileError at the first that is damaged."""
        self._unchecked = bytearray(b"\1") * len(self._unchecked)
        for start in range(0, self._body, PAGE):
            self.ensure(start, min(start + PAGE, self._body))
            self.forget_when_full(1 << 24)

    def ensure(self, start: int, stop: int) -> None:
        """Check the pages of some bytes that have not been checked."""
        self.touched += stop - start
        first, last = start // PAGE, -(-stop // PAGE)
        at = self._unchecked.find(1, first, last)
        while at >= 0:
            piece = self._map[at * PAGE : min((at + 1) * PAGE, self._body)]
            if crc32(piece) != self._checks[at]:
                raise DamagedFileError(f"{self._name} is damaged at byte {at * PAGE}")
            self._unchecked[at] = 0
            at = self._unchecked.find(1, at + 1, last)

    def forget_when_full(self, most: int) -> None:
        """Give back the memory of what was read once it was more than `most` bytes; it stays in
        the cache of the system."""
        if self.touched > most:
            self._map.madvise(mmap.MADV_DONTNEED)
            self.touched = 0


class Column:
    """A section of numbers. Slices of it are views of the file, checked."""

    __slots__ = ("_sections", "_start", "_values", "_width")

    def __init__(self, sections: Sections, values: Array, start: int) -> None:
        self._sections = sections
        self._values = values
        self._start = start
        self._width = values.itemsize

    def __len__(self) -> int:
        return len(self._values)

    @property
    def kind(self) -> np.dtype[Any]:
        return self._values.dtype

    def __getitem__(self, span: slice) -> Array:
        """A stretch, counted from the start and without steps."""
        values = self._values[span]
        if len(values):
            start = self._start + (span.start or 0) * self._width
            self._sections.ensure(start, start + values.nbytes)
        return values

    def at(self, place: int) -> int:
        """One number."""
        start = self._start + place * self._width
        self._sections.ensure(start, start + self._width)
        return int(self._values.item(place))

    def bounds(self, place: int) -> tuple[int, int]:
        """A number and the next."""
        start = self._start + place * self._width
        self._sections.ensure(start, start + 2 * self._width)
        item = self._values.item
        return item(place), item(place + 1)


EXACT_AT, EXACT = ".at", ".exact"
"""What is added to the name of a section for the numbers beside it."""


def add_narrow(
    writer: SectionWriter, name: str, values: Array, kind: type[np.unsignedinteger[Any]]
) -> None:
    """Write numbers in fewer bits than the largest of them needs: those that do not fit stand
    beside the section, by place."""
    most = np.iinfo(kind).max
    if np.iinfo(values.dtype).max <= most:
        writer.add(name, values.astype(kind))
        return
    writer.add(name, np.minimum(values, most).astype(kind))
    places = np.flatnonzero(values > most)
    if len(places):
        writer.add(name + EXACT_AT, places)
        writer.add(name + EXACT, values[places].astype(np.uint32))


class Narrow:
    """A section written by `add_narrow`."""

    def __init__(self, sections: Sections, name: str) -> None:
        self._column = sections.column(name)
        exact = name + EXACT_AT in sections
        self._places = sections.array(name + EXACT_AT) if exact else np.zeros(0, np.int64)
        self._exact = sections.array(name + EXACT) if exact else np.zeros(0, np.uint32)

    def __getitem__(self, span: slice) -> Array:
        found = self._column[span]
        return self._mended(found, span.start or 0) if len(self._places) else found

    def _mended(self, found: Array, start: int) -> Array:
        first, last = np.searchsorted(self._places, (start, start + len(found)))
        if first == last:
            return found
        found = found.astype(np.uint32)
        found[self._places[first:last] - start] = self._exact[first:last]
        return found
