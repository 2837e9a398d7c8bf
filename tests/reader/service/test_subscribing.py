"""Subscribing over a real server, and changing sources."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from reader.errors import (
    AmbiguousSourceError,
    FeedExistsError,
    FetchStoppedError,
    NoFeedFoundError,
    NotFetchedError,
    SourceExistsError,
    SourceNotFoundError,
    SourceWithoutFeedError,
)
from reader.feeds import Feed, FeedId, FeedState, Problem
from reader.fetch.client import Client
from reader.model import Mark
from reader.service.library import Library
from reader.service.network import Network
from reader.service.subscribing import Health, health_of
from reader.service.subscriptions import typed_address
from tests.reader.fetch.servers import answer
from tests.reader.service.site import Site, entries, page, rss

LINKS = (
    "<link rel='alternate' type='application/rss+xml' title='All' href='/feed'>"
    "<link rel='alternate' type='application/rss+xml' title='Notes' href='/notes'>"
)


@pytest.fixture
def library(impatient: Library, site: Site) -> Library:
    """Subscribed to "Skerry Post" with three articles."""
    impatient.subscribing.subscribe(site.has("/feed", rss(*entries("abc"))))
    return impatient


def test_a_feed_comes_with_its_entries(impatient: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("abc")))
    found = impatient.subscribing.subscribe(url, folder="News/Coast")
    assert (found.known, found.added, found.others, found.failures) == (False, 3, (), ())
    (line,) = impatient.subscribing.list_sources()
    assert (line.name, line.articles, line.unread) == ("Skerry Post", 3, 3)
    assert line.feed == impatient.store.feeds.find_by_address(url)
    assert line.feed is not None
    assert (line.feed.folder, line.feed.site) == ("News/Coast", "http://skerry.example/")
    assert health_of(line.feed) is Health.OK
    assert found.ids == (1, 2, 3)


def test_a_page_leads_to_the_first_feed_it_names_and_tells_the_others(
    impatient: Library, site: Site
) -> None:
    home = site.has("/", page(head=LINKS), "text/html")
    site.has("/feed", rss(*entries("ab")))
    found = impatient.subscribing.subscribe(home)
    assert found.feed.url == site.url("/feed")
    assert [(one.url, one.title) for one in found.others] == [(site.url("/notes"), "Notes")]
    again = impatient.subscribing.subscribe(home)
    assert (again.known, again.feed.id) == (True, found.feed.id)
    assert impatient.subscribing.subscribe(found.feed.url).known


def test_a_feed_of_a_page_that_cannot_be_read_gives_way_to_the_next(
    impatient: Library, site: Site
) -> None:
    home = site.has("/", page(head=LINKS), "text/html")
    site.has("/feed", page(), "text/html")
    notes = site.has("/notes", rss(*entries("ab"), title="Notes"))
    found = impatient.subscribing.subscribe(home)
    assert found.feed.url == notes
    site.says("/notes", 500)
    impatient.subscribing.remove("Notes")
    with pytest.raises(NotFetchedError):
        impatient.subscribing.subscribe(home)


def test_a_page_without_feeds_and_an_address_without_page_are_told(
    impatient: Library, site: Site
) -> None:
    with pytest.raises(NoFeedFoundError):
        impatient.subscribing.subscribe(site.has("/", page(), "text/html"))
    for url in (site.url("/none"), "http://127.0.0.1:1/feed", "ftp://x.example/", "http://"):
        with pytest.raises(NotFetchedError):
            impatient.subscribing.subscribe(url)
    assert impatient.subscribing.list_sources() == ()


def test_a_page_cannot_lead_to_another_server_of_the_local_network(
    impatient: Library, site: Site
) -> None:
    with Site() as inner:
        target = inner.has("/feed", rss(*entries("a"))).replace("127.0.0.1", "localhost")
        head = f"<link rel='alternate' type='application/rss+xml' href='{target}'>"
        home = site.has("/", page(head=head), "text/html")
        with pytest.raises(NotFetchedError):
            impatient.subscribing.subscribe(home)
        assert inner.asked == []


def test_a_removed_feed_goes_on_where_it_stopped(library: Library, site: Site) -> None:
    before = library.subscribing.remove("Skerry Post")
    assert before.feed is not None
    (line,) = library.subscribing.list_sources()
    assert (line.articles, line.feed) == (3, None)
    site.has("/feed", rss(*entries("abcd")))
    found = library.subscribing.subscribe(site.url("/feed"))
    assert (found.known, found.feed.id, found.added) == (False, before.feed.id, 1)


def test_sources_are_found_by_case_and_by_their_beginning(library: Library, site: Site) -> None:
    library.subscribing.subscribe(site.has("/two", rss(title="Skerry Press")))
    find = library.subscribing.find
    assert find("Skerry Post").name == find("skerry post").name == find("skerry po").name
    with pytest.raises(SourceNotFoundError) as caught:
        find("Skery Post")
    assert caught.value.suggestion == "Skerry Post"
    with pytest.raises(AmbiguousSourceError) as several:
        find("Skerry P")
    assert several.value.candidates == ("Skerry Post", "Skerry Press")
    for name in ("", "zzz"):
        with pytest.raises(SourceNotFoundError):
            find(name)


def test_renaming_and_taking_it_back(library: Library, site: Site) -> None:
    library.subscribing.subscribe(site.has("/two", rss(title="Quay Notes")))
    assert library.subscribing.rename("skerry", "Old Skerry").name == "Old Skerry"
    assert library.reading.get_article(1).row.source == "Old Skerry"
    with pytest.raises(SourceExistsError):
        library.subscribing.rename("Old Skerry", "Quay Notes")
    event = library.history.undo()
    assert event is not None
    assert library.subscribing.find("Skerry Post").articles == 3


def test_a_feed_that_was_renamed_keeps_its_name_and_its_articles(
    library: Library, site: Site
) -> None:
    library.subscribing.rename("Skerry Post", "Mine")
    site.has("/feed", rss(*entries("abcd")))
    assert library.updating.run().added == 1
    (line,) = library.subscribing.list_sources()
    assert (line.name, line.articles) == ("Mine", 4)


def test_moving_keeps_articles_and_what_was_done_with_them(library: Library, site: Site) -> None:
    library.tagging.mark([1], Mark.READ)
    site.has("/feed2", rss(*entries("abcd")))
    line = library.subscribing.move("skerry", site.url("/feed2"))
    assert line.feed is not None
    assert (line.feed.url, line.articles, line.unread) == (site.url("/feed2"), 4, 3)
    known = library.store.feeds.find_by_address(site.url("/feed"))
    assert known is not None
    assert known.id == line.feed.id
    library.history.undo()
    moved = library.subscribing.find("skerry").feed
    assert moved is not None
    assert moved.url == site.url("/feed")


def test_moving_to_where_no_feed_is_changes_nothing(library: Library, site: Site) -> None:
    library.subscribing.subscribe(site.has("/two", rss(title="Quay Notes")))
    with pytest.raises(NotFetchedError):
        library.subscribing.move("skerry", site.url("/none"))
    with pytest.raises(FeedExistsError):
        library.subscribing.move("skerry", site.url("/two"))
    feed = library.subscribing.find("skerry").feed
    assert feed is not None
    assert feed.url == site.url("/feed")
    same = library.subscribing.move("skerry", site.url("/feed"))
    assert same.articles == 3


def test_moving_to_the_local_network_allows_it(library: Library, site: Site) -> None:
    library.subscribing.set("skerry", private=False)
    line = library.subscribing.move("skerry", site.has("/feed2", rss(*entries("a"))))
    assert line.feed is not None
    assert line.feed.private


def test_moving_to_a_public_address_ends_private(library: Library, site: Site) -> None:
    feed = library.subscribing.find("skerry").feed
    assert feed is not None
    assert feed.private
    # The proxy of the environment answers for a public address.
    library.subscribing._network = Network(
        lambda: Client(deadline=2.0, environment={"http_proxy": site.url("/")})
    )
    site.has("/feed2", rss(*entries("abc")))
    site.does("http://skerry.example/feed2", lambda _: answer(200, rss(*entries("abc"))))
    line = library.subscribing.move("skerry", "http://skerry.example/feed2")
    assert line.feed is not None
    assert (line.feed.url, line.feed.private) == ("http://skerry.example/feed2", False)


def test_a_page_cannot_lead_to_another_port_of_this_machine(impatient: Library, site: Site) -> None:
    with Site() as inner:
        target = inner.has("/feed", rss(*entries("a")))
        head = f"<link rel='alternate' type='application/rss+xml' href='{target}'>"
        with pytest.raises(NotFetchedError):
            impatient.subscribing.subscribe(site.has("/", page(head=head), "text/html"))
        assert inner.asked == []


def test_subscribing_is_stopped_before_anything_is_stored(impatient: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("a")))
    for stopped in (site.hangs("/hang"), url):
        with pytest.raises(FetchStoppedError):
            impatient.subscribing.subscribe(stopped, stop=lambda: True)
    assert impatient.subscribing.list_sources() == ()


def test_folders_have_one_form(impatient: Library, site: Site) -> None:
    url = site.has("/feed", rss(*entries("a")))
    found = impatient.subscribing.subscribe(url, folder=" News//Coast/ North ")
    assert found.feed.folder == "News/Coast/North"
    line = impatient.subscribing.set("skerry", folder="/a// b/")
    assert line.feed is not None
    assert line.feed.folder == "a/b"


def test_a_feed_that_tells_its_address_gives_no_secret_away(impatient: Library, site: Site) -> None:
    url = f"{site.url('/feed')}?token=t0psecret"
    site.has("/feed", rss(*entries("a"), title=url))
    impatient.importing.import_paths([opml_of(impatient.folder, url)])
    impatient.updating.run()
    (line,) = impatient.subscribing.list_sources()
    assert "t0psecret" not in line.name
    assert line.articles == 1


def opml_of(folder: Path, url: str) -> Path:
    path = folder.with_name("feeds.opml")
    path.write_text(
        f"<opml version='2.0'><body><outline type='rss' xmlUrl='{url}'/></body></opml>",
        encoding="utf-8",
    )
    return path


def test_setting_what_is_known_of_a_feed(library: Library) -> None:
    line = library.subscribing.set("skerry", folder="News", every=7200, private=False)
    assert line.feed is not None
    assert (line.feed.folder, line.feed.every, line.feed.private) == ("News", 7200, False)
    library.history.undo()
    line = library.subscribing.find("skerry")
    assert line.feed is not None
    assert (line.feed.folder, line.feed.every, line.feed.private) == ("", 0, True)


def test_a_source_of_files_has_no_feed_to_change(fresh: Library, folder: Path) -> None:
    fresh.importing.import_paths([folder])
    with pytest.raises(SourceWithoutFeedError):
        fresh.subscribing.remove("Hill Post")
    assert health_of(fresh.subscribing.find("Hill Post").feed) is Health.NONE


def test_feeds_go_out_as_opml_and_come_back(library: Library, tmp_path: Path, site: Site) -> None:
    library.subscribing.set("skerry", folder="News/Coast")
    opml = tmp_path / "feeds.opml"
    opml.write_text("".join(library.subscribing.export_opml()), encoding="utf-8")
    other = Library.open(tmp_path / "other")
    rehearsed = other.importing.import_paths([opml], dry_run=True)
    assert (rehearsed.subscribed, rehearsed.added) == (1, 0)
    assert other.subscribing.list_sources() == ()
    assert other.importing.import_paths([opml]).subscribed == 1
    again = other.importing.import_paths([opml])
    assert (again.subscribed, again.duplicate) == (0, 1)
    assert other.importing.import_paths([opml], dry_run=True).duplicate == 1
    (line,) = other.subscribing.list_sources()
    other.close()
    assert line.feed is not None
    assert (line.name, line.feed.url) == ("Skerry Post", site.url("/feed"))
    assert (line.feed.folder, line.feed.private) == ("News/Coast", True)
    assert health_of(line.feed) is Health.NEVER_ASKED


def test_feeds_that_go_out_without_their_secrets_are_known(library: Library, site: Site) -> None:
    assert library.subscribing.list_hidden() == ()
    url = site.has("/two", rss(*entries("c"), title="Quay Notes"))
    library.subscribing.subscribe(f"{url}?token=t0psecret")
    host = url.removeprefix("http://")
    library.subscribing.subscribe(f"http://ann:hunter2secret@{host}")
    names = [line.name for line in library.subscribing.list_sources()]
    assert library.subscribing.list_hidden() == tuple(
        name for name in names if name.startswith("Quay Notes")
    )
    assert len(library.subscribing.list_hidden()) == 2


def test_the_proxies_of_the_environment_are_known(fresh: Library, site: Site) -> None:
    assert fresh.subscribing.subscribe(site.has("/feed", rss(*entries("a")))).added == 1


def test_a_document_that_takes_too_much_is_told(
    impatient: Library, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.has("/feed", rss(*entries("a")))
    fake = tmp_path / "fake"
    fake.write_text(
        f"#!{sys.executable}\nimport sys, json\nprint('{{\"ready\": true}}', flush=True)\n"
        "question = json.loads(sys.stdin.buffer.readline())\n"
        "if question['kind'] == 'feed' and question['url'].endswith('/'):\n"
        "    print(json.dumps({'refused': ['not a feed', '']}), flush=True)\n"
    )
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    with pytest.raises(NotFetchedError) as caught:
        impatient.subscribing.subscribe(url)
    assert caught.value.reason == Problem.TOO_COSTLY
    home = site.has("/", page(), "text/html")
    with pytest.raises(NotFetchedError) as caught:
        impatient.subscribing.subscribe(home)
    assert caught.value.reason == Problem.TOO_COSTLY


def test_a_feed_that_is_broken_is_told_as_such(impatient: Library, site: Site) -> None:
    with pytest.raises(NotFetchedError) as caught:
        impatient.subscribing.subscribe(
            site.has(
                "/feed", b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000
            )
        )
    assert "cannot be read" in caught.value.reason


def test_links_of_a_page_that_are_no_addresses_are_passed_over(
    impatient: Library, site: Site
) -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' href='http://x.example:99999/f'>"
        "<link rel='alternate' type='application/rss+xml' href='/feed'>"
    )
    site.has("/feed", rss(*entries("a")))
    found = impatient.subscribing.subscribe(site.has("/", page(head=head), "text/html"))
    assert found.feed.url == site.url("/feed")


def test_health_is_told_of_feeds_that_fail_and_that_stopped() -> None:
    assert health_of(Feed(FeedId(1), "s", "u", failures=2)) is Health.FAILING
    assert health_of(Feed(FeedId(1), "s", "u", state=FeedState.STOPPED)) is Health.STOPPED


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" https://x.example/f ", "https://x.example/f"),
        ("x.example/f", "https://x.example/f"),
        ("x.example:8080/f", "https://x.example:8080/f"),
        ("localhost:8080/f", "http://localhost:8080/f"),
        ("nas/feed", "http://nas/feed"),
        ("feed:https://x.example/f", "https://x.example/f"),
        ("feed://x.example/f", "https://x.example/f"),
        ("ftp://x.example/f", "ftp://x.example/f"),
        ("javascript:alert(1)", "javascript:alert(1)"),
    ],
)
def test_what_is_typed_becomes_an_address(typed: str, address: str) -> None:
    assert typed_address(typed) == address


def test_a_feed_that_was_gone_is_added_again_when_it_is_back(library: Library, site: Site) -> None:
    site.says("/feed", 410)
    library.updating.run()
    (stopped,) = library.store.feeds.list_feeds()
    assert stopped.state is FeedState.STOPPED
    site.has("/feed", rss(*entries("abcd")))
    found = library.subscribing.subscribe(site.url("/feed"))
    assert (found.known, found.feed.state, found.added) == (False, FeedState.ACTIVE, 1)
