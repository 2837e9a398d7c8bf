"""How questions about rules and about one article, and the answers, travel between the screen and
the search process: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from index.errors import QuerySyntaxError, SyntaxProblem
from reader.errors import (
    ArticleNotFoundError,
    LibraryBusyError,
    LibraryDamagedError,
    LibraryUnwritableError,
    ReaderError,
    SavedSearchNotFoundError,
    SearchUnavailableError,
    WorkerError,
)
from reader.model import Change
from reader.service.explaining import Why
from reader.service.rules_told import RuleTest
from reader.service.value_wire import read_value, record_of


@dataclass(frozen=True, slots=True)
class WhyQuestion:
    """Asks for a Why."""

    article_id: int
    query: str


@dataclass(frozen=True, slots=True)
class RuleTestQuestion:
    """Asks for a RuleTest, over the articles that answer `query` too."""

    name: str
    limit: int
    query: str = ""


@dataclass(frozen=True, slots=True)
class RuleRunQuestion:
    """Has a rule run over all articles that answer `query` too, and asks for the Change."""

    name: str
    query: str = ""


KeptQuestion: TypeAlias = WhyQuestion | RuleTestQuestion | RuleRunQuestion
KeptError: TypeAlias = ReaderError | QuerySyntaxError
KeptAnswer: TypeAlias = Why | RuleTest | Change | KeptError

_QUESTIONS: dict[str, tuple[type[KeptQuestion], Any]] = {
    "why": (WhyQuestion, Why),
    "rule_test": (RuleTestQuestion, RuleTest),
    "rule_run": (RuleRunQuestion, Change),
}
_NAMES = {kind: name for name, (kind, _) in _QUESTIONS.items()}

_OF_LIBRARY: dict[str, type[ReaderError]] = {
    one.__name__: one for one in (LibraryBusyError, LibraryDamagedError, LibraryUnwritableError)
}
_PLAIN: dict[str, type[ReaderError]] = {
    one.__name__: one
    for one in (ArticleNotFoundError, SavedSearchNotFoundError, SearchUnavailableError)
}


def kept_question_line(question: KeptQuestion) -> str:
    return _line({_NAMES[type(question)]: record_of(question)})


def read_kept_question(record: Mapping[str, Any]) -> KeptQuestion | None:
    """The question in the object of a line, None when it asks something else."""
    for name, (kind, _) in _QUESTIONS.items():
        if name in record:
            question: KeptQuestion = read_value(kind, record[name])
            return question
    return None


def kept_answer_line(answer: KeptAnswer) -> str:
    if isinstance(answer, ReaderError | QuerySyntaxError):
        args = [str(one) if isinstance(one, Path) else one for one in answer.args]
        return _line({"error": type(answer).__name__, "args": args})
    return _line({"answer": record_of(answer)})


def read_kept_answer(question: KeptQuestion, line: str) -> KeptAnswer:
    """The answer to a question, as a value or as the error that is the answer."""
    record: dict[str, Any] = json.loads(line)
    if "error" in record:
        return _error(record["error"], record["args"])
    answer: KeptAnswer = read_value(_QUESTIONS[_NAMES[type(question)]][1], record["answer"])
    return answer


def _error(kind: str, args: list[Any]) -> KeptError:
    if kind == QuerySyntaxError.__name__:
        problem, *where = args
        return QuerySyntaxError(SyntaxProblem(problem), *where)
    if kind in _PLAIN:
        return _PLAIN[kind](*args)
    if kind in _OF_LIBRARY:
        path, detail = args
        return _OF_LIBRARY[kind](Path(path), detail)
    return WorkerError(", ".join(map(str, args)))


def _line(record: dict[str, Any]) -> str:
    return json.dumps(record) + "\n"
