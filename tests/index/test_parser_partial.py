"""Queries that are still being written: what is searched, and what is reported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import SyntaxProblem
from index.parser import MAX_DEPTH, MAX_LENGTH, parse_partial, to_text
from index.query import Sort

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)
P = SyntaxProblem


@pytest.mark.parametrize(
    ("text", "searched", "problems"),
    [
        ("a b", "a b", []),
        ('a "grain de', 'a "grain de"', [(P.OPEN_QUOTE, 2)]),
        ('a "', "a", [(P.OPEN_QUOTE, 2)]),
        ('who:"', "*", [(P.OPEN_QUOTE, 4)]),
        ('who:"Vladimir Pu', 'who:"Vladimir Pu"', [(P.OPEN_QUOTE, 4)]),
        ('="Grain De', '="Grain De"', [(P.OPEN_QUOTE, 0)]),
        ("a OR", "a", [(P.MISSING_TERM, 2)]),
        ("a OR OR", "a", [(P.MISSING_TERM, 2), (P.MISSING_TERM, 5)]),
        ("OR", "*", [(P.MISSING_TERM, 0)]),
        ("OR a", "a", [(P.MISSING_TERM, 0)]),
        ("AND a AND", "a", [(P.MISSING_TERM, 0), (P.MISSING_TERM, 6)]),
        ("a NOT", "a", [(P.MISSING_TERM, 2)]),
        ("a -", "a", [(P.MISSING_TERM, 2)]),
        ("-", "*", [(P.MISSING_TERM, 0)]),
        ("a =", "a", [(P.MISSING_TERM, 2)]),
        ("a - b", "a b", []),
        ('"-"', '"-"', []),
        ("a title:", "a", [(P.MISSING_VALUE, 2)]),
        ("title: a", "a", [(P.MISSING_VALUE, 0)]),
        ('a title:""', "a", [(P.MISSING_VALUE, 8)]),
        ("a -title:", "a", [(P.MISSING_VALUE, 3)]),
        ("a (b OR (c", "a (b OR c)", [(P.OPEN_GROUP, 2), (P.OPEN_GROUP, 8)]),
        ("title:(a b", "title:a title:b", [(P.OPEN_GROUP, 6)]),
        ("a ()", "a", [(P.MISSING_TERM, 2)]),
        ("a ) b", "a b", [(P.STRAY_CLOSE, 2)]),
        ("souce:bbc a", "a", [(P.UNKNOWN_FIELD, 0)]),
        ("souce:(b c) a", "a", [(P.UNKNOWN_FIELD, 0)]),
        ('souce:"b c" a', "a", [(P.UNKNOWN_FIELD, 0)]),
        ("souce: a", "a", [(P.UNKNOWN_FIELD, 0)]),
        ("a is:un", "a", [(P.UNKNOWN_VALUE, 5)]),
        ("a OR is:un", "a", [(P.UNKNOWN_VALUE, 8)]),
        ("a date:202", "a", [(P.BAD_DATE, 7)]),
        ("a id:x", "a", [(P.BAD_NUMBER, 5)]),
        ("a *b", "a", [(P.LEADING_WILDCARD, 2)]),
        (
            "tag:*b who:* place:*",
            "*",
            [(P.LEADING_WILDCARD, 4), (P.MISSING_VALUE, 11), (P.MISSING_VALUE, 19)],
        ),
        ('"a b"~', '"a b"', [(P.BAD_NUMBER, 0)]),
        ('"a b"* =', '"a b"', [(P.UNKNOWN_VALUE, 0), (P.MISSING_TERM, 7)]),
        ('="a b"~2', '="a b"', [(P.UNKNOWN_VALUE, 0)]),
        ('who:"a b"~2', 'who:"a b"', [(P.UNKNOWN_VALUE, 4)]),
        ("who:a?b c", "c", [(P.UNKNOWN_VALUE, 4)]),
        ("word~9", "word~2", [(P.BAD_NUMBER, 0)]),
        ("word~0", "word~", [(P.BAD_NUMBER, 0)]),
        ("a sort:new", "a", [(P.BAD_SORT, 7)]),
    ],
)
def test_partial(text: str, searched: str, problems: list[tuple[SyntaxProblem, int]]) -> None:
    parsed = parse_partial(text, now=NOW)
    assert to_text(parsed.query) == searched
    assert [(p.problem, p.start) for p in parsed.problems] == problems


def test_a_sound_sort_survives_an_unfinished_one() -> None:
    parsed = parse_partial("sort:oldest a sort:ne", now=NOW)
    assert parsed.sort is Sort.OLDEST
    assert [p.suggestion for p in parsed.problems] == ["newest"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("a " * MAX_LENGTH, P.TOO_LONG), ("a " + "(" * (MAX_DEPTH + 1), P.TOO_DEEP)],
)
def test_too_much_is_everything_and_one_problem(text: str, problem: SyntaxProblem) -> None:
    parsed = parse_partial(text, now=NOW)
    assert to_text(parsed.query) == "*"
    assert [p.problem for p in parsed.problems] == [problem]
