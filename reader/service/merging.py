"""Merging the pieces of the index beside those who write it and ask it."""

from __future__ import annotations

import logging
from threading import Condition, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from reader.service.index_access import IndexAccess

log = logging.getLogger(__name__)


class Merging:
    """A thread that merges, step by step, from each `poke` until there is no cause to.

    It has an index of its own. At the end of the `with` block the step under way is finished,
    and the thread is gone. What fails is logged, and tried again at the next poke.
    """

    def __init__(self, index: IndexAccess) -> None:
        self._index = index
        self._changed = Condition()
        self._poked = False
        self._works = False
        self._ended = False
        self._thread = Thread(target=self._run, name="merging", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join()

    def poke(self) -> None:
        """Look whether there is something to merge."""
        with self._changed:
            self._poked = not self._ended
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long until nothing is left to merge; whether nothing is."""
        with self._changed:
            return self._changed.wait_for(lambda: not (self._poked or self._works), seconds)

    def _run(self) -> None:
        while self._has_cause():
            try:
                with self._index.asking() as index:
                    if index.merge():
                        self.poke()
            except Exception:
                # The boundary of the thread: an index that is in pieces still answers.
                log.exception("merging failed")
        self._index.close()

    def _has_cause(self) -> bool:
        """Wait for a poke; False at the end."""
        with self._changed:
            self._works = False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._poked or self._ended)
            self._poked, self._works = False, not self._ended
            return self._works
