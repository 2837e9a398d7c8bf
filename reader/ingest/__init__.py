"""Import formats: bytes -> Draft. Knows nothing of the library."""

from reader.ingest.detect import Format
from reader.ingest.pipeline import DOCUMENT_LIMIT, Item, drafts, read_file
from reader.ingest.reasons import Reason
from reader.ingest.walk import FoundFile, discover, shown_path

__all__ = [
    "DOCUMENT_LIMIT",
    "Format",
    "FoundFile",
    "Item",
    "Reason",
    "discover",
    "drafts",
    "read_file",
    "shown_path",
]
