"""What those who watch indexing hear, and what can be asked about the index: values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from reader.errors import IndexingError
from reader.service.rules_told import RuleReport


class IndexState(StrEnum):
    """What indexing came to."""

    DONE = "done"
    STOPPED = "stopped"
    BUSY = "busy"
    """Another process is at it and will finish."""


class IndexStage(StrEnum):
    """What is being done."""

    NAMES = "names"
    """Looking for the names in articles."""
    INDEX = "index"
    """Bringing articles into the index."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Articles done of those that were or came to be waiting; `rebuilding` when the whole index is
    new.

    `missing` is the recogniser that was chosen, where the built-in one has to stand in for it.
    `rules` is what rules did just now to what arrived, where that is worth telling.
    """

    done: int
    total: int
    rebuilding: bool
    stage: IndexStage = IndexStage.INDEX
    missing: str = ""
    rules: RuleReport | None = None


IndexTold: TypeAlias = IndexProgress | IndexState | IndexingError
"""How far it is, what it came to, or why it failed."""


@dataclass(frozen=True, slots=True)
class IndexReport:
    """The index beside the library. `problem` says why it has to be rebuilt, or is empty."""

    articles: int
    documents: int
    waiting: int
    segments: int
    size: int
    problem: str


@dataclass(frozen=True, slots=True)
class IndexCheck:
    """What `verify` found: articles the index lacks, and documents without an article."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]
    problem: str

    @property
    def sound(self) -> bool:
        return not (self.missing or self.surplus or self.problem)
