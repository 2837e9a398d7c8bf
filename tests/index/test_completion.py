"""What is being written at the cursor, and what comes of completing it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.completion import Lead, Slot, begins, known_values, lead_at, likeness, written_field
from index.errors import SyntaxProblem
from index.fields import FIELDS
from index.lexer import Kind, lex
from index.parser import parse, parse_partial
from index.query import Term
from index.query_text import to_text
from tests.index.test_parser_properties import odd, plain, texts, trees

NOW = datetime(2023, 7, 24, 12, 30, 15, tzinfo=UTC)


def lead(marked: str) -> Lead | None:
    """The lead at the bar in `marked`."""
    before, _, after = marked.partition("|")
    return lead_at(before + after, len(before))


def completed(marked: str, value: str) -> str:
    """The text with what stands at the bar completed to `value`."""
    found = lead(marked)
    assert found is not None
    text = marked.replace("|", "", 1)
    return text[: found.start] + found.written(value) + text[found.end :]


@pytest.mark.parametrize(
    ("marked", "slot", "field", "text"),
    [
        ("strik|", Slot.CONDITION, "", "strik"),
        ("a strik|", Slot.CONDITION, "", "strik"),
        ("a OR strik|", Slot.CONDITION, "", "strik"),
        ("a AND strik|", Slot.CONDITION, "", "strik"),
        ("NOT strik|", Slot.CONDITION, "", "strik"),
        ("-strik|", Slot.CONDITION, "", "strik"),
        ("--strik|", Slot.CONDITION, "", "strik"),
        ("(strik|", Slot.CONDITION, "", "strik"),
        ("((a) strik|) b", Slot.CONDITION, "", "strik"),
        (") strik|", Slot.CONDITION, "", "strik"),
        ("str|ike", Slot.CONDITION, "", "str"),
        ("=Strik|", Slot.VALUE, "", "Strik"),
        ("sou|", Slot.CONDITION, "", "sou"),
        ("sou|rce:bbc", Slot.FIELD, "", "sou"),
        ("-sou|rce:", Slot.FIELD, "", "sou"),
        ("souce|:bbc", Slot.FIELD, "", "souce"),
        ("title:strik|", Slot.VALUE, "title", "strik"),
        ("TITLE:strik|", Slot.VALUE, "title", "strik"),
        ("title:=Strik|", Slot.VALUE, "title", "Strik"),
        ("title:(strik|)", Slot.VALUE, "title", "strik"),
        ("title:(a) strik|", Slot.CONDITION, "", "strik"),
        ("title:a strik|", Slot.CONDITION, "", "strik"),
        ("title: strik|", Slot.CONDITION, "", "strik"),
        ("tag:|", Slot.VALUE, "tag", ""),
        ("(tag:|)", Slot.VALUE, "tag", ""),
        ("tag:wa|", Slot.VALUE, "tag", "wa"),
        ('in:"New Yo|', Slot.VALUE, "in", "New Yo"),
        ("tag:war/uk|", Slot.VALUE, "tag", "war/uk"),
        ("-tag:OR|", Slot.VALUE, "tag", "OR"),
        ('source:"New Yo|', Slot.VALUE, "source", "New Yo"),
        ('source:"New Yo|rk"', Slot.VALUE, "source", "New Yo"),
        ("source:“New Yo|", Slot.VALUE, "source", "New Yo"),
        ('who:"|', Slot.VALUE, "who", ""),
        ("who:puti|", Slot.VALUE, "who", "puti"),
        ("who:(a OR pu|)", Slot.VALUE, "who", "pu"),
        ("who:(a OR org:na|)", Slot.VALUE, "org", "na"),
        ("who:(a OR org:nato pu|)", Slot.VALUE, "who", "pu"),
        ("who:(title:(a) pu|)", Slot.VALUE, "who", "pu"),
        ("is:un|", Slot.VALUE, "is", "un"),
        ('is:"un|', Slot.VALUE, "is", "un"),
        ("sort:ne|", Slot.VALUE, "sort", "ne"),
        ("date:yes|", Slot.VALUE, "date", "yes"),
        ("date:..yes|", Slot.BOUND, "date", "yes"),
        ("date:2023..yes|", Slot.BOUND, "date", "yes"),
        ("added:>=yes|", Slot.BOUND, "added", "yes"),
        ("date:yes|..2023", Slot.BOUND, "date", "yes"),
        ('"grain de|al" x', Slot.QUOTED_WORD, "", "de"),
        ('"grain de|', Slot.QUOTED_WORD, "", "de"),
        ('="Grain De|', Slot.QUOTED_WORD, "", "De"),
        ('title:"gra|in deal"~5', Slot.QUOTED_WORD, "title", "gra"),
    ],
)
def test_what_is_being_written(marked: str, slot: Slot, field: str, text: str) -> None:
    found = lead(marked)
    assert found is not None
    assert (found.slot, found.field, found.text) == (slot, field, text)


@pytest.mark.parametrize(
    "marked",
    [
        "|", " |", "a |", "|a", "(|", ")|", "a OR|", "NOT|", "-|", "=|", "=|a", "tag:|war",
        "who:(|", "who:(a)|", "souce:b|", "souce:|", "http://x|", "nuc*|", "te?t|", "nuc|*",
        "war~|",
        '"|', '"grain |', '"grain"|', '"grain"~5|', '|"grain"', "-souce:(b|)", "tag:-|",
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_complete(marked: str) -> None:
    assert lead(marked) is None


@pytest.mark.parametrize(
    ("marked", "value", "text"),
    [
        ("a strik| b", "strike", "a strike b"),
        ("a str|ange b", "strike", "a strike b"),
        ("-strik|", "strike", "-strike"),
        ("=Strik|", "Strikes", "=Strikes"),
        ("o|", "OR", '"OR"'),
        ("tag:wa|", "war/ukraine", "tag:war/ukraine"),
        ("tag:| x", "war", "tag:war x"),
        ("source:new|", "New York Times", 'source:"New York Times"'),
        ('source:"New Yo|', "New York Times", 'source:"New York Times"'),
        ('source:"New Yo|rk tag:x', "New York Times", 'source:"New York Times" tag:x'),
        ('source:"New Yo|rk Post" x', "New York Times", 'source:"New York Times" x'),
        ('source:"Reu|', "Reuters", "source:Reuters"),
        ('source:="Reu|', "Al Jazeera", 'source:="Al Jazeera"'),
        ("who:(a OR pu|)", "Vladimir Putin", 'who:(a OR "Vladimir Putin")'),
        ("who:dw|", 'Dwayne "Rock" Johnson', "who:\"Dwayne 'Rock' Johnson\""),
        ("date:2023..tod|", "today", "date:2023..today"),
        ("date:yes|..today", "yesterday", "date:yesterday..today"),
        ('"grain de|al" x', "deals", '"grain deals" x'),
        ('"grain de|', "deal", '"grain deal'),
        ('"de|', '"deal"', "\"'deal'"),
    ],
)
def test_what_a_completion_makes_of_the_text(marked: str, value: str, text: str) -> None:
    assert completed(marked, value) == text


def test_the_name_of_a_field_takes_the_place_of_the_colon_too() -> None:
    found = lead("-souc|:bbc")
    assert found is not None
    assert (found.start, found.end) == (1, 6)
    assert written_field("source") == "source:"


def test_values_the_language_knows() -> None:
    for marked, value in [
        ("is:|", "unread"),
        ("has:|", "note"),
        ("sort:|", "newest"),
        ("date:|", "none"),
        ("added:|", "yesterday"),
        ("date:>|", "today"),
    ]:
        found = lead(marked) or lead(marked.replace("|", "t|"))
        assert found is not None
        assert value in known_values(found)
    bound, word = lead("date:>t|"), lead("un|")
    assert bound is not None
    assert word is not None
    assert "none" not in known_values(bound)
    assert not known_values(word)


@pytest.mark.parametrize("field", ["is", "has", "sort", "date", "added"])
def test_every_known_value_is_understood(field: str) -> None:
    for marked in (f"{field}:|", f"{field}:>t|")[: 2 if field in ("date", "added") else 1]:
        found = lead(marked)
        assert found is not None
        for value in known_values(found):
            parse(completed(marked, value), now=NOW)


@pytest.mark.parametrize(
    ("name", "written", "rank"),
    [
        ("New York Times", "new", 0),
        ("New York Times", "NEW YO", 0),
        ("New York Times", "", 0),
        ("Évreux Post", "evr", 0),
        ("The New York Times", "new yo", 1),
        ("war/ukraine", "ukr", 1),
        ("Reuters", "ruet", 2),
        ("Reuters", "reters", 2),
        ("Reuters", "reutars", 2),
        ("Reuters", "reeut", 2),
        ("Al Jazeera", "jzae", 3),
        ("Reuters", "eut", None),
        ("Reuters", "ru", None),
        ("Reuters", "xeut", None),
        ("", "abc", None),
    ],
)
def test_how_well_a_name_goes_on_from_a_lead(name: str, written: str, rank: int | None) -> None:
    assert likeness(name, written) == rank
    assert begins(name, written) == (rank == 0)


values = st.one_of(plain, odd, st.lists(plain, min_size=2, max_size=3).map(" ".join))


@settings(max_examples=200, deadline=None)
@given(texts, st.integers(0, 60), values)
def test_nothing_is_raised_and_the_value_is_in_its_place(
    text: str, cursor: int, value: str
) -> None:
    found = lead_at(text, min(cursor, len(text)))
    if found is None:
        return
    assert 0 <= found.start <= min(cursor, len(text)) <= found.end <= len(text)
    known_values(found)
    made = text[: found.start] + found.written(value) + text[found.end :]
    parse_partial(made, now=NOW)
    if found.slot in (Slot.CONDITION, Slot.VALUE):
        token = next(one for one in lex(made) if one.end > found.start)
        assert token.kind in (Kind.WORD, Kind.QUOTED)
        # A value may go on behind the sign of exactly this form.
        assert token.text.removeprefix("=").split() == value.split()


@settings(max_examples=200, deadline=None)
@given(trees.map(to_text), st.data())
def test_completing_in_a_query_gives_a_query(text: str, data: st.DataObject) -> None:
    """Cut anywhere, completed there and its brackets and quotes closed, it parses."""
    cursor = data.draw(st.integers(1, len(text)))
    found = lead_at(text[:cursor], cursor)
    if found is None:
        return
    known = [*known_values(found)]
    value = data.draw(st.sampled_from(known) if known else plain)
    if found.field in ("id", "change", "lang") or (found.slot is Slot.BOUND):
        return
    made = text[: found.start] + found.written(value)
    if found.slot is Slot.QUOTED_WORD:
        made += '"'
    problems = {problem.problem for problem in parse_partial(made, now=NOW).problems}
    assert problems <= {SyntaxProblem.OPEN_GROUP}
    assert value in made


@given(st.sampled_from(FIELDS), values)
def test_a_name_of_a_field_can_be_followed_by_any_value(name: str, value: str) -> None:
    made = written_field(name) + to_text(Term(value))
    head, following = lex(made)
    assert head.text == name
    assert following.text.split() == value.split()
