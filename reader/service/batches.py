"""Articles read in batches that memory holds, however long they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reader.model import ArticleId, OutboxItem

if TYPE_CHECKING:
    from index.api import Document
    from reader.store import Store

CHARACTERS = 64_000_000
"""Where a batch ends whose articles are long, in code points."""

READ_AT_ONCE = 50
"""Articles read before their length is looked at: some may be books."""


def read_texts(store: Store, items: Sequence[OutboxItem]) -> dict[ArticleId, str]:
    """The texts of the first of some items, of one at least."""
    texts: dict[ArticleId, str] = {}
    characters = 0
    for ids in _some_ids(items):
        texts |= (some := store.articles.get_texts(ids))
        characters += sum(map(len, some.values()))
        if characters > CHARACTERS:
            break
    return texts


def read_documents(
    store: Store, items: list[OutboxItem]
) -> tuple[list[OutboxItem], list[Document]]:
    """The first of some items, as many as one commit holds, with their articles."""
    documents: list[Document] = []
    read = characters = 0
    for ids in _some_ids(items):
        documents += (some := store.articles.documents(ids))
        read += len(ids)
        characters += sum(len(one.text) for one in some)
        if characters > CHARACTERS:
            break
    return items[:read], documents


def _some_ids(items: Sequence[OutboxItem]) -> Iterator[list[ArticleId]]:
    for start in range(0, len(items), READ_AT_ONCE):
        yield [item.article_id for item in items[start : start + READ_AT_ONCE]]
