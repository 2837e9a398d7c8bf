"""The outbox between the library and the index."""

from __future__ import annotations

from reader.store import OutboxItem, Store
from tests.reader.store.helpers import add, draft, entity


def test_what_is_saved_waits_until_it_is_done(store: Store) -> None:
    add(store, "one", "two", "three")
    assert list(store.outbox.ids()) == [1, 2, 3]
    items = store.outbox.take(2)
    assert items == (OutboxItem(1, 1, 1, True), OutboxItem(2, 1, 1, True))  # type: ignore[arg-type]
    assert store.outbox.take(2) == items
    store.outbox.done(items)
    assert store.outbox.pending() == 1
    store.outbox.done(items)
    assert store.outbox.pending() == 1
    assert list(store.outbox.ids()) == [3]


def test_duplicates_do_not_wait(store: Store) -> None:
    add(store, "one")
    store.outbox.done(store.outbox.take(9))
    add(store, "one")
    assert store.outbox.pending() == 0


def test_a_later_text_goes_on_waiting(store: Store) -> None:
    add(store, "one")
    items = store.outbox.take(9)
    store.articles.save(draft("one", text="Changed."))
    store.outbox.done(items)
    assert [item.revision for item in store.outbox.take(9)] == [2]
    store.outbox.done(store.outbox.take(9))
    assert store.outbox.pending() == 0


def test_names_found_while_the_index_was_given_the_article_go_on_waiting(store: Store) -> None:
    add(store, "one")
    items = store.outbox.take(9)
    store.entities.replace_mentions(1, [entity("Ann", (0, 3))], version=1)
    store.outbox.done(items)
    (item,) = store.outbox.take(9)
    assert (item.revision, item.version) == (2, 1)
    store.outbox.done([item])
    assert store.outbox.pending() == 0


def test_entities_are_needed_until_something_found_them_in_the_text(store: Store) -> None:
    add(store, "one", "two")
    assert store.entities.replace_mentions(1, [entity("Ann", (0, 3))], "a 1", version=1)
    assert [item.needs_entities for item in store.outbox.take(9)] == [False, True]
    store.articles.save(draft("one", text="Changed."))
    assert [item.needs_entities for item in store.outbox.take(9)] == [True, True]


def test_all_can_be_made_to_wait(store: Store) -> None:
    add(store, "one", "two")
    store.articles.save(draft("one", text="Changed."))
    store.outbox.done(store.outbox.take(1))
    store.outbox.add_all()
    assert [(item.article_id, item.version) for item in store.outbox.take(9)] == [(1, 2), (2, 1)]
    assert store.outbox.pending() == 2
