"""Rows that the reader makes: set, logged and undone whole."""

from __future__ import annotations

import pytest

from reader.errors import NoteNotFoundError
from reader.kept import Anchor, Colour, TagLook
from reader.model import EventKind, Mark
from reader.store import Store, look_change
from reader.store.row_changes import Kept, RowChange
from tests.reader.store.helpers import Clock, add, database_of, dump


def search(name: str) -> dict[str, str | int]:
    return {"name": name, "query": "*", "place": 0, "deeds": "", "active": 1}


def names(store: Store) -> dict[int, str]:
    return dict(database_of(store).rows("SELECT id, name FROM saved_search"))


def save(store: Store, **named: str | None) -> int:
    """Let the searches of these ids (a2="War") have names, or be gone."""
    changes = [
        RowChange(Kept.SEARCH, int(key[1:]), search(name) if name else None)
        for key, name in named.items()
    ]
    return store.row_changes.make(EventKind.SEARCH, "saved", changes)


def test_a_change_of_nothing_is_no_event(store: Store) -> None:
    add(store, "one")
    before = dump(store)
    assert store.row_changes.make(EventKind.NOTE, "nothing", []) == 0
    assert save(store, a1=None) == 0
    look = look_change(TagLook("war"))
    assert store.row_changes.make(EventKind.TAG, "nothing", [look], []) == 0
    assert dump(store) == before


def test_rows_are_made_changed_and_removed_and_all_of_it_undone(store: Store) -> None:
    states = [names(store)]
    for change in ({"a1": "War", "a2": "Tea"}, {"a1": "Peace"}, {"a2": None, "a3": "Tea"}):
        assert save(store, **change)
        states.append(names(store))
    assert states[-1] == {1: "Peace", 3: "Tea"}
    for state in reversed(states[:-1]):
        store.events.undo()
        assert names(store) == state
    for state in states[1:]:
        store.events.redo()
        assert names(store) == state


def test_two_may_swap_their_names(store: Store) -> None:
    save(store, a1="War", a2="Tea")
    save(store, a1="Tea", a2="War")
    assert names(store) == {1: "Tea", 2: "War"}
    store.events.undo()
    assert names(store) == {1: "War", 2: "Tea"}


def test_only_what_differs_is_logged(store: Store) -> None:
    save(store, a1="War", a2="Tea")
    save(store, a1="War", a2="Coffee")
    assert database_of(store).rows("SELECT event_id, key FROM event_row ORDER BY 1, 2") == [
        (1, "1"),
        (1, "2"),
        (2, "2"),
    ]


def test_an_event_may_change_rows_tags_and_marks(store: Store) -> None:
    add(store, "one", "two", "three")
    store.marks.apply([3], Mark.READ)
    with store.transaction():
        sets = store.tags.apply([1, 2], ["read"], [])
        sets += [one.as_mark() for one in store.marks.apply([2, 3], Mark.READ)]
        look = look_change(TagLook("read", colour=Colour.RED))
        store.row_changes.make(EventKind.SEARCH, "ran", [look], sets)
    event = store.events.undo()
    assert event is not None
    assert event.changed == 2
    assert list(store.tags.packed("read").ids()) == []
    assert list(store.marks.packed("read").ids()) == [3]
    assert store.tag_looks.list() == ()
    store.events.redo()
    assert list(store.tags.packed("read").ids()) == [1, 2]
    assert list(store.marks.packed("read").ids()) == [2, 3]
    assert store.tag_looks.list() == (TagLook("read", 2, Colour.RED),)


def test_an_id_is_never_given_twice(store: Store) -> None:
    add(store, "one")
    assert store.row_changes.free_id(Kept.NOTE) == store.row_changes.free_id(Kept.SEARCH) == 1
    note = store.notes.add(1, Anchor(), "One.", "wrote")
    store.events.undo()
    assert store.row_changes.free_id(Kept.NOTE) == note.id + 1
    assert store.row_changes.free_id(Kept.SEARCH) == 1
    again = store.notes.add(1, Anchor(), "Two.", "wrote")
    assert again.id == note.id + 1


def test_the_look_of_a_tag_stays_when_no_article_has_it(store: Store) -> None:
    add(store, "one")
    store.row_changes.make(
        EventKind.TAG, "letter", [look_change(TagLook("war", colour=Colour.BLUE, key="w"))]
    )
    assert store.tag_looks.get("WAR") == TagLook("war", 0, Colour.BLUE, "w")
    assert store.tag_looks.of_letter("w") == TagLook("war", 0, Colour.BLUE, "w")
    assert store.tag_looks.of_letter("x") is None
    assert store.tag_looks.get("tea") == TagLook("tea")
    store.tags.apply([1], ["war"], [])
    store.events.undo()
    assert store.tag_looks.list() == (TagLook("war", 1),)
    assert list(store.tags.packed("war").ids()) == [1]


def test_a_colour_of_a_later_version_is_none(store: Store) -> None:
    database = database_of(store)
    with database.transaction():
        database.run("INSERT INTO tag (name, colour) VALUES ('war', 'ultraviolet')")
    assert store.tag_looks.list() == (TagLook("war"),)


def test_tags_are_listed_level_by_level(store: Store) -> None:
    add(store, "one")
    store.tags.apply([1], ["war-x", "war", "war/b", "war/a/c", "a"], [])
    listed = [look.name for look in store.tag_looks.list()]
    assert listed == ["a", "war", "war/a/c", "war/b", "war-x"]


def test_notes_come_and_go_with_their_words(store: Store, clock: Clock) -> None:
    add(store, "one", "two")
    note = store.notes.add(2, Anchor(0, 4, "Text", "", " of"), "Ships voted twice.", "wrote")
    assert store.notes.get(note.id) == note
    assert note.made == note.changed == clock.now
    clock.pass_time(hours=1)
    changed = store.notes.change(note, "Trees.", "changed")
    assert (changed.made, changed.changed) == (note.made, clock.now)
    assert store.notes.with_stems(["ship"]) == []
    assert [one.article_id for one in store.notes.with_stems(["text", "tree"])] == [2]
    assert [one.words for one in store.notes.with_form("tre")] == ["Trees."]
    store.events.undo()
    assert store.notes.of_article(2) == (note,)
    assert [one.quote for one in store.notes.with_stems(["ship", "vote"])] == ["Text"]
    store.notes.remove(note, "removed")
    assert database_of(store).rows("SELECT * FROM note_term") == []
    with pytest.raises(NoteNotFoundError):
        store.notes.get(note.id)
    store.events.undo()
    assert store.notes.get_many([note.id, 9]) == [note]
    assert list(store.notes.article_ids()) == [2]


def test_moving_tags_at_once(store: Store) -> None:
    add(store, "one", "two", "three", "four")
    for name, ids in {"a": [1, 2], "b": [2, 3], "c": [4]}.items():
        store.tags.apply(ids, [name], [])
    changes = store.tags.move({"a": "b", "b": "c"})
    sets = {name: list(store.tags.packed(name).ids()) for name in "abc"}
    assert sets == {"a": [], "b": [1, 2], "c": [2, 3, 4]}
    assert {(one.name, one.added): list(one.ids) for one in changes} == {
        ("a", False): [1, 2],
        ("b", True): [1],
        ("b", False): [3],
        ("c", True): [2, 3],
    }
    assert list(store.tags.packed_tagged().ids()) == [1, 2, 3, 4]
