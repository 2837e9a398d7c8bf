"""Questions about entities on their way between two processes, and from a real one."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import (
    EntityNotFoundError,
    LibraryBusyError,
    ReaderError,
    SearchUnavailableError,
    WorkerError,
)
from reader.model import Evidence, Page
from reader.service.cards_wire import (
    ArticlesQuestion,
    CardQuestion,
    CardsAnswer,
    CardsQuestion,
    EvidenceQuestion,
    FacetsQuestion,
    cards_answer_line,
    cards_question_line,
    read_cards_answer,
    read_cards_question,
)
from reader.service.completing_wire import CompletionQuestion, completion_question_line
from reader.service.library import Library
from reader.service.remote import SearchProcess
from reader.service.wire import Question, question_line
from reader.worker.search import serve_search
from tests.reader.service.naming import add, the
from tests.reader.service.values import evidence, ids, numbers

SECONDS = 30

questions = (
    st.builds(CardQuestion, ids)
    | st.builds(ArticlesQuestion, ids, numbers, numbers)
    | st.builds(EvidenceQuestion, ids, ids)
    | st.builds(FacetsQuestion, st.text(), numbers)
)


@given(questions)
def test_questions_survive_the_wire_on_one_line(question: CardsQuestion) -> None:
    line = cards_question_line(question)
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert read_cards_question(json.loads(line)) == question


@given(st.text())
def test_other_questions_are_told_apart(text: str) -> None:
    assert read_cards_question(json.loads(question_line(Question(1, text, None)))) is None
    assert (
        read_cards_question(json.loads(completion_question_line(CompletionQuestion(text, 0))))
        is None
    )


@given(st.lists(evidence, max_size=2).map(tuple), numbers)
def test_pages_survive_the_wire(items: tuple[Evidence, ...], total: int) -> None:
    page = Page(items, None, total)
    assert read_cards_answer(ArticlesQuestion(1, 0, 2), cards_answer_line(page)) == page


@pytest.mark.parametrize(
    "error", [EntityNotFoundError(7), SearchUnavailableError("gone"), WorkerError("died")]
)
def test_errors_survive_the_wire(error: ReaderError) -> None:
    told = read_cards_answer(CardQuestion(7), cards_answer_line(error))
    assert type(told) is type(error)
    assert isinstance(told, ReaderError)
    assert told.args == error.args


def test_other_errors_are_those_of_the_process() -> None:
    told = read_cards_answer(CardQuestion(7), cards_answer_line(LibraryBusyError(Path("x"), "")))
    assert isinstance(told, WorkerError)


@pytest.fixture
def world(fresh: Library) -> Library:
    add(fresh, "[PER:Anna Berg] left [LOC:Odda] for [LOC:Voss].", "Rain in [LOC:Odda].")
    return fresh


def asked(library: Library, question: CardsQuestion) -> CardsAnswer:
    target = io.BytesIO()
    serve_search(library, io.StringIO(cards_question_line(question)), target)
    return read_cards_answer(question, target.getvalue().decode())


def test_the_search_process_answers_as_the_library_does(world: Library) -> None:
    berg, odda = the(world, "Anna Berg"), the(world, "Odda")
    assert asked(world, CardQuestion(odda)) == world.cards.card(odda)
    assert asked(world, ArticlesQuestion(odda, 1, 5)) == world.cards.articles(odda, 1, 5)
    assert asked(world, EvidenceQuestion(berg, odda)) == world.cards.evidence(berg, odda)
    assert asked(world, FacetsQuestion("rain", 3)) == world.searching.entity_facets("rain", 3)
    assert isinstance(asked(world, CardQuestion(99)), EntityNotFoundError)


def test_trouble_is_told(world: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(world.cards, "card", fail)
    assert isinstance(asked(world, CardQuestion(1)), WorkerError)


@pytest.fixture
def process(world: Library) -> Iterator[SearchProcess]:
    made = SearchProcess(world.folder, lambda _: None)
    yield made
    made.close()


def answer_to(ask: Callable[[Callable[[object], None]], None]) -> object:
    told: Queue[object] = Queue()
    ask(told.put)
    return told.get(timeout=SECONDS)


def test_a_real_process_answers_every_kind_of_question(
    process: SearchProcess, world: Library
) -> None:
    berg, odda = the(world, "Anna Berg"), the(world, "Odda")
    cards = world.cards
    assert answer_to(lambda tell: process.card(odda, tell)) == cards.card(odda)
    page = answer_to(lambda tell: process.card_articles(odda, 0, 1, tell))
    assert page == cards.articles(odda, 0, 1)
    assert answer_to(lambda tell: process.evidence(berg, odda, tell)) == cards.evidence(berg, odda)
    facets = answer_to(lambda tell: process.facets("", 2, tell))
    assert facets == world.searching.entity_facets("", 2)


def test_the_newest_question_of_a_kind_takes_the_place_of_the_one_before(
    process: SearchProcess, world: Library
) -> None:
    odda = the(world, "Odda")
    told: Queue[object] = Queue()
    for number in range(50):
        process.card(odda if number == 49 else 99, told.put)
    process.evidence(odda, odda, told.put)
    seen = [told.get(timeout=SECONDS)]
    while len(seen) < 2 or not any(isinstance(one, Evidence) for one in seen):
        seen.append(told.get(timeout=SECONDS))
    assert world.cards.card(odda) in seen
    assert len(seen) < 50


def test_a_child_that_died_has_a_successor(process: SearchProcess, world: Library) -> None:
    odda = the(world, "Odda")
    answer_to(lambda tell: process.card(odda, tell))
    assert process._child is not None
    process._child.kill()
    assert answer_to(lambda tell: process.card(odda, tell)) == world.cards.card(odda)


def test_without_a_child_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "missing"))
    process = SearchProcess(tmp_path, lambda _: None)
    assert isinstance(answer_to(lambda tell: process.card(1, tell)), WorkerError)
    process.close()


def test_closing_during_a_question_ends_it(world: Library) -> None:
    told: Queue[object] = Queue()
    process = SearchProcess(world.folder, lambda _: None)
    process.card(the(world, "Odda"), told.put)
    while process._child is None:
        continue
    process.close()
    assert told.qsize() <= 1
