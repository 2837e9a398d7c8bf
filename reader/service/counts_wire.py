"""How counts of saved searches travel between the search process and the screen: one JSON
object a line, and a few of the searches with each, so that a search being typed never waits
for all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reader.kept import SavedCount
from reader.service.value_wire import read_value, record_of


@dataclass(frozen=True, slots=True)
class CountsQuestion:
    """Asks for counts of saved searches, the first `done` of them left out."""

    done: int


@dataclass(frozen=True, slots=True)
class CountsAnswer:
    """Some counts, in order, and how many searches there are; `problem` says why there is no
    answer."""

    counts: tuple[SavedCount, ...]
    total: int
    problem: str = ""


def counts_question_line(question: CountsQuestion) -> str:
    return json.dumps({"counts": question.done}) + "\n"


def read_counts_question(record: Mapping[str, Any]) -> CountsQuestion | None:
    """The question in the object of a line, None when it asks something else."""
    return CountsQuestion(record["counts"]) if "counts" in record else None


def counts_answer_line(answer: CountsAnswer) -> str:
    return json.dumps(record_of(answer)) + "\n"


def read_counts_answer(line: str) -> CountsAnswer:
    answer: CountsAnswer = read_value(CountsAnswer, json.loads(line))
    return answer


def are_all(counts: Sequence[SavedCount], answer: CountsAnswer) -> bool:
    """Whether these, the last of which are of an answer, are all that there are to have."""
    return bool(answer.problem) or not answer.counts or len(counts) >= answer.total
