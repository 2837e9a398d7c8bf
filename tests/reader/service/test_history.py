"""Undoing and redoing, also of what another process did."""

from __future__ import annotations

from pathlib import Path

from reader.model import Mark
from reader.service.history import History
from reader.service.tagging import Tagging
from reader.store import open_store
from tests.reader.store.helpers import add


def test_undo_and_redo(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, "one", "two")
    history = History(store)
    assert history.undo() is None
    assert history.redo() is None
    Tagging(store).mark([1, 2], Mark.READ)
    undone = history.undo()
    assert undone is not None
    assert (undone.detail, undone.changed, undone.undone) == ("read", 2, True)
    assert store.counts().unread == 2
    redone = history.redo()
    assert redone is not None
    assert not redone.undone
    assert store.counts().unread == 0
    assert history.list_events(5) == (redone,)
    store.close()


def test_two_processes_share_one_history(tmp_path: Path) -> None:
    first, second = open_store(tmp_path), open_store(tmp_path)
    add(first, "one", "two")
    Tagging(first).tag([1], ["a"], [])
    Tagging(second).tag([1, 2], ["b"], [])
    undone = [History(first).undo(), History(second).undo()]
    assert [event and event.detail for event in undone] == ["+b", "+a"]
    assert list(first.tags.packed_tagged().ids()) == []
    assert History(first).redo() is not None
    assert list(second.tags.packed("a").ids()) == [1]
    first.close()
    second.close()
