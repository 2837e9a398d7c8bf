"""What is in the index: its fields, and how it is stamped.

Every field of words has one posting list for each folded form, holding the places of the form in
each document. Title and text have lists for their stems besides, so that a plain word is one list
and an exact one, a prefix or a pattern are a few.
"""

from __future__ import annotations

import sys
from array import array
from typing import Any

import whoosh
from whoosh.columns import Column, NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, STORED, FieldType, Schema
from whoosh.formats import Format

from index.analysis import ANALYSIS_VERSION
from index.query import DATE_FIELDS, KEY_FIELDS, TEXT_FIELDS

INDEX_NAME = "MAIN"
STEMMED = ("title", "text")
_WHOOSH = ".".join(map(str, whoosh.__version__))
FORMAT = f"6 analysis/{ANALYSIS_VERSION} whoosh/{_WHOOSH} {sys.byteorder}"
"""Changes whenever an index built before could not be read or would answer otherwise."""


class PlacesFormat(Format):  # type: ignore[misc]
    """A posting value that is the places of a term: unsigned, four bytes each, rising."""

    def decode_positions(self, value: bytes) -> list[int]:
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(self.decode_positions(value))


class ListColumn(Column):  # type: ignore[misc]
    """A column of several values for each document."""

    def stores_lists(self) -> bool:
        return True


COLUMNS: dict[str, Column] = {
    "added": NumericColumn("q"),
    "date": NumericColumn("q"),
    "entity": ListColumn(),
    "source": VarBytesColumn(),
}
"""What documents can be sorted and grouped by."""


class TermsField(FieldType):  # type: ignore[misc]
    """A field of terms that are written and looked up as they are."""

    def __init__(self, name: str) -> None:
        column = COLUMNS.get(name)
        super().__init__(PlacesFormat(), None, scorable=name in STEMMED, sortable=column)

    def to_bytes(self, value: str | bytes) -> bytes:
        return to_term(value) if isinstance(value, str) else value

    def from_bytes(self, bs: bytes) -> str:
        return from_term(bs)

    def from_column_value(self, value: Any) -> Any:
        return value


def make_schema() -> Schema:
    terms = {field: TermsField(field) for field in (*TEXT_FIELDS, *KEY_FIELDS)}
    moments = {field: COLUMN(COLUMNS[field]) for field in DATE_FIELDS}
    return Schema(id=STORED, **terms, **moments)


def to_term(word: str) -> bytes:
    """A word as it is kept."""
    return word.encode("utf-8", "surrogatepass")


def from_term(term: bytes) -> str:
    return term.decode("utf-8", "surrogatepass")
