"""How completions travel between the screen and the search process: one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from reader.service.completing import Completion


@dataclass(frozen=True, slots=True)
class CompletionQuestion:
    """What to complete, and the code point of it that the cursor is at."""

    text: str
    cursor: int


def completion_question_line(question: CompletionQuestion) -> str:
    return json.dumps({"complete": question.text, "cursor": question.cursor}) + "\n"


def read_completion_question(record: Mapping[str, Any]) -> CompletionQuestion | None:
    """The question in the object of a line, None when it asks something else."""
    return (
        CompletionQuestion(record["complete"], record["cursor"]) if "complete" in record else None
    )


def completions_line(completions: Sequence[Completion]) -> str:
    return json.dumps([astuple(one) for one in completions]) + "\n"


def read_completions(line: str) -> tuple[Completion, ...]:
    return tuple(Completion(*one) for one in json.loads(line))
