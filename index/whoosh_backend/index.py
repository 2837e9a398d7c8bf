"""The Whoosh backend as a SearchIndex."""

from __future__ import annotations

import errno
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import numpy as np

from index.api import Capabilities, Document, Facets, IndexStatus, MatchPage
from index.errors import IndexDamagedError, IndexMissingError
from index.query import IdSet, Query, Sort
from index.whoosh_backend.allocator import keep_freed_memory
from index.whoosh_backend.arrays import Ints
from index.whoosh_backend.building import SegmentBuilder
from index.whoosh_backend.committing import (
    commit,
    create_empty,
    merge_lock,
    merge_some,
    write_lock,
)
from index.whoosh_backend.counting import count_facets
from index.whoosh_backend.format import (
    StampMark,
    check_stamp,
    condemn,
    stamp_mark,
    write_stamp,
)
from index.whoosh_backend.matching import Matching, check_fields
from index.whoosh_backend.ranking import Ranking
from index.whoosh_backend.schema import FORMAT
from index.whoosh_backend.sections import KEPT_BYTES
from index.whoosh_backend.segments import naming_damage
from index.whoosh_backend.snapshot import Snapshot, check_files, open_snapshot
from index.whoosh_backend.spelling import complete, suggest
from index.whoosh_backend.storage import STAMP, IndexStorage
from index.whoosh_backend.toc import toc_name

_TRIES = 20
_PAUSE = 0.02  # seconds

_CommitMark = tuple[int, int, int]


def open_whoosh(path: Path, *, create: bool = False) -> WhooshIndex:
    """The index in the folder `path`; see `index.factory.open_index`."""
    keep_freed_memory()
    storage = IndexStorage(path)
    if create:
        create_missing(storage)
    index = WhooshIndex(storage)
    index.status()  # a damaged index says so now
    return index


def create_missing(storage: IndexStorage) -> None:
    """Make an empty index where there is none."""
    try:
        check_stamp(storage.path)
    except IndexMissingError:
        storage.create()
        with write_lock(storage):
            if not (storage.path / STAMP).exists():
                create_empty(storage)
                write_stamp(storage)


class WhooshIndex:
    """An index on disk. The commit it reads is kept open and changed for a newer one, made by
    this process or another, when a question is asked. One that turns out to be damaged is
    stamped so. Questions may be asked from several threads."""

    def __init__(self, storage: IndexStorage) -> None:
        self._storage = storage
        self._builder = SegmentBuilder()
        self._opening = Lock()
        self._mark: _CommitMark | None = None
        self._stamp: StampMark | None = None
        self._snapshot = Snapshot(-1, ())

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(name="whoosh", durable=True)

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        if not put and not remove:
            return
        with self._writing() as last:
            commit(self._storage, last, self._builder, put, remove)

    def merge(self) -> bool:
        with self._condemning(), merge_lock(self._storage) as alone:
            return alone and merge_some(self._storage, self._fresh(), self._writing)

    def search(
        self, query: Query, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20
    ) -> MatchPage:
        check_fields(query)
        with self._asking() as snapshot:
            ranking = Ranking(snapshot, query, sort)
            return MatchPage(ranking.page(offset, limit), ranking.total)

    def order(self, query: Query, *, sort: Sort = Sort.RELEVANCE) -> array[int]:
        check_fields(query)
        with self._asking() as snapshot:
            return Ranking(snapshot, query, sort).all()

    def ids(self, query: Query) -> IdSet:
        check_fields(query)
        with self._asking() as snapshot:
            matching = Matching(snapshot)
            rows = [
                np.compress(matching.mask(query, p), p.view.records.ids) for p in snapshot.parts
            ]
            return _id_set(rows)

    def facets(self, query: Query, *, limit: int = 20) -> Facets:
        check_fields(query)
        with self._asking() as snapshot:
            return count_facets(snapshot, query, limit)

    def suggest(self, word: str, *, limit: int = 3) -> Sequence[str]:
        with self._asking() as snapshot:
            return suggest(snapshot, word, limit)

    def complete(self, lead: str, *, limit: int = 10) -> Sequence[str]:
        with self._asking() as snapshot:
            return complete(snapshot, lead, limit)

    def document_ids(self) -> IdSet:
        with self._asking() as snapshot:
            return _id_set(list(snapshot.document_ids()))

    def status(self) -> IndexStatus:
        with self._asking() as snapshot:
            return IndexStatus(
                documents=snapshot.totals.documents,
                segments=len(snapshot.parts),
                size=self._storage.size(),
                format=FORMAT,
            )

    def check(self) -> None:
        with self._condemning():
            for _ in range(_TRIES):
                try:
                    check_files(self._storage, self._fresh().generation)
                except FileNotFoundError:
                    time.sleep(_PAUSE)  # as in `_fresh`
                else:
                    return
            raise self._missing_files()

    def close(self) -> None:
        # Files are let go with the last array of them.
        with self._opening:
            self._mark = None
            self._snapshot = Snapshot(-1, ())

    @contextmanager
    def _asking(self) -> Iterator[Snapshot]:
        """The last commit, for one question."""
        with self._condemning():
            snapshot = self._fresh()
            yield snapshot
            for part in snapshot.parts:
                part.view.sections.forget_when_full(KEPT_BYTES)

    @contextmanager
    def _writing(self) -> Iterator[Snapshot]:
        """The last commit, for making the next one of it."""
        with self._condemning(), write_lock(self._storage):
            last = self._fresh()
            yield open_snapshot(self._storage, last.generation, last.views())

    @contextmanager
    def _condemning(self) -> Iterator[None]:
        """Stamp the index as damaged when it turns out to be. Files that are gone under the hands
        of a writer are gone with the whole index."""
        try:
            with naming_damage(self._storage.path):
                yield
        except FileNotFoundError as error:
            raise IndexMissingError(self._storage.path, "it has been removed") from error
        except IndexDamagedError as error:
            cause = error.__cause__
            # That a file may not be read, say, tells nothing of what is in it.
            if not isinstance(cause, OSError) or cause.errno == errno.EIO:
                condemn(self._storage, self._stamp, error.reason)
            raise

    def _fresh(self) -> Snapshot:
        """The last commit, opened when it is not the one that is open."""
        with self._opening:
            for _ in range(_TRIES):
                self._check_stamp()
                try:
                    mark = self._last_commit()
                    if mark != self._mark:
                        known = self._snapshot.views()
                        self._snapshot = open_snapshot(self._storage, mark[0], known)
                        self._mark = mark
                    self._snapshot.check_sizes()
                    return self._snapshot
                except FileNotFoundError:
                    # Another process replaced the commit while it was being opened.
                    time.sleep(_PAUSE)
            raise self._missing_files()

    def _missing_files(self) -> IndexDamagedError:
        return IndexDamagedError(self._storage.path, "files of the last commit are missing")

    def _check_stamp(self) -> None:
        mark = stamp_mark(self._storage.path)
        if mark is None or mark != self._stamp:
            check_stamp(self._storage.path)
            self._stamp = mark

    def _last_commit(self) -> _CommitMark:
        """What tells commits apart, those of an index made anew in the same place among them.
        Raises FileNotFoundError when the commit is just being replaced."""
        generation = self._storage.generation()
        stat = (self._storage.path / toc_name(generation)).stat()
        return generation, stat.st_ino, stat.st_mtime_ns


def _id_set(rows: Sequence[Ints]) -> IdSet:
    ids = np.sort(np.concatenate([np.zeros(0, np.int64), *rows]))
    return IdSet.of_rising(array("q", ids.tobytes()))
