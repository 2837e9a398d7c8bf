"""How answers travel between the screen and its child processes: one JSON object a line."""

from __future__ import annotations

import base64
import json
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from index.errors import QuerySyntaxError, SyntaxProblem
from index.query import Sort
from reader.errors import ReaderError, SearchUnavailableError, WorkerError
from reader.service.indexing import IndexProgress, IndexState
from reader.service.searching import View


@dataclass(frozen=True, slots=True)
class Question:
    """What to search; the answer carries the same `generation`."""

    generation: int
    text: str
    sort: Sort | None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """A view, or why there is none."""

    generation: int
    view: View | None
    error: ReaderError | None = None


def question_line(question: Question) -> str:
    return _line({"generation": question.generation, "text": question.text, "sort": question.sort})


def read_question(line: str) -> Question:
    record = json.loads(line)
    sort = Sort(record["sort"]) if record["sort"] else None
    return Question(record["generation"], record["text"], sort)


def answer_line(answer: SearchAnswer) -> str:
    record: dict[str, Any] = {"generation": answer.generation}
    if answer.view is not None:
        record["view"] = _view_record(answer.view)
    elif isinstance(answer.error, SearchUnavailableError):
        record["unavailable"] = answer.error.reason
    else:
        record["failed"] = ", ".join(map(str, answer.error.args)) if answer.error else ""
    return _line(record)


def read_answer(line: str) -> SearchAnswer:
    record = json.loads(line)
    generation = record["generation"]
    if "view" in record:
        return SearchAnswer(generation, _view(record["view"]))
    if "unavailable" in record:
        return SearchAnswer(generation, None, SearchUnavailableError(record["unavailable"]))
    return SearchAnswer(generation, None, WorkerError(record["failed"]))


def progress_line(progress: IndexProgress) -> str:
    return _line(
        {"done": progress.done, "total": progress.total, "rebuilding": progress.rebuilding}
    )


def state_line(state: IndexState) -> str:
    return _line({"state": state})


def read_progress(line: str) -> IndexProgress | IndexState:
    record = json.loads(line)
    if "state" in record:
        return IndexState(record["state"])
    return IndexProgress(record["done"], record["total"], record["rebuilding"])


def _view_record(view: View) -> Mapping[str, Any]:
    return {
        "ids": base64.b64encode(view.ids.tobytes()).decode("ascii"),
        "understood": view.understood,
        "took_ms": view.took_ms,
        "problems": [
            [problem.problem, problem.start, problem.end, problem.found, problem.suggestion]
            for problem in view.problems
        ],
        "suggestions": view.suggestions,
    }


def _view(record: Mapping[str, Any]) -> View:
    ids = array("q")
    ids.frombytes(base64.b64decode(record["ids"]))
    problems = (
        QuerySyntaxError(SyntaxProblem(kind), *where) for kind, *where in record["problems"]
    )
    return View(
        ids=ids,
        understood=record["understood"],
        took_ms=record["took_ms"],
        problems=tuple(problems),
        suggestions=tuple(record["suggestions"]),
    )


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record) + "\n"
