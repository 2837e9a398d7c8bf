"""What is common to the engines that are compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.queries import Ask
from index.api import Document

LIMIT = 50
"""Matches asked for, and rows with snippets: more than a screen shows at once."""

FACET_LIMIT = 20
SNIPPET_WIDTH = 160
"""Code points of a snippet."""

TITLE_BOOST = 3.0

INDEX, FTS5, TANTIVY, WHOOSH = "index", "fts5", "tantivy", "whoosh"
ENGINES = (INDEX, FTS5, TANTIVY, WHOOSH)

Deed = Callable[[], object]
Found = tuple[int, list[int]]
"""How many articles match, exactly, and the ids of the first."""


class Engine(Protocol):
    """Something that can be asked."""

    def deed(self, ask: Ask) -> Deed | None:
        """A question made ready to be asked again and again; None where the engine has nothing
        like it. The answer to a search is a `Found`."""

    def close(self) -> None: ...


class Builder(Protocol):
    """Something that takes articles in."""

    def parts(self) -> Mapping[str, Callable[[Sequence[Document]], None]]:
        """What has to be done with every batch, by name; each is timed apart."""

    def endings(self) -> Mapping[str, Callable[[], None]]:
        """What has to be done once all are in, by name."""

    def close(self) -> None: ...


def folder_size(folder: Path, *, without: str = "") -> int:
    """Bytes of the files in a folder, leaving out those of one suffix."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return sum(path.stat().st_size for path in files if not without or path.suffix != without)
