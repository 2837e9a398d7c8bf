"""How a fetch ends early."""

from __future__ import annotations

from reader.feeds import Problem
from reader.fetch.values import Failed


class FetchError(Exception):
    """Nothing comes of this address or fetch; `failed` is the answer that a Client makes of it."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(problem, detail)
        self.failed = Failed(problem, detail)


INTERRUPTED = Failed(Problem.TIMED_OUT, "interrupted")
"""What a fetch came to that was told to stop."""


class InterruptedFetchError(FetchError):
    """Whoever asked does not want the answer any more."""

    def __init__(self) -> None:
        super().__init__(INTERRUPTED.problem, INTERRUPTED.detail)
