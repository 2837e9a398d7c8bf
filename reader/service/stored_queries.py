"""The saved searches of the library, as `saved:` and `rule:` ask for them in a query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.parser import SavedQuery
from reader.kept import SavedSearch
from reader.nearest import called, nearest
from reader.service.saved_names import name_key

if TYPE_CHECKING:
    from reader.store import Store


class StoredQueries:
    """Looked up anew each time: they are few."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, name: str, *, starting: bool) -> Sequence[SavedQuery]:
        """The one called so, its last levels being enough where no other has them; or those
        whose names begin so."""
        named = self.named(name, starting=starting)
        return [SavedQuery(name_key(one.name), one.query) for one in named]

    def named(self, name: str, *, starting: bool) -> list[SavedSearch]:
        """The same as they are saved."""
        there = self._store.saved_searches.list()
        if starting:
            return [one for one in there if name_key(one.name).startswith(name_key(name))]
        by_key = {name_key(one.name): one for one in there}
        key = called(name_key(name), by_key)
        return [by_key[key]] if key else []

    def nearest(self, name: str) -> str:
        """The name of a saved search that may be meant, or empty."""
        return nearest(name, [one.name for one in self._store.saved_searches.list()])
