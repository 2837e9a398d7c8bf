"""The child processes of the screen: `python -m reader.worker search|index FOLDER`.

Lines come on standard input and go to standard output; the end of the input is the end of
the work, so that nothing outlives the screen.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, BinaryIO, TextIO

from reader.errors import IndexingError, LibraryBusyError, Obstacle, ReaderError, WorkerError
from reader.service.completing_wire import (
    CompletionQuestion,
    completions_line,
    read_completion_question,
)
from reader.service.indexing import IndexState
from reader.service.library import Library
from reader.service.obstacles import why_indexing_failed
from reader.service.wire import (
    Question,
    SearchAnswer,
    progress_line,
    read_question,
    state_line,
    trouble_line,
    write_answer,
)
from reader.text import explain

if TYPE_CHECKING:
    from reader.service.completing import Completion
    from reader.service.indexing import IndexProgress

log = logging.getLogger(__name__)

NICENESS = 10
"""Indexing gives way to the screen and to everything else."""


def main(arguments: list[str]) -> int:
    task, folder = arguments
    logging.basicConfig(filename=Path(folder) / "log.txt", level=logging.WARNING)
    try:
        library = Library.open(Path(folder))
    except ReaderError:
        log.exception("the %s process cannot open the library", task)
        return 1
    try:
        if task == "search":
            serve_search(library, sys.stdin, sys.stdout.buffer)
        else:
            serve_index(library, sys.stdin, sys.stdout)
    finally:
        library.close()
    return 0


def serve_search(library: Library, source: TextIO, target: BinaryIO) -> None:
    """Answer one question after another."""
    for line in source:
        if (asked := read_completion_question(line)) is not None:
            target.write(completions_line(_complete(library, asked)).encode())
            target.flush()
        else:
            write_answer(target, _answer(library, read_question(line)))


def _complete(library: Library, question: CompletionQuestion) -> Sequence[Completion]:
    try:
        return library.completing.complete(question.text, question.cursor)
    except Exception:
        # The worker boundary: what is wrong is told by the search that follows.
        log.exception("completing failed")
        return ()


def _answer(library: Library, question: Question) -> SearchAnswer:
    try:
        view = library.searching.view(question.text, question.limit)
        return SearchAnswer(question.generation, view)
    except ReaderError as error:
        return SearchAnswer(question.generation, None, error)
    except Exception as error:
        log.exception("search failed")
        return SearchAnswer(question.generation, None, WorkerError(repr(error)))


def serve_index(library: Library, source: TextIO, target: TextIO) -> None:
    """Drain the outbox now and after every line.

    That it is done is told as soon as nothing waits any more; merging goes on after that.
    """
    os.nice(NICENESS)
    poked, ended, told = Event(), Event(), Event()
    poked.set()
    Thread(target=_listen, args=(source, poked, ended), daemon=True).start()

    def tell(progress: IndexProgress) -> None:
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
        state = _index(library, ended, progress=tell, indexed=tell_indexed)
        if not (state is IndexState.DONE and told.is_set()):
            tell_state(state)


def _index(
    library: Library, ended: Event, **told: Callable[..., None]
) -> IndexState | IndexingError:
    try:
        return library.indexing.run(**told, stop=ended.is_set)
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
