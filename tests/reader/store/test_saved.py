"""Saved searches, arrivals and the deeds of rules as the library keeps them."""

from __future__ import annotations

from array import array
from dataclasses import replace

from reader.kept import Deeds, SavedId, SavedSearch
from reader.store import Store
from reader.store.saved_searches import NEW
from tests.reader.store.helpers import add, database_of, draft

WAR = SavedSearch(NEW, "War", "storm", 0, Deeds(("a",), ("b",), ("read",), "say it"), active=False)
ASIA = SavedSearch(NEW, "Asia", "rain", 0)


def test_they_are_set_all_at_once(store: Store) -> None:
    assert store.saved_searches.set_all("two", [WAR, ASIA])
    first, second = store.saved_searches.list()
    assert first == replace(WAR, id=first.id, place=0)
    assert second == replace(ASIA, id=second.id, place=1)
    assert not store.saved_searches.set_all("the same", [first, second])
    # Names may change places, and ids are never given twice.
    swapped = [replace(first, name="Asia"), replace(second, name="War")]
    assert store.saved_searches.set_all("swapped", swapped)
    store.saved_searches.set_all("gone", [])
    store.saved_searches.set_all("new", [WAR])
    (new,) = store.saved_searches.list()
    assert new.id not in (first.id, second.id)
    for _ in range(3):
        store.events.undo()
    assert store.saved_searches.list() == (first, second)
    for _ in range(3):
        store.events.redo()
    assert store.saved_searches.list() == (new,)


def test_what_is_new_arrives_once(store: Store) -> None:
    assert not store.arrivals.are_there()
    add(store, "one", "two")
    store.articles.save(draft("one", text="Another text."))
    assert (store.arrivals.count(), list(store.arrivals.take(9))) == (2, [])
    store.outbox.done(store.outbox.take(9))
    assert list(store.arrivals.take(1)) == [1]
    store.arrivals.done([1])
    assert list(store.arrivals.take(9)) == [2]
    store.arrivals.clear()
    before = store.change_token()
    store.arrivals.clear()
    assert store.change_token() == before
    assert not store.arrivals.are_there()
    assert store.arrivals.links([1, 2, 3]) == {1: "", 2: ""}


def test_deeds_are_kept_by_article_and_by_rule(store: Store) -> None:
    add(store, "one", "two")
    rule = replace(WAR, id=SavedId(5))
    with store.transaction():
        store.rule_deeds.add(rule, "+a", array("q", [1, 2]))
        store.rule_deeds.add(rule, "+a", [2])
        store.rule_deeds.add(replace(rule, id=SavedId(6)), "", [2])
    assert {deed: list(ids) for deed, ids in store.rule_deeds.of_rule(rule.id).items()} == {
        "+a": [1, 2]
    }
    found = store.rule_deeds.of_article(2)
    assert [(one.saved_id, one.rule, one.deed) for one in found] == [
        (5, "War", "+a"),
        (6, "War", ""),
    ]
    assert store.rule_deeds.of_rule(SavedId(9)) == {}


def test_a_search_without_deeds_keeps_none(store: Store) -> None:
    store.saved_searches.set_all("one", [ASIA])
    assert database_of(store).value("SELECT deeds FROM saved_search") == ""
