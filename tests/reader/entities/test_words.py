from __future__ import annotations

import pytest

from reader.entities.words import (
    GROUP_OF,
    SLOTS,
    Case,
    attributes,
    case_of,
    cluster_names,
    names_of_bits,
    seen_from,
)


@pytest.mark.parametrize(
    ("word", "case"),
    [
        ("", Case.EDGE), ("river", Case.LOWER), ("River", Case.CAPITALISED), ("NATO", Case.UPPER),
        ("J.", Case.INITIAL), ("A", Case.INITIAL), ("McKay", Case.MIXED), ("iPhone", Case.MIXED),
        ("U.S.", Case.UPPER), ("2024", Case.NUMBER), ("3rd", Case.LOWER), ("—", Case.SIGN),
        ("Al-Bashir", Case.MIXED), ("東京", Case.MIXED),
    ],
)  # fmt: skip
def test_how_a_word_is_written(word: str, case: Case) -> None:
    assert case_of(word) == case


def test_every_case_has_a_group() -> None:
    assert len(GROUP_OF) == len(Case)


def test_the_attributes_of_a_word() -> None:
    made = attributes("Kenya7", ["given", "surname"], ["0:5"])
    assert {"w=kenya0", "s=Xxd", "p=ke", "e=a0", "c=0:5", "f=given", "F=given+surname"} <= {*made}
    assert attributes("", [], []) == ["w=<edge>"]
    assert not [one for one in attributes("Rain", [], []) if one.startswith(("f", "F", "c"))]


def test_neighbours_see_less_of_a_word() -> None:
    made = attributes("Kenya", ["given"], ["0:5"])
    seen = {slot: {*seen_from(slot, made)} for slot in SLOTS}
    for slot in SLOTS[1:]:
        assert seen[slot] < {*made}
    assert seen["-2"] < seen["-1"]
    assert seen["+1"] == seen["-1"]
    assert "p=ke" in seen["0"]
    assert "p=ke" not in seen["-1"]


def test_names_of_bits_and_groups() -> None:
    assert names_of_bits(0b101, ("one", "two", "three")) == ["one", "three"]
    clusters = {"Rain": (1, 2), "in 00": (3,), "00": (4, 5), "rain": (6, 7)}
    assert cluster_names("Rain", clusters) == ["0:1", "1:2"]
    assert cluster_names("RAIN", clusters) == ["0:6", "1:7"]
    assert cluster_names("37", clusters) == ["0:4", "1:5"]
    assert cluster_names("Snow", clusters) == []
