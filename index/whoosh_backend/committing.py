"""One commit: documents in, documents out, segments merged, on the disk on return."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from whoosh.index import TOC, clean_files

from index.api import Document
from index.errors import IndexBusyError
from index.whoosh_backend.building import build_segments, merge_segments
from index.whoosh_backend.merging import Size, choose_merge
from index.whoosh_backend.schema import INDEX_NAME
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.snapshot import Snapshot
from index.whoosh_backend.storage import IndexStorage


@contextmanager
def write_lock(storage: IndexStorage, *, wait: bool = False) -> Iterator[None]:
    """Hold the lock that lets one process write; it ends with the process that holds it.
    Raises IndexBusyError at once when another has it, unless told to wait."""
    lock = storage.lock(f"{INDEX_NAME}_WRITELOCK")
    if not lock.acquire(blocking=wait):
        raise IndexBusyError(storage.path)
    try:
        yield
    finally:
        lock.release()


def commit(
    storage: IndexStorage,
    schema: Any,
    last: Snapshot,
    put: Iterable[Document],
    remove: Iterable[int],
) -> None:
    """Make the commit after `last`, under the write lock. The segments of `last` are changed."""
    documents = {document.id: document for document in put}
    segments = [part.segment for part in last.parts]
    _remove_leftovers(storage, last)
    deleted = _delete(last, [*remove, *documents])
    if not documents and not deleted:
        return
    try:
        segments += build_segments(storage, schema, documents.values())
        segments = _merge_small(storage, schema, last, segments)
        _sync_new(storage, last, segments)
        TOC(schema, segments, last.generation + 1).write(storage, INDEX_NAME)
    finally:
        storage.temp_storage(f"{INDEX_NAME}.tmp").destroy()
    clean_files(storage, INDEX_NAME, last.generation + 1, segments)


def _remove_leftovers(storage: IndexStorage, last: Snapshot) -> None:
    """Remove what a writer left that was killed or found the disk full."""
    storage.remove_unfinished()
    clean_files(storage, INDEX_NAME, last.generation, [part.segment for part in last.parts])


def _delete(last: Snapshot, ids: Iterable[int]) -> int:
    """Mark documents as deleted; returns how many there were."""
    found = [place for place in map(last.find, ids) if place is not None]
    for part, doc in found:
        part.segment.delete_document(doc)
    return len(found)


def _merge_small(
    storage: IndexStorage, schema: Any, last: Snapshot, segments: Sequence[Any]
) -> list[Any]:
    """The segments of the commit, as few as the rule of merging wants."""
    kept = [segment for segment in segments if segment.doc_count()]
    views = {part.view.name: part.view for part in last.parts}
    while chosen := choose_merge([Size(s.doc_count(), s.deleted_count()) for s in kept]):
        parts = []
        for at in chosen:
            name = kept[at].segment_id()
            if name not in views:
                views[name] = SegmentView(storage, schema, kept[at])
            parts.append((views[name], frozenset(kept[at].deleted_docs())))
        merged = merge_segments(storage, schema, parts)
        kept = [segment for at, segment in enumerate(kept) if at not in chosen]
        kept.append(merged)
    return kept


def _sync_new(storage: IndexStorage, last: Snapshot, segments: Iterable[Any]) -> None:
    """Put the files of the segments that are new on the disk."""
    before = {part.view.name for part in last.parts}
    for segment in segments:
        if segment.segment_id() not in before:
            for name in segment.list_files(storage):
                storage.sync(name)
