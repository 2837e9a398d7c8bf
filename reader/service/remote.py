"""Work that would hold up the screen, done by `reader.worker` in child processes.

Python threads share one interpreter lock: a search or an entity pass in a thread would make
every key wait.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread
from typing import IO, cast

from index.query import Sort
from reader.errors import WorkerError
from reader.service.indexing import IndexProgress, IndexState
from reader.service.wire import (
    Question,
    SearchAnswer,
    question_line,
    read_answer,
    read_progress,
)

_log = logging.getLogger(__name__)


class Child:
    """A worker process with lines of text in both directions.

    `kill` may be called from any thread; everything else belongs to one.
    """

    def __init__(self, task: str, folder: Path) -> None:
        command = [sys.executable, "-m", "reader.worker", task, str(folder)]
        # Its own session: an interrupt typed at the terminal is the screen's to handle.
        self._process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._to = cast("IO[str]", self._process.stdin)
        self._from = cast("IO[str]", self._process.stdout)

    def send(self, line: str) -> None:
        """Raises OSError when the process is gone."""
        self._to.write(line)
        self._to.flush()

    def receive(self) -> str:
        """The next line, empty when the process is gone, in the middle of one perhaps."""
        line = self._from.readline()
        return line if line.endswith("\n") else ""

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._from.close()
        with suppress(OSError):  # what was still to be sent has no reader any more
            self._to.close()


class SearchProcess:
    """Search in a child process; only the newest question is answered.

    `on_answer` is called from a thread of this object. A child that died is started again
    with the next question.
    """

    def __init__(self, folder: Path, on_answer: Callable[[SearchAnswer], None]) -> None:
        self._folder = folder
        self._on_answer = on_answer
        self._waiting: Question | None = None
        self._closed = False
        self._changed = Condition()
        self._child: Child | None = None
        self._thread = Thread(target=self._run, name="search", daemon=True)
        self._thread.start()

    def ask(self, generation: int, text: str, sort: Sort | None = None) -> None:
        """Put a question in the place of one that has not been started."""
        with self._changed:
            self._waiting = Question(generation, text, sort)
            self._changed.notify()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify()
            if self._child is not None:
                self._child.kill()
        self._thread.join()

    def _run(self) -> None:
        while (question := self._next()) is not None:
            answer = self._answer(question)
            if not self._closed:
                self._on_answer(answer)
        self._drop_child()

    def _next(self) -> Question | None:
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._waiting is not None)
            question, self._waiting = self._waiting, None
            return None if self._closed else question

    def _answer(self, question: Question) -> SearchAnswer:
        """Ask the child; one that has died since the last question gets a successor."""
        for _ in range(2):
            try:
                child = self._running_child()
                child.send(question_line(question))
                line = child.receive()
            except OSError as error:
                line, reason = "", str(error)
            else:
                reason = "the search process ended"
            if line:
                return read_answer(line)
            self._drop_child()
            if self._closed:
                break
        _log.error("no answer to a search: %s", reason)
        return SearchAnswer(question.generation, None, WorkerError(reason))

    def _running_child(self) -> Child:
        with self._changed:
            if self._child is None:
                self._child = Child("search", self._folder)
            return self._child

    def _drop_child(self) -> None:
        with self._changed:
            child, self._child = self._child, None
        if child is not None:
            child.close()


class IndexProcess:
    """Indexing in a child process, from `start` until the outbox is empty, again at each `poke`.

    `on_progress` is called from a thread of this object with how far it is, and with the
    state it came to.
    """

    def __init__(
        self, folder: Path, on_progress: Callable[[IndexProgress | IndexState], None]
    ) -> None:
        self._folder = folder
        self._on_progress = on_progress
        self._running: tuple[Child, Thread] | None = None
        self._closed = False

    def start(self) -> None:
        """Start the process. Raises OSError when the system does not let us."""
        child = Child("index", self._folder)
        thread = Thread(target=self._listen, args=(child,), name="index", daemon=True)
        self._running = child, thread
        thread.start()

    def poke(self) -> None:
        """Look at the outbox again, in a new process when the last one died."""
        if self._closed or self._running is None:
            return
        child, thread = self._running
        if thread.is_alive():
            with suppress(OSError):
                child.send("\n")
        else:
            child.close()
            self.start()

    def close(self) -> None:
        self._closed = True
        if self._running is not None:
            child, thread = self._running
            child.kill()
            thread.join()
            child.close()

    def _listen(self, child: Child) -> None:
        while line := child.receive():
            self._on_progress(read_progress(line))
