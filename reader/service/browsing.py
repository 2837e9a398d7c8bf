"""What there is in the library, counted: tags, sources, entities."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from index.query import IdSet
from reader.model import EntityCount, NameCount
from reader.store import PackedSet

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

    def count_nested(self, names: Collection[str], within: IdSet | None = None) -> dict[str, int]:
        """How many articles have a tag or one below it, of those tags that have some below."""
        return {
            name: self._count_below(name, within)
            for name in names
            if self._store.tags.names_starting(f"{name}/", 1)
        }

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

    def _count_below(self, name: str, within: IdSet | None) -> int:
        tags = self._store.tags
        blocks = (*tags.packed(name).blocks, *tags.packed_under(f"{name}/").blocks)
        ids = PackedSet(blocks).ids()
        return len(ids) if within is None else sum(1 for one in ids if one in within)
