"""One segment opened for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from index.errors import IndexDamagedError
from index.query import TEXT_FIELDS
from index.whoosh_backend.postings import StemReader, ValueReader, WordReader
from index.whoosh_backend.records import RecordsReader
from index.whoosh_backend.schema import STEMMED
from index.whoosh_backend.sections import DamagedFileError, Sections
from index.whoosh_backend.storage import OF_THE_MACHINE


@contextmanager
def naming_damage(path: Path) -> Iterator[None]:
    """Say of which index a damaged file is."""
    try:
        yield
    except DamagedFileError as error:
        raise IndexDamagedError(path, str(error)) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """The boundary around opening files of the index at `path`.

    Unreadable bytes end in whatever error they happen to lead to, in Whoosh a bare Exception
    among them: all are IndexDamagedError here. A file that is missing stays FileNotFoundError,
    because another process may just have replaced it by its next commit, and so do errors that
    come of the machine.
    """
    try:
        yield
    except (FileNotFoundError, MemoryError, IndexDamagedError):
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
            raise
        raise IndexDamagedError(path, str(error) or type(error).__name__) from error


class SegmentView:
    """What a segment holds. What is deleted from it is the reader's to leave out."""

    def __init__(self, path: Path, checksum: int) -> None:
        self.sections = Sections(path, checksum)
        self.records = RecordsReader(self.sections)
        self._words: dict[str, WordReader] = {}
        self._values: dict[str, ValueReader] = {}

    @cached_property
    def size(self) -> int:
        """Documents, deleted ones among them."""
        return len(self.records)

    def words(self, field: str) -> WordReader:
        """The lists of a field of words."""
        if field in STEMMED:
            return self.stemmed(field)
        if field not in self._words:
            self._words[field] = WordReader(self.sections, field)
        return self._words[field]

    def stemmed(self, field: str) -> StemReader:
        """The lists of the title or the text."""
        return self._stemmed[field]

    @cached_property
    def _stemmed(self) -> dict[str, StemReader]:
        return {field: StemReader(self.sections, field) for field in STEMMED}

    def values(self, field: str) -> ValueReader:
        """The lists of a field of whole values."""
        if field not in self._values:
            self._values[field] = ValueReader(self.sections, field)
        return self._values[field]

    def lists(self, field: str) -> ValueReader:
        """The lists of any field: words or whole values."""
        return self.words(field) if field in TEXT_FIELDS else self.values(field)
