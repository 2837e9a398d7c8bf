"""One commit: documents in, documents out, or segments merged; on the disk on return."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from secrets import token_hex
from typing import Any

import numpy as np

from index.api import Document
from index.errors import IndexBusyError
from index.whoosh_backend.arrays import Ints
from index.whoosh_backend.building import SegmentBuilder
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.merging import Merged, Source, merge_segments
from index.whoosh_backend.schema import INDEX_NAME
from index.whoosh_backend.snapshot import Part, Snapshot
from index.whoosh_backend.storage import UNFINISHED, IndexStorage
from index.whoosh_backend.tiers import Size, choose_merge
from index.whoosh_backend.toc import pack_toc, toc_name

_PATIENCE = 5.0
"""Seconds that a writer waits for another, which holds the lock for one commit."""

_PAUSE = 0.002  # seconds

_POSSIBLE = range(-(2**63), 2**63)
"""What can be the id of a document."""


@contextmanager
def write_lock(storage: IndexStorage) -> Iterator[None]:
    """Hold the lock that lets one process write; it ends with the process that holds it.
    Raises IndexBusyError when another keeps it for too long, and FileNotFoundError where there is
    no index. Whoever removes an index holds it too."""
    lock = storage.lock(f"{INDEX_NAME}_WRITELOCK")
    until = time.monotonic() + _PATIENCE
    while not _acquire(lock):
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
    alone = _acquire(lock)
    try:
        yield alone
    finally:
        if alone:
            lock.release()


def _acquire(lock: Any) -> bool:
    """Take a lock, unless it is held by another or of a folder that is gone by now."""
    if not lock.acquire():
        return False
    with suppress(FileNotFoundError):
        if os.path.samestat(os.fstat(lock.fd), os.stat(lock.filename)):  # noqa: PTH116
            return True
    lock.release()
    return False


def commit(
    storage: IndexStorage,
    last: Snapshot,
    builder: SegmentBuilder,
    put: Iterable[Document],
    remove: Iterable[int],
) -> None:
    """Make the commit after `last`, under the write lock. The segments of `last` are changed."""
    documents = {document.id: document for document in put}
    deleted = sum(_delete(last, _ids_of([*remove, *documents])))
    if not documents and not deleted:
        return
    kept = [part.segment for part in last.parts]
    with _committing(storage, last):
        made = list(builder.build(storage, documents.values()))
        _publish(storage, last.generation + 1, [*kept, *made])


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
    name = UNFINISHED + token_hex(8)
    sources = [Source(part.view, part.deleted) for part in chosen]
    try:
        merged = merge_segments(storage, sources, name)
        with locked() as now:
            _swap(storage, now, chosen, merged, name)
    finally:
        storage.discard(name)  # where it has not become a segment
    return True


def _swap(
    storage: IndexStorage, now: Snapshot, chosen: Sequence[Part], merged: Merged, name: str
) -> None:
    """Put a merged segment in the place of others, from which documents may have been deleted
    meanwhile, or all of them. An index made anew has none of the others: nothing is done then."""
    rest = {part.segment.file_name: part.segment for part in now.parts}
    present = [rest.pop(part.segment.file_name, None) for part in chosen]
    if not any(present):
        return
    for segment, numbers in zip(present, merged.numbers, strict=True):
        moved = numbers if segment is None else numbers[segment.deleted]
        merged.segment.delete(moved[moved >= 0])
    with _committing(storage, now):
        storage.rename_file(name, merged.segment.file_name)
        _publish(storage, now.generation + 1, [*rest.values(), merged.segment])


def create_empty(storage: IndexStorage) -> None:
    """Make a first commit without documents, under the write lock."""
    storage.remove_unknown(())
    _publish(storage, 0, [])


def _publish(storage: IndexStorage, generation: int, segments: Iterable[ArraySegment]) -> None:
    """Make a commit of segments that are on the disk, and remove what it replaces."""
    kept = [segment for segment in segments if segment.doc_count()]
    storage.sync_folder()
    name = toc_name(generation)
    unfinished = f"{name}.{token_hex(4)}"
    with storage.writing(unfinished) as file:
        file.write(pack_toc(generation, kept))
    storage.rename_file(unfinished, name)
    storage.remove_unknown(_files(generation, kept))


@contextmanager
def _committing(storage: IndexStorage, last: Snapshot) -> Iterator[None]:
    """Files that no commit knows are removed: those of a writer that was killed before this
    one, and those of this one when it fails, which may be for want of room."""
    known = _files(last.generation, [part.segment for part in last.parts])
    storage.remove_unknown(known)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            if storage.generation() == last.generation:
                storage.remove_unknown(known)
        raise


def _files(generation: int, segments: Iterable[ArraySegment]) -> set[str]:
    """The files of a commit."""
    return {toc_name(generation), *(segment.file_name for segment in segments)}


def _ids_of(numbers: Iterable[int]) -> Ints:
    """Different ids, rising. No document has one beyond 64 bits."""
    return np.array(sorted({one for one in numbers if one in _POSSIBLE}), np.int64)


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
