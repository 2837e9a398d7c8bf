"""How questions and answers travel between the screen and its child processes.

All of it is one JSON object a line. The ids of an answer follow their line as they lie in
memory, eight bytes each: a million of them as text would hold up the keys while it is read.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from index.errors import QuerySyntaxError, SyntaxProblem
from reader.errors import (
    IndexingError,
    NotifyError,
    Obstacle,
    ReaderError,
    SearchUnavailableError,
    WorkerError,
)
from reader.service.index_told import IndexProgress, IndexStage, IndexState, IndexTold
from reader.service.rules_told import RuleError, RuleReport, RuleTrouble
from reader.service.searching import View


@dataclass(frozen=True, slots=True)
class Question:
    """What to search, and how many of the first ids are wanted, None is all of them.

    The answer carries the same `generation`.
    """

    generation: int
    text: str
    limit: int | None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """A view, or why there is none."""

    generation: int
    view: View | None
    error: ReaderError | None = None


def question_line(question: Question) -> str:
    return _line(
        {"generation": question.generation, "text": question.text, "limit": question.limit}
    )


def read_question(record: Mapping[str, Any]) -> Question:
    """The question in the object of a line."""
    return Question(record["generation"], record["text"], record["limit"])


def write_answer(target: BinaryIO, answer: SearchAnswer) -> None:
    record: dict[str, Any] = {"generation": answer.generation}
    if answer.view is not None:
        record["view"] = _view_record(answer.view)
    elif isinstance(answer.error, SearchUnavailableError):
        record["unavailable"] = answer.error.reason
    else:
        record["failed"] = ", ".join(map(str, answer.error.args)) if answer.error else ""
    target.write(_line(record).encode())
    if answer.view is not None:
        target.write(answer.view.ids)
    target.flush()


def read_answer(source: BinaryIO) -> SearchAnswer | None:
    """The next answer, None when it ends before the answer does."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    record = json.loads(line)
    generation = record["generation"]
    if "view" in record:
        view = _read_view(record["view"], source)
        return None if view is None else SearchAnswer(generation, view)
    if "unavailable" in record:
        return SearchAnswer(generation, None, SearchUnavailableError(record["unavailable"]))
    return SearchAnswer(generation, None, WorkerError(record["failed"]))


def progress_line(progress: IndexProgress) -> str:
    return _line(
        {
            "done": progress.done,
            "total": progress.total,
            "rebuilding": progress.rebuilding,
            "stage": progress.stage,
            "missing": progress.missing,
            "rules": None if progress.rules is None else _report_record(progress.rules),
        }
    )


def state_line(state: IndexState) -> str:
    return _line({"state": state})


def trouble_line(error: IndexingError) -> str:
    return _line({"obstacle": error.obstacle, "detail": error.detail})


def read_progress(line: str) -> IndexTold:
    record = json.loads(line)
    if "obstacle" in record:
        return IndexingError(Obstacle(record["obstacle"]), record["detail"])
    if "state" in record:
        return IndexState(record["state"])
    rules = None if record["rules"] is None else _read_report(record["rules"])
    return IndexProgress(**(record | {"stage": IndexStage(record["stage"]), "rules": rules}))


def _report_record(report: RuleReport) -> Mapping[str, Any]:
    return {
        "arrived": report.arrived,
        "changed": report.changed,
        "left": report.left,
        "troubles": [
            [one.rule, type(one.error).__name__, one.error.args] for one in report.troubles
        ],
    }


def _read_report(record: Mapping[str, Any]) -> RuleReport:
    troubles = tuple(
        RuleTrouble(rule, _rule_error(kind, told)) for rule, kind, told in record["troubles"]
    )
    return RuleReport(record["arrived"], record["changed"], record["left"], troubles)


def _rule_error(kind: str, told: Sequence[Any]) -> RuleError:
    match kind:
        case "QuerySyntaxError":
            problem, *where = told
            return QuerySyntaxError(SyntaxProblem(problem), *where)
        case "NotifyError":
            return NotifyError(*told)
        case _:
            return SearchUnavailableError(*told)


def _view_record(view: View) -> Mapping[str, Any]:
    return {
        "bytes": len(view.ids) * view.ids.itemsize,
        "total": view.total,
        "understood": view.understood,
        "took_ms": view.took_ms,
        "problems": [problem.args for problem in view.problems],
        "suggestions": view.suggestions,
        "unknown": view.unknown,
    }


def _read_view(record: Mapping[str, Any], source: BinaryIO) -> View | None:
    kept = source.read(record["bytes"])
    if len(kept) < record["bytes"]:
        return None
    ids = array("q")
    ids.frombytes(kept)
    problems = (
        QuerySyntaxError(SyntaxProblem(kind), *where) for kind, *where in record["problems"]
    )
    return View(
        ids=ids,
        total=record["total"],
        understood=record["understood"],
        took_ms=record["took_ms"],
        problems=tuple(problems),
        suggestions=tuple(record["suggestions"]),
        unknown=tuple((field, name) for field, name in record["unknown"]),
    )


def _line(record: Mapping[str, Any]) -> str:
    return json.dumps(record) + "\n"
