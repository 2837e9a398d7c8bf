"""What answers words, slips of the finger included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.actions import ACTIONS
from reader.ui.matching import Finder, likeness, slips_between

FINDER = Finder(
    [((one.description, 1.0), (one.name, 0.9), (one.synonyms, 0.85)) for one in ACTIONS]
)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("mark unread", "article.toggle_read"),
        ("undo", "history.undo"),
        ("ctrl-z", "history.undo"),
        ("narow", "find.narrow"),
        ("tga", "article.tag"),
        ("browser", "link.open"),
        ("clipboard link", "link.copy"),
        ("link clipboard", "link.copy"),
        ("exit", "app.quit"),
        ("dark", "screen.theme"),
        ("favourite", "article.toggle_star"),
        ("favuorite", "article.toggle_star"),
        ("flag", "article.toggle_star"),
        ("catchup", "view.mark_read"),
        ("subscribe", "source.add"),
        ("save search", "saved.add"),
        ("fullscreen", "screen.zen"),
        ("readability", "article.full_text"),
        ("fetch feeds", "feeds.update"),
        ("cheat sheet", "screen.help"),
        ("tutorial", "tour.toggle"),
        ("wallabag", "page.save"),
        ("headers", "why.show"),
    ],
)
def test_the_nearest_action_comes_first(wanted: str, name: str) -> None:
    found = FINDER.find(wanted)
    best = max(found.values())
    assert name in {ACTIONS[one].name for one, score in found.items() if score == best}


@pytest.mark.parametrize("wanted", ["", "  ", "xylophone", "star xylophone", "%&/"])
def test_what_nothing_does(wanted: str) -> None:
    assert FINDER.find(wanted) == {}


def test_case_and_accents_do_not_count() -> None:
    finder = Finder([(("Café Ünïon", 1.0),), (("something_else", 1.0),)])
    assert set(finder.find("cafe UNION")) == {0}
    assert set(finder.find("else")) == {1}
    assert len(finder) == 2


def test_what_only_looks_alike_gives_way_to_what_is_meant() -> None:
    finder = Finder([(("mark", 1.0),), (("dark", 1.0),)])
    assert set(finder.find("dark")) == {1}
    assert set(finder.find("derk")) == {1}


WORDS = st.text("abcd", max_size=6)


def distance(one: str, other: str) -> int:
    """The least number of letters changed, added, left out or exchanged with their neighbour."""
    if not one or not other:
        return len(one) + len(other)
    costs = [
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and (one[0], one[1]) == (other[1], other[0]):
        costs.append(distance(one[2:], other[2:]) + 1)
    return min(costs)


@given(st.text("abcd", min_size=1, max_size=4), WORDS, st.integers(0, 2))
def test_slips_are_those_to_the_nearest_beginning(wanted: str, word: str, most: int) -> None:
    least = min(distance(wanted, word[:end]) for end in range(len(word) + 1))
    assert slips_between(wanted, word, most) == (least if least <= most else None)


@given(st.text("abcdé", min_size=1), st.text("abcdé", min_size=1))
def test_a_word_is_most_like_itself(wanted: str, word: str) -> None:
    assert 0 <= likeness(wanted, word) <= likeness(word, word) == 1
