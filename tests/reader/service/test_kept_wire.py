"""Questions about rules and articles on their way, and from a real process."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any, Never

import pytest

from index.errors import QuerySyntaxError, SyntaxProblem
from reader.errors import (
    ArticleNotFoundError,
    CursorError,
    LibraryBusyError,
    SavedSearchNotFoundError,
    SearchUnavailableError,
    WorkerError,
)
from reader.feeds import Subscription
from reader.kept import Deeds
from reader.model import Change
from reader.service.counts_wire import CountsQuestion, counts_question_line
from reader.service.explaining import Why
from reader.service.kept_wire import (
    KeptError,
    KeptQuestion,
    RuleRunQuestion,
    RuleTestQuestion,
    WhyQuestion,
    kept_answer_line,
    kept_question_line,
    read_kept_answer,
    read_kept_question,
)
from reader.service.library import Library
from reader.service.remote import SearchProcess
from reader.worker.search import serve_search

SECONDS = 30

ASKED: tuple[KeptQuestion, ...] = (
    WhyQuestion(2, 'storm "\n'),
    RuleTestQuestion("Storms", 2),
    RuleRunQuestion("Storms"),
)


@pytest.fixture
def ruled(library: Library) -> Library:
    """A library with a rule, a feed, tags and a note."""
    library.saved_searches.add("Storms", "storm")
    library.saved_searches.set_deeds("Storms", Deeds(("wet",), (), ("read",)))
    library.store.feeds.add(Subscription("https://hill.example/f", "Hill Post"), private=False)
    library.tagging.tag([2], ["mine"], [])
    library.notes.add(2, 0, 9, "look")
    return library


def answered(library: Library, question: KeptQuestion) -> Any:
    target = io.BytesIO()
    serve_search(library, io.StringIO(kept_question_line(question)), target)
    return read_kept_answer(question, target.getvalue().decode())


def test_questions_are_told_from_others() -> None:
    for question in ASKED:
        line = kept_question_line(question)
        assert line.count("\n") == 1
        assert read_kept_question(json.loads(line)) == question
    assert read_kept_question(json.loads(counts_question_line(CountsQuestion(0)))) is None


def test_answers_come_as_they_are(ruled: Library) -> None:
    for query in ("", "storm -corn is:unread who:berg"):
        why = ruled.explaining.why(2, query)
        assert why.feed is not None
        assert answered(ruled, WhyQuestion(2, query)) == why
    assert answered(ruled, RuleTestQuestion("storms", 1)) == ruled.rules.test("Storms", 1)
    assert answered(ruled, RuleRunQuestion("storms")) == Change(2, 2)
    assert answered(ruled, RuleRunQuestion("storms")) == Change(2, 0)


@pytest.mark.parametrize(
    "error",
    [
        ArticleNotFoundError(7),
        SavedSearchNotFoundError("a", "b"),
        SearchUnavailableError("gone"),
        QuerySyntaxError(SyntaxProblem.BAD_DATE, 1, 3, "x", "y"),
        LibraryBusyError(Path("library"), "locked"),
    ],
)
def test_errors_come_as_they_are(error: KeptError) -> None:
    told = read_kept_answer(ASKED[0], kept_answer_line(error))
    assert type(told) is type(error)
    assert isinstance(told, Exception)
    assert told.args == error.args


def test_other_errors_are_told() -> None:
    told = read_kept_answer(ASKED[0], kept_answer_line(CursorError("x")))
    assert isinstance(told, WorkerError)
    assert told.detail == "x"


def test_trouble_is_an_answer(ruled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(answered(ruled, WhyQuestion(99, "")), ArticleNotFoundError)
    assert isinstance(answered(ruled, RuleRunQuestion("Stroms")), SavedSearchNotFoundError)

    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(ruled.rules, "test", fail)
    assert "a fault of ours" in answered(ruled, RuleTestQuestion("Storms", 1)).detail


@pytest.fixture
def process(ruled: Library) -> Iterator[SearchProcess]:
    made = SearchProcess(ruled.folder, lambda _: None)
    yield made
    made.close()


def test_a_real_process_answers(process: SearchProcess, ruled: Library) -> None:
    told: Queue[Any] = Queue()
    process.why(2, "storm", told.put)
    why = told.get(timeout=SECONDS)
    assert isinstance(why, Why)
    assert why == ruled.explaining.why(2, "storm")
    process.rule_test("Storms", 5, "", told.put)
    assert told.get(timeout=SECONDS) == ruled.rules.test("Storms", 5)
    process.rule_run("Storms", "", told.put)
    assert told.get(timeout=SECONDS) == Change(2, 2)
    assert list(ruled.store.tags.packed("wet").ids()) == [1, 2]


def test_no_answer_is_told(process: SearchProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    told: Queue[Any] = Queue()
    monkeypatch.setattr(process, "_line_of", lambda _: "")
    process.why(2, "storm", told.put)
    assert isinstance(told.get(timeout=SECONDS), WorkerError)
