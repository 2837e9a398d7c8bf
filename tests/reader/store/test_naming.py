"""Packed mentions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.naming import LEAST, NOBODY, Kept, pack, unpack

numbers = st.one_of(st.integers(0, 40), st.integers(0, 300), st.integers(0, 200_000))


@st.composite
def mentions(draw: st.DrawFn) -> list[Kept]:
    entities = st.one_of(st.integers(0, 9), st.integers(0, 1 << 31))
    given = st.builds(
        lambda start, length, one, sure, told: Kept(start, start + length, one, sure, told),
        numbers,
        numbers,
        entities,
        st.integers(0, 100),
        entities,
    )
    found = draw(st.lists(given, max_size=40))
    if draw(st.booleans()):
        found = [one._replace(told=one.entity_id) for one in found]
    return sorted(found)


@given(mentions(), st.lists(numbers, max_size=20).map(sorted))
def test_what_is_packed_comes_back(found: list[Kept], starts: list[int]) -> None:
    naming = unpack(pack(found, starts))
    assert list(naming.mentions()) == found
    counted = [one for one in found if one.sure >= LEAST and one.entity_id != NOBODY]
    assert naming.counted() == [one.entity_id for one in counted]
    by_sentence: dict[int, list[int]] = {}
    for one in counted:
        place = sum(start <= one.start for start in starts)
        by_sentence.setdefault(place, []).append(one.entity_id)
    assert list(naming.sentences()) == list(by_sentence.values())


def test_a_mention_takes_about_five_bytes() -> None:
    found = [Kept(80 * n, 80 * n + 12, 50_000 + n % 18, 90, 50_000 + n % 18) for n in range(30)]
    packed = pack(found, range(0, 2400, 120))
    assert len(packed) <= 30 * 5 + 18 * 2


def test_articles_with_very_many_mentions() -> None:
    found = [Kept(n, n + 1, n, 60, n) for n in range(1, 70_000)]
    assert list(unpack(pack(found, [])).mentions()) == found


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\x00",
        b"\x00\x00\x01\x00",
        b"\x00\x00\x01\x00\x01\x00\x05",
        b"\xff\x00\x00\x00\x01\x00",
    ],
)
def test_other_bytes_are_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"cut off|length|width|bytes"):
        unpack(packed)
