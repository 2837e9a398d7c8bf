"""Asking feeds for news over a real server: what is stored, told and remembered."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from reader.errors import SourceNotFoundError, UpdateBusyError
from reader.feeds import Feed, FeedState, Problem, Subscription, UpdateProgress, UpdateReport
from reader.fetch.client import Client
from reader.fetch.secrets import Secrets, split_secrets
from reader.model import Mark
from reader.service import updating
from reader.service.entries import Entries
from reader.service.library import Library
from reader.service.locks import exclusive
from reader.service.network import Network
from reader.service.parsing import Parsing
from reader.service.subscriptions import Subscriptions
from reader.service.updating import Updating
from reader.store import open_store
from tests.reader.fetch.servers import Answer, Asked, answer
from tests.reader.service.site import WORDS, Site, entries, rss

ROOT = Path(__file__).resolve().parents[3]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Iterator[Library]:
    library = Library.open(
        tmp_path / "library",
        clock=clock,
        connect=lambda: Client(deadline=2.0, environment={}),
    )
    yield library
    library.close()


@pytest.fixture
def feed(library: Library, site: Site) -> str:
    """The address of a feed with three articles, subscribed to and asked."""
    return library.subscribing.subscribe(site.has("/feed", rss(*entries("abc")))).feed.url


def only(library: Library) -> Feed:
    (one,) = library.store.feeds.list_feeds()
    return one


def test_a_feed_without_news_is_asked_by_what_is_known(
    library: Library, site: Site, feed: str
) -> None:
    seen: list[UpdateProgress] = []
    report = library.updating.run(progress=seen.append)
    assert (report.asked, report.unchanged, report.added, report.ids) == (1, 1, 0, ())
    assert seen[-1] == UpdateProgress(1, 1, 0, 0)
    assert site.asked == ["/feed", "/feed"]
    assert only(library).url == feed


def test_the_same_bytes_again_are_no_news_without_validators(
    library: Library, site: Site, feed: str
) -> None:
    site.does("/feed", lambda _: answer(200, rss(*entries("abc"))))
    assert library.updating.run().unchanged == 1


def test_news_are_added_and_changed_texts_become_versions(
    library: Library, site: Site, feed: str
) -> None:
    library.tagging.mark([1], Mark.STARRED)
    later = f"{WORDS} Another end was found for it."
    site.has("/feed", rss(("a", later), *entries("bcd")))
    report = library.updating.run()
    assert (report.asked, report.unchanged, report.added, report.updated) == (1, 0, 1, 1)
    assert report.ids == (1, 4)
    article = library.reading.get_article(1)
    assert (article.text, article.version, article.row.starred) == (later, 2, True)


def test_other_bytes_that_tell_nothing_new_are_no_news(
    library: Library, site: Site, feed: str
) -> None:
    site.has("/feed", rss(*entries("abc"), more="<ttl>60</ttl>"))
    report = library.updating.run()
    assert (report.unchanged, report.ids) == (1, ())


def test_a_guid_that_changes_makes_no_second_article(
    library: Library, site: Site, feed: str
) -> None:
    body = rss(*entries("abc")).replace(b">a</guid>", b">other</guid>")
    site.has("/feed", body)
    library.updating.run()
    assert library.reading.counts().articles == 3


def test_a_feed_moves_after_its_server_has_said_so_twice(
    library: Library, site: Site, feed: str
) -> None:
    new = site.has("/new", rss(*entries("abc")))
    site.redirects("/feed", 301, "/new")
    library.updating.run()
    assert only(library).url == feed
    library.updating.run()
    moved = only(library)
    assert moved.url == new
    site.says("/feed", 500)
    assert library.updating.run().unchanged == 1
    assert site.asked[-1] == "/new"
    assert library.store.feeds.find_by_address(feed) == only(library)
    assert library.reading.counts().articles == 3
    assert library.history.list_events(10)[0].detail == "added Skerry Post"


def test_a_feed_does_not_move_to_the_address_of_another(
    library: Library, site: Site, feed: str
) -> None:
    library.subscribing.subscribe(site.has("/new", rss(*entries("abc"), title="Other")))
    site.redirects("/feed", 301, "/new")
    for _ in range(3):
        assert not library.updating.run(["Skerry Post"]).failed
    assert {one.url for one in library.store.feeds.list_feeds()} == {feed, site.url("/new")}


def test_a_feed_that_is_gone_is_not_asked_any_more(
    library: Library, site: Site, feed: str, clock: Clock
) -> None:
    site.says("/feed", 410)
    (failed,) = library.updating.run().failed
    assert (failed.source, failed.reason) == ("Skerry Post", "gone for good: HTTP 410")
    assert failed.again is None
    assert only(library).state is FeedState.STOPPED
    clock.now += timedelta(days=30)
    report = library.updating.run()
    assert (report.asked, report.waiting) == (0, ())
    assert [one.source for one in library.updating.run(["skerry"]).waiting] == ["Skerry Post"]
    assert library.reading.counts().articles == 3


def test_a_server_that_asks_to_wait_is_left_alone_by_name_too(
    library: Library, site: Site, feed: str, clock: Clock
) -> None:
    site.says("/feed", 503, "Retry-After: 7200")
    (failed,) = library.updating.run().failed
    assert failed.again is not None
    assert failed.again >= clock.now + timedelta(seconds=7199)
    site.has("/feed", rss(*entries("abcd")))
    clock.now += timedelta(hours=1)
    for names in ([], ["skerry"]):
        report = library.updating.run(names)
        assert (report.asked, len(report.waiting)) == (0, 1)
    clock.now += timedelta(hours=2)
    assert library.updating.run().added == 1
    assert only(library).error == ""


def test_a_feed_that_failed_waits_unless_it_is_named(
    library: Library, site: Site, feed: str
) -> None:
    site.says("/feed", 500)
    assert len(library.updating.run().failed) == 1
    assert len(library.updating.run().waiting) == 1
    assert len(library.updating.run(["skerry"]).failed) == 1
    assert only(library).failures == 2
    site.has("/feed", rss(*entries("abcd")))
    assert library.updating.run(["SKERRY POST"]).added == 1


def test_only_what_is_due_is_asked_for_timers(
    library: Library, site: Site, feed: str, clock: Clock
) -> None:
    assert library.updating.run(due_only=True).asked == 0
    clock.now += timedelta(minutes=70)
    assert library.updating.run(due_only=True).asked == 1
    library.subscribing.set("skerry", every=86400)
    library.updating.run()
    clock.now += timedelta(hours=12)
    assert library.updating.run(due_only=True, every=300).asked == 0


def test_folders_are_asked_by_name(library: Library, site: Site, feed: str) -> None:
    library.subscribing.set("skerry", folder="News/Coast")
    library.subscribing.subscribe(site.has("/two", rss(title="Quay")), folder="News")
    assert library.updating.run(["news"]).asked == 2
    assert library.updating.run(["News/Coast", "Skerry Post"]).asked == 1
    with pytest.raises(SourceNotFoundError):
        library.updating.run(["Coast"])


@pytest.mark.parametrize(
    "body", [b"<html><body>Please log in</body></html>", b"\x00\x01\x02", b'{"items": 3}']
)
def test_what_is_no_feed_any_more_keeps_its_articles(
    library: Library, site: Site, feed: str, body: bytes
) -> None:
    site.has("/feed", body)
    (failed,) = library.updating.run().failed
    assert failed.reason == "not a feed"
    assert failed.again is not None
    assert library.reading.counts().articles == 3
    kept = only(library)
    assert (kept.state, kept.failures) == (FeedState.ACTIVE, 1)
    site.has("/feed", rss(*entries("abc")))
    assert not library.updating.run(["skerry"]).failed
    assert only(library).failures == 0


def test_a_server_that_hangs_holds_nobody_up(library: Library, site: Site) -> None:
    for number in range(20):
        url = site.has(f"/{number}", rss(*entries([f"{number}.1"]), title=f"Feed {number}"))
        library.store.feeds.add(Subscription(url, f"Feed {number}"), private=True)
    url = site.hangs("/hang")
    library.store.feeds.add(Subscription(url, "Hanging"), private=True)
    done: list[tuple[float, UpdateProgress]] = []
    began = monotonic()
    report = library.updating.run(progress=lambda one: done.append((monotonic() - began, one)))
    assert (report.asked, report.added) == (21, 20)
    (failed,) = report.failed
    assert (failed.source, failed.reason) == ("Hanging", Problem.TIMED_OUT)
    assert next(seconds for seconds, one in done if one.done == 20) < 2.0
    assert done[-1][1] == UpdateProgress(21, 21, 1, 20)


def test_an_interrupt_keeps_what_came(library: Library, site: Site) -> None:
    for number in range(5):
        url = site.has(f"/{number}", rss(*entries([f"{number}.1"]), title=f"Feed {number}"))
        library.store.feeds.add(Subscription(url, f"Feed {number}"), private=True)
    library.store.feeds.add(Subscription(site.hangs("/hang"), "Hanging"), private=True)
    seen: list[UpdateProgress] = []
    began = monotonic()
    report = library.updating.run(progress=seen.append, stop=lambda: len(seen) >= 5)
    assert report.interrupted
    assert report.added == library.reading.counts().articles == 5
    assert monotonic() - began < 2.0
    assert not report.failed


def test_an_interrupt_after_the_last_feed_is_none(library: Library, site: Site, feed: str) -> None:
    done: list[UpdateProgress] = []
    report = library.updating.run(progress=done.append, stop=lambda: bool(done))
    assert (report.asked, report.interrupted) == (1, False)


def test_only_one_process_asks_at_a_time(
    library: Library, feed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "PATIENCE", 0.1)
    with exclusive(library.folder / "fetch.lock"), pytest.raises(UpdateBusyError):
        library.updating.run()
    assert library.updating.run().asked == 1


def test_feeds_that_fail_are_noted_while_others_are_asked(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(updating, "NOTE_SECONDS", 0)
    for number in range(3):
        url = site.says(f"/{number}", 404)
        library.store.feeds.add(Subscription(url, f"Feed {number}"), private=True)
    report = library.updating.run()
    assert [one.source for one in report.failed] == ["Feed 0", "Feed 1", "Feed 2"]
    assert {one.reason for one in report.failed} == {"the server answered with an error: HTTP 404"}


@pytest.fixture
def impatient_run(library: Library, clock: Clock) -> Iterator[Callable[..., UpdateReport]]:
    """An update that waits a moment only for whoever writes to the library."""
    store = open_store(library.folder, clock=clock, busy_seconds=0.05)
    subscriptions, parsing = Subscriptions(store, library.folder), Parsing(library.folder)
    entries = Entries(store, subscriptions, parsing, clock)
    network = Network(lambda: Client(deadline=2.0, environment={}))
    yield Updating(store, subscriptions, network, entries, library.folder / "fetch.lock", clock).run
    parsing.close()
    store.close()


def test_a_feed_that_cannot_be_stored_now_ends_nothing_for_the_others(
    library: Library, site: Site, impatient_run: Callable[..., UpdateReport]
) -> None:
    for number in range(3):
        url = site.has(f"/{number}", rss(*entries([f"{number}.1"]), title=f"Feed {number}"))
        library.store.feeds.add(Subscription(url, f"Feed {number}"), private=True)
    library.store.feeds.add(Subscription(site.says("/404", 404), "Broken"), private=True)
    writing = library.store.transaction()
    seen: list[UpdateProgress] = []

    def hold(progress: UpdateProgress) -> None:
        seen.append(progress)
        if len(seen) == 1:
            writing.__enter__()
        elif len(seen) == 3:
            writing.__exit__(None, None, None)

    report = impatient_run(progress=hold)
    assert report.asked == 4
    assert report.added + len([one for one in report.failed if "writing" in one.reason]) == 3
    assert 1 <= report.added < 3
    assert "Broken" in [one.source for one in report.failed]
    library.updating.run()
    assert library.reading.counts().articles == 3


def test_what_could_not_be_noted_is_told(
    library: Library,
    site: Site,
    feed: str,
    impatient_run: Callable[..., UpdateReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(updating, "NOTE_SECONDS", 0)
    library.store.feeds.add(Subscription(site.says("/404", 404), "Broken"), private=True)
    with library.store.transaction():
        report = impatient_run()
    told = {one.source: one.reason for one in report.failed}
    assert told["Broken"] == "the server answered with an error: HTTP 404"
    assert "writing to the library" in told["Skerry Post"]
    assert library.updating.run().asked == 2


def test_what_was_told_is_noted_when_an_update_breaks_off(library: Library, site: Site) -> None:
    for number in range(2):
        library.store.feeds.add(
            Subscription(site.says(f"/{number}", 404), f"Feed {number}"), private=True
        )

    def break_off(progress: UpdateProgress) -> None:
        if progress.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.updating.run(progress=break_off)
    assert sorted(one.failures for one in library.store.feeds.list_feeds()) == [0, 1]


def meanwhile(site: Site, act: Callable[[], object]) -> Callable[[Asked], Answer]:
    """Answers with news, and does something before."""

    def respond(_: Asked) -> Answer:
        act()
        return answer(200, rss(*entries("abcd")))

    return respond


@pytest.mark.parametrize("change", ["remove", "move", "rename"])
def test_what_the_reader_changes_while_a_feed_is_asked_stands(
    library: Library, site: Site, feed: str, change: str
) -> None:
    other = Library.open(library.folder)
    elsewhere = f"{feed}?elsewhere"

    def act() -> None:
        own = Library.open(library.folder)
        one = own.store.feeds.list_feeds()[0]
        match change:
            case "remove":
                own.store.feeds.remove(one.id)
            case "move":
                own.store.feeds.move(one.id, elsewhere)
            case _:
                own.store.sources.rename("Skerry Post", "Mine")
        own.close()

    site.does("/feed", meanwhile(site, act))
    report = library.updating.run()
    other.close()
    lines = {line.name: line for line in library.subscribing.list_sources()}
    if change == "rename":
        assert (report.added, lines["Mine"].articles) == (1, 4)
    else:
        assert (report.added, lines["Skerry Post"].articles) == (0, 3)
    if change == "move":
        moved = only(library)
        assert (moved.url, moved.etag) == (elsewhere, "")


def test_entries_that_cannot_be_read_are_named_and_the_others_come(
    library: Library, site: Site, feed: str
) -> None:
    body = (
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": ['
        b'{"id": "1", "content_text": "One."}, 7, {"id": "2", "content_text": "Two."}]}'
    )
    found = library.subscribing.subscribe(site.has("/json", body, "application/feed+json"))
    assert (found.added, len(found.failures)) == (2, 1)
    site.has("/json", body.replace(b"7", b"8"), "application/feed+json")
    report = library.updating.run(["J"])
    assert len(report.failures) == 1


class NoRing:
    """A keyring that forgets at once."""

    def get_password(self, service: str, username: str, /) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str, /) -> None:
        return None

    def delete_password(self, service: str, username: str, /) -> None:
        return None


def test_a_feed_whose_secret_is_lost_is_told_and_not_asked(library: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    public, whole = split_secrets(f"{url}?token=abc")
    Secrets(library.folder, NoRing).put(public, whole)
    library.store.feeds.add(Subscription(public, "Skerry Post"), private=True)
    (failed,) = library.updating.run().failed
    assert "keyring" in failed.reason
    assert site.asked == []


def test_a_document_over_which_the_process_dies_fails_its_feed_alone(
    library: Library, site: Site, feed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "fake"
    fake.write_text(f"#!{sys.executable}\nprint('{{\"ready\": true}}', flush=True)\ninput()\n")
    fake.chmod(0o755)
    library.updating._entries._parsing.close()
    site.has("/feed", rss(*entries("abcd")))
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", str(fake))
        (failed,) = library.updating.run().failed
    assert failed.reason == Problem.TOO_COSTLY
    assert library.updating.run(["skerry"]).added == 1


def test_a_feed_that_came_without_a_title_takes_its_own(library: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("ab")))
    library.store.feeds.add(Subscription(url), private=True, by_reader=False)
    library.updating.run()
    (line,) = library.subscribing.list_sources()
    assert (line.name, line.articles) == ("Skerry Post", 2)
    assert library.history.list_events(9) == ()


def test_the_secrets_of_a_feed_that_moves_go_along(library: Library, site: Site) -> None:
    feed = library.subscribing.subscribe(f"{site.has('/feed', rss(*entries('ab')))}?token=abc").feed
    site.has("/new", rss(*entries("abc")))
    site.redirects("/feed", 301, "/new?token=abc")
    for _ in range(3):
        assert not library.updating.run().failed
    moved = only(library)
    assert moved.url == feed.url.replace("/feed", "/new")
    assert site.asked[-1] == "/new?token=abc"


UPDATER = """
import sys
from pathlib import Path
from reader.service.library import Library
library = Library.open(Path(sys.argv[1]))
library.updating.run(progress=lambda one: print(one.done, flush=True))
"""


def test_an_updater_that_is_killed_leaves_what_it_stored_and_the_next_does_the_rest(
    library: Library, site: Site
) -> None:
    for number in range(12):
        body = rss(*entries([f"{number}.{one}" for one in range(20)]), title=f"Feed {number}")
        library.store.feeds.add(
            Subscription(site.has(f"/{number}", body), f"Feed {number}"), private=True
        )
    child = subprocess.Popen(
        [sys.executable, "-c", UPDATER, str(library.folder)],
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    assert child.stdout is not None
    for _ in range(4):
        child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    # A feed is stored whole or not at all.
    assert library.reading.counts().articles % 20 == 0
    assert library.reading.counts().articles > 0
    library.updating.run()
    assert library.reading.counts().articles == 240
    assert library.updating.run().unchanged == 12


def test_two_updaters_at_once_do_no_harm(library: Library, site: Site) -> None:
    for number in range(8):
        body = rss(*entries([f"{number}.{one}" for one in range(20)]), title=f"Feed {number}")
        library.store.feeds.add(
            Subscription(site.has(f"/{number}", body), f"Feed {number}"), private=True
        )
    children = [
        subprocess.Popen([sys.executable, "-c", UPDATER, str(library.folder)], cwd=ROOT)
        for _ in range(2)
    ]
    for child in children:
        child.wait()
    assert library.reading.counts().articles == 160
