"""Real child processes: questions, progress, death and closing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from time import sleep

import pytest

from reader.errors import SearchUnavailableError, WorkerError
from reader.service import remote
from reader.service.child import Child
from reader.service.indexing import IndexState, IndexTold
from reader.service.library import Library
from reader.service.remote import IndexProcess, SearchProcess
from reader.service.wire import Question, SearchAnswer

SECONDS = 30


@pytest.fixture
def answers() -> Queue[SearchAnswer]:
    return Queue()


@pytest.fixture
def search(library: Library, answers: Queue[SearchAnswer]) -> Iterator[SearchProcess]:
    process = SearchProcess(library.folder, answers.put)
    yield process
    process.close()


def test_questions_are_answered_like_in_this_process(
    search: SearchProcess, answers: Queue[SearchAnswer], library: Library
) -> None:
    search.ask(1, "storm")
    answer = answers.get(timeout=SECONDS)
    assert answer.generation == 1
    assert answer.view is not None
    assert answer.view.ids == library.searching.view("storm").ids


def test_the_rest_of_a_long_answer_follows(
    search: SearchProcess,
    answers: Queue[SearchAnswer],
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(remote, "FIRST", 1)
    search.ask(1, "storm")
    first, second = (answers.get(timeout=SECONDS) for _ in range(2))
    assert (first.generation, second.generation) == (1, 1)
    assert first.view is not None
    assert second.view is not None
    assert second.view.ids == library.searching.view("storm").ids
    assert first.view.ids == second.view.ids[:1]
    assert (first.view.total, second.view.is_complete) == (2, True)


def test_the_rest_of_an_answer_gives_way_to_a_newer_question(
    library: Library, answers: Queue[SearchAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "FIRST", 1)
    monkeypatch.setattr(remote, "PAUSE", SECONDS)

    def tell(answer: SearchAnswer) -> None:
        answers.put(answer)
        if answer.generation == 1:
            process.ask(2, "storm", whole=True)

    process = SearchProcess(library.folder, tell)
    process.ask(1, "storm")
    first, second = (answers.get(timeout=SECONDS) for _ in range(2))
    assert (first.generation, second.generation) == (1, 2)
    assert second.view is not None
    assert second.view.is_complete
    process.close()
    assert answers.empty()


def test_the_newest_question_is_always_answered(
    search: SearchProcess, answers: Queue[SearchAnswer]
) -> None:
    for generation in range(50):
        search.ask(generation, "storm")
    seen = [answers.get(timeout=SECONDS)]
    while seen[-1].generation != 49:
        seen.append(answers.get(timeout=SECONDS))
    assert len(seen) < 50
    generations = [answer.generation for answer in seen]
    assert generations == sorted(generations)


def test_a_child_that_died_has_a_successor(
    search: SearchProcess, answers: Queue[SearchAnswer]
) -> None:
    search.ask(1, "storm")
    answers.get(timeout=SECONDS)
    assert search._child is not None
    search._child.kill()
    search.ask(2, "storm")
    answer = answers.get(timeout=SECONDS)
    assert answer.generation == 2
    assert answer.view is not None


def test_a_child_that_cannot_be_started_is_told(
    tmp_path: Path, answers: Queue[SearchAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    process = SearchProcess(tmp_path, answers.put)
    process.ask(1, "storm")
    assert isinstance(answers.get(timeout=SECONDS).error, WorkerError)
    process.close()


def test_closing_during_a_question_answers_no_more(
    library: Library, answers: Queue[SearchAnswer], caplog: pytest.LogCaptureFixture
) -> None:
    process = SearchProcess(library.folder, answers.put)
    process.ask(1, "storm")
    while process._child is None:
        sleep(0.001)
    process.close()
    assert answers.empty()
    assert caplog.messages == []


def test_a_missing_index_is_told(tmp_path: Path, answers: Queue[SearchAnswer]) -> None:
    Library.open(tmp_path / "bare").close()
    process = SearchProcess(tmp_path / "bare", answers.put)
    process.ask(1, "storm")
    assert isinstance(answers.get(timeout=SECONDS).error, SearchUnavailableError)
    process.close()


def test_a_process_that_was_never_asked_closes(
    tmp_path: Path, answers: Queue[SearchAnswer]
) -> None:
    SearchProcess(tmp_path, answers.put).close()
    assert answers.empty()


class ClosedMeanwhile(SearchProcess):
    """One that is closed just when it has taken up a question."""

    def _answer(self, question: Question) -> SearchAnswer:
        self._closed = True
        return super()._answer(question)


def test_nothing_is_started_for_a_question_taken_up_before_the_end(
    tmp_path: Path, answers: Queue[SearchAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def start(task: str, _folder: Path) -> Child:
        started.append(task)
        raise OSError

    monkeypatch.setattr(remote, "Child", start)
    process = ClosedMeanwhile(tmp_path, answers.put)
    process.ask(1, "storm")
    process._thread.join(SECONDS)
    process.close()
    index = IndexProcess(tmp_path, lambda _: None)
    index.close()
    index.start()
    index.poke()
    assert started == []
    assert answers.empty()


def states_of(told: Queue[IndexTold]) -> IndexState:
    while not isinstance(one := told.get(timeout=SECONDS), IndexState):
        continue
    return one


def test_indexing_starts_by_itself_and_at_each_poke(fresh: Library, folder: Path) -> None:
    told: Queue[IndexTold] = Queue()
    process = IndexProcess(fresh.folder, told.put)
    process.start()
    assert states_of(told) is IndexState.DONE
    fresh.importing.import_paths([folder])
    process.poke()
    assert states_of(told) is IndexState.DONE
    assert fresh.searching.view("storm").total == 2
    process.close()
    process.poke()


def test_a_process_that_died_is_started_again_by_a_poke(fresh: Library, folder: Path) -> None:
    told: Queue[IndexTold] = Queue()
    process = IndexProcess(fresh.folder, told.put)
    process.start()
    assert states_of(told) is IndexState.DONE
    assert process._running is not None
    child, thread = process._running
    child.kill()
    thread.join()
    fresh.importing.import_paths([folder])
    process.poke()
    assert states_of(told) is IndexState.DONE
    assert fresh.searching.view("storm").total == 2
    process.close()


def test_half_an_answer_is_no_answer(
    tmp_path: Path, answers: Queue[SearchAnswer], monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "dying"
    dying.write_text('#!/bin/sh\nread question\nprintf \'{"generation": 1, "vi\'\n')
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    process = SearchProcess(tmp_path, answers.put)
    process.ask(1, "storm")
    assert isinstance(answers.get(timeout=SECONDS).error, WorkerError)
    process.close()


def test_a_process_that_was_never_started_does_nothing(tmp_path: Path) -> None:
    process = IndexProcess(tmp_path, lambda _: None)
    process.poke()
    process.close()
