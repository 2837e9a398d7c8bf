"""Files of the index: mapped for reading, on the disk before a commit says so."""

from __future__ import annotations

import mmap
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.whoosh_backend.schema import INDEX_NAME

_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_SEAL = 4  # bytes
_READ_AT_ONCE = 1 << 20  # bytes
_UNFINISHED_TOC = re.compile(rf"_{INDEX_NAME}_[0-9]+\.toc\..+")


class MappedFile(StructFile):  # type: ignore[misc]
    """A file of a commit, which never changes, read through the page cache."""

    def get(self, position: int, length: int) -> bytes:
        data: bytes = self.file[position : position + length]
        return data

    def forget_pages(self) -> None:
        """Give back the memory of what was read so far; it stays in the page cache."""
        self.file.madvise(mmap.MADV_DONTNEED)


class IndexStorage(FileStorage):  # type: ignore[misc]
    """A folder where renaming, the last step of a commit, also makes it last.

    Only a table of contents is ever renamed. It ends in a checksum, which Whoosh does not read.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.path = folder

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        with (self.path / name).open("rb") as file:
            if not os.fstat(file.fileno()).st_size:
                return StructFile(BytesIO(), name=name, **kwargs)  # nothing cannot be mapped
            view = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return MappedFile(view, name=name, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        self._seal(oldname)
        self.sync(oldname)
        super().rename_file(oldname, newname, safe=safe)
        sync_folder(self.path)

    def sync(self, name: str) -> None:
        """Put the content of a file on the disk."""
        sync_file(self.path / name)

    def generation(self) -> int:
        """The number of the last commit, -1 when there is none. Raises OSError."""
        found = (_TOC.fullmatch(name) for name in os.listdir(self.path))  # noqa: PTH208
        return max((int(match[1]) for match in found if match), default=-1)

    def toc_path(self, generation: int) -> Path:
        return self.path / f"_{INDEX_NAME}_{generation}.toc"

    def check_toc(self, generation: int) -> None:
        """Raises ValueError for a table of contents that is not as it was written."""
        data = self.toc_path(generation).read_bytes()
        if crc32(data[:-_SEAL]).to_bytes(_SEAL, "little") != data[-_SEAL:]:
            raise ValueError("table of contents is damaged")

    def checksum(self, name: str) -> int:
        """The checksum of a file. Raises OSError."""
        total = 0
        for piece in _pieces(self.path / name):
            total = crc32(piece, total)
        return total

    def size(self) -> int:
        """Bytes of all files. One that another process removes meanwhile does not count."""
        total = 0
        for entry in self.path.iterdir():
            with suppress(FileNotFoundError):
                total += entry.stat().st_size
        return total

    def _seal(self, name: str) -> None:
        check = self.checksum(name).to_bytes(_SEAL, "little")
        with (self.path / name).open("ab") as file:
            file.write(check)

    def remove_unfinished(self) -> None:
        """Remove tables of contents that were never finished. Only under the write lock."""
        for name in self.list():
            if _UNFINISHED_TOC.fullmatch(name):
                self.delete_file(name)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_READ_AT_ONCE):
            yield piece


def sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Put the names in a folder on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
