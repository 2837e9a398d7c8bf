"""A screen whose jobs wait beside everything else, and which says what came of them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine
from functools import partial
from time import monotonic
from typing import Any

from textual import on
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from index.errors import SearchIndexError
from reader.errors import ReaderError
from reader.text import explain
from reader.ui.widgets.bars import StatusBar

Job = Callable[..., Coroutine[None, None, None]]
"""What a coroutine comes from. Not the coroutine: one that is given up early never starts."""

_log = logging.getLogger(__name__)


class WorkScreen(Screen[None]):
    """Jobs in groups, and a line for what they tell."""

    def __init__(self) -> None:
        super().__init__()
        self.status = StatusBar(id="status")

    def work(self, group: str, job: Job, *args: Any, **options: Any) -> None:
        """Do something that waits, beside everything else."""
        work = partial(job, *args, **options)
        # Without a description the job is written out, with all that it is done to.
        _: Worker[None] = self.run_worker(work, group=group, description=group, exit_on_error=False)

    def latest(self, group: str, job: Job, *args: Any, **options: Any) -> None:
        """The same, giving up what is under way in the group: only the newest counts."""
        self.workers.cancel_group(self, group)
        self.work(group, job, *args, **options)

    def is_working(self, *groups: str) -> bool:
        """Whether a job of one of the groups is under way."""
        return bool(self._jobs(groups))

    async def finish(self, groups: Collection[str], seconds: float) -> set[str]:
        """Wait at most `seconds` until no job of the groups is under way.

        Returns the groups in which one failed. A job that takes longer goes on.
        """
        deadline, failed = monotonic() + seconds, set[str]()
        while (jobs := self._jobs(groups)) and (left := deadline - monotonic()) > 0:
            waiting = asyncio.gather(*(job.wait() for job in jobs), return_exceptions=True)
            await asyncio.wait([waiting], timeout=left)
            failed |= {job.group for job in jobs if job.state is WorkerState.ERROR}
        return failed

    def _jobs(self, groups: Collection[str]) -> list[Worker[None]]:
        return [job for job in self.workers if job.node is self and job.group in groups]

    @on(Worker.StateChanged)
    def _failed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.complain(event.worker.error)

    def say(self, text: str) -> None:
        """Tell what was done, in the status line."""
        self.status.say(text)

    def complain(self, error: BaseException) -> None:
        """Tell what went wrong; what nobody expected is also kept in the log."""
        self.status.say(explain(error), error=True)
        if not isinstance(error, (ReaderError, SearchIndexError)):
            _log.error("a job of the screen failed", exc_info=error)
            self.notify(explain(error), severity="error", markup=False)
