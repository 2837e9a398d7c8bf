"""Answers questions, one after another."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO, TextIO

from reader.errors import ReaderError, WorkerError
from reader.service.completing_wire import (
    CompletionQuestion,
    completions_line,
    read_completion_question,
)
from reader.service.library import Library
from reader.service.wire import Question, SearchAnswer, read_question, write_answer

if TYPE_CHECKING:
    from reader.service.completing import Completion

log = logging.getLogger(__name__)


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
