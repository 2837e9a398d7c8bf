"""Which word of a query is still being written, and what it stands for meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.growing import growing, grown
from index.parser import parse, parse_partial, to_text
from index.query import And, Or, Prefix, Query, Term

NOW = datetime(2023, 7, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("grai", "grai"),
        ("gr", "gr"),
        ("strike grai", "grai"),
        ("title:grai", "title|grai"),
        ("title:(deal grai", "grai"),
        ("source:reu", "reu"),
        ("tag:wa", "wa"),
        ("note:gra", "gra"),
        ("=Stri", "=Stri"),
        ("a OR grai", "grai"),
        ("covid-1", "covid-1"),
        ("AT&T", "AT&T"),
        ("-(a) grai", "grai"),
        ("-a grai", "grai"),
        ("title: grai", "grai"),
        ("who: grai", "grai"),
        (") grai", "grai"),
        ("g", ""),
        ("grai ", ""),
        ('"gra', '"gra'),
        ('title:"gra', 'title|"gra'),
        ('"grain de', '"grain de'),
        ('tag:"gra', 'tag|"gra'),
        ('tag:"big gra', ""),
        ('="gra', ""),
        ('-"gra', ""),
        ('"grain ', ""),
        ('"grain OR de', ""),
        ('"(grain) de', ""),
        ('"grain deal"', ""),
        ("(grain)", ""),
        ("grain OR", ""),
        ("title:OR", ""),
        ("gra*", ""),
        ("gr?i", ""),
        ("grai~", ""),
        ("-grai", ""),
        ("NOT grai", ""),
        ("-title:grai", ""),
        ("-(deal grai", ""),
        ("NOT (deal (oil grai", ""),
        ("is:un", ""),
        ("date:2023", ""),
        ("who:puti", ""),
        ("who:(puti", ""),
        ("sort:ne", ""),
        ("http://ex", ""),
        ("title:a:b", ""),
        ("souce:ab", ""),
        ("x" * 70, ""),
        ("", ""),
    ],
)
def test_which_word_grows(text: str, word: str) -> None:
    found = growing(text, len(text))
    assert (text[slice(*found)] if found else "") == word.rpartition("|")[2]


def test_at_the_cursor_and_not_behind_it() -> None:
    assert growing("grai deal", 4) == (0, 4)
    assert growing("grai deal", 3) is None
    assert growing("(grai)", 5) is None
    assert growing('"grai deal"', 5) is None
    assert growing('"grai deal', 5) is None
    assert growing('"grai  ', 5) == (0, 5)


def test_the_word_and_all_that_begins_so() -> None:
    meant = parse("title:" + grown("=Grai"), now=NOW).query
    assert meant == Or((Term("Grai", "title", exact=True), Prefix("Grai", "title")))
    assert grown('"gra') == grown("gra")
    assert (
        parse(grown('"the grain de'), now=NOW).query
        == parse(f"the grain {grown('de')}", now=NOW).query
    )


WORDS = ("grain", "OR", "NOT", "-", "(", ")", '"', "title:", "who:", "sort:title", "ab", "=x1", " ")


@given(st.lists(st.sampled_from(WORDS), max_size=8))
def test_nothing_else_of_a_query_changes(words: list[str]) -> None:
    text = "".join(words) + "grai"
    found = growing(text, len(text))
    if found is None or text[found[0]] == '"':
        return
    head = text[: found[0]]
    before = to_text(parse_partial(head + "zz", now=NOW).query)
    parsed = parse_partial(head + grown("zz"), now=NOW)
    plain = parse_partial(head + "zz", now=NOW)
    assert [one.problem for one in parsed.problems] == [one.problem for one in plain.problems]
    assert parsed.sort == plain.sort
    # With the one word back in its place it is the same question.
    assert to_text(_shrunk(parsed.query)) == before


def _shrunk(query: Query) -> Query:
    match query:
        case Or((*others, Term("zz") as word, Prefix("zz"))):
            return Or((*map(_shrunk, others), word)) if others else word
        case And(clauses) | Or(clauses):
            return type(query)(tuple(map(_shrunk, clauses)))
        case _:
            return query
