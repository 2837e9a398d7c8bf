"""What one process writes the other reads back."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuerySyntaxError, SyntaxProblem
from index.query import Sort
from reader.errors import ReaderError, SearchUnavailableError, WorkerError
from reader.service.indexing import IndexProgress, IndexState
from reader.service.searching import View
from reader.service.wire import (
    Question,
    SearchAnswer,
    answer_line,
    progress_line,
    question_line,
    read_answer,
    read_progress,
    read_question,
    state_line,
)


@given(text=st.text(), sort=st.none() | st.sampled_from(Sort))
def test_questions_survive_the_wire_on_one_line(text: str, sort: Sort | None) -> None:
    question = Question(3, text, sort)
    line = question_line(question)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert read_question(line) == question


@given(ids=st.lists(st.integers(0, 2**62)), words=st.lists(st.text(), max_size=2))
def test_views_survive_the_wire(ids: list[int], words: list[str]) -> None:
    problem = QuerySyntaxError(SyntaxProblem.UNKNOWN_FIELD, 1, 6, "souce", "source")
    view = View(array("q", ids), "souce:x", 1.5, (problem,), tuple(words))
    answer = read_answer(answer_line(SearchAnswer(7, view)))
    assert answer.view is not None
    assert answer.view.ids == view.ids
    assert answer.view.suggestions == view.suggestions
    assert answer.view.problems[0].args == problem.args
    assert answer.view.problems[0].problem is SyntaxProblem.UNKNOWN_FIELD


@pytest.mark.parametrize("error", [SearchUnavailableError("gone"), WorkerError("died")])
def test_errors_survive_the_wire(error: ReaderError) -> None:
    answer = read_answer(answer_line(SearchAnswer(1, None, error)))
    assert type(answer.error) is type(error)
    assert answer.error is not None
    assert answer.error.args == error.args


def test_progress_and_state_survive_the_wire() -> None:
    progress = IndexProgress(3, 10, rebuilding=True)
    assert read_progress(progress_line(progress)) == progress
    assert read_progress(state_line(IndexState.BUSY)) is IndexState.BUSY
