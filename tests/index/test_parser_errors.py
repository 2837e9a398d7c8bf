"""Errors of the query language: kind, exact place, what was found and what may be meant."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.errors import QuerySyntaxError, SyntaxProblem
from index.parser import MAX_DEPTH, MAX_LENGTH, parse

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)
P = SyntaxProblem

CASES = [
    ("souce:", P.UNKNOWN_FIELD, 0, 5, "souce", "source"),
    ("a Souce:bbc", P.UNKNOWN_FIELD, 2, 7, "Souce", "source"),
    ("-tga:(a b)", P.UNKNOWN_FIELD, 1, 4, "tga", "tag"),
    ("last-name:x", P.UNKNOWN_FIELD, 0, 9, "last-name", ""),
    ("тема:x", P.UNKNOWN_FIELD, 0, 4, "тема", ""),
    ("Putin:", P.UNKNOWN_FIELD, 0, 5, "Putin", ""),
    ("is:unred", P.UNKNOWN_VALUE, 3, 8, "unred", "unread"),
    ("is:*", P.UNKNOWN_VALUE, 3, 4, "*", ""),
    ('is:"stared"', P.UNKNOWN_VALUE, 3, 11, "stared", "starred"),
    ("has:notes", P.UNKNOWN_VALUE, 4, 9, "notes", "note"),
    ("site:bbc.co.uk", P.UNKNOWN_FIELD, 0, 4, "site", "source"),
    ("label:x", P.UNKNOWN_FIELD, 0, 5, "label", "tag"),
    ("is:favourite", P.UNKNOWN_VALUE, 3, 12, "favourite", "starred"),
    ("is:NEW", P.UNKNOWN_VALUE, 3, 6, "NEW", "unread"),
    ("has:starred", P.UNKNOWN_VALUE, 4, 11, "starred", ""),
    ("has:quote", P.UNKNOWN_VALUE, 4, 9, "quote", "highlight"),
    ("sort:date", P.BAD_SORT, 5, 9, "date", "newest"),
    ("date:july", P.BAD_DATE, 5, 9, "july", "2023-07"),
    ("date:August", P.BAD_DATE, 5, 11, "August", "2022-08"),
    ('date:"Sept. 2021"', P.BAD_DATE, 5, 17, "Sept. 2021", "2021-09"),
    ("date:>=july", P.BAD_DATE, 5, 11, ">=july", ">=2023-07"),
    ("date:<x", P.BAD_DATE, 5, 7, "<x", ""),
    ("date:ju", P.BAD_DATE, 5, 7, "ju", ""),
    ("saved:storm", P.UNKNOWN_SAVED, 6, 11, "storm", ""),
    ("has:tag", P.UNKNOWN_VALUE, 4, 7, "tag", ""),
    ("who:lukashenka~", P.UNKNOWN_VALUE, 4, 15, "lukashenka~", "lukashenka"),
    ("who:put?n", P.UNKNOWN_VALUE, 4, 9, "put?n", "put*"),
    ("tag:a*b*", P.UNKNOWN_VALUE, 4, 8, "a*b*", "a*"),
    ('who:"a b"~2', P.UNKNOWN_VALUE, 4, 11, "a b", '"a b"'),
    ('"a b"*', P.UNKNOWN_VALUE, 0, 6, "a b", '"a b"'),
    ('="a b"~2', P.UNKNOWN_VALUE, 0, 8, "a b", '="a b"'),
    ("sort:newst", P.BAD_SORT, 5, 10, "newst", "newest"),
    ("sort:(newest)", P.BAD_SORT, 0, 5, "sort", ""),
    ("a -sort:newest", P.BAD_SORT, 3, 8, "sort", ""),
    ("NOT sort:newest", P.BAD_SORT, 4, 9, "sort", ""),
    ("date:2023-7", P.BAD_DATE, 5, 11, "2023-7", "2023-07"),
    ("date:2023/7/3", P.BAD_DATE, 5, 13, "2023/7/3", "2023-07-03"),
    ("date:2023-02-30", P.BAD_DATE, 5, 15, "2023-02-30", "2023-02"),
    ("date:2023-13", P.BAD_DATE, 5, 12, "2023-13", ""),
    ("date:9999", P.BAD_DATE, 5, 9, "9999", ""),
    ("date:yestrday", P.BAD_DATE, 5, 13, "yestrday", "yesterday"),
    ("date:2023..2022", P.BAD_DATE, 5, 15, "2023..2022", "2022..2023"),
    ("date:3d..7d", P.BAD_DATE, 5, 11, "3d..7d", "7d..3d"),
    ("date:..", P.BAD_DATE, 5, 7, "..", ""),
    ("date:x..2022", P.BAD_DATE, 5, 12, "x..2022", ""),
    ("date:>=", P.BAD_DATE, 5, 7, ">=", ""),
    ("date:0d", P.BAD_DATE, 5, 7, "0d", ""),
    ("added:soon", P.BAD_DATE, 6, 10, "soon", ""),
    ("word~3", P.BAD_NUMBER, 0, 6, "word~3", "word~2"),
    ("a word~0", P.BAD_NUMBER, 2, 8, "word~0", "word~1"),
    ('"a b"~', P.BAD_NUMBER, 0, 6, "a b", '"a b"~5'),
    ('"a b"~101', P.BAD_NUMBER, 0, 9, "a b", '"a b"~100'),
    ("id:x", P.BAD_NUMBER, 3, 4, "x", ""),
    ("id:9223372036854775808", P.BAD_NUMBER, 3, 22, "9223372036854775808", ""),
    ('a "b c', P.OPEN_QUOTE, 2, 6, "b c", ""),
    ("“", P.OPEN_QUOTE, 0, 1, "", ""),
    ('who:"a', P.OPEN_QUOTE, 4, 6, "a", ""),
    ("a (b", P.OPEN_GROUP, 2, 3, "(", ""),
    ("title:(", P.OPEN_GROUP, 6, 7, "(", ""),
    ("a) b", P.STRAY_CLOSE, 1, 2, ")", ""),
    ("a OR", P.MISSING_TERM, 2, 4, "OR", ""),
    ("OR a", P.MISSING_TERM, 0, 2, "OR", ""),
    ("OR", P.MISSING_TERM, 0, 2, "OR", ""),
    ("a OR OR b", P.MISSING_TERM, 2, 4, "OR", ""),
    ("a AND", P.MISSING_TERM, 2, 5, "AND", ""),
    ("AND a", P.MISSING_TERM, 0, 3, "AND", ""),
    ("a AND AND b", P.MISSING_TERM, 6, 9, "AND", ""),
    ("a AND OR b", P.MISSING_TERM, 2, 5, "AND", ""),
    ("a NOT", P.MISSING_TERM, 2, 5, "NOT", ""),
    ("NOT OR a", P.MISSING_TERM, 0, 3, "NOT", ""),
    ("(NOT)", P.MISSING_TERM, 1, 4, "NOT", ""),
    ("a ( )", P.MISSING_TERM, 2, 5, "()", ""),
    ('""', P.MISSING_TERM, 0, 2, "", ""),
    ("title:", P.MISSING_VALUE, 0, 6, "title", ""),
    ("title: a", P.MISSING_VALUE, 0, 6, "title", ""),
    ("(title:)", P.MISSING_VALUE, 1, 7, "title", ""),
    ("date:", P.MISSING_VALUE, 0, 5, "date", ""),
    ("sort:", P.MISSING_VALUE, 0, 5, "sort", ""),
    ('title:""', P.MISSING_VALUE, 6, 8, "", ""),
    ('who:" "', P.MISSING_VALUE, 4, 7, " ", ""),
    ("source:*", P.MISSING_VALUE, 7, 8, "*", ""),
    ("who:*", P.MISSING_VALUE, 4, 5, "*", ""),
    ("*war", P.LEADING_WILDCARD, 0, 4, "*war", "war*"),
    ("a -?ar*", P.LEADING_WILDCARD, 3, 7, "?ar*", "ar*"),
    ("tag:*/x", P.LEADING_WILDCARD, 4, 7, "*/x", "/x*"),
]


@pytest.mark.parametrize(("text", "problem", "start", "end", "found", "suggestion"), CASES)
def test_error(
    text: str, problem: SyntaxProblem, start: int, end: int, found: str, suggestion: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(text, now=NOW)
    error = caught.value
    assert (error.problem, error.start, error.end) == (problem, start, end)
    assert (error.found, error.suggestion) == (found, suggestion)


def test_the_words_that_could_stand_there_are_told() -> None:
    found = {}
    for text in ("is:x", "has:x", "sort:x", "date:x", "date:july", "id:x"):
        with pytest.raises(QuerySyntaxError) as caught:
            parse(text, now=NOW)
        found[text] = caught.value.choices
    assert found["is:x"] == ("unread", "read", "starred", "archived", "tagged")
    assert found["has:x"] == ("note", "highlight", "source", "feed")
    assert found["sort:x"][:2] == ("relevance", "newest")
    assert found["date:x"] == ("2023-07", "2023-07-24", "7d", "today")
    assert found["date:july"] == found["id:x"] == ()


def test_every_problem_has_a_case() -> None:
    assert {case[1] for case in CASES} == set(P) - {
        P.TOO_DEEP,
        P.TOO_LONG,
        P.SAVED_CYCLE,
        P.SAVED_WRONG,
    }


def test_the_deepest_query_parses_and_one_deeper_does_not() -> None:
    parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH, now=NOW)
    parse("(a)" * (MAX_DEPTH * 2), now=NOW)
    with pytest.raises(QuerySyntaxError) as caught:
        parse("(" * (MAX_DEPTH + 1) + "a" + ")" * (MAX_DEPTH + 1), now=NOW)
    error = caught.value
    assert (error.problem, error.start, error.end) == (P.TOO_DEEP, MAX_DEPTH, MAX_DEPTH + 1)


def test_the_longest_query_parses_and_one_longer_does_not() -> None:
    parse("-" * (MAX_LENGTH - 1) + "a", now=NOW)
    with pytest.raises(QuerySyntaxError) as caught:
        parse("a" * (MAX_LENGTH + 1), now=NOW)
    error = caught.value
    assert (error.problem, error.start, error.end) == (P.TOO_LONG, MAX_LENGTH, MAX_LENGTH + 1)


def test_closing_brackets_do_not_pay_for_later_ones() -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(")" * 60 + "(" * 51, now=NOW)
    assert caught.value.problem is P.TOO_DEEP
