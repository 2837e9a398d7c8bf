"""What a text says of its words besides the words themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities.evidence import (
    BEGIN,
    BRACKETED,
    DEFINED,
    FIRST,
    GIVEN_NAME,
    HEADING,
    INNER,
    INSIDE,
    LAST,
    LONGEST,
    OFTEN,
    PLACED,
    QUOTED,
    SHOUTED,
    SINGLE,
    SMALL,
    SPEAKING,
    TAILED,
    TITLED,
    Evidence,
    Observer,
    document_attributes,
    listed_attributes,
    sentences_of,
)
from reader.entities.gazetteer import Gazetteer, reaches
from reader.entities.tokens import NEWLINE
from reader.entities.trained import cues

FLAGS = ("given", "title", "org_tail", "gov_tail", "place_before", "person_after", "common")
NAMES = {
    "Kenya": 1, "Russia": 1, "Ukraine": 1, "Moscow": 1, "NATO": 2, "Bank of Ghana": 2,
    "Guinea-Bissau": 1, "Guinea": 1, "Bissau": 1, "New York": 1,
}  # fmt: skip
WORDS = {
    "Ann": 1, "President": 2, "Group": 4, "in": 16, "said": 32, "Floods": 64, "Protest": 64,
    "Leaders": 64, "Police": 64,
}  # fmt: skip
OBSERVER = Observer(Gazetteer(("place", "body"), NAMES, reaches(NAMES)), WORDS, cues(FLAGS))


def marks_of(text: str, word: str, turn: int = 0) -> int:
    seen = OBSERVER.read(text)
    return seen.marks[[at for at, one in enumerate(seen.words) if one == word][turn]]


def document_of(text: str, word: str) -> int:
    seen = OBSERVER.read(text)
    return seen.document[seen.words.index(word)]


def shown(seen: Evidence) -> list[list[str]]:
    return [seen.words[first:last] for first, last in seen.sentences]


def test_sentences_end_with_signs_and_lines() -> None:
    seen = OBSERVER.read("Floods came. Ann left!\n\nMoscow\nRain")
    assert shown(seen) == [
        ["Floods", "came", "."], ["Ann", "left", "!"], ["Moscow"], ["Rain"],
    ]  # fmt: skip
    assert NEWLINE not in [word for sentence in shown(seen) for word in sentence]
    assert sentences_of([]) == []


def test_an_endless_sentence_is_cut() -> None:
    found = sentences_of(["word"] * (3 * LONGEST))
    assert max(last - first for first, last in found) <= LONGEST + 1
    covered = [at for first, last in found for at in range(first, last)]
    assert covered == list(range(3 * LONGEST))


@pytest.mark.parametrize(
    ("text", "word", "marks"),
    [
        ("Floods came.", "Floods", FIRST),
        ("It rained. Floods came.", "Floods", FIRST),
        ("It rained: Floods came.", "Floods", FIRST),
        ("Rain and Floods came.", "Floods", 0),
        ("He read “Floods” there.", "Floods", QUOTED),
        ("He said, “Floods came.”", "Floods", QUOTED | FIRST),
        ("“Floods came.”", "Floods", QUOTED | FIRST),
        ("The fund (Floods) left.", "Floods", BRACKETED),
        ("- Kenya\n- Moscow", "Moscow", BRACKETED | FIRST),
        ("the Zorvan (ZL) left", "Zorvan", DEFINED),
    ],
)
def test_marks(text: str, word: str, marks: int) -> None:
    assert marks_of(text, word) == marks


def test_headings() -> None:
    text = "Protest Leaders Meet Police in Ashdale\nLeaders of Police met in a small building."
    assert marks_of(text, "Meet") & HEADING
    assert marks_of(text, "Ashdale") & HEADING
    assert not marks_of(text, "Leaders", 1) & HEADING
    # A line that ends like a sentence is none.
    assert not marks_of("Protest Leaders Meet Police in Ashdale.", "Meet") & HEADING


def test_lines_of_capitals_are_calmed() -> None:
    seen = OBSERVER.read("FLOODS KILL 12 IN KENYA, SAYS NATO\nIt rained.")
    assert seen.words[:9] == ["Floods", "Kill", "12", "In", "Kenya", ",", "Says", "NATO", NEWLINE]
    assert all(mark & SHOUTED for mark in seen.marks[:8])
    assert not any(mark & SHOUTED for mark in seen.marks[9:])


def test_shouted_words_inside_a_sentence() -> None:
    seen = OBSERVER.read("They flew to MOSCOW with NATO and ZORV.")
    assert [seen.words[at] for at in (3, 5, 7)] == ["Moscow", "NATO", "ZORV"]


def test_pairs_are_cut_where_both_are_listed() -> None:
    text = "The Russia-Ukraine war and the Guinea-Bissau vote and the Zorvan-Kenya road"
    seen = OBSERVER.read(text)
    assert seen.words[:5] == ["The", "Russia", "-", "Ukraine", "war"]
    assert "Guinea-Bissau" in seen.words
    assert "Zorvan-Kenya" in seen.words
    pieces = [text[a:b] for a, b in zip(seen.starts, seen.ends, strict=True)]
    assert pieces == seen.words


def test_listed_names() -> None:
    seen = OBSERVER.read("the Bank of Ghana, Kenya and New York")
    assert seen.listed == [
        0, 8 + BEGIN, 8 + INNER, 8 + LAST, 0, 4 + SINGLE, 0, 4 + BEGIN, 4 + LAST,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "word", "bit"),
    [
        ("Rain fell and Rain and rain fell.", "Rain", SMALL),
        ("They saw Zorvan.", "Zorvan", INSIDE),
        ("They saw President Zorvan.", "Zorvan", TITLED),
        ("The Zorvan Group came.", "Zorvan", TAILED),
        ("It rained in Zorvan.", "Zorvan", PLACED),
        ("Then Zorvan said so.", "Zorvan", SPEAKING),
        ("Zorvan and Zorvan and Zorvan.", "Zorvan", OFTEN),
        ("Then Ann Zorvan left.", "Zorvan", GIVEN_NAME),
    ],
)
def test_what_a_document_says_of_a_word(text: str, word: str, bit: int) -> None:
    assert document_of(text, word) & bit
    # Every mention has it, wherever it stands.
    assert document_of(f"{text}\n{word} left.", word) & bit
    assert not document_of(f"{word} left.", word) & bit


def test_headings_say_nothing_of_words() -> None:
    text = "Protest Leaders Meet Police in Ashdale\nAshdale left."
    assert not document_of(text, "Ashdale") & (INSIDE | PLACED)


def test_attributes_of_numbers() -> None:
    assert document_attributes(0, 1) == ["D=0|1"]
    assert document_attributes(SMALL | INSIDE, 0) == ["d=0|0", "d=1|0", "D=3|0"]
    assert listed_attributes(0, ("place",)) == []
    assert listed_attributes(12 + LAST, ("place", "body")) == [
        "g=Lplace", "g=Lbody", "G=Lplace+body",
    ]  # fmt: skip


PIECES = st.sampled_from(
    [
        "Kenya", "MOSCOW", "NATO", "Russia-Ukraine", "FLOODS", "KILL", "Protest", "Leaders",
        "Police", "Ann", "said", "in", "(", ")", "“", "”", "'s", "-", ".", "!", ",", "\n", "\n\n",
        "rain", "Group", "Zorvan", "New York", "東京", "e\u0301",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join)


@given(TEXTS, st.sampled_from(["\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"]))
def test_line_ends_make_no_difference(text: str, end: str) -> None:
    one, other = OBSERVER.read(text), OBSERVER.read(text.replace("\n", end))
    assert (one.words, one.sentences, one.marks) == (other.words, other.sentences, other.marks)
    assert (one.listed, one.document) == (other.listed, other.document)


@given(st.text(max_size=80) | TEXTS)
def test_every_word_lies_in_its_place(text: str) -> None:
    seen = OBSERVER.read(text)
    lengths = {len(each) for each in (seen.words, seen.starts, seen.ends, seen.marks)}
    assert lengths == {len(seen.listed)} == {len(seen.document)}
    at = 0
    for start, end in zip(seen.starts, seen.ends, strict=True):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    behind = 0
    for first, last in seen.sentences:
        assert behind <= first < last <= len(seen.words)
        behind = last
