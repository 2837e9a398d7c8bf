"""What holds for every query: the round trip, and that nothing unexpected is raised."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import QuerySyntaxError
from index.fields import FIELDS
from index.parser import ParsedQuery, explain, parse, parse_partial, to_text
from index.query import (
    ANYWHERE,
    TEXT_FIELDS,
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
    Term,
    Wildcard,
)

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)

PIECES = (
    "a Bé 7 * ? ~ ~2 - -- = : / // .. . , ' ( ) \" “ ” & \\ [x] AND OR NOT and or souce: x: "
    "http:// 2023-07 2023 >= < 7d today none unread newest note 12 \x1b \u202e 😀"
)
FRAGMENTS = [*(f"{field}:" for field in FIELDS), *PIECES.split(), " ", "  ", "\n"]
flavoured = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map("".join)
spaced = st.lists(st.sampled_from(FRAGMENTS), max_size=14).map(" ".join)
texts = st.one_of(st.text(max_size=60), flavoured, spaced)

plain = st.from_regex(r"[a-zé0-9][a-zé0-9'.&+-]{0,6}", fullmatch=True)
# Whatever may stand between quotes without a space.
odd = st.text(st.characters(exclude_characters='"“”', exclude_categories=["Cs"]), min_size=1).map(
    lambda text: "x" + "".join(text.split())
)
words = plain | odd | st.sampled_from(["AND", "OR", "NOT", "title:x", "=x"])
fields = st.sampled_from((ANYWHERE, *TEXT_FIELDS))
word_lists = st.lists(words, min_size=2, max_size=4).map(tuple)
wholes = st.lists(words, min_size=1, max_size=3).map(" ".join)
moments = st.integers(-(10**10), 10**11)


def ranges(start: int | None, length: int | None, *, whole_days: bool, field: str) -> Range:
    if whole_days:
        start = None if start is None else start // 86_400 * 86_400
        length = None if length is None else length * 86_400
    if length is None:
        return Range(field, start, None)
    return Range(field, start, length if start is None else start + length)


leaves: st.SearchStrategy[Query] = st.one_of(
    st.just(Everything()),
    st.builds(Term, words, fields),
    st.builds(Term, wholes, fields, st.just(True)),
    st.builds(Phrase, word_lists, fields),
    st.builds(Near, word_lists, st.integers(1, 100), fields),
    st.builds(Prefix, words, fields),
    st.builds(Wildcard, st.from_regex(r"[a-z]{1,3}[*?][a-z]{1,3}[*?]?", fullmatch=True), fields),
    st.builds(Fuzzy, plain, st.integers(1, 2), fields),
    st.builds(
        Term, wholes, st.sampled_from(("entity", "who", "org", "where", "in", "tag", "note"))
    ),
    st.builds(
        Prefix, wholes, st.sampled_from(("entity", "who", "org", "where", "in", "tag", "note"))
    ),
    st.sampled_from(
        [Term("unread", "is"), Term("note", "has"), Term("12", "id"), Term("en", "lang")]
    ),
    st.builds(
        ranges,
        st.none() | moments,
        st.none() | st.integers(1, 10**6),
        whole_days=st.booleans(),
        field=st.sampled_from(("date", "added")),
    ),
)


def grouped(kind: type[And] | type[Or], clauses: list[Query]) -> Query:
    """A group as the parser makes it: of its own kind, nothing is nested in it."""
    flat: list[Query] = []
    for clause in clauses:
        flat.extend(clause.clauses if isinstance(clause, kind) else (clause,))
    return kind(tuple(flat))


def negated(clause: Query) -> Query:
    return clause.clause if isinstance(clause, Not) else Not(clause)


trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(grouped, st.sampled_from((And, Or)), st.lists(inner, min_size=2, max_size=4)),
        st.builds(negated, inner),
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(trees)
def test_round_trip_of_trees(query: Query) -> None:
    assert parse(to_text(query), now=NOW).query == query


@settings(max_examples=200, deadline=None)
@given(texts)
def test_round_trip_of_whatever_can_be_parsed_in_part(text: str) -> None:
    parsed = parse_partial(text, now=NOW)
    assert parse(to_text(parsed.query), now=NOW).query == parsed.query
    assert explain(parsed.query)
    for problem in parsed.problems:
        assert 0 <= problem.start < problem.end <= len(text)


def outcome(text: str) -> ParsedQuery | QuerySyntaxError:
    """What comes of `text`; any other exception ends the test."""
    try:
        return parse(text, now=NOW)
    except QuerySyntaxError as error:
        return error


@settings(max_examples=200, deadline=None)
@given(texts)
def test_parse_raises_syntax_errors_only_and_agrees_with_parse_partial(text: str) -> None:
    partial, strict = parse_partial(text, now=NOW), outcome(text)
    if isinstance(strict, QuerySyntaxError):
        assert 0 <= strict.start < strict.end <= len(text)
        assert partial.problems
    else:
        # A sign at the very end is odd only while the text is being written.
        assert partial == strict or text[-1] in "-="


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["(", "-(", "NOT ", "a OR (", 'title:("', "a) ", "-", "x:"]),
    st.integers(1, 5000),
)
def test_long_and_deep_texts(fragment: str, times: int) -> None:
    text = fragment * times
    for problem in parse_partial(text, now=NOW).problems:
        assert 0 <= problem.start < problem.end <= len(text)
    outcome(text)


def test_a_canonical_text_is_its_own_canonical_text() -> None:
    text = 'a -"b c" (title:d* OR date:2023-07) -(is:read tag:"x y") who:"A B"'
    assert to_text(parse(text, now=NOW).query) == text
