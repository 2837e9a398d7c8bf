"""What the reader says of articles: tags and marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from index.query import IdSet
from reader.model import Change, EventKind, Mark
from reader.store import tag_name

if TYPE_CHECKING:
    from reader.store import Store


class Tagging:
    """Changes by the reader: each is one event, on disk when the method returns."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def tag(self, ids: Iterable[int], add: Sequence[str], remove: Sequence[str]) -> Change:
        """Add and remove tags. Raises TagNameError, before anything is changed."""
        wanted = IdSet(ids)
        signed = [("+", one) for one in add] + [("-", one) for one in remove]
        detail = " ".join(dict.fromkeys(sign + tag_name(name) for sign, name in signed))
        with self._store.transaction():
            matched = self._store.articles.count_existing(wanted)
            changes = self._store.tags.apply(wanted, add, remove)
            return Change(matched, self._store.events.add(EventKind.TAG, detail, changes))

    def mark(self, ids: Iterable[int], mark: Mark) -> Change:
        """Mark as read, starred, archived or the opposite."""
        wanted = IdSet(ids)
        with self._store.transaction():
            matched = self._store.articles.count_existing(wanted)
            changes = self._store.marks.apply(wanted, mark)
            return Change(matched, self._store.events.add(EventKind.MARK, mark, changes))
