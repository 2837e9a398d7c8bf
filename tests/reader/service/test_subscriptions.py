"""Feeds taken into the library, and the secrets of their addresses beside it."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from reader.errors import FeedExistsError
from reader.feeds import Feed, Subscription
from reader.fetch.secrets import Secrets, split_secrets
from reader.service.library import Library
from reader.service.subscriptions import Subscriptions, public_words

ROOT = Path(__file__).resolve().parents[3]

WHOLE = "https://skerry.example/feed?token=t0psecret"
MOVED = "https://skerry.example/new?token=t0psecret"


@pytest.fixture
def subscriptions(fresh: Library) -> Subscriptions:
    return Subscriptions(fresh.store, fresh.folder)


@pytest.fixture
def secrets(fresh: Library) -> Secrets:
    """What is on disk, without a keyring."""
    return Secrets(fresh.folder, lambda: None)


@pytest.fixture
def feed(subscriptions: Subscriptions) -> Feed:
    return subscriptions.add(Subscription(WHOLE, "Skerry Post"))[0]


def whole_of(subscriptions: Subscriptions, feed: Feed) -> str:
    request = subscriptions.request_for(feed)
    return request.url if request else ""


def test_a_list_leaves_the_password_of_a_known_feed_alone(subscriptions: Subscriptions) -> None:
    feed, is_new = subscriptions.add(Subscription("http://ann:right@skerry.example/feed"))
    other, is_other = subscriptions.add(
        Subscription("http://ann:wrong@skerry.example/feed"), by_reader=False
    )
    assert (is_new, is_other, other.id) == (True, False, feed.id)
    assert whole_of(subscriptions, feed) == "http://ann:right@skerry.example/feed"


def test_a_feed_that_comes_back_brings_its_password(
    fresh: Library, subscriptions: Subscriptions
) -> None:
    feed, _ = subscriptions.add(Subscription("http://ann:old@skerry.example/feed"))
    fresh.store.feeds.remove(feed.id)
    subscriptions.add(Subscription("http://ann:new@skerry.example/feed"))
    assert whole_of(subscriptions, feed) == "http://ann:new@skerry.example/feed"


def test_a_person_gives_a_feed_another_password_by_moving_it(
    subscriptions: Subscriptions,
) -> None:
    feed, _ = subscriptions.add(Subscription("http://ann:old@skerry.example/feed"))
    same = subscriptions.move(feed, "http://ann:new@skerry.example/feed", private=False)
    assert (same.url, same.private) == (feed.url, False)
    assert subscriptions.move(same, feed.url, private=True).private
    assert whole_of(subscriptions, feed) == "http://ann:new@skerry.example/feed"


def test_a_move_to_the_address_of_another_feed_leaves_its_password_alone(
    subscriptions: Subscriptions, feed: Feed
) -> None:
    other, _ = subscriptions.add(Subscription("http://ann:right@quay.example/feed"))
    with pytest.raises(FeedExistsError):
        subscriptions.move(feed, "http://ann:wrong@quay.example/feed", private=False)
    assert whole_of(subscriptions, other) == "http://ann:right@quay.example/feed"


def test_a_move_to_a_public_address_ends_what_a_private_one_was_allowed(
    subscriptions: Subscriptions,
) -> None:
    feed, _ = subscriptions.add(Subscription("http://127.0.0.1/feed"))
    assert feed.private
    assert not subscriptions.move(feed, "https://skerry.example/feed", private=False).private
    assert not subscriptions.moved(feed, "https://quay.example/feed").private


def test_secrets_go_along_and_are_forgotten_only_when_the_move_is_on_disk(
    subscriptions: Subscriptions, secrets: Secrets, feed: Feed
) -> None:
    public, _ = split_secrets(MOVED)
    with subscriptions.transaction():
        moved = subscriptions.moved(feed, public)
        assert (secrets.get(feed.url), secrets.get(public)) == (WHOLE, MOVED)
    assert whole_of(subscriptions, moved) == MOVED
    assert feed.url not in (secrets._path.read_text())


def test_a_move_that_is_not_kept_loses_no_secret(
    fresh: Library, subscriptions: Subscriptions, feed: Feed
) -> None:
    public, _ = split_secrets(MOVED)
    with suppress(ZeroDivisionError), subscriptions.transaction():
        subscriptions.moved(feed, public)
        raise ZeroDivisionError
    assert fresh.store.feeds.get(feed.id).url == feed.url
    assert whole_of(subscriptions, feed) == WHOLE
    with subscriptions.transaction():
        pass
    assert whole_of(subscriptions, feed) == WHOLE


def test_a_secret_that_is_not_known_stays_behind(
    fresh: Library, subscriptions: Subscriptions, feed: Feed
) -> None:
    moved = subscriptions.moved(feed, "https://skerry.example/new?token=hidden-0000")
    assert subscriptions.request_for(moved) is None
    assert whole_of(subscriptions, feed) == WHOLE


KILLED = """
import os, sys
from pathlib import Path
from reader.service.library import Library
from reader.service.subscriptions import Subscriptions
library = Library.open(Path(sys.argv[1]))
subscriptions = Subscriptions(library.store, library.folder)
(feed,) = library.store.feeds.list_feeds()
with subscriptions.transaction():
    subscriptions.moved(feed, sys.argv[2])
    os._exit(1)
"""


def test_a_process_that_dies_in_a_move_loses_no_secret(
    fresh: Library, subscriptions: Subscriptions, feed: Feed
) -> None:
    public, _ = split_secrets(MOVED)
    subprocess.run([sys.executable, "-c", KILLED, str(fresh.folder), public], cwd=ROOT, check=False)
    assert fresh.store.feeds.get(feed.id).url == feed.url
    assert whole_of(subscriptions, feed) == WHOLE


def test_many_feeds_of_one_transaction_are_written_once(
    subscriptions: Subscriptions, secrets: Secrets
) -> None:
    with subscriptions.transaction():
        feeds = [
            subscriptions.add(Subscription(f"https://skerry.example/{number}?token=t{number}"))[0]
            for number in range(5)
        ]
        assert not secrets._path.exists()
    assert whole_of(subscriptions, feeds[3]) == "https://skerry.example/3?token=t3"


def test_a_placeholder_is_not_asked(subscriptions: Subscriptions) -> None:
    public, _ = split_secrets(WHOLE)
    feed, _ = subscriptions.add(Subscription(public, "From a list"), by_reader=False)
    assert subscriptions.request_for(feed) is None


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.7.7", True),
        ("[::1]", True),
        ("[fd00::1]", True),
        ("nas", True),
        ("wiki.lan", True),
        ("skerry.example", False),
        ("93.184.216.34", False),
        ("169.254.169.254", False),
        ("0xa9fea9fe", False),
        ("[::ffff:169.254.169.254]", False),
        ("[fe80::1]", False),
        ("0.0.0.0", False),
        ("[::]", False),
        ("224.0.0.1", False),
    ],
)
def test_what_a_list_may_name_near_this_machine(
    subscriptions: Subscriptions, host: str, allowed: bool
) -> None:
    feed, _ = subscriptions.add(Subscription(f"http://{host}/feed"), by_reader=False)
    assert feed.private is allowed


def test_what_a_list_calls_a_feed_gives_no_secret_away(subscriptions: Subscriptions) -> None:
    feed, _ = subscriptions.add(
        Subscription(WHOLE, f"News {WHOLE}", f"{WHOLE}&a=1", " News// Coast /"), by_reader=False
    )
    assert "t0psecret" not in f"{feed.source}{feed.site}"
    assert feed.source.startswith("News https://skerry.example/feed?token=")
    assert feed.folder == "News/Coast"


@pytest.mark.parametrize(
    "title", ["Skerry Post", "Q&A; key and lock", "tides // lamps", "at the_quay (a/b)"]
)
def test_other_titles_stay_as_they_are(title: str) -> None:
    assert public_words(title) == title
