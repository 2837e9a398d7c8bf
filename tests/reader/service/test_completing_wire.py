"""Completions on their way between two processes, and from a real one."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Queue
from typing import Never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.service.completing import Completion
from reader.service.completing_wire import (
    CompletionQuestion,
    completion_question_line,
    completions_line,
    read_completion_question,
    read_completions,
)
from reader.service.library import Library
from reader.service.remote import SearchProcess
from reader.service.wire import Question, question_line
from reader.worker.search import serve_search

SECONDS = 30

Told = Queue[Sequence[Completion]]


@given(st.text(), st.integers(0, 4000))
def test_questions_survive_the_wire_on_one_line(text: str, cursor: int) -> None:
    question = CompletionQuestion(text, cursor)
    line = completion_question_line(question)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert read_completion_question(json.loads(line)) == question


@given(st.text())
def test_a_search_is_no_question_for_completions(text: str) -> None:
    assert read_completion_question(json.loads(question_line(Question(1, text, None)))) is None


completions = st.builds(
    Completion, st.text(), st.text(), st.none() | st.integers(0), st.text(), st.just(0), st.just(3)
)


@given(st.lists(completions, max_size=3).map(tuple))
def test_completions_survive_the_wire(found: tuple[Completion, ...]) -> None:
    assert read_completions(completions_line(found)) == found


def asked(library: Library, line: str) -> bytes:
    target = io.BytesIO()
    serve_search(library, io.StringIO(line), target)
    return target.getvalue()


def test_the_search_process_completes(library: Library) -> None:
    line = completion_question_line(CompletionQuestion("source:qu", 9))
    found = read_completions(asked(library, line).decode())
    assert found == library.completing.complete("source:qu", 9)
    assert [one.label for one in found] == ["Quay Notes"]


def test_trouble_is_no_completion(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(library.completing, "complete", fail)
    line = completion_question_line(CompletionQuestion("x", 1))
    assert read_completions(asked(library, line).decode()) == ()


@pytest.fixture
def process(library: Library) -> Iterator[SearchProcess]:
    made = SearchProcess(library.folder, lambda _: None)
    yield made
    made.close()


def test_completions_come_like_in_this_process(process: SearchProcess, library: Library) -> None:
    told: Told = Queue()
    process.complete("stor", 4, told.put)
    found = told.get(timeout=SECONDS)
    assert found == library.completing.complete("stor", 4)
    assert found[0].label == "storm"


def test_the_newest_completion_is_always_told(process: SearchProcess) -> None:
    told: Told = Queue()
    last: Told = Queue()
    for _ in range(50):
        process.complete("stor", 4, told.put)
    process.complete("gra", 3, last.put)
    assert last.get(timeout=SECONDS)[0].label == "grain"
    assert told.qsize() < 50


def test_a_waiting_question_goes_first(library: Library) -> None:
    order: Queue[str] = Queue()
    process = SearchProcess(library.folder, lambda answer: order.put(str(answer.generation)))
    # The child is being started meanwhile: all of these wait together.
    process.ask(1, "storm")
    process.complete("stor", 4, lambda _: order.put("completions"))
    process.ask(2, "grain")
    seen = [order.get(timeout=SECONDS)]
    while seen[-1] != "completions":
        seen.append(order.get(timeout=SECONDS))
    assert "2" in seen
    process.close()


def test_a_child_that_died_has_a_successor(process: SearchProcess) -> None:
    told: Told = Queue()
    process.complete("stor", 4, told.put)
    assert told.get(timeout=SECONDS)
    assert process._child is not None
    process._child.kill()
    process.complete("stor", 4, told.put)
    told.get(timeout=SECONDS)
    process.complete("stor", 4, told.put)
    assert told.get(timeout=SECONDS)


def test_without_a_child_nothing_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    process = SearchProcess(tmp_path, lambda _: None)
    told: Told = Queue()
    process.complete("stor", 4, told.put)
    assert told.get(timeout=SECONDS) == ()
    process.close()
