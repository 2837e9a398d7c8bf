"""The log of changes: recorded with them, undone and redone exactly."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import LibraryDamagedError
from reader.model import Event, EventKind, Mark
from reader.store import Store, open_store
from tests.reader.store.helpers import NOON, Clock, add, database_of


def tag(store: Store, ids: list[int], *names: str) -> int:
    """Add names, or remove those written with a minus."""
    added = [name for name in names if name[0] != "-"]
    removed = [name[1:] for name in names if name[0] == "-"]
    with store.transaction():
        changes = store.tags.apply(ids, added, removed)
        return store.events.add(EventKind.TAG, " ".join(names), changes)


def mark(store: Store, ids: list[int], what: Mark) -> int:
    with store.transaction():
        return store.events.add(EventKind.MARK, what, store.marks.apply(ids, what))


def tags_of(store: Store) -> list[tuple[str, ...]]:
    return [row.tags for row in store.articles.get_rows(store.articles.ids()).values()]


def test_a_change_of_nothing_is_no_event(store: Store) -> None:
    assert store.events.add(EventKind.TAG, "+war", []) == 0
    assert store.events.list_events(5) == ()
    assert (store.events.undo(), store.events.redo()) == (None, None)


def test_events_tell_what_when_and_how_many(store: Store, clock: Clock) -> None:
    add(store, "one", "two", "three")
    assert tag(store, [1, 2], "war", "-asia") == 2
    clock.pass_time(minutes=1)
    assert mark(store, [1, 2, 3], Mark.READ) == 3
    assert store.events.list_events(5) == (
        Event(2, NOON.replace(minute=1), EventKind.MARK, "read", 3, False),
        Event(1, NOON, EventKind.TAG, "war -asia", 2, False),
    )
    assert [event.id for event in store.events.list_events(1)] == [2]


def test_an_article_that_got_one_tag_and_lost_another_changed_once(store: Store) -> None:
    add(store, "one", "two")
    tag(store, [1], "old")
    assert tag(store, [1, 2], "new", "-old") == 2


def test_undoing_restores_only_what_was_changed(store: Store) -> None:
    add(store, "one", "two", "three")
    tag(store, [1], "war", "old")
    tag(store, [1, 2], "war", "-old")
    assert tags_of(store) == [("war",), ("war",), ()]
    store.tags.apply([3], ["war"], [])
    event = store.events.undo()
    assert event is not None
    assert (event.id, event.undone, event.changed) == (2, True, 2)
    assert tags_of(store) == [("old", "war"), (), ("war",)]
    assert store.events.undo() is not None
    assert tags_of(store) == [(), (), ("war",)]
    assert store.events.undo() is None


def test_redoing_in_the_order_of_the_changes(store: Store) -> None:
    add(store, "one", "two")
    tag(store, [1], "a")
    mark(store, [1, 2], Mark.READ)
    mark(store, [1], Mark.UNREAD)
    for _ in range(3):
        store.events.undo()
    assert [event.undone for event in store.events.list_events(5)] == [True, True, True]
    redone = [store.events.redo() for _ in range(4)]
    assert [event and (event.id, event.undone) for event in redone] == [
        (1, False),
        (2, False),
        (3, False),
        None,
    ]
    assert list(store.marks.packed("read").ids()) == [2]
    assert tags_of(store) == [("a",), ()]


def test_something_new_ends_what_could_be_redone(store: Store) -> None:
    add(store, "one")
    tag(store, [1], "a")
    tag(store, [1], "b")
    store.events.undo()
    tag(store, [1], "c")
    assert store.events.redo() is None
    undone = [store.events.undo() for _ in range(3)]
    assert [event and event.id for event in undone] == [3, 1, None]
    assert [event and event.id for event in (store.events.redo(), store.events.redo())] == [1, 3]
    assert store.events.redo() is None
    assert [(e.id, e.undone) for e in store.events.list_events(5)] == [
        (3, False),
        (2, True),
        (1, False),
    ]


def test_nothing_new_keeps_what_can_be_redone(store: Store) -> None:
    add(store, "one")
    tag(store, [1], "a")
    store.events.undo()
    tag(store, [1], "-a")
    assert store.events.redo() is not None


def test_undoing_outlasts_a_restart(folder: Path, store: Store) -> None:
    add(store, "one")
    tag(store, [1], "a")
    tag(store, [1], "b")
    store.events.undo()
    store.close()
    again = open_store(folder)
    assert again.events.undo() is not None
    again.close()
    again = open_store(folder)
    assert [event and event.id for event in (again.events.redo(), again.events.redo())] == [1, 2]
    assert tags_of(again) == [("a", "b")]
    again.close()


def test_a_change_of_very_many_is_inverted_exactly(store: Store) -> None:
    with store.transaction():
        ids = add(store, *map(str, range(3000)))
    mark(store, ids[::7], Mark.READ)
    mark(store, ids, Mark.READ)
    store.events.undo()
    assert list(store.marks.packed("read").ids()) == ids[::7]
    store.events.redo()
    assert list(store.marks.packed("read").ids()) == ids


@pytest.mark.parametrize("damage", [b"", b"nonsense", b"x\x9cc`\x00\x02\x00\x00\x05\x00\x05"])
def test_an_event_that_cannot_be_read(store: Store, damage: bytes) -> None:
    add(store, "one")
    tag(store, [1], "a")
    database = database_of(store)
    with database.transaction():
        database.run("UPDATE event_change SET ids = ?", (damage,))
    with pytest.raises(LibraryDamagedError):
        store.events.undo()
    assert tags_of(store) == [("a",)]
    assert not store.events.list_events(1)[0].undone


def test_a_mark_in_passing_keeps_what_can_be_redone(store: Store) -> None:
    add(store, "1", "2", "3")
    tag(store, [1], "war")
    mark(store, [1, 2], Mark.READ)
    store.events.undo()
    store.events.undo()
    with store.transaction():
        changes = store.marks.apply([2], Mark.READ)
        store.events.add(EventKind.MARK, "read", changes, in_passing=True)
    told = [(one.id, one.detail, one.undone) for one in store.events.list_events(9)]
    assert told == [(2, "read", True), (1, "war", True), (3, "read", False)]
    assert [one.id for one in store.events.list_events(9, before=1)] == [3]
    assert store.events.redo()
    assert store.events.redo()
    assert tags_of(store)[0] == ("war",)
    assert list(store.marks.packed("read").ids()) == [1, 2]
    store.events.undo()
    assert list(store.marks.packed("read").ids()) == [2]
    store.events.jump(0)
    assert not list(store.marks.packed("read").ids())


def read(store: Store, *ids: int) -> None:
    """Mark in passing."""
    with store.transaction():
        changes = store.marks.apply(ids, Mark.READ)
        store.events.add(EventKind.MARK, "read", changes, in_passing=True)


def read_ids(store: Store) -> list[int]:
    return list(store.marks.packed("read").ids())


def test_undoing_goes_past_what_was_read_in_passing(store: Store) -> None:
    add(store, "one", "two")
    tag(store, [1], "first")
    read(store, 2)
    undone = store.events.undo()
    assert undone is not None
    assert undone.detail == "first"
    assert read_ids(store) == [2]
    assert store.events.undo() is None
    redone = store.events.redo()
    assert redone is not None
    assert redone.detail == "first"
    assert [(e.passing, e.undone) for e in store.events.list_events(9)] == [
        (True, False),
        (False, False),
    ]
    assert store.events.jump(1).undone == 1
    assert read_ids(store) == []
    assert store.events.redo() is not None
    assert read_ids(store) == [2]


def test_redoing_brings_what_was_read_in_between(store: Store) -> None:
    add(store, "one", "two")
    tag(store, [1], "first")
    read(store, 2)
    tag(store, [1], "second")
    assert store.events.jump(0).undone == 3
    for told in ("first", "second"):
        redone = store.events.redo()
        assert redone is not None
        assert redone.detail == told
    assert read_ids(store) == [2]
    assert not any(one.undone for one in store.events.list_events(9))


def test_an_article_opened_after_it_was_marked_unread_stays_read(store: Store) -> None:
    add(store, "one")
    mark(store, [1], Mark.READ)
    mark(store, [1], Mark.UNREAD)
    read(store, 1)
    store.events.undo()
    assert read_ids(store) == [1]
    store.events.undo()
    assert read_ids(store) == [1]
    store.events.redo()
    store.events.redo()
    assert read_ids(store) == [1]
    assert store.events.jump(2).undone == 1
    assert read_ids(store) == []


def test_before_what_was_passed_over_it_is_as_it_was(store: Store) -> None:
    add(store, "one")
    mark(store, [1], Mark.READ)
    mark(store, [1], Mark.UNREAD)
    read(store, 1)
    store.events.undo()
    store.events.jump(1)
    assert read_ids(store) == [1]


def test_a_mark_in_passing_that_changes_nothing_any_more_takes_nothing(store: Store) -> None:
    """What made it one is gone for good."""
    add(store, "one", "two")
    mark(store, [1], Mark.READ)
    mark(store, [1], Mark.UNREAD)
    read(store, 1, 2)
    store.events.undo()
    mark(store, [1], Mark.STARRED)
    store.events.jump(1)
    assert read_ids(store) == [1]
    store.events.jump(3)
    assert read_ids(store) == [1, 2]


def test_going_back_over_what_was_passed_leaves_what_else_it_did(store: Store) -> None:
    add(store, "one", "two")
    tag(store, [1], "first")
    read(store, 2)
    store.events.undo()
    store.tags.apply([1], ["first"], [])
    assert store.events.jump(0).undone == 1
    assert tags_of(store) == [("first",), ()]
    assert read_ids(store) == []


def test_what_was_read_in_passing_stays_as_something_new_is_done(store: Store) -> None:
    add(store, "one", "two")
    mark(store, [1], Mark.READ)
    read(store, 2)
    store.events.undo()
    mark(store, [1], Mark.STARRED)
    assert read_ids(store) == [2]
    assert store.events.jump(0).undone == 2
    assert read_ids(store) == []
