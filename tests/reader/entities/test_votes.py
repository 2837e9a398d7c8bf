"""What the mentions of one text decide together."""

from __future__ import annotations

import pytest

from reader.entities.evidence import Evidence, Observer
from reader.entities.gazetteer import Gazetteer
from reader.entities.trained import cues
from reader.entities.votes import Guess, settle

FLAGS = ("given", "title", "org_tail", "gov_tail", "place_before", "person_after", "common")
OBSERVER = Observer(Gazetteer((), {}, {}), {}, cues(FLAGS))
PLAIN = frozenset({"Price", "Hope"})
TITLES = frozenset({"President", "Mr."})


def settled(text: str, *names: tuple[str, str, float]) -> list[tuple[str, str, float]]:
    """What becomes of names with their kind and confidence, each the next of its words."""
    seen = OBSERVER.read(text)
    guesses: list[Guess] = []
    behind = 0
    for name, kind, confidence in names:
        words = name.split(" ")
        first = next(
            at for at in range(behind, len(seen.words)) if seen.words[at : at + len(words)] == words
        )
        behind = first + len(words)
        guesses.append(Guess(first, behind, kind, confidence))
    return [
        (" ".join(seen.words[one.first : one.last]), one.kind, one.confidence)
        for one in settle(seen, guesses, PLAIN, TITLES)
    ]


def kinds(text: str, *names: tuple[str, str, float]) -> list[tuple[str, str]]:
    return [(name, kind) for name, kind, _ in settled(text, *names)]


def test_most_and_surest_mentions_win() -> None:
    text = "Zorvan met us. Zorvan said so. Zorvan is far."
    surely, hardly = ("Zorvan", "PER", 0.9), ("Zorvan", "LOC", 0.3)
    assert kinds(text, surely, surely, hardly) == [("Zorvan", "PER")] * 3


def test_a_tie_changes_nothing_but_confidence() -> None:
    text = "Zorvan met us. Then Zorvan rained."
    found = settled(text, ("Zorvan", "PER", 0.6), ("Zorvan", "LOC", 0.6))
    assert [kind for _, kind, _ in found] == ["PER", "LOC"]
    assert min(confidence for _, _, confidence in found) < 0.6


def test_agreement_makes_surer_and_never_less_sure() -> None:
    text = "Zorvan left. Zorvan came. Zorvan sat."
    found = settled(text, *[("Zorvan", "PER", 0.6)] * 3)
    assert all(0.6 < confidence < 1 for _, _, confidence in found)
    assert settled("Zorvan left.", ("Zorvan", "PER", 0.99))[0][2] == 0.99


@pytest.mark.parametrize(
    ("text", "full", "short"),
    [
        ("Jon Zorvan left. Zorvan came.", ("Jon Zorvan", "PER", 0.95), ("Zorvan", "LOC", 0.4)),
        ("Jon Zorvan left. Jon came.", ("Jon Zorvan", "PER", 0.95), ("Jon", "LOC", 0.2)),
        ("Zorvan Band left. Zorvan came.", ("Zorvan Band", "ORG", 0.9), ("Zorvan", "PER", 0.3)),
        ("Zorvan Front (ZF) left. ZF came.", ("Zorvan Front", "ORG", 0.9), ("ZF", "PER", 0.4)),
    ],
    ids=["surname", "given name", "first word", "acronym"],
)  # fmt: skip
def test_a_full_name_decides_for_its_short_form(
    text: str, full: tuple[str, str, float], short: tuple[str, str, float]
) -> None:
    if "(" in text:
        found = kinds(text, full, short, short)
        assert found[-1] == (short[0], full[1])
    else:
        assert kinds(text, full, short) == [full[:2], (short[0], full[1])]


def test_what_the_model_overlooked_is_found_elsewhere() -> None:
    text = "Then Jon Zorvan left. Jon Zorvan came. The Zorvan plan and Jon Zorvan."
    name = ("Jon Zorvan", "PER", 0.95)
    found = settled(text, name, name)
    assert [one[:2] for one in found] == [
        ("Jon Zorvan", "PER"), ("Jon Zorvan", "PER"), ("Zorvan", "PER"), ("Jon Zorvan", "PER"),
    ]  # fmt: skip
    assert all(0 < confidence <= 0.95 for _, _, confidence in found)


def test_an_ordinary_word_first_in_its_sentence_is_not_found_elsewhere() -> None:
    name = ("Ann Price", "PER", 0.95)
    text = "Then Ann Price left and Ann Price came. Price rises hurt. The Price plan failed."
    found = [one for one, _ in kinds(text, name, name)]
    assert found == ["Ann Price", "Ann Price", "Price"]


def test_one_unsure_mention_finds_nothing_elsewhere() -> None:
    assert kinds("Then Zorvan left. Later Zorvan came.", ("Zorvan", "PER", 0.6)) == [
        ("Zorvan", "PER")
    ]


def test_titles_are_cut_off_people() -> None:
    text = "Then President Zorvan left."
    assert kinds(text, ("President Zorvan", "PER", 0.9)) == [("Zorvan", "PER")]
    assert kinds(text, ("President Zorvan", "ORG", 0.9)) == [("President Zorvan", "ORG")]
    assert kinds("Then President left.", ("President", "PER", 0.9)) == [("President", "PER")]


def test_nothing_to_settle() -> None:
    assert settled("It rained.") == []
    assert settled("") == []


def test_what_begins_with_a_title_is_a_person() -> None:
    seen = Evidence(
        ["Pope", "Francis", "met", "General", "Election", "Pope"],
        [], [], [(0, 6)], [0] * 6, [0] * 6, [0] * 6,
    )  # fmt: skip
    guesses = [Guess(0, 2, "MISC", 0.5), Guess(3, 5, "MISC", 0.5), Guess(5, 6, "MISC", 0.5)]
    settled = settle(seen, guesses, frozenset({"Election"}), frozenset({"Pope", "General"}))
    assert [(one.first, one.last, one.kind) for one in settled] == [
        (1, 2, "PER"), (3, 5, "MISC"), (5, 6, "MISC"),
    ]  # fmt: skip
