"""Which engines there are to compare with, and how each is made, opened and weighed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peer import FTS5, TANTIVY, WHOOSH, Builder, Engine
from benchmarks.peer_fts5 import Fts5, fts5_sizes
from benchmarks.peer_tantivy import Tantivy, is_installed, tantivy_sizes
from benchmarks.peer_whoosh import Whoosh, whoosh_sizes


@dataclass(frozen=True, slots=True)
class Kind:
    """One engine to compare with; each works in a folder of its own."""

    create: Callable[[Path], Builder]
    open: Callable[[Path], Engine]
    sizes: Callable[[Path], Mapping[str, int]]


PEERS: Mapping[str, Kind] = {
    FTS5: Kind(lambda folder: Fts5(folder).create(), Fts5, fts5_sizes),
    TANTIVY: Kind(lambda folder: Tantivy(folder).create(), Tantivy, tantivy_sizes),
    WHOOSH: Kind(Whoosh, Whoosh, whoosh_sizes),
}


def why_missing(name: str) -> str:
    """Why an engine cannot be compared with here; empty when it can."""
    if name == TANTIVY and not is_installed():
        return "not installed: `pip install tantivy`, or `make bench-search`"
    return ""
