"""Files of the index: everything that is written goes through here, in the order that keeps the
last commit whole. A file is on the disk before it gets its name, and its name before a commit
counts."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO
from zlib import crc32

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile

from index.whoosh_backend.schema import INDEX_NAME

UNFINISHED = "unfinished-"
"""Begins the names of files that are to be renamed."""

_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_UNFINISHED_TOC = re.compile(rf"_{INDEX_NAME}_[0-9]+\.toc\..+")
_SEAL = 4  # bytes
_OF_TOC = ("index.whoosh_backend.codec", "ArraySegment")


class IndexStorage(FileStorage):  # type: ignore[misc]
    """A folder where renaming, the last step of a commit, also makes it last.

    A table of contents ends in a checksum, which Whoosh does not read.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.path = folder

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """A file to be written, on the disk in the end."""
        with self.open_new(name) as file:
            yield file
            file.flush()
            self.sync(file)

    def open_new(self, name: str) -> BinaryIO:
        return (self.path / name).open("wb")

    def sync(self, file: BinaryIO) -> None:
        """Put what was written to a file on the disk."""
        os.fsync(file.fileno())

    def create_file(self, name: str, **kwargs: Any) -> StructFile:
        return StructFile(self.open_new(name), name=name, **kwargs)

    def open_file(self, name: str, **kwargs: Any) -> StructFile:
        return _CautiousFile((self.path / name).open("rb"), name=name, **kwargs)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        if _TOC.fullmatch(newname):
            self._seal(oldname)
        super().rename_file(oldname, newname, safe=safe)
        self.sync_folder()

    def sync_folder(self) -> None:
        sync_folder(self.path)

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

    def size(self) -> int:
        """Bytes of all files. One that another process removes meanwhile does not count."""
        total = 0
        for entry in self.path.iterdir():
            with suppress(FileNotFoundError):
                total += entry.stat().st_size
        return total

    def remove_unfinished(self) -> None:
        """Remove what a merge began to write and did not finish. Only under the merge lock."""
        self._remove(re.compile(rf"{UNFINISHED}.*"))

    def remove_unfinished_tocs(self) -> None:
        """Remove tables of contents that were never finished. Only under the write lock."""
        self._remove(_UNFINISHED_TOC)

    def _remove(self, pattern: re.Pattern[str]) -> None:
        for name in filter(pattern.fullmatch, self.list()):
            self.delete_file(name)

    def _seal(self, name: str) -> None:
        data = (self.path / name).read_bytes()
        with self.writing(name) as file:
            file.write(data + crc32(data).to_bytes(_SEAL, "little"))


class _CautiousFile(StructFile):  # type: ignore[misc]
    """A file of anybody's, from which nothing is unpickled but segments of ours."""

    def read_pickle(self) -> Any:
        return _SegmentsOnly(self.file).load()


class _SegmentsOnly(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) != _OF_TOC:
            raise pickle.UnpicklingError(f"{module}.{name} has no place in a table of contents")
        return super().find_class(module, name)


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
