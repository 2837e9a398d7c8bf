"""Feeds and sources: subscribed, named, filed, moved, removed, and all of it taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from reader.errors import (
    FeedExistsError,
    NotFoundError,
    SourceExistsError,
    SourceNotFoundError,
)
from reader.feeds import Feed, FeedId, FeedState, SourceLine, Subscription
from reader.model import EventKind, Mark
from reader.store import Store, open_store
from tests.reader.store.helpers import NOON, add, database_of

SKERRY = "https://skerry.example/feed"
TERN = "https://tern.example/rss.xml"


def subscribe(store: Store, url: str = SKERRY, title: str = "Skerry Post", **known: str) -> Feed:
    return store.feeds.add(Subscription(url, title, **known), private=False)[0]


def names(store: Store) -> list[str]:
    return [line.name for line in store.sources.list_lines()]


def undo(store: Store) -> str:
    event = store.events.undo()
    assert event is not None
    return event.detail


def test_a_feed_comes_back_as_it_was_added(store: Store) -> None:
    wanted = Subscription(SKERRY, "Skerry Post", "https://skerry.example/", "News/North")
    feed, is_new = store.feeds.add(wanted, private=True)
    assert is_new
    assert feed == Feed(
        FeedId(1),
        "Skerry Post",
        SKERRY,
        "https://skerry.example/",
        "News/North",
        private=True,
        added=NOON,
    )
    assert store.feeds.get(feed.id) == feed
    assert store.feeds.find_by_address(SKERRY) == feed
    assert store.feeds.find_by_source("Skerry Post") == feed
    assert store.feeds.list_feeds() == (feed,)
    assert store.feeds.find_by_address(TERN) is None
    assert store.feeds.find_by_source("Tern") is None


def test_a_feed_is_added_once(store: Store) -> None:
    feed = subscribe(store)
    again = store.feeds.add(Subscription(SKERRY, "Other", folder="Else"), private=True)
    assert again == (feed, False)
    assert len(store.events.list_events(9)) == 1


def test_feeds_of_one_title_have_names_of_their_own(store: Store) -> None:
    add(store, "one", source="News")
    urls = [f"https://skerry.example/{number}" for number in range(4)]
    made = [subscribe(store, url, " News ").source for url in urls]
    # The source that was there before has no feed of its own yet.
    assert made == [
        "News",
        "News (skerry.example)",
        *(f"News (skerry.example {n})" for n in (2, 3)),
    ]
    assert [line.articles for line in store.sources.list_lines()] == [1, 0, 0, 0]
    assert subscribe(store, "feed", "").source == "feed"


def test_untitled_feeds_of_one_host_are_told_apart_by_their_paths(store: Store) -> None:
    urls = [f"https://skerry.example/{path}" for path in ("a", "world/", "north?x", "north?y")]
    made = [subscribe(store, url, "").source for url in urls]
    host = "skerry.example"
    assert made == [host, f"{host}/world", f"{host}/north", f"{host}/north (2)"]


def test_what_fetching_changes_is_noted(store: Store) -> None:
    feed = subscribe(store)
    noted = replace(
        feed,
        site="https://skerry.example/",
        state=FeedState.STOPPED,
        checked=NOON,
        succeeded=NOON - timedelta(days=1),
        due=NOON + timedelta(hours=1),
        failures=3,
        error="no such host",
        moved_to=TERN,
        moved_times=1,
        etag='"e"',
        modified="Sun",
        digest=b"d",
    )
    store.feeds.note(replace(noted, source="ignored", url="ignored", folder="ignored", every=9))
    assert store.feeds.get(feed.id) == noted
    assert store.events.list_events(9)[0].detail == "added Skerry Post"


def test_a_feed_that_is_removed_while_it_is_fetched_stays_removed(store: Store) -> None:
    feed = subscribe(store)
    store.feeds.remove(feed.id)
    store.feeds.note(replace(feed, failures=1))
    assert store.feeds.get(feed.id).state is FeedState.REMOVED


def test_an_untitled_feed_takes_its_own_title_once(store: Store) -> None:
    subscribe(store, TERN, "Skerry Post")
    feed = subscribe(store, "https://skerry.example/feed", "")
    assert (feed.source, feed.untitled) == ("skerry.example", True)
    assert store.feeds.give_title(feed.id, " ").source == "skerry.example"
    named = store.feeds.give_title(feed.id, "Skerry Post")
    assert (named.source, named.untitled) == ("Skerry Post (skerry.example)", False)
    assert store.feeds.give_title(feed.id, "Another").source == "Skerry Post (skerry.example)"


def test_a_name_that_the_reader_gave_stays(store: Store) -> None:
    feed = subscribe(store, "https://skerry.example/feed", "")
    store.sources.rename("skerry.example", "Mine")
    assert store.feeds.give_title(feed.id, "Skerry Post").source == "Mine"


def test_a_feed_of_a_file_is_no_event(store: Store) -> None:
    feed, new = store.feeds.add(Subscription(TERN, "Tern"), private=False, by_reader=False)
    assert new
    assert feed.state is FeedState.ACTIVE
    assert store.events.list_events(9) == ()


def test_that_a_server_asks_to_wait_is_kept(store: Store) -> None:
    feed = subscribe(store)
    store.feeds.note(replace(feed, held=True))
    assert store.feeds.get(feed.id).held


def test_feeds_by_their_state(store: Store) -> None:
    one, two = subscribe(store), subscribe(store, TERN, "Tern")
    store.feeds.note(replace(one, state=FeedState.STOPPED))
    store.feeds.remove(two.id)
    assert [feed.source for feed in store.feeds.list_feeds()] == ["Skerry Post"]
    assert store.feeds.list_feeds(states=[FeedState.ACTIVE]) == ()
    removed = store.feeds.list_feeds(states=[FeedState.REMOVED])
    assert [feed.source for feed in removed] == ["Tern"]


def test_a_feed_moves_and_is_found_where_it_was(store: Store) -> None:
    feed = subscribe(store)
    store.feeds.note(replace(feed, etag='"e"', failures=2, error="x", moved_to=TERN, moved_times=2))
    moved = store.feeds.move(feed.id, TERN)
    assert moved == replace(feed, url=TERN)
    assert store.feeds.find_by_address(SKERRY) == moved
    assert store.feeds.add(Subscription(SKERRY, "x"), private=False) == (moved, False)
    assert undo(store) == f"moved Skerry Post to {TERN}"
    assert store.feeds.find_by_address(TERN) == store.feeds.find_by_address(SKERRY)
    assert store.feeds.get(feed.id).url == SKERRY
    store.events.redo()
    assert store.feeds.get(feed.id).url == TERN


def test_a_move_that_the_server_asks_for_is_no_event(store: Store) -> None:
    feed = subscribe(store)
    for _ in range(2):
        assert store.feeds.move(feed.id, TERN, by_reader=False).url == TERN
    assert store.feeds.find_by_address(SKERRY) is not None
    assert len(store.events.list_events(9)) == 1


@pytest.mark.parametrize("by_reader", [True, False])
def test_what_a_private_host_may_do_does_not_go_to_another_one(
    store: Store, by_reader: bool
) -> None:
    feed = store.feeds.add(Subscription("http://nas.local/feed", "Home"), private=True)[0]
    moves = ["http://nas.local:8080/new", "https://skerry.example/home", "http://nas.local/x"]
    private = [store.feeds.move(feed.id, url, by_reader=by_reader).private for url in moves]
    assert private == [True, False, False]
    assert store.feeds.move(feed.id, "http://nas.local/y", private=True).private
    undo(store)
    assert not store.feeds.get(feed.id).private


def test_an_address_of_another_feed_is_refused(store: Store) -> None:
    one, two = subscribe(store), subscribe(store, TERN, "Tern")
    store.feeds.move(two.id, "https://tern.example/new")
    for url in (TERN, "https://tern.example/new"):
        with pytest.raises(FeedExistsError) as caught:
            store.feeds.move(one.id, url)
        assert (caught.value.url, caught.value.source) == (url, "Tern")
    assert store.feeds.get(one.id).url == SKERRY


def test_a_feed_that_was_removed_goes_on_where_it_stopped(store: Store) -> None:
    feed = subscribe(store, folder="News")
    add(store, "one", feed=SKERRY)
    store.feeds.note(replace(feed, failures=4, error="x", due=NOON + timedelta(days=9)))
    store.feeds.remove(feed.id)
    assert store.sources.list_lines() == (SourceLine("Skerry Post", 1, 1),)
    again, is_new = store.feeds.add(Subscription(SKERRY, "Other", folder="Sea"), private=True)
    assert is_new
    assert again == replace(feed, folder="Sea", private=True)
    assert undo(store) == "added Skerry Post"
    assert store.feeds.get(feed.id).state is FeedState.REMOVED
    assert store.feeds.get(feed.id).folder == "News"
    again, _ = store.feeds.add(Subscription(SKERRY), private=False)
    assert again.folder == "News"


def test_a_feed_that_was_removed_goes_on_where_the_reader_says(store: Store) -> None:
    feed = subscribe(store)
    store.feeds.move(feed.id, TERN)
    store.feeds.note(replace(store.feeds.get(feed.id), etag='"e"'))
    store.feeds.remove(feed.id)
    again, is_new = store.feeds.add(Subscription(SKERRY), private=False)
    assert (is_new, again) == (True, feed)
    assert store.feeds.find_by_address(TERN) == feed
    undo(store)
    assert store.feeds.get(feed.id) == replace(feed, url=TERN, state=FeedState.REMOVED)


def test_settings_of_a_feed(store: Store) -> None:
    feed = subscribe(store)
    changed = store.feeds.set(feed.id, folder="Sea", every=3600, private=True)
    assert changed == replace(feed, folder="Sea", every=3600, private=True)
    assert store.feeds.set(feed.id, folder="Sea", every=3600) == changed
    assert undo(store) == "set folder Sea, every 1h, private on for Skerry Post"
    assert store.feeds.get(feed.id) == feed
    assert store.events.redo() is not None
    assert store.feeds.get(feed.id) == changed
    store.feeds.set(feed.id, every=86400)
    assert undo(store) == "set every 1d for Skerry Post"
    store.feeds.set(feed.id, folder="", private=False)
    assert undo(store) == "set folder none, private off for Skerry Post"


def test_adding_is_taken_back_and_done_again(store: Store) -> None:
    feed = subscribe(store)
    assert undo(store) == "added Skerry Post"
    assert (store.feeds.list_feeds(), store.sources.list_lines()) == ((), ())
    event = store.events.redo()
    assert event is not None
    assert (event.kind, event.changed) == (EventKind.SOURCE, 0)
    assert store.feeds.list_feeds() == (feed,)


def test_a_feed_that_is_not_there(store: Store) -> None:
    for call in (
        lambda: store.feeds.get(FeedId(7)),
        lambda: store.feeds.set(FeedId(7), folder="x"),
        lambda: store.feeds.move(FeedId(7), TERN),
        lambda: store.feeds.remove(FeedId(7)),
    ):
        with pytest.raises(NotFoundError):
            call()


def test_a_source_gets_another_name(store: Store) -> None:
    ids = add(store, "one", "two", source="Gazette")
    add(store, "three", source="Tern")
    store.outbox.done(store.outbox.take(9))
    before = store.articles.edition()
    store.sources.rename("Gazette", " The\x1b[1m  Gazette ")
    assert names(store) == ["Tern", "The Gazette"]
    assert store.articles.get_article(ids[0]).row.source == "The Gazette"
    assert list(store.outbox.ids()) == ids
    # Orders by source are others now.
    assert store.articles.edition() != before
    assert undo(store) == "renamed Gazette to The Gazette"
    assert names(store) == ["Gazette", "Tern"]
    assert [item.revision for item in store.outbox.take(9)] == [2, 2]


def test_a_name_that_is_taken_or_not_there(store: Store) -> None:
    add(store, "one", source="Gazette")
    add(store, "two", source="Tern")
    with pytest.raises(SourceExistsError) as taken:
        store.sources.rename("Tern", "Gazette")
    assert taken.value.name == "Gazette"
    with pytest.raises(SourceExistsError) as alike:
        store.sources.rename("Tern", "gazette")
    assert alike.value.name == "Gazette"
    store.sources.rename("Tern", "Tern")
    with pytest.raises(SourceNotFoundError) as missing:
        store.sources.rename("gazete", "x")
    assert (missing.value.name, missing.value.suggestion) == ("gazete", "Gazette")
    assert store.sources.nearest("something else") == ""
    assert store.events.list_events(9) == ()
    # Its own name in other letters, or another one but for an accent, is free.
    for name in ("tern", "Gazétte"):
        store.sources.rename(names(store)[-1], name)
        assert name in names(store)


def test_a_change_whose_name_is_taken_since_stays(store: Store) -> None:
    add(store, "one", source="Gazette")
    store.sources.rename("Gazette", "Herald")
    add(store, "two", source="Gazette")
    with pytest.raises(SourceExistsError):
        store.events.undo()
    assert names(store) == ["Gazette", "Herald"]
    assert not store.events.list_events(1)[0].undone


def test_lines_tell_what_is_unread_and_how_the_feed_is(store: Store) -> None:
    feed = subscribe(store, folder="News")
    ids = add(store, "a", "b", "c", feed=SKERRY)
    other = add(store, "d", source="Älv")
    store.marks.apply([ids[0], ids[1], other[0]], Mark.READ)
    store.marks.apply([ids[1]], Mark.UNREAD)
    assert store.sources.list_lines() == (
        SourceLine("Älv", 1, 0),
        SourceLine("Skerry Post", 3, 2, feed),
    )


def test_numbers_follow_an_article_to_another_source(store: Store) -> None:
    ids = add(store, "a", "b", source="Gazette")
    add(store, "c", source="Tern")
    store.marks.apply([ids[0]], Mark.READ)
    database = database_of(store)
    with database.transaction():
        database.run("UPDATE article SET source_id = 2 WHERE id IN (1, 2)")
    assert store.sources.list_lines() == (SourceLine("Tern", 3, 2),)


def test_a_source_counts_what_was_found_there_too(store: Store) -> None:
    add(store, "a", "b", source="Gazette")
    store.marks.apply([1], Mark.READ)
    for origin in ("/x, line 1", "/x, line 2"):
        add(store, "a", "b", source="Tern", origin=origin)
        add(store, "a", source="Gazette", origin=origin)
    both = (SourceLine("Gazette", 2, 1), SourceLine("Tern", 2, 1))
    assert store.sources.list_lines() == both
    for mark, unread in ((Mark.READ, 0), (Mark.UNREAD, 2)):
        store.marks.apply([1, 2], mark)
        assert [line.unread for line in store.sources.list_lines()] == [unread, unread]
    for line in both:
        own, places = store.sources.article_ids(store.sources.find_within(line.name))
        assert {*own.split(","), *places.split(",")} - {""} == {"1", "2"}
    # An article that goes over to where it was found too is there once.
    database = database_of(store)
    with database.transaction():
        database.run("UPDATE article SET source_id = 2 WHERE id = 1")
    assert store.sources.list_lines() == (SourceLine("Gazette", 2, 2), SourceLine("Tern", 2, 2))


def test_sources_of_a_name_and_of_folders(store: Store) -> None:
    subscribe(store, folder="News/North")
    subscribe(store, TERN, "Tern", folder="news")
    subscribe(store, "https://c.example/", "Northern News", folder="Sea")
    removed = subscribe(store, "https://d.example/", "Gone", folder="News")
    store.feeds.remove(removed.id)
    add(store, "one", source="News/Letters")
    assert store.sources.find_within("news") == (1, 2)
    assert store.sources.find_within("NEWS/") == (1, 2)
    assert store.sources.find_within("News/North") == (1,)
    assert store.sources.find_within("tërn") == (2,)
    assert store.sources.find_within("Nor") == ()
    assert store.sources.find_within("") == ()
    assert store.sources.find_under("News/") == (1, 5)
    assert store.sources.find_under("north") == (3,)
    assert store.sources.find_under("new") == (1, 2, 5)


def test_folders_are_counted_on_each_level(store: Store) -> None:
    subscribe(store, folder="News/North")
    subscribe(store, TERN, "Tern", folder="News")
    add(store, "a", "b", feed=SKERRY)
    add(store, "c", feed=TERN)
    counts = [(one.name, one.articles) for one in store.sources.list_folders(9)]
    assert counts == [("News", 3), ("News/North", 2)]
    assert len(store.sources.list_folders(1)) == 1


def test_articles_of_sources_and_what_was_found_there_too(store: Store) -> None:
    add(store, "a", "b", source="Gazette")
    add(store, "c", source="Tern")
    empty = store.sources.stamp([2])
    assert store.sources.article_ids([2]) == ("3", "")
    add(store, "a", source="Tern")
    assert store.sources.article_ids([2]) == ("3", "1")
    assert store.sources.stamp([2]) != empty
    assert store.sources.article_ids([]) == ("", "")


def test_what_is_known_of_feeds_outlasts_a_restart(folder: Path, store: Store) -> None:
    feed = subscribe(store)
    store.feeds.move(feed.id, TERN)
    store.close()
    again = open_store(folder)
    assert again.feeds.find_by_address(SKERRY) == replace(feed, url=TERN)
    assert undo(again).startswith("moved")
    again.close()
