"""The child processes, spoken to over plain text streams."""

from __future__ import annotations

import errno
import io
import os
import sys
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import pytest

from reader.errors import IndexingError, LibraryBusyError, SearchUnavailableError, WorkerError
from reader.service.indexing import IndexProgress, IndexState, IndexTold
from reader.service.library import Library
from reader.service.wire import (
    Question,
    SearchAnswer,
    question_line,
    read_answer,
    read_progress,
)
from reader.text import explain
from reader.worker.__main__ import main
from reader.worker.index import NICENESS, serve_index
from reader.worker.search import serve_search


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    article = tmp_path / "article.txt"
    article.write_text("Storm over Bergen\n\nThe storm struck Bergen at night.\n")
    library = Library.open(tmp_path / "library")
    library.importing.import_paths([article])
    yield library
    library.close()


@pytest.fixture(autouse=True)
def same_niceness(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Keeps this process as it is; what was asked for."""
    asked: list[int] = []
    monkeypatch.setattr(os, "nice", asked.append)
    return asked


def ask(library: Library, *questions: Question) -> list[SearchAnswer]:
    target = io.BytesIO()
    serve_search(library, io.StringIO("".join(map(question_line, questions))), target)
    target.seek(0)
    answers = [read_answer(target) for _ in questions]
    assert not target.read()
    return [answer for answer in answers if answer is not None]


def test_questions_are_answered_in_order(library: Library) -> None:
    library.indexing.run()
    first, second = ask(library, Question(1, "storm", None), Question(2, "calm sort:title", 9))
    assert first.view is not None
    assert second.view is not None
    assert (first.generation, first.view.ids) == (1, array("q", [1]))
    assert (second.generation, second.view.total) == (2, 0)


def test_trouble_is_an_answer_and_the_next_question_is_heard(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (answer,) = ask(library, Question(1, "storm", None))
    assert isinstance(answer.error, SearchUnavailableError)

    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(library.searching, "view", fail)
    answers = ask(library, Question(2, "storm", None), Question(3, "storm", None))
    errors = [answer.error for answer in answers]
    assert [type(error) for error in errors] == [WorkerError, WorkerError]
    assert "a fault of ours" in str(errors[0])


def test_indexing_tells_progress_and_ends_with_its_input(
    library: Library, same_niceness: list[int]
) -> None:
    read, write = os.pipe()
    target = io.StringIO()

    class Ending(io.StringIO):
        """Ends the input once the state has been told."""

        def write(self, text: str) -> int:
            if "state" in text:
                os.close(write)
            return target.write(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Ending())
    told = [read_progress(line) for line in target.getvalue().splitlines()]
    first, last = (IndexProgress(done, 1, rebuilding=True) for done in (0, 1))
    assert told == [first, last, IndexState.DONE]
    assert same_niceness == [NICENESS]
    assert library.searching.view("storm").total == 1


def test_a_poke_looks_again(library: Library) -> None:
    read, write = os.pipe()
    states: list[str] = []

    class Counting(io.StringIO):
        def write(self, text: str) -> int:
            if "state" in text:
                states.append(text)
                os.write(write, b"\n") if len(states) == 1 else os.close(write)
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Counting())
    assert len(states) == 2


def told_of_two_failures(
    library: Library, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> list[IndexTold]:
    """What is told when indexing fails, and fails again at a poke."""

    def fail(**_: object) -> Never:
        raise error

    monkeypatch.setattr(library.indexing, "run", fail)
    read, write = os.pipe()
    told: list[IndexTold] = []

    class Listening(io.StringIO):
        def write(self, text: str) -> int:
            told.append(read_progress(text))
            os.write(write, b"\n") if len(told) == 1 else os.close(write)
            return len(text)

    with os.fdopen(read) as source:
        serve_index(library, source, Listening())
    return told


def test_a_library_that_is_busy_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    told = told_of_two_failures(library, monkeypatch, LibraryBusyError(Path("x")))
    assert told == [IndexState.BUSY, IndexState.BUSY]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "no space left"),
        (ZeroDivisionError("a fault of ours"), "a fault of ours"),
    ],
)
def test_indexing_that_fails_is_told_and_the_process_lives_on(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    words: str,
) -> None:
    first, second = told_of_two_failures(library, monkeypatch, error)
    for one in (first, second):
        assert isinstance(one, IndexingError)
        assert words in explain(one)
    assert words in caplog.text
    assert ("Traceback" in caplog.text) is isinstance(error, ZeroDivisionError)


def test_a_library_that_cannot_be_opened_ends_the_process(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"rubbish" * 99)
    assert main(["search", str(tmp_path)]) == 1


def test_the_door_opens_the_library_and_serves(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdin", io.StringIO(question_line(Question(4, "", None))))
    monkeypatch.setattr(sys, "stdout", target)
    assert main(["search", str(library.folder)]) == 0
    target.seek(0)
    answer = read_answer(target.buffer)
    assert answer is not None
    assert answer.generation == 4
