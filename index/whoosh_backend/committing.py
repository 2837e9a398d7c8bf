"""One commit: documents in, documents out, or segments merged; on the disk on return."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import numpy as np
from whoosh.index import TOC, clean_files

from index.api import Document
from index.errors import IndexBusyError
from index.whoosh_backend.arrays import Ints
from index.whoosh_backend.building import SegmentBuilder
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.merging import Merged, Source, merge_segments
from index.whoosh_backend.schema import INDEX_NAME, make_schema
from index.whoosh_backend.snapshot import Part, Snapshot
from index.whoosh_backend.storage import UNFINISHED, IndexStorage
from index.whoosh_backend.tiers import Size, choose_merge

_PATIENCE = 5.0
"""Seconds that a writer waits for another, which holds the lock for one commit."""

_PAUSE = 0.002  # seconds


@contextmanager
def write_lock(storage: IndexStorage) -> Iterator[None]:
    """Hold the lock that lets one process write; it ends with the process that holds it.
    Raises IndexBusyError when another keeps it for too long."""
    lock = storage.lock(f"{INDEX_NAME}_WRITELOCK")
    until = time.monotonic() + _PATIENCE
    while not lock.acquire():
        if time.monotonic() > until:
            raise IndexBusyError(storage.path)
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        lock.release()


@contextmanager
def merge_lock(storage: IndexStorage) -> Iterator[bool]:
    """Whether this process is the only one that merges."""
    lock = storage.lock(f"{INDEX_NAME}_MERGELOCK")
    alone = lock.acquire()
    try:
        yield alone
    finally:
        if alone:
            lock.release()


def commit(
    storage: IndexStorage,
    last: Snapshot,
    builder: SegmentBuilder,
    put: Iterable[Document],
    remove: Iterable[int],
) -> None:
    """Make the commit after `last`, under the write lock. The segments of `last` are changed."""
    documents = {document.id: document for document in put}
    deleted = sum(_delete(last, np.unique([*remove, *documents]).astype(np.int64)))
    if not documents and not deleted:
        return
    kept = [part.segment for part in last.parts]
    with _committing(storage, last):
        made = list(builder.build(storage, documents.values()))
        _write_toc(storage, last, [*kept, *made])


def merge_some(
    storage: IndexStorage,
    last: Snapshot,
    locked: Callable[[], AbstractContextManager[Snapshot]],
) -> bool:
    """Merge segments of `last` that have become many, under the merge lock.

    They are read and written beside everybody else. The write lock is held, through `locked`
    that gives the commit of then, for as long as it takes to put the new one in their place.
    """
    storage.remove_unfinished()
    chosen = [last.parts[at] for at in choose_merge(list(map(_size, last.parts)))]
    if not chosen:
        return False
    name = f"{UNFINISHED}segment"
    sources = [Source(part.view, part.deleted) for part in chosen]
    merged = merge_segments(storage, sources, name)
    with locked() as now:
        _swap(storage, now, chosen, merged, name)
    return True


def _swap(
    storage: IndexStorage, now: Snapshot, chosen: Sequence[Part], merged: Merged, name: str
) -> None:
    """Put a merged segment in the place of others, from which some documents may have been
    deleted meanwhile. An index made anew meanwhile has none of them: then nothing is done."""
    present = {part.segment.file_name: part.segment for part in now.parts}
    segments = [present.get(part.segment.file_name) for part in chosen]
    merged_from = [segment for segment in segments if segment is not None]
    if len(merged_from) < len(chosen):
        storage.delete_file(name)
        return
    for segment, numbers in zip(merged_from, merged.numbers, strict=True):
        moved = numbers[segment.deleted]
        merged.segment.delete(moved[moved >= 0])
    rest = [one for file, one in present.items() if one not in merged_from]
    with _committing(storage, now):
        storage.rename_file(name, merged.segment.file_name)
        _write_toc(storage, now, [*rest, merged.segment])


def _write_toc(storage: IndexStorage, last: Snapshot, segments: Iterable[ArraySegment]) -> None:
    kept = [segment for segment in segments if segment.doc_count()]
    storage.sync_folder()
    TOC(make_schema(), kept, last.generation + 1).write(storage, INDEX_NAME)
    clean_files(storage, INDEX_NAME, last.generation + 1, kept)


@contextmanager
def _committing(storage: IndexStorage, last: Snapshot) -> Iterator[None]:
    """Files that no commit knows are removed: those of a writer that was killed before this
    one, and those of this one when it fails, which may be for want of room."""
    _remove_unknown(storage, last)
    try:
        yield
    except BaseException:
        if storage.generation() == last.generation:
            _remove_unknown(storage, last)
        raise


def _remove_unknown(storage: IndexStorage, last: Snapshot) -> None:
    storage.remove_unfinished_tocs()
    clean_files(storage, INDEX_NAME, last.generation, [part.segment for part in last.parts])


def _delete(last: Snapshot, ids: Ints) -> Iterator[int]:
    """Mark documents as deleted; how many each part had."""
    for part in last.parts:
        docs = np.flatnonzero(part.view.records.mask_of(ids) & part.live)
        if len(docs):
            part.segment.delete(docs)
        yield len(docs)


def _size(part: Part) -> Size:
    totals = part.totals
    tokens = totals.title_tokens + totals.text_tokens
    return Size(totals.documents, len(part.deleted), tokens)
