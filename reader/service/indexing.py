"""Keeping entities and index in step with the library, from the outbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import SearchUnavailableError
from reader.service.draining import Draining, Watch, await_merging
from reader.service.index_told import (
    IndexCheck,
    IndexProgress,
    IndexReport,
    IndexStage,
    IndexState,
    IndexTold,
)
from reader.service.locks import exclusive
from reader.service.merging import Merging

if TYPE_CHECKING:
    from reader.service.index_access import IndexAccess
    from reader.service.recognising import Recognising
    from reader.service.rules import Rules
    from reader.store import Store

__all__ = [
    "IndexCheck",
    "IndexProgress",
    "IndexReport",
    "IndexStage",
    "IndexState",
    "IndexTold",
    "Indexing",
]

log = logging.getLogger(__name__)


class Indexing:
    """The work between the store and the index."""

    def __init__(
        self,
        store: Store,
        index: IndexAccess,
        lock_path: Path,
        recognising: Recognising,
        rules: Rules,
    ) -> None:
        self._store = store
        self._index = index
        self._lock_path = lock_path
        self._recognising = recognising
        self._rules = rules

    def run(
        self,
        *,
        progress: Callable[[IndexProgress], None] = lambda _: None,
        indexed: Callable[[], None] = lambda: None,
        stop: Callable[[], bool] = lambda: False,
        anew: bool = False,
    ) -> IndexState:
        """Recognise and index everything that waits, run the rules on what has arrived, then
        merge what there is to merge; an unusable index is rebuilt first. With `anew` articles
        that something else than the recogniser of the library has named are named by it too.

        `progress` is called before the first commit and after each, and when names were found;
        `indexed` whenever nothing waits any more. Raises SearchUnavailableError when the index is
        damaged again while it is written, OSError and LibraryError when the disk refuses.
        """
        return self._work(False, Watch(progress, indexed, stop, anew))

    def rebuild(
        self,
        *,
        progress: Callable[[IndexProgress], None] = lambda _: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> IndexState:
        """Build the index anew from the library. Raises as `run` does."""
        return self._work(True, Watch(progress, lambda: None, stop))

    def status(self) -> IndexReport:
        articles = self._store.articles.count()
        waiting = self._store.outbox.pending()
        try:
            with self._index.asking() as index:
                status = index.status()
        except SearchUnavailableError as error:
            return IndexReport(articles, 0, waiting, 0, 0, error.reason)
        return IndexReport(
            articles, status.documents, waiting, status.segments, status.size, problem=""
        )

    def verify(self) -> IndexCheck:
        """Read the whole index, and compare its ids with those of the library, leaving out
        what waits."""
        try:
            with self._index.asking() as index:
                index.check()
                indexed = index.document_ids()
        except SearchUnavailableError as error:
            return IndexCheck((), (), error.reason)
        from reader.service.masks import difference  # loads numpy

        stored, waiting = self._store.articles.ids(), self._store.outbox.ids()
        missing = difference(stored, indexed.rising, waiting)
        surplus = difference(indexed.rising, stored, waiting)
        return IndexCheck(missing, surplus, "")

    def _work(self, rebuild: bool, watch: Watch) -> IndexState:
        if not (rebuild or self._has_work(watch)):
            # Without the lock, which somebody may need.
            watch.indexed()
            if self._merge(watch.stop):
                return IndexState.DONE
        with exclusive(self._lock_path) as alone:
            if not alone:
                return IndexState.BUSY
            if not (rebuild or self._is_unusable()):
                try:
                    return self._drain(False, watch)
                except SearchUnavailableError:
                    log.exception("the index is damaged; building it anew")
            self._start_over()
            return self._drain(True, watch)

    def _has_work(self, watch: Watch) -> bool:
        store = self._store
        if store.outbox.pending() or store.corrections.waiting() or self._is_unusable():
            return True
        if self._rules.are_awaited():
            return True
        return watch.anew and self._recognising.waiting() > 0

    def _merge(self, stop: Callable[[], bool]) -> bool:
        """Merge what a run that was cut off has left; False when more articles came meanwhile."""
        with Merging(self._index.another()) as merging:
            merging.poke()
            return await_merging(self._store, merging, stop) is not None

    def _is_unusable(self) -> bool:
        # Opened again, because another process may have met damage since.
        self._index.close()
        try:
            with self._index.asking() as index:
                index.status()
        except SearchUnavailableError:
            return True
        return False

    def _start_over(self) -> None:
        # What cannot be replaced stays, with nothing waiting. The outbox is filled first: a kill
        # between the two leaves the old index and a full outbox, never an empty index that looks
        # finished.
        self._index.check_writable()
        self._store.outbox.add_all()
        self._index.replace()

    def _drain(self, rebuilding: bool, watch: Watch) -> IndexState:
        with Merging(self._index.another()) as merging:
            draining = Draining(
                self._store, self._index, self._recognising, merging, watch, self._rules
            )
            return draining.run(rebuilding=rebuilding)
