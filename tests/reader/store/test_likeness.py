"""Whether a changed file still holds the same article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.likeness import LIKENESS, Said, is_same_article, likeness

STORM = (
    "The storm struck Bergen at night and closed the old bridge. Engineers said the damage was "
    "slight. Ferries stayed in the harbour until noon, and schools opened two hours late."
)
RELATED = (
    "Bergen will repair the old bridge in spring, the council said. Engineers said the damage "
    "of January had grown. Lindens along the quay are to be felled first."
)


def said(text: str, title: str = "", *, derived: bool = True) -> Said:
    return Said(title or text[:20], derived, text)


@pytest.mark.parametrize(
    "later",
    [
        STORM.replace("night", "dawn").replace("noon", "one o'clock"),
        "UPDATE. " + STORM + " Trains ran as usual. A second storm is expected on Friday.",
        STORM[:70],
        STORM.upper(),
    ],
)
def test_corrected_longer_and_shorter_texts_are_the_same_article(later: str) -> None:
    assert is_same_article(said(STORM), said(later))
    assert is_same_article(said(later), said(STORM))


@pytest.mark.parametrize("later", [RELATED, "A ship with corn left Odesa.", "", "Storm", "...."])
def test_other_texts_are_other_articles(later: str) -> None:
    assert not is_same_article(said(STORM), said(later))
    assert not is_same_article(said(later), said(STORM))


def test_a_title_of_its_own_is_enough_and_a_derived_one_says_nothing() -> None:
    earlier = Said("Storm over  Bergen", False, STORM)
    assert is_same_article(earlier, Said("STORM over Bergen", False, "Quite other words here."))
    assert not is_same_article(earlier, Said("Storm over Bergen", True, "Quite other words here."))
    assert not is_same_article(Said("", False, STORM), Said("", False, "Quite other words here."))


def test_the_threshold_lies_between() -> None:
    words = [f"w{n}" for n in range(102)]
    for kept, same in ((38, False), (60, True)):
        later = " ".join(words[:kept] + [f"x{n}" for n in range(102 - kept)])
        assert is_same_article(said(" ".join(words)), said(later)) is same
    assert 0.25 < LIKENESS < 0.5


@given(st.text("ab ", max_size=20), st.text("ab ", max_size=20))
def test_likeness_is_a_share_and_goes_both_ways(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
    assert likeness(one, one) == (1 if one.strip() else 0)
