"""Names, colours and letters of tags: each change one event that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.query import IdSet
from reader.errors import EventNotReachableError, TagLetterError, TagNameError, TagNotFoundError
from reader.kept import Colour, TagLook
from reader.model import Change, Jump, Mark
from reader.reports import describe_event
from reader.service.browsing import Browsing
from reader.service.history import History
from reader.service.tagging import Tagging
from reader.store import Store, open_store
from tests.reader.store.helpers import add, dump


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "library")
    add(store, *"abcdef")
    yield store
    store.close()


@pytest.fixture
def tagging(store: Store) -> Tagging:
    return Tagging(store)


def sets(store: Store) -> dict[str, list[int]]:
    return {look.name: list(store.tags.packed(look.name).ids()) for look in store.tag_looks.list()}


def tag(tagging: Tagging, **tags: list[int]) -> None:
    for name, ids in tags.items():
        tagging.tag(ids, [name.replace("_", "/")], [])


def last(store: Store) -> str:
    return describe_event(store.events.list_events(1)[0])


def test_a_tag_is_renamed_with_all_below_it(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1, 2], war_east=[2, 3], war_east_sea=[4], warm=[5])
    before = sets(store)
    assert tagging.rename("War", "conflict/War") == Change(4, 4)
    after = {
        "conflict/war": [1, 2],
        "conflict/war/east": [2, 3],
        "conflict/war/east/sea": [4],
        "warm": [5],
    }
    assert sets(store) == after
    assert last(store) == "renamed the tag war to conflict/war: 4 articles"
    history = History(store)
    history.undo()
    assert sets(store) == before
    history.redo()
    assert sets(store) == after


def test_two_tags_become_one(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1, 2], conflict=[2, 3], war_east=[4], conflict_east=[4, 5])
    before = sets(store)
    assert tagging.rename("war", "conflict") == Change(3, 3)
    assert sets(store) == {"conflict": [1, 2, 3], "conflict/east": [4, 5]}
    History(store).undo()
    assert sets(store) == before


def test_a_tag_becomes_one_below_itself_and_back(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1], war_old=[2], war_old_east=[3])
    before = sets(store)
    tagging.rename("war", "war/old")
    below = {"war/old": [1], "war/old/old": [2], "war/old/old/east": [3]}
    assert sets(store) == below
    tagging.rename("war/old", "war")
    assert sets(store) == before
    tagging.rename("war/old", "war")
    assert sets(store) == {"war": [1, 2], "war/east": [3]}
    History(store).undo()
    assert sets(store) == before


def test_a_tag_without_articles_of_its_own_is_a_name_too(store: Store, tagging: Tagging) -> None:
    tag(tagging, war_east=[1])
    assert tagging.rename("war", "peace") == Change(1, 1)
    assert sets(store) == {"peace/east": [1]}
    tagging.colour("tea", Colour.RED)
    assert tagging.rename("tea", "coffee") == Change(0, 0)
    assert store.tag_looks.get("coffee").colour is Colour.RED
    assert last(store) == "renamed the tag tea to coffee"


def test_names_that_cannot_be_renamed(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1], war_east=[2])
    before = dump(store)
    assert tagging.rename("war", "WAR") == Change(2, 0)
    for old in ("wa", "war/eas", "peace"):
        with pytest.raises(TagNotFoundError):
            tagging.rename(old, "x")
    for new in ("", "a b", "x" * 58, "war/"):
        with pytest.raises(TagNameError):
            tagging.rename("war", new)
    assert dump(store) == before


def test_looks_go_along(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1], war_east=[2], conflict=[3])
    tagging.colour("war", Colour.RED)
    tagging.letter("war", "w")
    tagging.letter("war/east", "e")
    tagging.colour("conflict", Colour.BLUE)
    before = tagging.looks()
    tagging.rename("war", "conflict")
    assert tagging.looks() == (
        TagLook("conflict", 2, Colour.BLUE, "w"),
        TagLook("conflict/east", 1, None, "e"),
    )
    History(store).undo()
    assert tagging.looks() == before


def test_a_letter_belongs_to_one_tag(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1], tea=[2])
    tagging.letter("war", "w")
    tagging.letter("war", "w")
    tagging.letter("tea", "w")
    assert last(store) == "w sets the tag tea"
    assert [look.key for look in tagging.looks()] == ["w", ""]
    History(store).undo()
    assert [look.key for look in tagging.looks()] == ["", "w"]
    tagging.letter("war", "")
    assert last(store) == "no letter sets the tag war"
    assert {look.key for look in tagging.looks()} == {""}
    for letter in ("ww", " ", "-", "\x1b"):
        with pytest.raises(TagLetterError):
            tagging.letter("war", letter)


def test_a_colour_is_given_and_taken(store: Store, tagging: Tagging) -> None:
    tagging.colour("War", Colour.PINK)
    tagging.colour("war", Colour.PINK)
    assert tagging.looks() == (TagLook("war", 0, Colour.PINK),)
    assert last(store) == "coloured the tag war pink"
    tagging.colour("war", None)
    assert tagging.looks() == ()
    assert [event.changed for event in store.events.list_events(9)] == [0, 0]
    with pytest.raises(TagNameError):
        tagging.colour("a b", None)


def test_going_to_any_change(store: Store, tagging: Tagging) -> None:
    history = History(store)
    states = [sets(store)]
    for number in range(1, 6):
        tag(tagging, **{f"t{number}": [number]})
        states.append(sets(store))
    order = [3, 5, 0, 2, 2, 4, 1, 5, 0]
    at = 5
    for to in order:
        jump = history.jump(to)
        assert jump == Jump(undone=max(0, at - to), redone=max(0, to - at))
        assert sets(store) == states[to]
        at = to
    history.jump(2)
    tag(tagging, t9=[6])
    assert [(one.id, one.undone, one.dropped) for one in history.list_events(9)] == [
        (6, False, False),
        (5, True, True),
        (4, True, True),
        (3, True, True),
        (2, False, False),
        (1, False, False),
    ]
    before = dump(store)
    for gone in (3, 4, 5, 7, -1):
        with pytest.raises(EventNotReachableError):
            history.jump(gone)
    assert dump(store) == before
    assert history.jump(1) == Jump(undone=2)
    assert history.jump(6) == Jump(redone=2)


def test_the_list_of_changes_goes_on(store: Store, tagging: Tagging) -> None:
    history = History(store)
    for mark in (Mark.READ, Mark.STARRED, Mark.UNREAD, Mark.ARCHIVED):
        tagging.mark([1], mark)
    first = history.list_events(2)
    assert [one.id for one in first] == [4, 3]
    assert [one.id for one in history.list_events(9, before=first[-1].id)] == [2, 1]
    assert history.list_events(9, before=1) == ()


def test_tags_are_counted_with_those_below(store: Store, tagging: Tagging) -> None:
    tag(tagging, war=[1, 2], war_east=[2, 3], war_east_sea=[4], tea=[1], tea_east=[1])
    browsing = Browsing(store)
    names = ["war", "war/east", "war/east/sea", "tea", "gone"]
    assert browsing.count_nested(names) == {"war": 4, "war/east": 3, "tea": 1}
    within = IdSet((2, 4))
    assert browsing.count_nested(names, within) == {"war": 2, "war/east": 2, "tea": 0}
