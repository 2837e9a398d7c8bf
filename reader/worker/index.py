"""Keeps the index up to date."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, TextIO

from reader.errors import IndexingError, LibraryBusyError, Obstacle
from reader.service.indexing import IndexState
from reader.service.library import Library
from reader.service.obstacles import why_indexing_failed
from reader.service.wire import progress_line, state_line, trouble_line
from reader.text import explain

if TYPE_CHECKING:
    from reader.service.indexing import IndexProgress

log = logging.getLogger(__name__)

NICENESS = 10
"""Indexing gives way to the screen and to everything else."""


def serve_index(library: Library, source: TextIO, target: TextIO) -> None:
    """Drain the outbox now and after every line, and name anew what is stale.

    That it is done is told as soon as nothing waits any more; the rest goes on after that.
    """
    os.nice(NICENESS)
    poked, ended, told, missing = Event(), Event(), Event(), Event()
    poked.set()
    Thread(target=_listen, args=(source, poked, ended), daemon=True).start()

    def tell(progress: IndexProgress) -> None:
        if progress.missing and not missing.is_set():
            missing.set()
            trouble = library.recognising.chosen().trouble
            log.warning("another recogniser stands in: %s", trouble and explain(trouble))
        target.write(progress_line(progress))
        target.flush()

    def tell_state(state: IndexState | IndexingError) -> None:
        target.write(trouble_line(state) if isinstance(state, IndexingError) else state_line(state))
        target.flush()

    def tell_indexed() -> None:
        tell_state(IndexState.DONE)
        told.set()

    while poked.wait() and not ended.is_set():
        poked.clear()
        told.clear()
        state = _index(library, ended, tell, tell_indexed)
        if not (state is IndexState.DONE and told.is_set()):
            tell_state(state)


def _index(
    library: Library,
    ended: Event,
    tell: Callable[[IndexProgress], None],
    tell_indexed: Callable[[], None],
) -> IndexState | IndexingError:
    try:
        return library.indexing.run(
            progress=tell, indexed=tell_indexed, stop=ended.is_set, anew=True
        )
    except LibraryBusyError:
        return IndexState.BUSY
    except Exception as error:
        # The worker boundary: what waits is tried again at the next poke.
        failed = why_indexing_failed(error)
        # A trace at every poke would fill a disk that is known to be full.
        log.error(explain(failed), exc_info=failed.obstacle is Obstacle.OTHER)
        return failed


def _listen(source: TextIO, poked: Event, ended: Event) -> None:
    for _ in source:
        poked.set()
    ended.set()
    poked.set()
