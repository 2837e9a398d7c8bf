"""The Whoosh backend as a SearchIndex."""

from __future__ import annotations

import errno
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import TOC

from index.api import Capabilities, Document, Facets, IndexStatus, MatchPage
from index.errors import IndexDamagedError, IndexMissingError
from index.query import IdSet, Query, Sort
from index.whoosh_backend import answering
from index.whoosh_backend.committing import commit, write_lock
from index.whoosh_backend.format import (
    STAMP,
    StampMark,
    check_stamp,
    condemn,
    stamp_mark,
    write_stamp,
)
from index.whoosh_backend.schema import FORMAT, INDEX_NAME, make_schema
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.snapshot import Snapshot, check_files, open_snapshot
from index.whoosh_backend.storage import IndexStorage

_TRIES = 20
_PAUSE = 0.02  # seconds

_CommitMark = tuple[int, int, int]


def open_whoosh(path: Path, *, create: bool = False) -> WhooshIndex:
    """The index in the folder `path`; see `index.factory.open_index`."""
    storage = IndexStorage(path)
    if create:
        _create_missing(storage)
    index = WhooshIndex(storage)
    index.status()  # a damaged index says so now
    return index


def _create_missing(storage: IndexStorage) -> None:
    try:
        check_stamp(storage.path)
    except IndexMissingError:
        storage.create()
        with write_lock(storage, wait=True):
            if not (storage.path / STAMP).exists():
                TOC.create(storage, make_schema(), INDEX_NAME)
                write_stamp(storage.path)


class WhooshIndex:
    """An index on disk. The commit it reads is kept open and changed for a newer one, made by
    this process or another, when a question is asked. One that turns out to be damaged is
    stamped so."""

    def __init__(self, storage: IndexStorage) -> None:
        self._storage = storage
        self._schema = make_schema()
        self._views: dict[str, SegmentView] = {}
        self._mark: _CommitMark | None = None
        self._stamp: StampMark | None = None
        self._snapshot = Snapshot(-1, ())

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(name="whoosh", durable=True)

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        if not put and not remove:
            return
        with self._condemning(), write_lock(self._storage):
            generation = self._fresh().generation
            last = open_snapshot(self._storage, self._schema, generation, self._views)
            commit(self._storage, self._schema, last, put, remove)

    def merge(self) -> bool:
        return False  # `apply` merges as it goes

    def search(
        self, query: Query, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20
    ) -> MatchPage:
        with self._asking() as snapshot:
            return answering.search(snapshot, query, sort, offset, limit)

    def order(self, query: Query, *, sort: Sort = Sort.RELEVANCE) -> array[int]:
        with self._asking() as snapshot:
            return answering.order(snapshot, query, sort)

    def ids(self, query: Query) -> IdSet:
        with self._asking() as snapshot:
            return answering.ids(snapshot, query)

    def facets(self, query: Query, *, limit: int = 20) -> Facets:
        with self._asking() as snapshot:
            return answering.facets(snapshot, query, limit)

    def suggest(self, word: str, *, limit: int = 3) -> Sequence[str]:
        with self._asking() as snapshot:
            return answering.suggest(snapshot, word, limit)

    def complete(self, lead: str, *, limit: int = 10) -> Sequence[str]:
        with self._asking() as snapshot:
            return answering.complete(snapshot, lead, limit)

    def document_ids(self) -> IdSet:
        with self._asking() as snapshot:
            return IdSet(snapshot.document_ids())

    def status(self) -> IndexStatus:
        with self._asking() as snapshot:
            return IndexStatus(
                documents=len(snapshot),
                segments=len(snapshot.parts),
                size=self._storage.size(),
                format=FORMAT,
            )

    def check(self) -> None:
        with self._condemning():
            for _ in range(_TRIES):
                try:
                    check_files(self._storage, self._fresh())
                except FileNotFoundError:
                    time.sleep(_PAUSE)  # as in `_fresh`
                else:
                    return
            raise self._missing_files()

    def close(self) -> None:
        for view in self._views.values():
            view.close()
        self._views = {}
        self._mark = None
        self._snapshot = Snapshot(-1, ())

    @contextmanager
    def _asking(self) -> Iterator[Snapshot]:
        """The last commit, for one question."""
        with self._condemning():
            yield self._fresh()

    @contextmanager
    def _condemning(self) -> Iterator[None]:
        """Stamp the index as damaged when it turns out to be."""
        try:
            yield
        except IndexDamagedError as error:
            cause = error.__cause__
            # Too many open files, say, is trouble of the machine and not of the index.
            if not isinstance(cause, OSError) or cause.errno == errno.EIO:
                condemn(self._storage.path, self._stamp, error.reason)
            raise

    def _fresh(self) -> Snapshot:
        """The last commit, opened when it is not the one that is open."""
        for _ in range(_TRIES):
            self._check_stamp()
            try:
                mark = self._last_commit()
                if mark != self._mark:
                    self._open(mark)
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
        stat = self._storage.toc_path(generation).stat()
        return generation, stat.st_ino, stat.st_mtime_ns

    def _open(self, mark: _CommitMark) -> None:
        snapshot = open_snapshot(self._storage, self._schema, mark[0], self._views)
        views = {part.view.name: part.view for part in snapshot.parts}
        for name, view in self._views.items():
            if name not in views:
                view.close()
        self._views, self._snapshot, self._mark = views, snapshot, mark
