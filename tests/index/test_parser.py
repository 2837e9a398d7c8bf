"""What each construct of the query language becomes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.parser import ParsedQuery, parse
from index.query import (
    And,
    Everything,
    Fuzzy,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Sort,
    Term,
    Wildcard,
)

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)

A, B, C = Term("a"), Term("b"), Term("c")


WITH_SIGNS = (
    "C++ U.S. don't O'Brien O’Brien a@b.com covid-19 AT&T 10:30 G20:x #1 50% $5 ~2 &~2 a~b "
    "http://x.org/?q=1* std::vector :x 'a' –x ‘x’ 1,000 x= C#"
)


def query_of(text: str) -> Query:
    return parse(text, now=NOW).query


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "*", "**", "title:*", "text:*", "sort:newest"])
def test_nothing_asked_is_everything(text: str) -> None:
    assert query_of(text) == Everything()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a OR b OR c", Or((A, B, C))),
        ("a b OR c", Or((And((A, B)), C))),
        ("a OR b c", Or((A, And((B, C))))),
        ("a (b OR c)", And((A, Or((B, C))))),
        ("(a OR b)(c)", And((Or((A, B)), C))),
        ("(a)OR(b)", Or((A, B))),
        ("NOT a", Not(A)),
        ("-a", Not(A)),
        ("a -b", And((A, Not(B)))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a OR NOT b", Or((A, Not(B)))),
        ("-(a b)", Not(And((A, B)))),
        ("NOT(a OR b)", Not(Or((A, B)))),
        ("NOT NOT a", A),
        ("--a", A),
        ("---a", Not(A)),
        ("-NOT a", A),
        ("-(-a)", A),
        ("((((a))))", A),
        ("(a b) c", And((A, B, C))),
        ("(a OR b) OR c", Or((A, B, C))),
        ("a a", And((A, A))),
        ("-*", Not(Everything())),
        ("* a", And((Everything(), A))),
    ],
)
def test_logic(text: str, query: Query) -> None:
    assert query_of(text) == query


@pytest.mark.parametrize("word", ["and", "or", "not", "Or", "ANDROID", "NOTE"])
def test_only_capital_operators_are_operators(word: str) -> None:
    assert query_of(f"a {word} b") == And((A, Term(word), B))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('"grain deal"', Phrase(("grain", "deal"))),
        ("“grain deal”", Phrase(("grain", "deal"))),
        ('“grain deal"', Phrase(("grain", "deal"))),
        ('"  grain \n deal "', Phrase(("grain", "deal"))),
        ('"grain - deal"', Phrase(("grain", "deal"))),
        ('"- -"', Phrase(("-", "-"))),
        ('"grain"', Term("grain")),
        ('"AND"', Term("AND")),
        ('"nuc*"', Term("nuc*")),
        ('"title:x"', Term("title:x")),
        ('"grain deal"~5', Near(("grain", "deal"), 5)),
        ('"grain deal"~100', Near(("grain", "deal"), 100)),
        ('"grain"~5', Term("grain")),
        ('"grain"*', Prefix("grain")),
        ('-"grain deal"', Not(Phrase(("grain", "deal")))),
        ('a"b c"a', And((A, Phrase(("b", "c")), A))),
        ("nuc*", Prefix("nuc")),
        ("nuc**", Prefix("nuc")),
        ("te?t", Wildcard("te?t")),
        ("t*t", Wildcard("t*t")),
        ("te?t*", Wildcard("te?t*")),
        ("war?", Wildcard("war?")),
        ("lukashenka~", Fuzzy("lukashenka")),
        ("lukashenka~1", Fuzzy("lukashenka", 1)),
        ("lukashenka~2", Fuzzy("lukashenka", 2)),
        ("=Strikes", Term("Strikes", exact=True)),
        ("=nuc*", Term("nuc*", exact=True)),
        ('="Grain Deal"', Term("Grain Deal", exact=True)),
        ("-=Strikes", Not(Term("Strikes", exact=True))),
    ],
)
def test_words(text: str, query: Query) -> None:
    assert query_of(text) == query


@pytest.mark.parametrize(
    "word",
    WITH_SIGNS.split(),
)
def test_words_with_signs_stay_whole(word: str) -> None:
    assert query_of(word) == Term(word)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("a - b", And((A, B))),
        ("a & b -- ?! …", And((A, B))),
        ("a -", A),
        ("(& |) a", A),
        ("title:& a", A),
        ("-", Term("-")),
        ("- &", Term("-")),
        ("--", Term("--")),
        ("=", Term("=")),
        ("???", Term("???")),
        ("a OR &", Or((A, Term("&")))),
    ],
)
def test_lone_signs_are_left_out_where_words_stand(text: str, query: Query) -> None:
    assert query_of(text) == query


@pytest.mark.parametrize("field", ["title", "text", "source", "author", "place"])
def test_word_fields(field: str) -> None:
    assert query_of(f"{field}:a") == Term("a", field)
    assert query_of(f"{field.upper()}:a") == Term("a", field)
    assert query_of(f'{field}:"a b"') == Phrase(("a", "b"), field)
    assert query_of(f'{field}:"a b"~3') == Near(("a", "b"), 3, field)
    assert query_of(f"{field}:a*") == Prefix("a", field)
    assert query_of(f"{field}:a?c") == Wildcard("a?c", field)
    assert query_of(f"{field}:abc~2") == Fuzzy("abc", 2, field)
    assert query_of(f"{field}:=Abc") == Term("Abc", field, exact=True)
    assert query_of(f'{field}:="A b"') == Term("A b", field, exact=True)
    assert query_of(f"-{field}:a") == Not(Term("a", field))
    assert query_of(f"{field}:(a OR -b c:x)".replace("c:x", "tag:x")) == Or(
        (Term("a", field), And((Not(Term("b", field)), Term("x", "tag"))))
    )


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("title:-a", Term("-a", "title")),
        ("title:OR", Term("OR", "title")),
        ("title::x", Term(":x", "title")),
        ("title://x", Term("//x", "title")),
        ("title:a:b", Term("a:b", "title")),
        ('title:"a"b', And((Term("a", "title"), B))),
        ("title:(text:a b)", And((Term("a", "text"), Term("b", "title")))),
    ],
)
def test_everything_after_the_colon_is_the_value(text: str, query: Query) -> None:
    assert query_of(text) == query


@pytest.mark.parametrize("field", ["entity", "who", "org", "where", "in", "tag"])
def test_whole_fields(field: str) -> None:
    assert query_of(f"{field}:North") == Term("North", field)
    assert query_of(f'{field}:"North  Korea "') == Term("North Korea", field)
    assert query_of(f"{field}:=North") == Term("North", field)
    assert query_of(f"{field}:=") == Term("=", field)
    assert query_of(f"{field}:war/*") == Prefix("war/", field)
    assert query_of(f'{field}:"north korea/"*') == Prefix("north korea/", field)
    assert query_of(f'{field}:"a*"') == Term("a*", field)
    assert query_of(f"{field}:a~b") == Term("a~b", field)
    assert query_of(f"{field}:★") == Term("★", field)
    assert query_of(f"{field}:(a OR b)") == Or((Term("a", field), Term("b", field)))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("lang:EN", Term("en", "lang")),
        ("lang:PT-*", Prefix("pt-", "lang")),
        ("tag:*", Term("tagged", "is")),
        ("is:unread", Term("unread", "is")),
        ("IS:Read", Term("read", "is")),
        ('is:"starred"', Term("starred", "is")),
        ("-is:archived", Not(Term("archived", "is"))),
        ("is:tagged", Term("tagged", "is")),
        ("is:(read starred)", And((Term("read", "is"), Term("starred", "is")))),
        ("has:note", Term("note", "has")),
        ("note:*", Term("note", "has")),
        ("note:grain", Term("grain", "note")),
        ('note:"grain deal"', Term("grain deal", "note")),
        ("note:gra*", Prefix("gra", "note")),
        ("id:12", Term("12", "id")),
        ("id:0012", Term("12", "id")),
        ("change:012", Term("12", "change")),
        ("id:9223372036854775807", Term("9223372036854775807", "id")),
        ("id:(1 OR 2)", Or((Term("1", "id"), Term("2", "id")))),
        ("date:(2022 OR none)", Or((query_of("date:2022"), Not(Range("date", None, None))))),
    ],
)
def test_values_from_a_list(text: str, query: Query) -> None:
    assert query_of(text) == query


@pytest.mark.parametrize(
    ("text", "query", "sort"),
    [
        ("sort:newest", Everything(), Sort.NEWEST),
        ("SORT:Oldest a", A, Sort.OLDEST),
        ("a sort:relevance b", And((A, B)), Sort.RELEVANCE),
        ("a sort:source OR b", Or((A, B)), Sort.SOURCE),
        ("a OR sort:source b", Or((A, B)), Sort.SOURCE),
        ("a AND sort:title", A, Sort.TITLE),
        ("sort:title AND a", A, Sort.TITLE),
        ("(a sort:title) b", And((A, B)), Sort.TITLE),
        ("(sort:title)", Everything(), Sort.TITLE),
        ("sort:title a sort:newest", A, Sort.NEWEST),
        ("a", A, None),
    ],
)
def test_sort_stands_anywhere_and_the_last_counts(
    text: str, query: Query, sort: Sort | None
) -> None:
    assert parse(text, now=NOW) == ParsedQuery(query, sort, ())
