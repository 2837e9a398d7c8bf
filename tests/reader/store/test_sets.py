"""Tags and marks."""

from __future__ import annotations

import unicodedata
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import TagNameError
from reader.model import Mark, NameCount
from reader.store import Store, tag_name
from reader.store.packing import pack_ids, unpack_ids
from reader.store.sets import SetChange
from reader.store.tag_names import LONGEST, TagProblem, fold_tag
from tests.reader.store.helpers import add


def ids(*numbers: int) -> array[int]:
    return array("q", numbers)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("war", "war"),
        ("War", "war"),
        ("  war ", "war"),
        ("war/Ukraine", "war/ukraine"),
        ("STRASSE", "strasse"),
        ("straße", "strasse"),
        ("cafe\u0301", "café"),
        ("to-read", "to-read"),
        ("c++", "c++"),
        ("тег", "тег"),
        ("2023", "2023"),
        ("x" * LONGEST, "x" * LONGEST),
    ],
)
def test_names_that_can_be_tags(written: str, kept: str) -> None:
    assert tag_name(written) == kept


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("", TagProblem.EMPTY),
        (" \t", TagProblem.EMPTY),
        ("x" * (LONGEST + 1), TagProblem.TOO_LONG),
        ("ß" * LONGEST, TagProblem.TOO_LONG),
        ("+war", TagProblem.SIGN),
        ("-war", TagProblem.SIGN),
        ("two words", TagProblem.CHARACTER),
        ("no\u00a0break", TagProblem.CHARACTER),
        ('"war"', TagProblem.CHARACTER),
        ("it's", TagProblem.CHARACTER),
        ("a:b", TagProblem.CHARACTER),
        ("(a)", TagProblem.CHARACTER),
        ("war*", TagProblem.CHARACTER),
        ("a\x1b[2J", TagProblem.CHARACTER),
        ("a\u202eb", TagProblem.CHARACTER),
        ("a\udc80", TagProblem.CHARACTER),
        ("/war", TagProblem.LEVEL),
        ("war/", TagProblem.LEVEL),
        ("war//ukraine", TagProblem.LEVEL),
    ],
)
def test_names_that_cannot(written: str, problem: TagProblem) -> None:
    with pytest.raises(TagNameError) as caught:
        tag_name(written)
    assert (caught.value.name, caught.value.reason) == (written, problem)


@given(st.text(max_size=30))
def test_folding_again_changes_nothing(written: str) -> None:
    folded = fold_tag(written)
    assert fold_tag(folded) == folded
    assert fold_tag(written.swapcase().swapcase().upper()) == fold_tag(written.upper())


@given(st.text(max_size=30))
def test_what_passes_is_fit_for_a_tag(written: str) -> None:
    try:
        name = tag_name(written)
    except TagNameError:
        return
    assert name
    assert len(name.split()) == 1
    assert tag_name(name) == name
    assert not any(unicodedata.category(one)[0] == "C" for one in name)


@given(st.sets(st.integers(1, 2**62)))
def test_packed_ids_come_back(numbers: set[int]) -> None:
    assert list(unpack_ids(pack_ids(sorted(numbers)))) == sorted(numbers)


def test_neighbours_pack_well() -> None:
    assert len(pack_ids(range(1, 100_001))) < 2000


def test_tagging_tells_exactly_what_changed(store: Store) -> None:
    add(store, "one", "two", "three")
    assert store.tags.apply([2, 1, 99], ["War", "war ", "asia"], []) == [
        SetChange("war", True, ids(1, 2)),
        SetChange("asia", True, ids(1, 2)),
    ]
    assert store.tags.apply([2, 3], ["war"], ["asia", "unused"]) == [
        SetChange("war", True, ids(3)),
        SetChange("asia", False, ids(2)),
    ]
    assert store.tags.apply([1, 2, 3], ["war"], []) == []
    assert store.tags.packed("WAR").ids() == ids(1, 2, 3)
    assert store.tags.packed("asia").ids() == ids(1)
    assert store.tags.packed("unused").ids() == ids()


def test_a_tag_cannot_come_and_go_at_once(store: Store) -> None:
    add(store, "one")
    with pytest.raises(TagNameError) as caught:
        store.tags.apply([1], ["War"], ["war"])
    assert caught.value.reason == TagProblem.BOTH
    assert store.tags.packed("war").ids() == ids()


def test_tags_under_another(store: Store) -> None:
    add(store, "one", "two", "three", "four")
    store.tags.apply([1, 2], ["war/ukraine"], [])
    store.tags.apply([2, 3], ["war/sudan", "war"], [])
    store.tags.apply([4], ["warsaw"], [])
    assert store.tags.packed_under("War/").ids() == ids(1, 2, 3)
    assert store.tags.packed_under("war").ids() == ids(1, 2, 3, 4)
    assert store.tags.packed_under("peace/").ids() == ids()
    assert store.tags.packed_tagged().ids() == ids(1, 2, 3, 4)


def test_bytes_that_are_no_text_match_no_tag(store: Store) -> None:
    assert store.tags.packed("\udc80").ids() == ids()
    assert store.tags.packed_under("\udc80").ids() == ids()
    assert store.tags.names_starting("\udc80", 5) == ()


def test_tags_are_counted(store: Store) -> None:
    add(store, "one", "two", "three")
    store.tags.apply([1, 2, 3], ["b"], [])
    store.tags.apply([1, 2], ["a", "c"], [])
    store.tags.apply([3], ["gone"], [])
    store.tags.apply([3], [], ["gone"])
    assert store.tags.list_counts(9) == (
        NameCount("b", 3),
        NameCount("a", 2),
        NameCount("c", 2),
    )
    assert store.tags.list_counts(1) == (NameCount("b", 3),)


def test_tags_are_completed_by_use(store: Store) -> None:
    add(store, "one", "two")
    store.tags.apply([1], ["war/sudan", "war/asia"], [])
    store.tags.apply([1, 2], ["war/ukraine", "peace"], [])
    assert store.tags.names_starting("War/", 9) == ("war/ukraine", "war/asia", "war/sudan")
    assert store.tags.names_starting("", 2) == ("peace", "war/ukraine")


@pytest.mark.parametrize(
    ("mark", "opposite", "kept"),
    [
        (Mark.READ, Mark.UNREAD, "read"),
        (Mark.STARRED, Mark.UNSTARRED, "starred"),
        (Mark.ARCHIVED, Mark.UNARCHIVED, "archived"),
    ],
)
def test_marks(store: Store, mark: Mark, opposite: Mark, kept: str) -> None:
    add(store, "one", "two", "three")
    assert store.marks.apply([3, 1, 99], mark) == [SetChange(kept, True, ids(1, 3))]
    assert store.marks.apply([1, 2], mark) == [SetChange(kept, True, ids(2))]
    assert store.marks.apply([1, 2], mark) == []
    assert store.marks.apply([1, 77], opposite) == [SetChange(kept, False, ids(1))]
    assert store.marks.apply([1], opposite) == []
    assert store.marks.packed(kept).ids() == ids(2, 3)


def test_counts(store: Store) -> None:
    add(store, "one", "two", "three")
    store.marks.apply([1, 2], Mark.READ)
    store.marks.apply([1], Mark.STARRED)
    store.marks.apply([1, 2, 3], Mark.ARCHIVED)
    store.marks.apply([3], Mark.UNARCHIVED)
    counts = store.counts()
    assert (counts.articles, counts.unread, counts.starred, counts.archived, counts.pending) == (
        3,
        1,
        1,
        2,
        3,
    )
