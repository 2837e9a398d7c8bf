"""Saved searches and rules go along when a tag is called otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.kept import Deeds, SavedId, SavedSearch
from reader.service.history import History
from reader.service.retagging import retagged, retagged_query
from reader.service.tagging import Tagging
from reader.store import moved_name, open_store
from tests.reader.store.helpers import add


def moved(name: str) -> str | None:
    return moved_name(name.lower(), "war", "my/war")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tag:war", "tag:my/war"),
        ("-tag:WAR/east grain tag:warm", "-tag:my/war/east grain tag:warm"),
        ('tag:"war" OR TAG:=war', "tag:my/war OR TAG:my/war"),
        ("tag:war/* tag:war*", "tag:my/war/* tag:war*"),
        ('tag:"war/"*', "tag:my/war/*"),
        ("tag:(war OR (tea -war/x)) war", "tag:(my/war OR (tea -my/war/x)) war"),
        ("title:war (war) in:war tag:* text:(war)", "title:war (war) in:war tag:* text:(war)"),
        ("date:7d  tag:war ) sort:newest", "date:7d  tag:my/war ) sort:newest"),
        ("tag:", "tag:"),
    ],
)
def test_queries_ask_for_the_new_name_and_stay_else(before: str, after: str) -> None:
    assert retagged_query(before, moved) == after


def test_rules_set_the_new_name() -> None:
    deeds = Deeds(("war", "tea", "my/war"), ("war/x", "war"), ("read",), "notify")
    search = SavedSearch(SavedId(1), "War", "tag:war", 0, deeds)
    now = retagged(search, moved)
    assert now.query == "tag:my/war"
    assert now.deeds == Deeds(("my/war", "tea"), ("my/war/x",), ("read",), "notify")


def test_renaming_a_tag_takes_searches_along_in_one_change(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    add(store, "one")
    deeds = Deeds(add=("war/east",))
    searches = [
        SavedSearch(SavedId(0), "War", "tag:war", 0, deeds),
        SavedSearch(SavedId(0), "Long", f"tag:war/{'x' * 55}", 1),
    ]
    store.saved_searches.set_all("saved", searches)
    before = store.saved_searches.list()
    tagging, history = Tagging(store), History(store)
    tagging.tag([1], ["war"], [])
    tagging.rename("war", "conflict")
    first, long = store.saved_searches.list()
    assert (first.query, first.deeds.add) == ("tag:conflict", ("conflict/east",))
    assert long == before[1]
    history.undo()
    assert store.saved_searches.list() == before
    history.redo()
    assert store.saved_searches.list() == (first, long)
    store.close()
