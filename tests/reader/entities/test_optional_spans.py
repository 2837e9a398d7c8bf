"""What stands around a recogniser from outside: pieces of long texts, spans as we mark them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities import Found
from reader.entities.optional.spans import cut, tidy
from reader.model import EntityKind


def names(text: str, *marked: str, kind: EntityKind = EntityKind.PER) -> list[str]:
    """What becomes of spans over these parts of a text."""
    found = [Found(at, at + len(one), kind, 0.9) for one in marked if (at := text.index(one)) >= 0]
    return [text[one.start : one.end] for one in tidy(text, found)]


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("President Ada Quill", "Ada Quill"),
        ("Lt. Gen. Ada Quill's", "Ada Quill"),
        ("the Quills’", "Quills"),
        ("“Ada Quill,”", "Ada Quill"),
        (" Prime Minister\nAda Quill ", "Ada Quill"),
        ("Sister", "Sister"),
        ("Dr. King", "King"),
    ],
)
def test_a_person_is_the_bare_name(marked: str, left: str) -> None:
    assert names(f"Then {marked} spoke.", marked) == [left]


@pytest.mark.parametrize(
    ("text", "marked", "kind", "left"),
    [
        ("in the Gambia.", "the Gambia", EntityKind.LOC, "Gambia"),
        ("in The Gambia.", "The Gambia", EntityKind.LOC, "Gambia"),
        ("in The Hague.", "The Hague", EntityKind.LOC, "The Hague"),
        ("told The Skerry Post.", "The Skerry Post", EntityKind.ORG, "The Skerry Post"),
        ("Rain. The Skerry Post said", "The Skerry Post", EntityKind.ORG, "Skerry Post"),
        ("The Skerry Post said", "The Skerry Post", EntityKind.ORG, "Skerry Post"),
        ("from the U.S.'s coast", "the U.S.'s", EntityKind.LOC, "U.S."),
        (
            "Prince Edward Island has",
            "Prince Edward Island",
            EntityKind.LOC,
            "Prince Edward Island",
        ),
        ("of Tern Group (TG) in", "Tern Group (", EntityKind.ORG, "Tern Group"),
    ],
)
def test_articles_and_possessives_stay_outside(
    text: str, marked: str, kind: EntityKind, left: str
) -> None:
    assert names(text, marked, kind=kind) == [left]


def test_what_has_no_letter_is_no_name() -> None:
    assert names("It cost 500 - or “60” %.", "500 -", "“60”", " - ") == []


def test_of_two_that_overlap_the_longer_stays() -> None:
    text = "Bank of Skerry Sound opened."
    assert names(text, "Skerry Sound", "Bank of Skerry Sound", "Bank") == ["Bank of Skerry Sound"]
    assert names(text, "Bank of", "of Skerry Sound") == ["of Skerry Sound"]


def test_a_text_is_cut_between_sentences() -> None:
    text = "One is short. Two is short too.\n\nThree is here."
    whole = [text[start:end] for start, end in cut(text, 32, len)]
    assert whole == ["One is short. Two is short too.", "Three is here."]
    assert [text[start:end] for start, end in cut(text, 14, len)] == [
        "One is short.", "Two is short", "too.", "Three is here.",
    ]  # fmt: skip
    assert cut("", 9, len) == []
    assert cut("Incomprehensibilities", 4, len) == [(0, 21)]


def words(text: str) -> int:
    return len(text.split())


@given(st.text("ab .!?\nXY", max_size=200), st.integers(1, 30), st.sampled_from([len, words]))
def test_pieces_hold_all_words_and_are_short(text: str, limit: int, measure: type) -> None:
    pieces = [text[start:end] for start, end in cut(text, limit, measure)]
    assert " ".join(pieces).split() == text.split()
    assert all(measure(piece) <= limit or len(piece.split()) == 1 for piece in pieces)
