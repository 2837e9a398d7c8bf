"""Saved searches: each change one event, undone exactly; counts; rules made of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import QuerySyntaxError
from reader.errors import (
    DeedsError,
    SavedNameError,
    SavedSearchExistsError,
    SavedSearchNotFoundError,
    TagNameError,
)
from reader.kept import Deeds
from reader.model import EventKind, Mark
from reader.store.saved_searches import NEW
from reader.text import explain
from tests.reader.service.ruled import Ruled, ruled


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Ruled]:
    with ruled(tmp_path / "library") as made:
        yield made


def names(world: Ruled) -> list[str]:
    there = world.saved.list()
    assert [one.place for one in there] == list(range(len(there)))
    return [one.name for one in there]


def test_searches_are_kept_in_order_and_by_folder(world: Ruled) -> None:
    for name in ("War / East", "Grain", "war/West"):
        world.saved.add(name, " storm  sort:newest ")
    assert names(world) == ["War/East", "war/West", "Grain"]
    found = world.saved.get("WAR/east")
    assert (found.query, found.deeds, found.active) == ("storm  sort:newest", Deeds(), True)
    assert found.id != NEW
    world.saved.move("grain", 0)
    assert names(world) == ["Grain", "War/East", "war/West"]
    world.saved.move("War", 0)
    world.saved.move("war/west", 0)
    assert names(world) == ["war/West", "War/East", "Grain"]
    assert world.saved.remove("GRAIN").name == "Grain"
    assert names(world) == ["war/West", "War/East"]


def test_a_search_asks_for_others(world: Ruled) -> None:
    world.arrive("storm and tide", "storm", "tide")
    world.saved.add("War/East", "storm sort:newest")
    world.saved.add("Both", "saved:east tide OR saved:war/* saved:War/East")
    assert list(world.searching.ids("saved:both")) == [1, 2]
    assert [(one.total, one.problem) for one in world.saved.counts()] == [(2, ""), (2, "")]
    for name, query in (
        ("War/East", "x saved:both"),
        ("Both", "-saved:Both"),
        ("Both", "saved:no"),
    ):
        with pytest.raises(QuerySyntaxError):
            world.saved.set_query(name, query)
    with pytest.raises(SavedSearchNotFoundError):
        world.saved.set_query("Bot", "storm")
    world.saved.rename("war", "Front lines")
    assert world.saved.get("both").query == (
        'saved:"Front lines/East" tide OR saved:"Front lines/"* saved:"Front lines/East"'
    )
    assert list(world.searching.ids("saved:both")) == [1, 2]
    world.saved.rename("Front lines/East", "East")
    world.saved.remove("east")
    (both,) = world.saved.counts(explain)
    assert 'no saved search is called "East" at 7' in both.problem


def test_renaming_a_folder_renames_all_in_it(world: Ruled) -> None:
    for name in ("War/East", "War/West/Coast", "Warsaw"):
        world.saved.add(name, "storm")
    renamed = world.saved.rename("war", "Front / Lines")
    assert [one.name for one in renamed] == ["Front/Lines/East", "Front/Lines/West/Coast"]
    assert names(world) == [*(one.name for one in renamed), "Warsaw"]
    with pytest.raises(SavedSearchExistsError):
        world.saved.rename("front/lines/east", "warsaw")
    with pytest.raises(SavedNameError):
        world.saved.rename("Front", "a/b/c/d/e/f/g")
    with pytest.raises(SavedSearchNotFoundError):
        world.saved.rename("gone", "here")
    world.saved.rename("warsaw", "WARSAW")
    assert names(world)[-1] == "WARSAW"


def test_a_folder_does_not_go_into_itself_a_search_may_go_deeper(world: Ruled) -> None:
    for name in ("War", "War/East", "Rain"):
        world.saved.add(name, "storm")
    with pytest.raises(SavedNameError, match="into itself"):
        world.saved.rename("war", "War/North")
    assert names(world) == ["War", "War/East", "Rain"]
    world.saved.rename("War", "WAR")
    world.saved.rename("Rain", "Rain/Bergen")
    assert names(world) == ["WAR", "WAR/East", "Rain/Bergen"]


def test_what_cannot_be_saved_is_refused(world: Ruled) -> None:
    world.saved.add("War", "storm")
    with pytest.raises(SavedSearchExistsError):
        world.saved.add("war", "rain")
    with pytest.raises(QuerySyntaxError):
        world.saved.add("New", "foo:bar")
    with pytest.raises(QuerySyntaxError):
        world.saved.set_query("War", "(")
    with pytest.raises(SavedNameError):
        world.saved.add("a//b", "rain")
    for act in (world.saved.get, world.saved.remove, lambda name: world.saved.move(name, 0)):
        with pytest.raises(SavedSearchNotFoundError) as caught:
            act("wra")
        assert caught.value.suggestion == "War"
    with pytest.raises(TagNameError):
        world.saved.set_deeds("War", Deeds(add=("a b",)))
    for deeds in (
        Deeds(add=("x",), remove=("X",)),
        Deeds(marks=("read", "unread")),
        Deeds(marks=("seen",)),
        Deeds(notify="say 'it"),
    ):
        with pytest.raises(DeedsError):
            world.saved.set_deeds("War", deeds)
    assert [event.detail for event in world.store.events.list_events(9)] == ["saved War"]


def test_each_change_is_one_event_that_is_undone_and_redone(world: Ruled) -> None:
    states = [world.saved.list()]

    def done() -> None:
        states.append(world.saved.list())

    world.saved.add("War/A", "storm")
    done()
    world.saved.add("War/B", "rain")
    done()
    world.saved.set_deeds("war/a", Deeds(("Wet", "wet"), ("dry",), ("read",), " say it "))
    assert world.saved.get("war/a").deeds == Deeds(("wet",), ("dry",), (Mark.READ,), "say it")
    done()
    world.saved.set_active("war/a", active=False)
    done()
    world.saved.set_query("war/b", "snow")
    done()
    world.saved.rename("war", "Weather")
    done()
    world.saved.move("weather/b", 0)
    done()
    world.saved.set_deeds("weather/a", Deeds(("wet",)))
    done()
    world.saved.set_deeds("weather/a", Deeds())
    done()
    world.saved.remove("weather/a")
    done()
    events = world.store.events.list_events(20)
    assert [event.detail for event in reversed(events)] == [
        "saved War/A", "saved War/B", "made War/A a rule", "let War/A rest",
        "changed the query of War/B", "renamed war to Weather", "moved Weather/B",
        "changed the rule Weather/A", "made Weather/A no rule", "removed Weather/A",
    ]  # fmt: skip
    assert {event.kind for event in events} == {EventKind.SEARCH}
    for state in reversed(states[:-1]):
        world.store.events.undo()
        assert world.saved.list() == state
    for state in states[1:]:
        world.store.events.redo()
        assert world.saved.list() == state


def test_nothing_changed_is_no_event(world: Ruled) -> None:
    world.saved.add("War", "storm")
    world.saved.set_active("War", active=True)
    world.saved.move("War", 5)
    world.saved.rename("War", "War")
    assert len(world.store.events.list_events(9)) == 1


def test_counts_of_words_and_of_states(world: Ruled) -> None:
    world.arrive("a storm", "a storm again", "rain", day := "storm and rain")
    assert day
    world.tagging.mark([1, 3], Mark.READ)
    for name, query in (("words", "storm"), ("states", "is:unread"), ("none", "hail")):
        world.saved.add(name, query)
    counts = [(one.saved.name, one.total, one.unread) for one in world.saved.counts()]
    assert counts == [("words", 3, 2), ("states", 2, 2), ("none", 0, 0)]


def test_a_count_that_cannot_be_had_says_why(world: Ruled) -> None:
    world.saved.add("words", "storm")
    world.saved.add("states", "is:unread")
    wrong = world.saved.get("words")
    world.store.saved_searches.set_all(
        "restored", [wrong, *world.saved.list()[1:], wrong.__class__(NEW, "old", "foo:bar", 2)]
    )
    world.access.gone = True
    words, states, old = world.saved.counts(explain)
    assert "the index is being built" in words.problem
    assert (states.total, states.unread, states.problem) == (0, 0, "")
    assert old.problem == 'unknown field "foo" at 1'
    assert old.total is old.unread is None
    needed = [world.saved.needs_index(one.saved) for one in (words, states, old)]
    assert needed == [True, False, False]
