"""All articles, in order and as a set: asked of the library once, until it changes."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from index.query import Sort

if TYPE_CHECKING:
    from reader.store import Store


class Everything:
    """What each key of a search of states alone would ask for again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._token: int | None = None
        self._orders: dict[Sort, array[int]] = {}
        self._ids: frozenset[int] | None = None

    def order(self, sort: Sort) -> array[int]:
        """The ids of all articles; not to be changed."""
        self._forget_when_changed()
        if sort not in self._orders:
            self._orders[sort] = self._store.articles.order(sort)
        return self._orders[sort]

    def ids(self) -> frozenset[int]:
        self._forget_when_changed()
        if self._ids is None:
            self._ids = frozenset(self._store.articles.ids())
        return self._ids

    def _forget_when_changed(self) -> None:
        token = self._store.change_token()
        if token != self._token:
            self._token, self._orders, self._ids = token, {}, None
