"""What is in the index: its fields, and how it is stamped.

Every field of words has one posting list for each folded form, holding the places of the form in
each document. For title and text a dictionary beside them leads from stems to forms, so that a
search by stem, by form, by prefix and by pattern all read the same lists.
"""

from __future__ import annotations

from collections.abc import Iterator

import whoosh
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.formats import Format

from index.analysis import ANALYSIS_VERSION, places
from index.api import Document
from index.query import KEY_FIELDS, TEXT_FIELDS
from index.whoosh_backend.codec import BYTE_ORDER, PlacesFormat
from index.whoosh_backend.records import RecordsColumn

INDEX_NAME = "MAIN"
RECORDS = "records"
STEMMED = ("title", "text")
_WHOOSH = ".".join(map(str, whoosh.__version__))
FORMAT = f"3 analysis/{ANALYSIS_VERSION} whoosh/{_WHOOSH} {BYTE_ORDER}"
"""Changes whenever an index built before could not be read or would answer otherwise."""


class TermsField(FieldType):  # type: ignore[misc]
    """A field of terms that are written and looked up as they are."""

    def __init__(self, value_format: Format) -> None:
        super().__init__(value_format, None)


def make_schema() -> Schema:
    words = {field: TermsField(PlacesFormat()) for field in TEXT_FIELDS}
    values = {field: TermsField(PlacesFormat()) for field in KEY_FIELDS}
    return Schema(**words, **values, **{RECORDS: COLUMN(RecordsColumn())})


def terms_of(document: Document) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """Each field of a document with its terms and their places (none in whole values)."""
    yield "title", places((document.title,))
    yield "text", places((document.text,))
    yield "source", places((document.source,))
    yield "author", places(document.authors)
    yield "place", places((document.place,))
    yield "lang", {document.lang: []} if document.lang else {}
    yield "entity", {str(entity): [] for entity in document.entities}


def to_term(word: str) -> bytes:
    """A word as Whoosh keeps it."""
    return word.encode("utf-8", "surrogatepass")


def from_term(term: bytes) -> str:
    return term.decode("utf-8", "surrogatepass")
