from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.entities.gazetteer import Gazetteer, reaches

WORDS = st.sampled_from(["Bank", "of", "Ghana", "New", "York", "City"])
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=8)


def made(names: list[str]) -> Gazetteer:
    numbered = {name: number for number, name in enumerate(names, 1)}
    return Gazetteer((), numbered, reaches(numbered))


def longest_from_left(names: dict[str, int], words: list[str]) -> list[tuple[int, int, int]]:
    """Plainly: at every place try all lengths."""
    found: list[tuple[int, int, int]] = []
    at = 0
    while at < len(words):
        lasts = [end for end in range(at + 1, len(words) + 1) if " ".join(words[at:end]) in names]
        if lasts:
            found.append((at, lasts[-1], names[" ".join(words[at : lasts[-1]])]))
        at = lasts[-1] if lasts else at + 1
    return found


@given(NAMES, st.lists(WORDS, max_size=20))
def test_the_longest_names_from_left_to_right(names: list[str], words: list[str]) -> None:
    gazetteer = made(names)
    assert gazetteer.find(words) == longest_from_left(gazetteer.names, words)


def test_how_far_names_reach() -> None:
    assert reaches({"New York City": 1, "New York": 1, "Bank": 1}) == {"New": 3, "Bank": 1}
    assert reaches({}) == {}
    assert made([]).find(["New", "York"]) == []
