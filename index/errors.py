"""Every error the index raises. They carry data; wording is the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path


class SearchIndexError(Exception):
    """Root of the errors of this package."""


class SyntaxProblem(StrEnum):
    """What can be wrong with the text of a query."""

    UNKNOWN_FIELD = "unknown field"
    UNKNOWN_VALUE = "unknown value"
    UNKNOWN_SAVED = "unknown saved search"
    SAVED_CYCLE = "saved search within itself"
    SAVED_WRONG = "saved search without sense"
    BAD_DATE = "bad date"
    BAD_SORT = "bad sort"
    BAD_NUMBER = "bad number"
    OPEN_QUOTE = "open quote"
    OPEN_GROUP = "open group"
    STRAY_CLOSE = "stray close"
    MISSING_TERM = "missing term"
    MISSING_VALUE = "missing value"
    LEADING_WILDCARD = "leading wildcard"
    TOO_DEEP = "too deep"
    TOO_LONG = "too long"


class QuerySyntaxError(SearchIndexError):
    """A query that cannot be understood.

    `start` and `end` are code points of the query text, half open. `suggestion` is the
    nearest valid word, or empty. `choices` are the words that could stand there, or examples of
    what could, where they are few.
    """

    def __init__(
        self,
        problem: SyntaxProblem,
        start: int,
        end: int,
        found: str = "",
        suggestion: str = "",
        choices: Sequence[str] = (),
    ) -> None:
        super().__init__(problem, start, end, found, suggestion, tuple(choices))
        self.problem = problem
        self.start = start
        self.end = end
        self.found = found
        self.suggestion = suggestion
        self.choices = tuple(choices)


class IndexUnusableError(SearchIndexError):
    """There is no index at `path` that this version can read: it has to be rebuilt."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


class IndexMissingError(IndexUnusableError):
    """Nothing has been built yet."""


class IndexOutdatedError(IndexUnusableError):
    """The index was built by another format of this program."""


class IndexDamagedError(IndexUnusableError):
    """Files are unreadable or missing."""


class IndexBusyError(SearchIndexError):
    """Another process is writing to the index at `path`."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path
