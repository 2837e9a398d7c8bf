"""Exports for the screen: each in a thread of its own, so that neither rows nor changes wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from reader.ui.lane import Lane

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.ui.gateway import Gateway

T = TypeVar("T")

FORMATS = ("markdown", "html", "epub", "jsonl", "notes", "bibtex", "csl-json", "opml")
"""What `:export` writes, as written there; `opml` is the list of feeds."""

ENDINGS = {"markdown": ".md", "bibtex": ".bib", "csl-json": ".json", "notes": ".notes.md"}
"""What names of files end with, where that is not the name of the format."""


class ExportStoppedError(Exception):
    """An export was stopped; nothing of it stays."""


class ExportGate:
    """Writes files. Raises ReaderError and OSError."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def write(
        self,
        path: Path,
        ids: Sequence[int],
        form: str,
        title: str,
        step: Callable[[int], None],
    ) -> int:
        """Write articles into a file that is not there yet; how many. `step` is called in the
        thread after each, and may raise ExportStoppedError."""

        def work(library: Library) -> int:
            from reader.service.exporting import ExportFormat

            return library.exporting.write(path, ids, ExportFormat(form), title=title, step=step)

        return await self._alone(work)

    async def write_feeds(self, path: Path) -> tuple[str, ...]:
        """Write the list of feeds; the sources whose addresses lack their secrets there."""

        def work(library: Library) -> tuple[str, ...]:
            library.exporting.write_text(path, library.subscribing.export_opml())
            return library.subscribing.list_hidden()

        return await self._alone(work)

    async def cite(self, ids: Sequence[int], form: str) -> str:
        """Citations of articles as text."""

        def work(library: Library) -> str:
            from reader.service.exporting import ExportFormat

            return "".join(library.exporting.export(ids, ExportFormat(form)))

        return await self._gateway.reads.run(work)

    async def _alone(self, work: Callable[[Library], T]) -> T:
        lane = Lane("export", self._gateway.open_library)
        try:
            return await lane.run(work)
        finally:
            await asyncio.to_thread(lane.close)
