"""The library: the only SQL."""

from reader.model import OutboxItem
from reader.store.packed import BLOCK, BLOCK_BYTES, PackedSet
from reader.store.saved_searches import search_change
from reader.store.store import Store, open_store
from reader.store.tag_looks import look_change
from reader.store.tag_names import fold_tag, moved_name, tag_name
from reader.store.times import utc_now

__all__ = [
    "BLOCK",
    "BLOCK_BYTES",
    "OutboxItem",
    "PackedSet",
    "Store",
    "fold_tag",
    "look_change",
    "moved_name",
    "open_store",
    "search_change",
    "tag_name",
    "utc_now",
]
