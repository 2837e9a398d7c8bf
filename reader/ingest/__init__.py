"""Import formats: bytes -> Draft. Knows nothing of the library."""

from reader.ingest.detect import Format
from reader.ingest.jsonl_format import EXPORTED, EXPORTED_FORM
from reader.ingest.pipeline import DOCUMENT_LIMIT, Item, read_file
from reader.ingest.reasons import Reason
from reader.ingest.walk import FoundFile, discover, shown_path

__all__ = [
    "DOCUMENT_LIMIT",
    "EXPORTED",
    "EXPORTED_FORM",
    "Format",
    "FoundFile",
    "Item",
    "Reason",
    "discover",
    "read_file",
    "shown_path",
]
