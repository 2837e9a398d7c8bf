"""A folder of an index in which steps of writing fail, and which can lose its power."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from index.whoosh_backend.storage import IndexStorage


class Died(BaseException):
    """Ends a writer the way a kill does: nothing it would still do is done."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of writing: what is done, to which file."""

    kind: str
    name: str


class FaultyStorage(IndexStorage):
    """Notes every step, and fails at one of them.

    What a crash of the machine leaves is known too: files hold what was synced of them, and each
    name is as it was at the last sync of the folder, or as it was since.
    """

    def __init__(
        self, folder: Path, fail_at: int = -1, error: Callable[[], BaseException] = Died
    ) -> None:
        super().__init__(folder)
        self.steps: list[Step] = []
        self._fail_at = fail_at
        self._error = error
        self._dead = False
        self._synced = {path.name: path.read_bytes() for path in folder.iterdir()}
        self._named = dict(self._synced)

    def open_new(self, name: str) -> BinaryIO:
        self.step("open", name)
        self._synced.pop(name, None)
        return _FaultyFile(self, self.path / name)  # type: ignore[return-value]

    def sync(self, file: BinaryIO) -> None:
        name = Path(file.name).name
        self.step("sync", name)
        self._synced[name] = (self.path / name).read_bytes()

    def rename_file(self, oldname: str, newname: str) -> None:
        self.step("rename", newname)
        if oldname in self._synced:
            self._synced[newname] = self._synced.pop(oldname)
        super().rename_file(oldname, newname)

    def sync_folder(self) -> None:
        self.step("sync folder", "")
        self._named = {
            name: self._synced.get(name, b"")
            for name in os.listdir(self.path)  # noqa: PTH208
        }

    def delete_file(self, name: str) -> None:
        self.step("delete", name)
        self._synced.pop(name, None)
        super().delete_file(name)

    def step(self, kind: str, name: str) -> None:
        if self._dead:
            raise Died
        self.steps.append(Step(kind, name))
        if len(self.steps) - 1 == self._fail_at:
            error = self._error()
            self._dead = isinstance(error, Died)
            raise error

    def lose_power(self, rng: random.Random, since: float) -> None:
        """Leave what the disk has; each name is the newer one with a chance of `since`."""
        now = {
            path.name: self._synced.get(path.name, path.read_bytes()[::2])
            for path in self.path.iterdir()
        }
        for name in {*now, *self._named}:
            content = (now if rng.random() < since else self._named).get(name)
            if content is None:
                (self.path / name).unlink(missing_ok=True)
            else:
                (self.path / name).write_bytes(content)


class _FaultyFile:
    """A file to be written; a step that fails writes half of what it should."""

    def __init__(self, storage: FaultyStorage, path: Path) -> None:
        self._storage = storage
        self._file = path.open("wb", buffering=0)
        self.name = str(path)

    def write(self, data: bytes | memoryview) -> int:
        try:
            self._storage.step("write", Path(self.name).name)
        except BaseException:
            self._file.write(data[: len(data) // 2])
            raise
        return self._file.write(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def __enter__(self) -> _FaultyFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
