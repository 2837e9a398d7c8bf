"""Import formats: bytes -> drafts and subscriptions. Knows nothing of the library."""

from reader.ingest.detect import Format
from reader.ingest.entries import DOCUMENT_LIMIT
from reader.ingest.pipeline import Item, is_for_worker, read_file
from reader.ingest.reasons import PASSED, Reason
from reader.ingest.records import EXPORTED, EXPORTED_FORM
from reader.ingest.walk import FoundFile, discover, shown_path

__all__ = [
    "DOCUMENT_LIMIT",
    "EXPORTED",
    "EXPORTED_FORM",
    "PASSED",
    "Format",
    "FoundFile",
    "Item",
    "Reason",
    "discover",
    "is_for_worker",
    "read_file",
    "shown_path",
]
