"""What one process writes the other reads back."""

from __future__ import annotations

import io
import json
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuerySyntaxError, SyntaxProblem
from reader.errors import (
    IndexingError,
    NotifyError,
    Obstacle,
    ReaderError,
    SearchUnavailableError,
    WorkerError,
)
from reader.service.indexing import IndexProgress, IndexStage, IndexState
from reader.service.rules_told import RuleError, RuleReport, RuleTrouble
from reader.service.searching import View
from reader.service.wire import (
    Question,
    SearchAnswer,
    progress_line,
    question_line,
    read_answer,
    read_progress,
    read_question,
    state_line,
    trouble_line,
    write_answer,
)


@given(text=st.text(), limit=st.none() | st.integers(0, 500))
def test_questions_survive_the_wire_on_one_line(text: str, limit: int | None) -> None:
    question = Question(3, text, limit)
    line = question_line(question)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert read_question(json.loads(line)) == question


def written(*answers: SearchAnswer) -> bytes:
    target = io.BytesIO()
    for answer in answers:
        write_answer(target, answer)
    return target.getvalue()


@given(ids=st.lists(st.integers(0, 2**62)), words=st.lists(st.text(), max_size=2))
def test_views_survive_the_wire(ids: list[int], words: list[str]) -> None:
    problem = QuerySyntaxError(SyntaxProblem.UNKNOWN_FIELD, 1, 6, "souce", "source", ("a",))
    view = View(
        array("q", ids), len(ids) + 2, "souce:x", 1.5, (problem,), tuple(words), (("tag", "wr"),)
    )
    source = io.BytesIO(written(SearchAnswer(7, view), SearchAnswer(8, view)))
    answer, next_answer = read_answer(source), read_answer(source)
    assert answer is not None
    assert answer.view is not None
    assert (answer.view.ids, answer.view.total) == (view.ids, view.total)
    assert answer.view.suggestions == view.suggestions
    assert answer.view.unknown == view.unknown
    assert answer.view.problems[0].args == problem.args
    assert answer.view.problems[0].problem is SyntaxProblem.UNKNOWN_FIELD
    assert next_answer is not None
    assert next_answer.generation == 8
    assert read_answer(source) is None


def test_half_an_answer_is_none() -> None:
    whole = written(SearchAnswer(7, View(array("q", [1, 2]), 2, "x", 1.5)))
    assert all(read_answer(io.BytesIO(whole[:end])) is None for end in range(len(whole)))


@pytest.mark.parametrize("error", [SearchUnavailableError("gone"), WorkerError("died")])
def test_errors_survive_the_wire(error: ReaderError) -> None:
    answer = read_answer(io.BytesIO(written(SearchAnswer(1, None, error))))
    assert answer is not None
    assert type(answer.error) is type(error)
    assert answer.error is not None
    assert answer.error.args == error.args


def test_progress_and_state_survive_the_wire() -> None:
    progress = IndexProgress(3, 10, rebuilding=True)
    assert read_progress(progress_line(progress)) == progress
    names = IndexProgress(3, 10, False, IndexStage.NAMES, "spacy:gone")
    assert read_progress(progress_line(names)) == names
    assert read_progress(state_line(IndexState.BUSY)) is IndexState.BUSY
    errors: tuple[RuleError, ...] = (
        QuerySyntaxError(SyntaxProblem.UNKNOWN_FIELD, 1, 6, "souce", "source"),
        SearchUnavailableError("gone"),
        NotifyError("War", "it ended with code 1"),
    )
    troubles = tuple(RuleTrouble(f"r{at}", error) for at, error in enumerate(errors))
    ruled = IndexProgress(3, 10, False, rules=RuleReport(9, 2, 1, troubles))
    told = read_progress(progress_line(ruled))
    assert isinstance(told, IndexProgress)
    assert told.rules is not None
    assert replace(told.rules, troubles=()) == RuleReport(9, 2, 1)
    assert [(one.rule, type(one.error), one.error.args) for one in told.rules.troubles] == [
        (one.rule, type(one.error), one.error.args) for one in troubles
    ]
    failed = read_progress(trouble_line(IndexingError(Obstacle.NOT_WRITABLE, "index\n")))
    assert isinstance(failed, IndexingError)
    assert failed.args == (Obstacle.NOT_WRITABLE, "index\n")
