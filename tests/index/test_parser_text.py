"""Canonical text and plain words of queries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.parser import explain, parse, to_text
from index.query import And, IdSet, InSet, Not, Or, Phrase, Prefix, Query, Term

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)
WAR = InSet("tag:war", IdSet([3, 5]))

NESTED = """\
any of:
  all of:
    the word 'a' in title or text
    not: the word 'b' in title or text
  not:
    all of:
      the word 'c' in title or text
      not:
        all of:
          the word 'd' in title or text
          the word 'e' in title or text"""


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", "*"),
        ("a AND b", "a b"),
        ("NOT a", "-a"),
        ("(a b) OR c", "a b OR c"),
        ("a (b OR c)", "a (b OR c)"),
        ("NOT (a b)", "-(a b)"),
        ("“grain  deal”~5", '"grain deal"~5'),
        ('"grain"', "grain"),
        ('"OR"', '"OR"'),
        ("=OR", "=OR"),
        ("title:OR", "title:OR"),
        ("10:30", '"10:30"'),
        ("title:(a OR b*)", "title:a OR title:b*"),
        ('"a(b"*', '"a(b"*'),
        ("word~1 word~2", "word~ word~2"),
        ("who:putin", "who:putin"),
        ('who:"Vladimir Putin"', 'who:"Vladimir Putin"'),
        ('="Grain Deal"', '="Grain Deal"'),
        ("tag:war/*", "tag:war/*"),
        ('tag:"north korea/"*', 'tag:"north korea/"*'),
        ("-date:none", "date:*"),
        ("NOT date:*", "date:none"),
    ],
)
def test_canonical(text: str, canonical: str) -> None:
    assert to_text(parse(text, now=NOW).query) == canonical


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (And((WAR, Not(WAR))), "tag:war -tag:war"),
        (Not(Not(Term("a"))), "-(-a)"),
        (And((And((Term("a"), Term("b"))), Term("c"))), "(a b) c"),
        (Or((Or((Term("a"), Term("b"))), Term("c"))), "(a OR b) OR c"),
        (And(()), "*"),
        (Or(()), "-*"),
        (Phrase(("say", '"no"')), "\"say 'no'\""),
        (Term("17", "entity"), "entity:17"),
    ],
)
def test_trees_that_are_made_elsewhere_read_well(query: Query, text: str) -> None:
    assert to_text(query) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*", "every article"),
        ("war", "the word 'war' in title or text"),
        ("=War", "exactly 'War' in title or text"),
        ('"grain deal"', "the words 'grain' 'deal' next to each other in title or text"),
        (
            '"grain deal"~5',
            "the words 'grain' 'deal' within 5 words of each other in title or text",
        ),
        ("title:nuc*", "a word that starts with 'nuc' in title"),
        ("text:te?t", "a word of the pattern 'te?t' in text"),
        ("lukashenka~", "a word at most 1 letter away from 'lukashenka' in title or text"),
        ("author:smyth~2", "a word at most 2 letters away from 'smyth' in the author"),
        ("source:reuters", "the word 'reuters' in the source"),
        ("place:kyiv", "the word 'kyiv' in the place of the report"),
        ("lang:en", "the language 'en'"),
        ("entity:minsk", "the person, place or organisation 'minsk'"),
        ("who:putin", "the person 'putin'"),
        ("org:nat*", "any organisation whose name starts with 'nat'"),
        ("where:minsk", "the place 'minsk'"),
        ("tag:war/*", "any tag whose name starts with 'war/'"),
        ("-is:read", "not: is read"),
        ("has:note", "has a note"),
        ("note:*", "has a note"),
        ("note:grain", "a note with 'grain'"),
        ("note:gra*", "a note with a word that starts with 'gra'"),
        ("id:12", "the article with number '12'"),
        ("change:12", "the articles of your change number '12'"),
        (
            "a -b OR -(c -(d e))",
            NESTED,
        ),
    ],
)
def test_explained(text: str, words: str) -> None:
    assert explain(parse(text, now=NOW).query) == words


def test_rules_are_explained_by_name() -> None:
    assert explain(Term("War", "rule")) == "brought to the rule 'War' as it came in"
    assert explain(Prefix("War/", "rule")) == "brought to the rule 'War/*' as it came in"


def test_explained_sets_show_their_size() -> None:
    assert explain(Not(WAR)) == "not: tag:war (2 articles)"
