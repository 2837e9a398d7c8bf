"""Imports, dumps and restores for the screen, none of which rows or changes wait for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from reader.ui.lane import Lane

if TYPE_CHECKING:
    from reader.model import ImportReport
    from reader.service.fetching import Trouble
    from reader.service.importing import ImportProgress
    from reader.service.importing_process import ImportProcess
    from reader.service.library import Library
    from reader.service.restoring import RestoreReport
    from reader.ui.gateway import Gateway

T = TypeVar("T")


class FilesGate:
    """Reads and writes files. Raises ReaderError and OSError."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._process: ImportProcess | None = None

    async def bring(
        self, path: Path, tell: Callable[[ImportProgress], None], stopping: Event
    ) -> ImportReport | Trouble:
        """Import a file or folder in a process of its own; `tell` is called from a thread. With
        `stopping` set it ends as soon as it has begun."""
        folder = await self._gateway.reads.run(lambda library: library.folder)
        from reader.service.importing_process import ImportProcess

        process = self._process = ImportProcess(folder)
        if stopping.is_set():
            process.stop()
        try:
            return await asyncio.to_thread(process.run, [path], tell)
        finally:
            # However the screen ends: the program would wait for the thread.
            process.stop()
            self._process = None

    def stop(self) -> None:
        """End the import soon; what is stored stays."""
        if self._process is not None:
            self._process.stop()

    async def samples(self) -> Sequence[int]:
        """The articles that the first start brought in, but those archived."""
        from reader.config import seeds_folder

        def work(library: Library, after: int) -> tuple[Sequence[int], int | None]:
            return library.reading.read_below(seeds_folder(), after)

        found: list[int] = []
        after: int | None = 0
        while after is not None:
            # Some at a time: the whole library is looked through, and others want to read.
            some, after = await self._gateway.reads.run(partial(work, after=after))
            found += some
        return found

    async def dump(self, path: Path) -> None:
        """Write everything the reader made into a file that is not there yet."""

        def work(library: Library) -> None:
            lines = (f"{line}\n" for line in library.dumping.dump())
            library.exporting.write_text(path, lines)

        await self._alone(work)

    async def restore(self, path: Path) -> RestoreReport:
        """Make the library what a dump says."""

        def work(library: Library) -> RestoreReport:
            with path.open(encoding="utf-8", errors="replace") as lines:
                report = library.restoring.restore(lines, str(path))
            library.correcting.finish()
            return report

        return await self._alone(work)

    async def _alone(self, work: Callable[[Library], T]) -> T:
        lane = Lane("files", self._gateway.open_library)
        try:
            return await lane.finish(work)
        finally:
            await asyncio.to_thread(lane.close)
