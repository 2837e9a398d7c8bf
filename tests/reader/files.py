"""Files read as an import reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.ingest import FoundFile, Item, discover, read_file


def drafts(
    paths: Sequence[Path], *, source: str | None = None, file_format: str | None = None
) -> Iterator[Item]:
    """Every item of `paths`, in order."""
    for found in discover(paths):
        if isinstance(found, FoundFile):
            yield from read_file(found, source=source, file_format=file_format)
        else:
            yield found
