"""What stands on a card, as values."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import (
    Entity,
    EntityCard,
    EntityCount,
    EntityId,
    EntityKind,
    Evidence,
    Mention,
    NameCount,
    NameForm,
    Span,
    Together,
)
from reader.ui.card_lines import CardLine, CardPage, Whole, article_lines, facts_lines
from reader.ui.card_trail import CardTrail
from reader.ui.entity_words import chief_of, tell_target
from reader.ui.verbs.names import uncertain_names
from reader.ui.widgets.evidence_panel import set_sentence
from tests.reader.ui.samples import BAD, NOW, day, make_row
from tests.reader.ui.test_safety import CONTROLS

NOVAK = Entity(EntityId(1), "Jan Novak", EntityKind.PER)
BOARD = Entity(EntityId(4), "River Board", EntityKind.ORG)
ELBE = Entity(EntityId(2), "Elbe", EntityKind.LOC)
SENTENCE = "Traders in Hamburg asked Jan Novak for a second lane."
EVIDENCE = Evidence(make_row(7), SENTENCE, (Span(25, 34),), 25)
CARD = EntityCard(
    NOVAK,
    articles=4,
    mentions=5,
    forms=(NameForm("Novak", 3), NameForm("Jan Novak", 2)),
    first=make_row(1, published=day(2023, 2)),
    last=make_row(2, published=day(2023, 7, 23)),
    months=(NameCount("2023-07", 3), NameCount("2023-02", 1)),
    together=(Together(BOARD, 4), Together(ELBE, 2)),
    places=(Together(ELBE, 2),),
    tags=(NameCount("bridge", 1),),
    related=(ELBE,),
)
PAGE = CardPage(NOVAK, CARD, (EVIDENCE,))


def texts(lines: list[CardLine]) -> list[str]:
    return ["".join(text for text, _ in line.pieces).rstrip() for line in lines]


def test_facts_in_sections() -> None:
    lines = facts_lines(PAGE, 60, NOW)
    shown = [" ".join(text.split()) for text in texts(lines)]
    assert shown == [
        "Jan Novak person",
        "4 articles · 5 mentions", "first 1 Feb 2023 · last 23 Jul 2023", "Feb 2023 ▃ █ Jul 2023",
        "", "Names seen", "Novak 3", "Jan Novak 2",
        "", "Named together", "River Board 4 ORG",
        "", "Places", "Elbe 2",
        "", "See also", "Elbe LOC",
        "", "Tags", "#bridge 1",
    ]  # fmt: skip
    assert [line.is_heading for line in lines].count(True) == 5


def test_articles_with_their_sentences() -> None:
    lines = article_lines(PAGE, 80, NOW)
    assert lines[0].target is Whole.ARTICLES
    assert texts(lines) == [
        " Articles · 4",
        "   23 Jul 2023  The Gazette         Title 7",
        f"                {SENTENCE}",
        " …",
    ]
    assert ("Jan Novak", "marked") in lines[2].pieces
    assert texts(article_lines(PAGE, 38, NOW))[1:3] == [
        "   Title 7",
        "   23 Jul 2023 · The Gazette",
    ]


def test_before_anything_is_known() -> None:
    page = CardPage(NOVAK)
    assert texts(facts_lines(page, 60, NOW)) == [" Jan Novak  person", "", " …"]
    assert texts(article_lines(page, 60, NOW)) == [" Articles", " …"]


def test_one_month_is_drawn_and_no_date_is_not() -> None:
    first = make_row(1, published=None)
    card = replace(CARD, articles=3, months=CARD.months[:1], first=first, last=None)
    shown = texts(facts_lines(CardPage(NOVAK, card), 60, NOW))
    assert shown[1:3] == [" 3 articles · 5 mentions", " Jul 2023 █"]
    shown = texts(facts_lines(CardPage(NOVAK, replace(card, months=())), 60, NOW))
    assert "█" not in "".join(shown)


@pytest.mark.parametrize("width", range(1, 130, 7))
def test_no_line_is_wider_than_the_column(width: int) -> None:
    page = replace(PAGE, entity=replace(NOVAK, name=BAD * 3))
    lines = [*facts_lines(page, width, NOW), *article_lines(page, width, NOW)]
    assert not CONTROLS.search("".join(texts(lines)))
    if width >= 24:
        assert all(cell_len(text) <= width for text in texts(lines))


def test_a_trail_of_cards() -> None:
    trail = CardTrail()
    assert trail.back() is None
    trail.push(NOVAK)
    trail.push(NOVAK)
    trail.push(BOARD)
    assert trail.entities == (NOVAK, BOARD)
    assert trail.top is not None
    trail.top.take(replace(CARD, entity=BOARD), ())
    was_stale = trail.top.is_stale
    trail.changed()
    assert (was_stale, trail.top.is_stale) == (False, True)
    trail.top.add((EVIDENCE,))
    assert trail.top.page.articles == (EVIDENCE,)
    back = trail.back()
    assert back is not None
    assert back.page.entity is NOVAK
    trail.clear()
    assert trail.top is None


def test_every_line_without_a_sentence_has_a_note() -> None:
    for target in (NameForm("Novak", 1), NameCount("bridge", 1), ELBE, Whole.ARTICLES):
        assert tell_target(target)
    assert tell_target(None) == ""


def test_a_sentence_that_fits_is_whole() -> None:
    text, runs, lines = set_sentence(SENTENCE, EVIDENCE.spans, 80, 3)
    assert text == SENTENCE
    assert len(lines) == 1
    assert [text[run.start : run.end] for run in runs if run.styles] == ["Jan Novak"]


@given(
    st.lists(st.sampled_from(["a", "river", "of", "waterways", "x, y"]), min_size=2, max_size=60),
    st.integers(12, 90),
    st.integers(1, 4),
    st.data(),
)
def test_both_names_of_a_long_sentence_are_in_view(
    words: list[str], width: int, rows: int, data: st.DataObject
) -> None:
    places = data.draw(st.sets(st.integers(0, len(words)), min_size=2, max_size=2))
    for place in sorted(places, reverse=True):
        words.insert(place, "Mia")
    sentence = " ".join(words)
    spans, at = [], sentence.find("Mia")
    while at >= 0:
        spans.append(Span(at, at + 3))
        at = sentence.find("Mia", at + 1)
    text, runs, lines = set_sentence(sentence, spans, width, rows)
    marked = [run for run in runs if run.styles]
    assert [text[run.start : run.end] for run in marked] == ["Mia", "Mia"]
    if width >= 40:
        assert lines.line_of(marked[-1].start) < rows


def test_names_that_are_uncertain_everywhere() -> None:
    def mention(entity: Entity, confidence: float) -> Mention:
        return Mention(0, 3, "Abc", entity.kind, entity.id, entity.name, confidence)

    mentions = [mention(NOVAK, 0.9), mention(NOVAK, 0.2), mention(ELBE, 0.3), mention(ELBE, 0.1)]
    assert uncertain_names(mentions, [EntityCount(NOVAK, 1, 3)]) == [EntityCount(ELBE, 2, 0)]


@pytest.mark.parametrize(
    ("title", "counts", "chief"),
    [
        ("Brandt hopes for a deal", (2, 2, 2), "Ilse Brandt"),
        ("Brandt hopes for a deal", (2, 2, 3), "Kelmouth"),
        ("Ilse hopes for a deal in Kelmouth", (2, 2, 2), "Kelmouth"),
        ("A deal in Kelmouth", (2, 2, 2), "Kelmouth"),
        ("Hildebrandt and Kelmouths", (2, 2, 2), "Ilse Brandt"),
        ("A deal", (1, 2, 2), "Coast Union"),
    ],
)
def test_of_those_named_as_often_the_title_decides_then_the_kind(
    title: str, counts: tuple[int, int, int], chief: str
) -> None:
    named = [
        Entity(EntityId(1), "Ilse Brandt", EntityKind.PER),
        Entity(EntityId(2), "Coast Union", EntityKind.ORG),
        Entity(EntityId(3), "Kelmouth", EntityKind.LOC),
    ]
    mentions = [Mention(0, 6, one.name, one.kind, one.id, one.name) for one in named[::2]]
    order = zip(reversed(named), reversed(counts), strict=True)
    found = chief_of(title, [EntityCount(one, many, 1) for one, many in order], mentions)
    assert found is not None
    assert found.name == chief


def test_an_article_without_names_is_about_nobody() -> None:
    assert chief_of("Brandt", (), ()) is None
