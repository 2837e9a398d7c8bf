from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.entities import fold_name
from reader.entities.names import bare_name

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
