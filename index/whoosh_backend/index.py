"""The Whoosh backend as a SearchIndex."""

from __future__ import annotations

import time
from array import array
from collections.abc import Sequence
from pathlib import Path

from whoosh.index import TOC

from index.api import Capabilities, Document, Facets, IndexStatus, MatchPage
from index.errors import IndexDamagedError, IndexMissingError
from index.query import IdSet, Query, Sort
from index.whoosh_backend import answering
from index.whoosh_backend.committing import commit, write_lock
from index.whoosh_backend.format import STAMP, check_stamp, write_stamp
from index.whoosh_backend.schema import FORMAT, INDEX_NAME, make_schema
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.snapshot import Snapshot, open_snapshot
from index.whoosh_backend.storage import IndexStorage

_TRIES = 20
_PAUSE = 0.02  # seconds

_CommitMark = tuple[int, int, int]


def open_whoosh(path: Path, *, create: bool = False) -> WhooshIndex:
    """The index in the folder `path`; see `index.factory.open_index`."""
    storage = IndexStorage(path)
    if create:
        _create_missing(storage)
    check_stamp(path)
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
    this process or another, when a question is asked."""

    def __init__(self, storage: IndexStorage) -> None:
        self._storage = storage
        self._schema = make_schema()
        self._views: dict[str, SegmentView] = {}
        self._mark: _CommitMark | None = None
        self._snapshot = Snapshot(-1, ())

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(name="whoosh", durable=True)

    def apply(self, put: Sequence[Document], remove: Sequence[int] = ()) -> None:
        if not put and not remove:
            return
        with write_lock(self._storage):
            generation = self._fresh().generation
            last = open_snapshot(self._storage, self._schema, generation, self._views)
            commit(self._storage, self._schema, last, put, remove)

    def search(
        self, query: Query, *, sort: Sort = Sort.RELEVANCE, offset: int = 0, limit: int = 20
    ) -> MatchPage:
        return answering.search(self._fresh(), query, sort, offset, limit)

    def order(self, query: Query, *, sort: Sort = Sort.RELEVANCE) -> array[int]:
        return answering.order(self._fresh(), query, sort)

    def ids(self, query: Query) -> IdSet:
        return answering.ids(self._fresh(), query)

    def facets(self, query: Query, *, limit: int = 20) -> Facets:
        return answering.facets(self._fresh(), query, limit)

    def suggest(self, word: str, *, limit: int = 3) -> Sequence[str]:
        return answering.suggest(self._fresh(), word, limit)

    def document_ids(self) -> IdSet:
        return IdSet(self._fresh().document_ids())

    def status(self) -> IndexStatus:
        snapshot = self._fresh()
        return IndexStatus(
            documents=len(snapshot),
            segments=len(snapshot.parts),
            size=self._storage.size(),
            format=FORMAT,
        )

    def close(self) -> None:
        for view in self._views.values():
            view.close()
        self._views = {}
        self._mark = None
        self._snapshot = Snapshot(-1, ())

    def _fresh(self) -> Snapshot:
        """The last commit, opened when it is not the one that is open."""
        for _ in range(_TRIES):
            try:
                mark = self._last_commit()
                if mark != self._mark:
                    self._open(mark)
                return self._snapshot
            except FileNotFoundError:
                # Another process replaced the commit while it was being opened.
                time.sleep(_PAUSE)
        raise IndexDamagedError(self._storage.path, "files of the last commit are missing")

    def _last_commit(self) -> _CommitMark:
        """What tells commits apart, those of an index made anew in the same place among them.
        Raises FileNotFoundError when the commit is just being replaced."""
        try:
            generation = self._storage.generation()
        except OSError as error:
            raise IndexMissingError(self._storage.path, str(error)) from error
        if generation < 0:
            raise IndexDamagedError(self._storage.path, "no table of contents")
        stat = self._storage.toc_path(generation).stat()
        return generation, stat.st_ino, stat.st_mtime_ns

    def _open(self, mark: _CommitMark) -> None:
        snapshot = open_snapshot(self._storage, self._schema, mark[0], self._views)
        views = {part.view.name: part.view for part in snapshot.parts}
        for name, view in self._views.items():
            if name not in views:
                view.close()
        self._views, self._snapshot, self._mark = views, snapshot, mark
