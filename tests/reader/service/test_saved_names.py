"""Names of saved searches, and the order of a tree of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import SavedNameError
from reader.service.saved_names import (
    DEEPEST,
    LONGEST,
    NameProblem,
    arranged,
    is_below,
    moved,
    name_key,
    saved_name,
)

names = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
several = st.lists(names, min_size=1, max_size=12, unique=True)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("War", "War"),
        ("  Grain   deal ", "Grain deal"),
        ("War / East  front", "War/East front"),
        ("Cafe\u0301", "Café"),
        ("a" * LONGEST, "a" * LONGEST),
    ],
)
def test_a_name_is_kept_tidy(written: str, name: str) -> None:
    assert saved_name(written) == name
    assert saved_name(name) == name


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", NameProblem.EMPTY),
        (" ", NameProblem.EMPTY),
        ("/war", NameProblem.EMPTY),
        ("war//east", NameProblem.EMPTY),
        ("a" * (LONGEST + 1), NameProblem.TOO_LONG),
        ("a/" * DEEPEST + "a", NameProblem.TOO_DEEP),
        ("a\x1b[31m", NameProblem.CHARACTER),
        ("a\nb", NameProblem.CHARACTER),
        ("a\u202eb", NameProblem.CHARACTER),
        ("\udc80", NameProblem.CHARACTER),
    ],
)
def test_what_no_search_can_be_called(written: str, problem: NameProblem) -> None:
    with pytest.raises(SavedNameError) as caught:
        saved_name(written)
    assert caught.value.reason == problem


def test_below_is_level_by_level() -> None:
    assert is_below("War/East", "war")
    assert is_below("War", "war")
    assert not is_below("Warsaw", "war")
    assert not is_below("war", "war/east")


@given(several)
def test_what_is_in_one_folder_stands_together(some: list[str]) -> None:
    found = arranged(some)
    assert sorted(found) == sorted(some)
    assert arranged(found) == found
    for folder in {"/".join(one.split("/")[:n]) for one in some for n in (1, 2)}:
        places = [at for at, one in enumerate(found) if is_below(one, folder)]
        assert places == list(range(places[0], places[0] + len(places)))
        if folder in found:
            assert found.index(folder) == places[0]


@given(several, st.data())
def test_moving_keeps_all_and_goes_where_it_can(some: list[str], data: st.DataObject) -> None:
    some = list(arranged(some))
    name = data.draw(st.sampled_from(some))
    place = data.draw(st.integers(-1, len(some)))
    found = moved(some, name, place)
    assert sorted(found) == sorted(some)
    assert arranged(found) == found
    other = some[max(0, min(place, len(some) - 1))]
    if "/" not in name and "/" not in other and name != other:
        before = some.index(name) < some.index(other)
        assert (found.index(name) > found.index(other)) is before


def test_folders_change_places_whole() -> None:
    there = ("x", "war/a", "war/b", "y")
    assert moved(there, "y", 1) == ("x", "y", "war/a", "war/b")
    assert moved(there, "x", 1) == ("war/a", "war/b", "x", "y")
    assert moved(there, "war/b", 0) == ("war/a", "war/b", "x", "y")
    assert moved(there, "war/b", 1) == ("x", "war/b", "war/a", "y")
    assert moved(there, "war", 3) == ("x", "y", "war/a", "war/b")
    assert moved(there, "war", 1) == there
    assert moved(("war", "war/a"), "war/a", 0) == ("war", "war/a")


@given(st.text(max_size=20))
def test_any_text_is_a_name_or_refused(text: str) -> None:
    try:
        name = saved_name(text)
    except SavedNameError:
        return
    assert saved_name(name) == name
    assert name_key(name) == name_key(text)
