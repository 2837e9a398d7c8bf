"""What is told of rules: values only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from index.errors import QuerySyntaxError
from reader.errors import NotifyError, SearchUnavailableError
from reader.model import ArticleRow

RAN = "ran "
"""How the log of changes tells that a rule was run, with its name behind it; no change of tags by
hand is told so."""

RuleError: TypeAlias = QuerySyntaxError | SearchUnavailableError | NotifyError


@dataclass(frozen=True, slots=True)
class RuleTrouble:
    """A rule that did not run, or whose command failed, and why; without a name it is all of
    them."""

    rule: str
    error: RuleError


@dataclass(frozen=True, slots=True)
class RuleReport:
    """What rules did to what arrived: to `arrived` articles they were applied, `changed` of
    these differ now, `left` wait for another time."""

    arrived: int = 0
    changed: int = 0
    left: int = 0
    troubles: tuple[RuleTrouble, ...] = ()


@dataclass(frozen=True, slots=True)
class DeedCount:
    """To how many articles a deed would do something: "+" or "-" and a tag, or a mark."""

    deed: str
    articles: int


@dataclass(frozen=True, slots=True)
class RuleTest:
    """What a rule would do over all articles: `matched` answer its query, `changed` of them
    would differ, deed by deed in `would_change`; `rows` are the newest that answer."""

    matched: int
    changed: int
    would_change: tuple[DeedCount, ...]
    rows: tuple[ArticleRow, ...]
