"""What of a line that is typed cannot be understood, and where in it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy

from index.errors import QuerySyntaxError, SyntaxProblem
from reader.text import explain

_MISSING = (
    SyntaxProblem.MISSING_TERM,
    SyntaxProblem.MISSING_VALUE,
    SyntaxProblem.OPEN_GROUP,
    SyntaxProblem.OPEN_QUOTE,
)
"""Problems of what is still to be written, behind what is there."""


def own_problems(
    problems: Sequence[QuerySyntaxError], offset: int, place: Callable[[int], int]
) -> list[QuerySyntaxError]:
    """Those of the last condition, which begins at `offset`, where they are in the line; `place`
    tells where in the line a code point of the condition is."""
    own = []
    for problem in problems:
        # What lies before was accepted earlier; brackets put around it are not the typist's.
        if problem.start >= offset:
            shifted = copy(problem)
            shifted.start = place(problem.start - offset)
            shifted.end = place(problem.end - offset)
            own.append(shifted)
    return own


def tell_problems(problems: Sequence[QuerySyntaxError]) -> str:
    return " · ".join(map(explain, problems))


def wrong_place(problems: Sequence[QuerySyntaxError]) -> tuple[int, int] | None:
    """What of the line is to be written anew, or where it is to be gone on with; None: nothing."""
    for problem in problems:
        start = problem.end if problem.problem in _MISSING else problem.start
        return start, problem.end
    return None
