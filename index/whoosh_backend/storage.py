"""Files of the index: everything that is written goes through here, in the order that keeps the
last commit whole. A file is on the disk before it gets its name, and its name before a commit
counts."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from whoosh.filedb.filestore import FileStorage

from index.whoosh_backend.schema import INDEX_NAME

STAMP = "format.json"
"""The file that makes a folder an index."""

UNFINISHED = "unfinished-"
"""Begins the names of segments that are to be renamed."""

OF_THE_MACHINE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""Errors of reading that tell nothing of a file."""

_TOC = re.compile(rf"_{INDEX_NAME}_([0-9]+)\.toc")
_OF_COMMITS = re.compile(rf"_?{INDEX_NAME}_[0-9a-z]+\..+|{re.escape(STAMP)}\..+")
_OF_MERGES = re.compile(rf"{UNFINISHED}.*")


class IndexStorage(FileStorage):  # type: ignore[misc]
    """The folder of an index. Every step of writing is a method: `open_new`, `sync`,
    `rename_file`, `sync_folder` and `delete_file`. Each raises OSError."""

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

    def rename_file(self, oldname: str, newname: str) -> None:
        """Give a file a name, which may be that of another, for good."""
        (self.path / oldname).replace(self.path / newname)
        self.sync_folder()

    def sync_folder(self) -> None:
        """Put the names of the files on the disk."""
        handle = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def discard(self, name: str) -> None:
        """Remove a file that is not needed; one that cannot be removed is left."""
        with suppress(OSError):
            self.delete_file(name)

    def generation(self) -> int:
        """The number of the last commit, -1 when there is none. Raises OSError."""
        found = (_TOC.fullmatch(name) for name in os.listdir(self.path))  # noqa: PTH208
        return max((int(match[1]) for match in found if match), default=-1)

    def size(self) -> int:
        """Bytes of all files. One that another process removes meanwhile does not count."""
        total = 0
        for name in self.list():
            with suppress(FileNotFoundError):
                total += (self.path / name).stat().st_size
        return total

    def remove_unfinished(self) -> None:
        """Remove what a merge began to write and did not finish. Only under the merge lock."""
        for name in filter(_OF_MERGES.fullmatch, self.list()):
            self.discard(name)

    def remove_unknown(self, known: Collection[str]) -> None:
        """Remove the files of commits but those `known`. Only under the write lock."""
        unknown = set(filter(_OF_COMMITS.fullmatch, self.list())).difference(known)
        if unknown:
            # Should a writer have been killed after its last step, that one lasts first.
            self.sync_folder()
        for name in unknown:
            self.discard(name)
