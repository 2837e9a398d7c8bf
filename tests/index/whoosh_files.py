"""Files of the index made for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from index.whoosh_backend.sections import Sections, SectionWriter


def write_file(path: Path, write: Callable[[SectionWriter], None]) -> int:
    """Write a file of sections; its checksum."""
    with path.open("wb") as file:
        writer = SectionWriter(file)
        write(writer)
        return writer.finish()


def written(write: Callable[[SectionWriter], None]) -> Sections:
    """What is written, opened for reading."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        return Sections(path, write_file(path, write))
