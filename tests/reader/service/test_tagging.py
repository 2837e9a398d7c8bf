"""Tags and marks by the reader: one event each, durable on return."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from reader.errors import LibraryBusyError, TagNameError
from reader.model import Change, EventKind, Mark
from reader.service.history import History
from reader.service.tagging import Tagging
from reader.store import Store, open_store
from tests.reader.store.helpers import Clock, add, database_of, dump

CHILD = Path(__file__).parent / "child.py"

KEPT = {
    Mark.READ: ("read", True),
    Mark.UNREAD: ("read", False),
    Mark.STARRED: ("starred", True),
    Mark.UNSTARRED: ("starred", False),
    Mark.ARCHIVED: ("archived", True),
    Mark.UNARCHIVED: ("archived", False),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    store = open_store(folder, clock=Clock(), busy_seconds=0.05)
    add(store, "one", "two", "three")
    yield store
    store.close()


@pytest.fixture
def tagging(store: Store) -> Tagging:
    return Tagging(store)


def test_a_change_counts_articles(store: Store, tagging: Tagging) -> None:
    assert tagging.tag([1, 2, 2, 99], ["War", "asia"], []) == Change(matched=2, changed=2)
    assert tagging.tag(iter([1, 2, 3]), ["war"], ["asia"]) == Change(matched=3, changed=3)
    assert tagging.tag([1, 2, 3], ["war"], ["asia"]) == Change(matched=3, changed=0)
    assert tagging.mark(iter([3, 3, 50]), Mark.READ) == Change(matched=1, changed=1)
    assert tagging.mark([1, 3], Mark.READ) == Change(matched=2, changed=1)
    assert tagging.tag([], ["war"], []) == Change(0, 0)
    assert tagging.tag([1], [], []) == Change(1, 0)


def test_each_change_is_one_event(store: Store, tagging: Tagging) -> None:
    tagging.tag([1, 2], ["War", "war", "asia"], ["Draft"])
    tagging.tag([1, 2], ["war"], [])
    tagging.mark([1], Mark.UNREAD)
    tagging.mark([1], Mark.STARRED)
    events = store.events.list_events(9)
    assert [(event.kind, event.detail, event.changed) for event in events] == [
        (EventKind.MARK, "starred", 1),
        (EventKind.TAG, "+war +asia -draft", 2),
    ]


def test_what_is_unread_of_a_tag_is_counted_once_a_change(
    folder: Path, store: Store, tagging: Tagging
) -> None:
    tagging.tag([1, 2], ["war"], [])
    asked: list[str] = []
    connection = database_of(store)._connection
    connection.set_trace_callback(asked.append)
    assert [look.unread for look in tagging.counted_looks()] == [2]
    asked.clear()
    assert [look.unread for look in tagging.counted_looks()] == [2]
    assert not any("tag_block" in one for one in asked)
    other = open_store(folder)
    Tagging(other).mark([1], Mark.READ)
    other.close()
    assert [look.unread for look in tagging.counted_looks()] == [1]
    tagging.mark([1], Mark.UNREAD)
    assert [look.unread for look in tagging.counted_looks()] == [2]


def test_a_name_that_cannot_be_changes_nothing(store: Store, tagging: Tagging) -> None:
    before = dump(store)
    for add_names, remove_names in ([["war", "a b"], []], [["war"], ["-x"]], [["war"], ["WAR"]]):
        with pytest.raises(TagNameError):
            tagging.tag([1], add_names, remove_names)
    assert dump(store) == before


def test_the_change_and_its_event_stand_or_fall_together(
    folder: Path, store: Store, tagging: Tagging
) -> None:
    other = open_store(folder)
    before = dump(store)
    with other.transaction():
        with pytest.raises(LibraryBusyError):
            tagging.tag([1], ["war"], [])
        with pytest.raises(LibraryBusyError):
            tagging.mark([1], Mark.READ)
    assert dump(store) == before
    other.close()


class Changing(RuleBasedStateMachine):
    """Tagging, marking, undoing and redoing, beside sets and two plain stacks of snapshots."""

    folder: Path
    ids = st.lists(st.integers(1, 7), max_size=7)
    names = st.lists(st.sampled_from(["a", "b", "c/d"]), max_size=2, unique=True)

    @initialize()
    def begin(self) -> None:
        Changing.number += 1
        self.path = self.folder / str(Changing.number)
        self.store = open_store(self.path)
        add(self.store, *"vwxyz")
        self.sets: dict[str, frozenset[int]] = {}
        self.done: list[dict[str, frozenset[int]]] = []
        self.undone: list[dict[str, frozenset[int]]] = []

    number = 0

    def change(self, after: dict[str, frozenset[int]]) -> int:
        """Take over a new state; how many articles differ."""
        names = self.sets.keys() | after.keys()
        empty: frozenset[int] = frozenset()
        changed = frozenset[int]().union(
            *(self.sets.get(name, empty) ^ after.get(name, empty) for name in names)
        )
        if changed:
            self.done.append(self.sets)
            self.undone.clear()
            self.sets = after
        return len(changed)

    @rule(ids=ids, add_names=names, remove_names=names)
    def tag(self, ids: list[int], add_names: list[str], remove_names: list[str]) -> None:
        remove_names = [name for name in remove_names if name not in add_names]
        exist = frozenset(ids) & frozenset(range(1, 6))
        after = dict(self.sets)
        for name in add_names:
            after[name] = after.get(name, frozenset()) | exist
        for name in remove_names:
            after[name] = after.get(name, frozenset()) - exist
        change = Tagging(self.store).tag(ids, add_names, remove_names)
        assert change == Change(len(exist), self.change(after))

    @rule(ids=ids, mark=st.sampled_from(Mark))
    def mark(self, ids: list[int], mark: Mark) -> None:
        exist = frozenset(ids) & frozenset(range(1, 6))
        kept, is_set = KEPT[mark]
        before = self.sets.get(kept, frozenset())
        after = self.sets | {kept: before | exist if is_set else before - exist}
        read = self.sets.get("read", frozenset())
        done_with = exist - before - read if mark is Mark.ARCHIVED else frozenset[int]()
        if done_with:
            after["read"] = read | done_with
        change = Tagging(self.store).mark(ids, mark)
        assert change == Change(len(exist), self.change(after), len(done_with))

    @rule()
    def undo(self) -> None:
        event = History(self.store).undo()
        assert (event is None) == (not self.done)
        if event is not None:
            assert event.undone
            self.undone.append(self.sets)
            self.sets = self.done.pop()

    @rule()
    def redo(self) -> None:
        event = History(self.store).redo()
        assert (event is None) == (not self.undone)
        if event is not None:
            assert not event.undone
            self.done.append(self.sets)
            self.sets = self.undone.pop()

    @precondition(lambda self: self.done or self.undone)
    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = open_store(self.path)

    @invariant()
    def same_sets(self) -> None:
        if not hasattr(self, "sets"):
            return
        marks, tags = self.store.marks, self.store.tags
        for kept in ("read", "starred", "archived"):
            assert frozenset(marks.packed(kept).ids()) == self.sets.get(kept, frozenset())
        for name in ("a", "b", "c/d"):
            assert frozenset(tags.packed(name).ids()) == self.sets.get(name, frozenset())
        counts = self.store.counts()
        assert counts.unread == 5 - len(marks.packed("read").ids())
        assert (counts.starred, counts.archived) == (
            len(marks.packed("starred").ids()),
            len(marks.packed("archived").ids()),
        )
        listed = {one.name: one.articles for one in tags.list_counts(9)}
        assert listed == {
            n: len(ids) for n, ids in self.sets.items() if ids and n in ("a", "b", "c/d")
        }

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


def test_any_sequence_of_changes_agrees_with_plain_sets(tmp_path: Path) -> None:
    Changing.folder = tmp_path
    run_state_machine_as_test(
        Changing, settings=settings(max_examples=40, stateful_step_count=20, deadline=None)
    )


@pytest.mark.parametrize("seed", range(3))
def test_what_was_acknowledged_outlasts_a_kill(tmp_path: Path, seed: int) -> None:
    """A child saves and tags and says so line by line, until it is killed."""
    random = Random(seed)
    saved: list[str] = []
    tagged: set[int] = set()
    for number in range(3):
        child = subprocess.Popen(
            [sys.executable, str(CHILD), str(tmp_path / "library"), str(number)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        for _ in range(random.randrange(1, 40)):
            take_note(child.stdout.readline(), saved, tagged)
        child.kill()
        for line in child.stdout:
            take_note(line, saved, tagged)
        child.stdout.close()
        child.wait()
        check_after_kill(tmp_path / "library", saved, tagged)


def take_note(line: str, saved: list[str], tagged: set[int]) -> None:
    if not line.endswith("\n"):
        return
    what, value = line.split()
    if what == "saved":
        saved.append(value)
    else:
        tagged.add(int(value))


def check_after_kill(folder: Path, saved: list[str], tagged: set[int]) -> None:
    store = open_store(folder)
    ids = store.articles.ids()
    titles = [row.title for row in store.articles.get_rows(ids).values()]
    assert {f"Title {name}" for name in saved} <= set(titles)
    assert len(titles) == len(set(titles))
    # No article without its text and its place in the outbox, no tag without its event.
    assert list(store.articles.get_texts(ids)) == list(ids) == list(store.outbox.ids())
    kept = set(store.tags.packed("kept").ids())
    assert tagged <= kept
    assert len(store.events.list_events(10_000)) == len(kept)
    assert store.counts().articles == len(ids)
    store.close()
