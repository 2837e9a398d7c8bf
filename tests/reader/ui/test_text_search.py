"""Words looked for in one text, and how they lie over it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Span
from reader.ui.text_search import MOST, Folded, fold

LENGTH = 30


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("The drone flew. Drones fly.", "drone", ["drone", "Drone"]),
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Cafe\u0301s, café", "CAFE", ["Cafe\u0301", "café"]),
        ("It\u2019s the ﬁfth", "it's", ["It\u2019s"]),
        ("It\u2019s the ﬁfth", "fifth", ["ﬁfth"]),
        ("grain\u00a0deal, grain\ndeal", "grain deal", ["grain\u00a0deal", "grain\ndeal"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("ß", "s", ["ß"]),
        ("anything", "  ", []),
        ("anything", "\u0301", []),
        ("日本の港", "港", ["港"]),
    ],
)
def test_words_are_found_as_they_stand(text: str, words: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in Folded(text).find(words)] == found


@pytest.mark.parametrize("begin", ["", "ﬁ"])
def test_of_very_many_places_those_nearby_are_found(begin: str) -> None:
    text = begin + "a word " * (3 * MOST) + "last words"
    folded = Folded(text)
    some = folded.find("word")
    assert len(some) == MOST + 1
    assert some[0].start == len(begin) + 2
    near = len(begin) + 7 * (2 * MOST + 500) + 3
    some = folded.find("word", near)
    assert len(some) == MOST + 1
    assert some[0].start == len(begin) + 2
    assert some[-1] == Span(len(text) - 5, len(text) - 1)
    assert sum(1 for one in some if one.start >= near) == 500
    assert all(text[one.start : one.end] == "word" for one in some)
    assert folded.find("last", near) == (Span(len(text) - 10, len(text) - 6),)


@given(st.text(st.sampled_from("aAsßéE\u0301ﬁİ ’x"), max_size=20), st.data())
@settings(max_examples=200)
def test_any_stretch_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    part = text[start : data.draw(st.integers(start, len(text)))].strip()
    spans = Folded(text).find(part)
    sought = fold(part)
    assert bool(spans) == bool(sought)
    assert all(sought in fold(text[span.start : span.end]) for span in spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_in_nothing_nothing_is_found() -> None:
    assert Folded("").find("a") == ()
    assert Folded("ab").find("b") == (Span(1, 2),)
