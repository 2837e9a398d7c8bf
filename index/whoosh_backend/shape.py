"""What must hold of the sections of a segment, whatever the numbers in them are.

It is looked at when a segment is opened, so that a file that was put together by somebody else is
found to be damaged then, and not by an index out of bounds in a question. Besides the directory
the last numbers of some sections are read, and those that are small whatever is in the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from index.query import KEY_FIELDS, TEXT_FIELDS
from index.whoosh_backend.dictionary import BLOCK
from index.whoosh_backend.schema import STEMMED
from index.whoosh_backend.sections import EXACT, EXACT_AT, Column, DamagedFileError, Sections

_Kind = type[np.integer[Any]]

_OF_DOCUMENTS: Mapping[str, tuple[_Kind, ...]] = {
    "ids": (np.int64,),
    "added": (np.int64,),
    "published": (np.int64,),
    "title_lengths": (np.uint32,),
    "text_lengths": (np.uint32,),
    "title_ranks": (np.uint16,),
    "source/refs": (np.uint8, np.uint16, np.uint32),
    "language/refs": (np.uint8, np.uint16, np.uint32),
}
"""Sections with a number for each document."""

_TABLES = "source/table", "language/table"


def check_shape(sections: Sections, documents: int) -> None:
    """Raises DamagedFileError where sections of a segment are missing, of another kind or of
    lengths that do not go together."""
    shape = _Shape(sections)
    for name, kinds in _OF_DOCUMENTS.items():
        shape.column(name, kinds, documents)
    shape.column("titles", (np.uint8,), shape.runs("title_starts", documents))
    for table in _TABLES:
        sections.texts(table)
    entities = shape.runs("entity_starts", documents)
    shape.column("entity_refs", (np.uint8, np.uint16, np.uint32), entities)
    for field in KEY_FIELDS:
        shape.values(field)
    for field in TEXT_FIELDS:
        shape.words(field)
    shape.column("entity_ids", (np.int64,), shape.terms("entity"))


class _Shape:
    """Looks at sections of one file."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections

    def column(self, name: str, kinds: tuple[_Kind, ...], length: int) -> Column:
        """A section of a known length."""
        column = self._sections.column(name)
        if len(column) != length or column.kind not in kinds:
            raise DamagedFileError(f"section {name} is not as it should be")
        return column

    def runs(self, name: str, count: int) -> int:
        """A section of where runs begin; the end of the last one."""
        last = max(count, 0)
        return self.column(name, (np.uint32,), last + 1).at(last)

    def terms(self, name: str) -> int:
        """A dictionary; the number of its terms."""
        count = self.column(f"{name}/count", (np.int64,), 1).at(0)
        blocks = -(-count // BLOCK)
        size = self.runs(f"{name}/starts", blocks) + 1
        self.column(f"{name}/terms", (np.uint8,), size)
        return count

    def spelled(self, name: str) -> int:
        """A dictionary of terms that can be misspelt; their number."""
        count = self.terms(name)
        self.column(f"{name}/marks", (np.uint32,), count)
        return count

    def values(self, field: str) -> None:
        """A field of whole values."""
        self._lists(field, self.spelled(field))

    def words(self, field: str) -> None:
        """A field of words."""
        forms = self.spelled(field)
        self._narrow(f"{field}/places", np.uint16, self.runs(f"{field}/place_starts", forms))
        lists = forms + (self._stems(f"{field}/stems") if field in STEMMED else 0)
        self._narrow(f"{field}/counts", np.uint8, self._lists(field, lists))

    def _lists(self, field: str, count: int) -> int:
        """Lists of documents; the number of their postings."""
        postings = self.runs(f"{field}/list_starts", count)
        self.column(f"{field}/docs", (np.uint16,), postings)
        return postings

    def _stems(self, name: str) -> int:
        """The stems of a field; how many have lists of their own, for several forms."""
        self.column(f"{name}/lists", (np.uint32,), self.terms(name))
        several = len(self._sections.column(f"{name}/form_starts")) - 1
        self.column(f"{name}/forms", (np.uint32,), self.runs(f"{name}/form_starts", several))
        return several

    def _narrow(self, name: str, kind: _Kind, length: int) -> None:
        """A section with larger numbers beside it."""
        self.column(name, (kind,), length)
        if name + EXACT_AT in self._sections or name + EXACT in self._sections:
            exact = len(self._sections.column(name + EXACT))
            self.column(name + EXACT, (np.uint32,), exact)
            self.column(name + EXACT_AT, (np.int64,), exact)
