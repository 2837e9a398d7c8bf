"""What there is in the library, counted: tags, sources, entities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.query import IdSet
from reader.model import EntityCount, NameCount

if TYPE_CHECKING:
    from reader.store import Store


class Browsing:
    """Counts over the articles of `within`, or over all of them when it is None."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list_tags(self, within: IdSet | None = None, limit: int = 20) -> tuple[NameCount, ...]:
        """Tags, those of most articles first."""
        if within is None:
            return self._store.tags.list_counts(limit)
        from reader.service.masks import count_names  # loads numpy

        return count_names(self._store.tags.packed_each(), within, limit)

    def list_sources(self, within: IdSet | None = None, limit: int = 20) -> tuple[NameCount, ...]:
        """Sources, those of most articles first."""
        return self._store.sources.list_counts(within, limit)

    def list_entities(
        self, within: IdSet | None = None, limit: int = 20
    ) -> tuple[EntityCount, ...]:
        """Entities, those of most articles first."""
        return self._store.entities.list_counts(within, limit)

    def complete_tags(self, prefix: str, limit: int = 20) -> tuple[str, ...]:
        """Tags in use that start with `prefix`, those of most articles first."""
        return self._store.tags.names_starting(prefix, limit)
