from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities import fold_name
from reader.entities.names import bare_name, name_key, other_keys, shown_name
from reader.entities.variants import load_variants
from reader.model import EntityKind

SAME = [
    ("Vladimir Putin", "vladimir putin"),
    ("Mr Putin", "Putin"),
    ("President Vladimir Putin", "Vladimir Putin"),
    ("Lt. Gen. Odalys Brankovan", "Odalys Brankovan"),
    ("Putin's", "Putin"),
    ("Putin’s", "Putin"),
    ("Workers’", "workers"),
    ("U.S.", "US"),
    ("J.P. Morgan", "JP Morgan"),
    ("George W. Bush", "George W Bush"),
    ("São Paulo", "Sao Paulo"),
    ("Łódź", "Lodz"),
    ("al-Qaida", "Al Qaeda"),
    ("Kiev", "Kyiv"),
    ("Lukashenka", "Lukashenko"),
    ("The Hague", "hague"),
    ("“Wagner”", "Wagner"),
    ("Vladimir\n Putin", "Vladimir Putin"),
    ("NATO", "Nato"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_to_write_a_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Bill Clinton", "Hillary Clinton"), ("Niger", "Nigeria"), ("Mr", "Mrs"), ("Iran", "Iraq")],
)
def test_two_names(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_a_title_alone_is_a_name() -> None:
    assert fold_name("President") == "president"


def test_bare_name_keeps_case_and_marks() -> None:
    assert bare_name("“Erdoğan’s") == "Erdoğan"
    assert bare_name(" São\u00a0Paulo\n") == "São Paulo"


@given(st.text(max_size=40))
def test_folding_a_folded_name_changes_little(name: str) -> None:
    folded = fold_name(name)
    assert "\n" not in folded
    assert folded == folded.strip()


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Burma", "Myanmar", EntityKind.LOC),
        ("U.S.", "United States of America", EntityKind.LOC),
        ("St. Petersburg", "Saint Petersburg", EntityKind.LOC),
        ("UN", "United Nations", EntityKind.ORG),
        ("Boeing Co.", "Boeing", EntityKind.ORG),
        ("Fenn & Orlo Ltd.", "Fenn and Orlo", EntityKind.ORG),
        ("Poles", "Polish", EntityKind.MISC),
        ("General Odalys Brankovan", "Odalys Brankovan", EntityKind.PER),
        ("J. K. Rowling", "J.K. Rowling", EntityKind.PER),
        ("O’Brien", "OBrien", EntityKind.PER),
    ],
)
def test_one_key_of_a_kind(one: str, other: str, kind: EntityKind) -> None:
    assert name_key(one, kind) == name_key(other, kind)


def test_titles_belong_to_other_kinds() -> None:
    assert name_key("General Electric", EntityKind.ORG) == "general electric"
    assert name_key("General", EntityKind.PER) == "general"


def test_curated_names_are_shown_and_known() -> None:
    assert shown_name("myanmar", EntityKind.LOC) == "Myanmar"
    assert shown_name("polish", EntityKind.MISC) == "Polish"
    assert shown_name(name_key("Moody", EntityKind.ORG), EntityKind.ORG) == "Moody's"
    assert shown_name("zorvan", EntityKind.LOC) is None
    assert "burma" in other_keys("myanmar", EntityKind.LOC)
    assert other_keys("zorvan", EntityKind.LOC) == ()


def test_no_curated_name_stands_for_two() -> None:
    rows = load_variants().rows
    for kind in (*EntityKind, "word"):
        seen: dict[str, int] = {}
        for number, names in enumerate(rows[kind]):
            for name in names:
                assert seen.setdefault(fold_name(name), number) == number, (kind, name)
