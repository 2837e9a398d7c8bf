"""One change taken back alone, and one made again that was undone for good."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.errors import EventNotReachableError, EventObstacle, EventStaysError, SourceExistsError
from reader.kept import Anchor, Colour, Deeds, SavedId, SavedSearch
from reader.model import EventKind, Mark, Single
from reader.reports import describe_event, describe_single
from reader.service.history import History
from reader.service.lookup import StoreLookup
from reader.service.noting import Noting
from reader.service.tagging import Tagging
from reader.store import Store, open_store
from tests.reader.store.helpers import add, database_of, entity


class Desk:
    """A library with four articles, and what is done to it."""

    def __init__(self, folder: Path) -> None:
        self.store = open_store(folder)
        self.tagging, self.notes = Tagging(self.store), Noting(self.store)
        self.history = History(self.store)
        add(self.store, "one", "two", "three", "four")

    def tagged(self, name: str) -> list[int]:
        return list(self.store.tags.packed(name).ids())

    def marked(self, mark: Mark) -> list[int]:
        return list(self.store.marks.packed(mark).ids())

    def last(self) -> int:
        return self.history.list_events(1)[0].id

    def told(self) -> str:
        return describe_event(self.history.list_events(1)[0])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.store.close()


def stays(desk: Desk, event_id: int) -> EventObstacle:
    """Why a change is not taken back; nothing is, then."""
    before = desk.history.list_events(99)
    with pytest.raises(EventStaysError) as raised:
        desk.history.take_back(event_id)
    assert desk.history.list_events(99) == before
    return raised.value.obstacle


def search(store: Store, name: str) -> SavedSearch:
    return next(one for one in store.saved_searches.list() if one.name == name)


def test_what_came_later_stays(desk: Desk) -> None:
    desk.tagging.tag([1, 2, 3], ["war"], [])
    tagged = desk.last()
    desk.tagging.mark([2], Mark.STARRED)
    desk.notes.add(2, 0, 0, "Who?")
    single = desk.history.take_back(tagged)
    assert (single.total, single.kept) == (3, 0)
    assert describe_single(single) == "took back: tagged +war: 3 articles"
    assert desk.told() == "took back: tagged +war: 3 articles"
    assert desk.tagged("war") == []
    assert desk.marked(Mark.STARRED) == [2]
    assert len(desk.notes.list().items) == 1
    assert desk.history.undo() is not None
    assert desk.tagged("war") == [1, 2, 3]
    assert desk.history.redo() is not None
    assert desk.tagged("war") == []


def test_what_was_set_since_stays_and_is_counted(desk: Desk) -> None:
    desk.tagging.tag([1, 2, 3, 4], ["war"], [])
    tagged = desk.last()
    desk.tagging.tag([2], [], ["war"])
    desk.tagging.tag([2], ["war"], [])
    single = desk.history.take_back(tagged)
    assert (single.total, single.kept) == (4, 1)
    assert describe_single(single) == "took back 3 of 4: 1 was changed since"
    assert desk.tagged("war") == [2]
    assert stays(desk, tagged) is EventObstacle.CHANGED


def test_later_changes_are_read_until_no_article_is_left(desk: Desk) -> None:
    desk.tagging.tag([1, 2], ["war"], [])
    tagged = desk.last()
    desk.tagging.tag([1, 2], [], ["war"])
    desk.tagging.tag([1], ["war"], [])
    desk.tagging.tag([2, 3], ["war"], [])
    database = database_of(desk.store)
    with database.transaction():
        database.run("UPDATE event_change SET ids = x'00' WHERE event_id >= ?", (desk.last() - 1,))
    assert stays(desk, tagged) is EventObstacle.CHANGED


def test_later_changes_are_read_some_at_a_time(desk: Desk) -> None:
    desk.tagging.tag([3], ["war"], [])
    desk.tagging.tag([1, 2], ["war"], [])
    tagged = desk.last()
    with desk.store.transaction():
        for _ in range(251):
            desk.store.events.add(EventKind.TAG, "-", desk.store.tags.apply([3], [], ["war"]))
            desk.store.events.add(EventKind.TAG, "+", desk.store.tags.apply([3], ["war"], []))
        for add, remove in (([], ["war"]), (["war"], [])):
            changes = desk.store.tags.apply([1], add, remove)
            desk.store.events.add(EventKind.TAG, "-", changes)
    assert desk.history.take_back(tagged).kept == 1
    assert desk.tagged("war") == [1, 3]


def test_what_something_else_set_since_stays_too(desk: Desk) -> None:
    desk.tagging.tag([1, 2], ["war"], [])
    with desk.store.transaction():
        desk.store.tags.take("war", [2])
    assert desk.history.take_back(desk.last()).kept == 1
    assert desk.tagged("war") == []
    desk.history.undo()
    assert desk.tagged("war") == [1]


def test_marks_and_tags_of_one_name_are_two_things(desk: Desk) -> None:
    desk.tagging.mark([1], Mark.READ)
    read = desk.last()
    desk.tagging.tag([1], ["read"], [])
    assert desk.history.take_back(read).kept == 0
    assert desk.told() == "took back: marked read: 1 article"
    assert desk.marked(Mark.READ) == []
    assert desk.tagged("read") == [1]


def test_a_rule_that_was_run_is_taken_back_with_its_marks(desk: Desk) -> None:
    with desk.store.transaction():
        sets = [one.as_mark() for one in desk.store.marks.apply([1, 2], Mark.STARRED)]
        sets += desk.store.tags.apply([1], ["war"], [])
        desk.store.row_changes.make(EventKind.SEARCH, "ran War", (), sets)
    ran = desk.last()
    desk.tagging.mark([2], Mark.UNSTARRED)
    assert desk.history.take_back(ran) == Single(desk.history.list_events(9)[2], 2, 1)
    assert desk.marked(Mark.STARRED) == []
    assert desk.tagged("war") == []
    assert desk.told() == "took back: ran War: 1 article"


def test_a_mark_in_passing_is_taken_back_on_its_own(desk: Desk) -> None:
    desk.tagging.mark([1], Mark.READ, in_passing=True)
    opened = desk.last()
    desk.tagging.tag([1], ["war"], [])
    desk.history.take_back(opened)
    assert desk.marked(Mark.READ) == []
    assert desk.tagged("war") == [1]


def test_taking_back_twice_is_doing_it(desk: Desk) -> None:
    desk.tagging.tag([1], ["war"], [])
    desk.history.take_back(desk.last())
    desk.history.take_back(desk.last())
    assert desk.told() == "tagged +war: 1 article"
    assert desk.tagged("war") == [1]


def test_what_is_undone_is_not_taken_back(desk: Desk) -> None:
    desk.tagging.tag([1], ["war"], [])
    war = desk.last()
    desk.history.undo()
    assert stays(desk, war) is EventObstacle.UNDONE
    with pytest.raises(EventStaysError) as raised:
        desk.history.make_again(war)
    assert raised.value.obstacle is EventObstacle.CAN_REDO
    desk.history.redo()
    with pytest.raises(EventStaysError) as raised:
        desk.history.make_again(war)
    assert raised.value.obstacle is EventObstacle.STANDS
    with pytest.raises(EventNotReachableError):
        desk.history.take_back(99)


def test_what_was_undone_for_good_is_made_again(desk: Desk) -> None:
    desk.tagging.tag([1, 2], ["war"], ["tea"])
    desk.notes.add(1, 0, 0, "Who?")
    note = desk.notes.list().items[0].note
    for _ in range(2):
        desk.history.undo()
    desk.tagging.tag([2], ["war"], [])
    single = desk.history.make_again(1)
    assert describe_single(single, again=True) == "made again: tagged +war -tea: 2 articles"
    assert desk.tagged("war") == [1, 2]
    desk.history.make_again(2)
    assert [one.note for one in desk.notes.list().items] == [note]
    with pytest.raises(EventStaysError):
        desk.history.make_again(2)
    for _ in range(2):
        desk.history.undo()
    assert desk.tagged("war") == [2]
    assert desk.notes.list().items == ()


def test_a_note_is_taken_back_unless_it_was_changed(desk: Desk) -> None:
    note = desk.notes.add(1, 0, 0, "Who?")
    added = desk.last()
    desk.notes.change(note.id, "Whom?")
    changed = desk.last()
    assert stays(desk, added) is EventObstacle.CHANGED
    desk.notes.add(2, 0, 0, "Other.")
    desk.notes.change(note.id, "Whose?")
    assert stays(desk, changed) is EventObstacle.CHANGED
    desk.history.undo()
    desk.history.take_back(changed)
    assert desk.notes.get(note.id) == note
    desk.history.take_back(added)
    assert [one.note.words for one in desk.notes.list().items] == ["Other."]


def test_saved_searches_keep_what_was_changed_since(desk: Desk) -> None:
    store = desk.store
    war = SavedSearch(SavedId(0), "War", "tag:war", 0, Deeds())
    tea = SavedSearch(SavedId(0), "Tea", "tag:tea", 0, Deeds())
    store.saved_searches.set_all("saved War", [war])
    war = search(store, "War")
    renamed = SavedSearch(war.id, "Peace", "tag:peace", 0, Deeds())
    store.saved_searches.set_all("renamed War", [renamed])
    rename = desk.last()
    store.saved_searches.set_all("saved Tea", [tea, renamed])
    # Where it stands now is left as it is, and so is a name that another one has.
    desk.history.take_back(rename)
    assert search(store, "War").place == 1
    desk.history.undo()
    taken = SavedSearch(SavedId(0), "War", "tag:other", 0, Deeds())
    store.saved_searches.set_all("saved War", [*store.saved_searches.list(), taken])
    assert stays(desk, rename) is EventObstacle.CHANGED
    assert {one.name for one in store.saved_searches.list()} == {"Tea", "Peace", "War"}


def test_a_name_that_another_search_has_in_other_letters_stays_there(desk: Desk) -> None:
    store = desk.store
    store.saved_searches.set_all(
        "saved War", [SavedSearch(SavedId(0), "War", "tag:war", 0, Deeds())]
    )
    store.saved_searches.set_all("removed War", [])
    removed = desk.last()
    store.saved_searches.set_all(
        "saved war", [SavedSearch(SavedId(0), "war", "tag:peace", 0, Deeds())]
    )
    assert stays(desk, removed) is EventObstacle.CHANGED


def test_a_renamed_tag_comes_back_with_its_letter_and_in_searches(desk: Desk) -> None:
    store = desk.store
    desk.tagging.tag([1], ["war"], [])
    desk.tagging.letter("war", "w")
    store.saved_searches.set_all(
        "saved War", [SavedSearch(SavedId(0), "War", "tag:war", 0, Deeds())]
    )
    desk.tagging.rename("war", "battle")
    assert search(store, "War").query == "tag:battle"
    desk.history.take_back(desk.last())
    assert search(store, "War").query == "tag:war"
    assert [(one.name, one.key) for one in store.tag_looks.list()] == [("war", "w")]


def test_the_order_of_searches_comes_back_alone(desk: Desk) -> None:
    store = desk.store
    names = ["A", "B", "C"]
    searches = [SavedSearch(SavedId(0), one, "tag:war", 0, Deeds()) for one in names]
    store.saved_searches.set_all("saved", searches)
    first, *others = store.saved_searches.list()
    store.saved_searches.set_all("moved A", [*others, first])
    moved = desk.last()
    desk.tagging.tag([1], ["war"], [])
    single = desk.history.take_back(moved)
    assert (single.total, single.kept) == (3, 0)
    assert [one.name for one in store.saved_searches.list()] == names


def test_a_letter_that_another_tag_has_now_stays_there(desk: Desk) -> None:
    desk.tagging.letter("war", "w")
    desk.tagging.colour("war", Colour.RED)
    desk.tagging.letter("war", "")
    taken = desk.last()
    desk.tagging.letter("water", "w")
    assert stays(desk, taken) is EventObstacle.CHANGED
    desk.tagging.letter("water", "v")
    desk.history.take_back(taken)
    looks = {look.name: (look.colour, look.key) for look in desk.tagging.looks()}
    assert looks == {"war": (Colour.RED, "w"), "water": (None, "v")}


def test_a_letter_goes_back_from_one_tag_to_the_other(desk: Desk) -> None:
    desk.tagging.letter("war", "w")
    desk.tagging.letter("water", "w")
    moved = desk.last()
    desk.tagging.tag([1], ["tea"], [])
    desk.history.take_back(moved)
    assert [(look.name, look.key) for look in desk.tagging.looks() if look.key] == [("war", "w")]


def test_a_source_is_called_as_before(desk: Desk) -> None:
    desk.store.sources.rename("Gazette", "Courier")
    renamed = desk.last()
    desk.tagging.tag([1], ["war"], [])
    single = desk.history.take_back(renamed)
    assert (single.total, single.kept) == (1, 0)
    assert [one.name for one in desk.store.sources.list_lines()] == ["Gazette"]
    assert desk.told() == "took back: renamed Gazette to Courier"
    assert stays(desk, renamed) is EventObstacle.CHANGED


def test_a_name_that_another_source_has_now(desk: Desk) -> None:
    desk.store.sources.rename("Gazette", "Courier")
    renamed = desk.last()
    add(desk.store, "five")
    with pytest.raises(SourceExistsError):
        desk.history.take_back(renamed)
    assert desk.last() == renamed


def test_corrections_of_names_are_taken_back_in_order(desk: Desk) -> None:
    desk.store.entities.replace_mentions(1, [entity("Anna Berg", (0, 3))])
    desk.store.corrections.rename(1, "Anna Lee")
    assert stays(desk, desk.last()) is EventObstacle.KIND


def test_the_articles_of_a_change(desk: Desk) -> None:
    lookup = StoreLookup(desk.store)
    desk.tagging.tag([1, 3], ["war"], [])
    assert list(lookup.changed(desk.last())) == [1, 3]
    desk.store.notes.add(2, Anchor(), "New.", "wrote")
    assert list(lookup.changed(desk.last())) == [2]
    assert list(lookup.changed(99)) == []
