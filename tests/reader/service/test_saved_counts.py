"""Counts of saved searches from the search process: a few at a time, searches first."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import Never

import pytest

from reader.errors import ReaderError, WorkerError
from reader.kept import SavedCount, SavedId, SavedSearch
from reader.service.child import Child
from reader.service.counts_wire import (
    CountsAnswer,
    CountsQuestion,
    counts_answer_line,
    counts_question_line,
    read_counts_answer,
    read_counts_question,
)
from reader.service.library import Library
from reader.service.remote import SearchProcess
from reader.service.wire import Question, SearchAnswer
from reader.worker import search
from reader.worker.search import serve_search

SECONDS = 30

Told = Queue[tuple[SavedCount, ...] | ReaderError]

COUNTS = tuple(SavedCount(SavedSearch(SavedId(n), f"s{n}", "x", n), n, 0) for n in range(3))


def test_a_real_process_counts(library: Library) -> None:
    for name, query in (("Storms", "storm"), ("Bergen", "bergen"), ("Marked", "is:starred")):
        library.saved_searches.add(name, query)
    process = SearchProcess(library.folder, lambda _: None)
    told: Told = Queue()
    process.saved_counts(told.put)
    assert told.get(timeout=SECONDS) == library.saved_searches.counts()
    process.close()


@pytest.mark.parametrize("moment", [-1.0, 1000.0])
def test_the_worker_counts_until_a_moment_has_passed(
    library: Library, monkeypatch: pytest.MonkeyPatch, moment: float
) -> None:
    monkeypatch.setattr(search, "MOMENT", moment)
    for name in "abc":
        library.saved_searches.add(name, "storm")
    target = io.BytesIO()
    asked = map(counts_question_line, (CountsQuestion(0), CountsQuestion(2), CountsQuestion(3)))
    serve_search(library, io.StringIO("".join(asked)), target)
    first, second, last = map(read_counts_answer, target.getvalue().decode().splitlines())
    assert len(first.counts) == (1 if moment < 0 else 3)
    assert [one.saved.name for one in second.counts] == ["c"]
    assert last == CountsAnswer((), 3)


def test_a_fault_is_told(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(library.saved_searches, "list", fail)
    target = io.BytesIO()
    serve_search(library, io.StringIO(counts_question_line(CountsQuestion(0))), target)
    assert "a fault of ours" in read_counts_answer(target.getvalue().decode()).problem


class Slow(SearchProcess):
    """Answers with one count at a time; `during` is called with each step that is asked for."""

    def __init__(self, during: Callable[[SearchProcess, int], str | None]) -> None:
        self.steps: list[str] = []
        self.during = during
        super().__init__(Path("nowhere"), lambda answer: self.steps.append("search"))

    def _running_child(self) -> Child:
        raise OSError

    def _answer(self, question: Question) -> SearchAnswer:
        return SearchAnswer(question.generation, None, WorkerError(""))

    def _line_of(self, question: str) -> str:
        asked = read_counts_question(json.loads(question))
        assert asked is not None
        self.steps.append(f"count {asked.done}")
        line = self.during(self, asked.done)
        if line is not None:
            return line
        return counts_answer_line(CountsAnswer(COUNTS[asked.done : asked.done + 1], 3))


def test_a_search_goes_first_in_between() -> None:
    told: Told = Queue()

    def during(process: SearchProcess, done: int) -> None:
        if not done:
            process.ask(1, "storm")

    process = Slow(during)
    process.saved_counts(told.put)
    assert told.get(timeout=SECONDS) == COUNTS
    process.close()
    assert process.steps == ["count 0", "search", "count 1", "count 2"]


def test_of_two_questions_the_newer_one_is_answered() -> None:
    older, newer = Told(), Told()

    def during(process: SearchProcess, done: int) -> None:
        if process.steps == ["count 0", "count 1"]:  # type: ignore[attr-defined]
            process.saved_counts(newer.put)

    process = Slow(during)
    process.saved_counts(older.put)
    assert newer.get(timeout=SECONDS) == COUNTS
    process.close()
    assert older.empty()
    assert process.steps == ["count 0", "count 1", "count 0", "count 1", "count 2"]


@pytest.mark.parametrize("line", ["", counts_answer_line(CountsAnswer((), 0, "broken"))])
def test_no_answer_is_told(line: str) -> None:
    told: Told = Queue()
    process = Slow(lambda _process, done: line if done else None)
    process.saved_counts(told.put)
    assert isinstance(told.get(timeout=SECONDS), WorkerError)
    process.close()
