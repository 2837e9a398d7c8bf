"""Pages as articles and whole texts, from a real server that may ask to be left alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import (
    ArticleNotFoundError,
    FeedNotPageError,
    FetchStoppedError,
    ImportItemError,
    NoLinkError,
    NotFetchedError,
    PictureError,
)
from reader.feeds import Problem
from reader.fetch.client import Client
from reader.model import ArticleId, Mark, Outcome, Pixels
from reader.service.library import Library
from reader.service.network import Network
from reader.service.parsing import Parsing
from reader.service.saving import Saving
from tests.reader.fetch.servers import answer
from tests.reader.service.site import WORDS, Site, entries, page, rss


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
        tmp_path / "library", clock=clock, connect=lambda: Client(deadline=2.0, environment={})
    )
    yield library
    library.close()


def robots(site: Site, rules: str, status: int = 200) -> None:
    site.does("/robots.txt", lambda _: answer(status, rules.encode()))


def test_a_page_becomes_an_article(library: Library, site: Site) -> None:
    url = site.has("/p", page(), "text/html")
    article_id, outcome = library.saving.save_page(url)
    assert outcome is Outcome.ADDED
    article = library.reading.get_article(article_id)
    assert (article.row.title, article.url) == ("Lamps on the quay", url)
    assert article.text.count(WORDS) == 8
    assert "Home" not in article.text
    assert library.saving.save_page(url) == (article_id, Outcome.DUPLICATE)


def test_a_page_that_cannot_be_had_or_read_is_told(library: Library, site: Site) -> None:
    site.has("/empty", b"<html><body></body></html>", "text/html")
    for url in (site.url("/none"), site.url("/empty"), "mailto:x", "http://127.0.0.1:1/"):
        with pytest.raises(NotFetchedError):
            library.saving.save_page(url)
    assert library.reading.counts().articles == 0


def test_what_a_site_keeps_from_programs_is_not_fetched(library: Library, site: Site) -> None:
    robots(site, "User-agent: *\nDisallow: /private\n\nUser-agent: dateline\nDisallow: /not-us")
    site.has("/not-us/p", page(), "text/html")
    with pytest.raises(NotFetchedError) as caught:
        library.saving.save_page(site.url("/not-us/p"))
    assert "robots.txt" in caught.value.reason
    assert site.asked == []
    library.saving.save_page(site.has("/private/p", page(), "text/html"))


@pytest.mark.parametrize("status", [404, 401, 410])
def test_a_site_without_wishes_allows_all(library: Library, site: Site, status: int) -> None:
    robots(site, "User-agent: *\nDisallow: /", status)
    library.saving.save_page(site.has("/p", page(), "text/html"))


def test_an_empty_list_of_wishes_allows_all(library: Library, site: Site) -> None:
    robots(site, "")
    library.saving.save_page(site.has("/p", page(), "text/html"))


def test_a_site_that_cannot_say_its_wishes_is_left_alone(library: Library, site: Site) -> None:
    robots(site, "x", 500)
    with pytest.raises(NotFetchedError):
        library.saving.save_page(site.has("/p", page(), "text/html"))
    assert site.asked == []


def test_wishes_are_remembered_for_an_hour(library: Library, site: Site, clock: Clock) -> None:
    url = site.has("/p", page(), "text/html")
    library.saving.save_page(url)
    robots(site, "User-agent: *\nDisallow: /")
    library.saving.save_page(url)
    clock.now += timedelta(minutes=61)
    with pytest.raises(NotFetchedError):
        library.saving.save_page(url)


def feed_of(site: Site, text: str = "Only the beginning.") -> str:
    body = rss(("a", text), ("b", text + " Of b.")).replace(
        b"http://skerry.example/", site.url("/").encode()
    )
    return site.has("/feed", body)


def test_the_whole_text_takes_the_place_of_the_summary(library: Library, site: Site) -> None:
    library.subscribing.subscribe(feed_of(site))
    library.tagging.mark([1], Mark.STARRED)
    site.has("/a", page(), "text/html")
    assert library.saving.read_full_text(1)
    article = library.reading.get_article(ArticleId(1))
    assert article.text.count(WORDS) == 8
    assert (article.version, article.partial, article.row.starred) == (2, False, True)
    assert article.row.title == "Title a"
    (version,) = library.store.articles.list_versions(1)
    assert version.text == "Only the beginning."
    # The feed says the same as before: that is no news.
    feed_of(site, "Only the beginning.")
    assert library.updating.run().ids == ()
    assert library.reading.get_article(ArticleId(1)).version == 2


def test_a_page_with_less_text_is_not_taken(library: Library, site: Site) -> None:
    library.subscribing.subscribe(feed_of(site, WORDS * 20))
    site.has("/a", page(paragraphs=2), "text/html")
    assert not library.saving.read_full_text(1)
    assert library.reading.get_article(ArticleId(1)).version == 1


def test_without_a_link_or_an_article_there_is_nothing_to_read(
    library: Library, tmp_path: Path
) -> None:
    with pytest.raises(ArticleNotFoundError):
        library.saving.read_full_text(7)
    path = tmp_path / "a.txt"
    path.write_text("A title of its own\n\nThe text of it stands here.\n")
    library.importing.import_paths([path])
    with pytest.raises(NoLinkError):
        library.saving.read_full_text(1)


def test_saving_an_article_of_a_feed_brings_its_full_text(library: Library, site: Site) -> None:
    library.subscribing.subscribe(feed_of(site))
    site.has("/a", page("Quite another title"), "text/html")
    saved = library.saving.save_page(f"{site.url('/a')}?utm_source=x")
    assert saved == (1, Outcome.UPDATED)
    article = library.reading.get_article(1)
    assert (article.row.title, article.version) == ("Title a", 2)
    assert article.text.count(WORDS) == 8
    assert library.saving.save_page(site.url("/a")) == (1, Outcome.DUPLICATE)
    assert library.reading.counts().articles == 2


def test_saving_a_link_without_a_text_brings_the_text(
    library: Library, site: Site, tmp_path: Path
) -> None:
    path = tmp_path / "bookmarks.html"
    path.write_text(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>"
        f"<DT><A HREF='{site.url('/p')}'>My own words for it</A></DL>"
    )
    library.importing.import_paths([path])
    site.has("/p", page(), "text/html")
    assert library.saving.save_page(site.url("/p")) == (1, Outcome.UPDATED)
    assert library.reading.get_article(1).text.count(WORDS) == 8


def test_a_page_that_says_something_else_is_saved_anew(library: Library, site: Site) -> None:
    url = site.has("/p", page(), "text/html")
    saved, _ = library.saving.save_page(url)
    site.has("/p", page(paragraphs=6), "text/html")
    assert library.saving.save_page(url) == (saved, Outcome.UPDATED)


@pytest.mark.parametrize(
    "body",
    [
        rss(*entries("a")),
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": []}',
    ],
)
def test_a_feed_is_no_page(library: Library, site: Site, body: bytes) -> None:
    with pytest.raises(FeedNotPageError):
        library.saving.save_page(site.has("/feed", body, "text/html"))
    assert library.reading.counts().articles == 0


def test_a_page_that_does_not_say_so_is_one(library: Library, site: Site) -> None:
    body = page().replace(b"<html>", b"").replace(b"</html>", b"")
    library.saving.save_page(site.has("/p", body, "text/html"))
    assert library.reading.get_article(1).text.count(WORDS) == 8


def test_the_wishes_of_a_site_to_which_a_page_was_moved_count(library: Library, site: Site) -> None:
    robots(site, "User-agent: *\nDisallow: /private")
    site.has("/private/p", page(), "text/html")
    with pytest.raises(NotFetchedError) as caught:
        library.saving.save_page(site.redirects("/p", 302, "/private/p"))
    assert "robots.txt" in caught.value.reason
    site.has("/open/p", page(), "text/html")
    library.saving.save_page(site.redirects("/q", 302, "/open/p"))
    assert library.reading.counts().articles == 1


def test_saving_is_stopped_before_anything_is_stored(library: Library, site: Site) -> None:
    with pytest.raises(FetchStoppedError):
        library.saving.save_page(site.has("/p", page(), "text/html"), stop=lambda: True)
    assert library.reading.counts().articles == 0


@pytest.mark.parametrize("change", ["port", "removed", "public"])
def test_an_entry_leads_to_this_machine_only_on_the_server_of_its_feed(
    library: Library, site: Site, change: str
) -> None:
    with Site() as inner:
        inner.has("/a", page(), "text/html")
        target = (inner if change == "port" else site).url("/").encode()
        site.has("/a", page(), "text/html")
        body = rss(*entries("a")).replace(b"http://skerry.example/", target)
        library.subscribing.subscribe(site.has("/feed", body))
        if change == "removed":
            library.subscribing.remove("skerry")
        elif change == "public":
            library.subscribing.set("skerry", private=False)
        with pytest.raises(NotFetchedError):
            library.saving.read_full_text(1)
        assert inner.asked == []
        assert "/a" not in site.asked


def test_an_entry_cannot_lead_to_another_server_of_the_local_network(
    library: Library, site: Site
) -> None:
    with Site() as inner:
        inner.has("/a", page(), "text/html")
        target = inner.url("/").replace("127.0.0.1", "localhost").encode()
        body = rss(*entries("a")).replace(b"http://skerry.example/", target)
        library.subscribing.subscribe(site.has("/feed", body))
        with pytest.raises(NotFetchedError):
            library.saving.read_full_text(1)
        assert inner.asked == []


class Painted(Parsing):
    """Takes everything for a picture of one white point."""

    def read_picture(self, data: bytes, *, url: str) -> Pixels:
        if data.startswith(b"<"):
            raise ImportItemError(url, "not a picture")
        return Pixels(1, 1, b"\xff" * 3)


def test_a_picture_is_fetched_where_its_article_may_lead(
    library: Library, site: Site, clock: Clock, tmp_path: Path
) -> None:
    library.subscribing.subscribe(site.has("/feed", rss(*entries("a"))))
    mine = 1
    network = Network(lambda: Client(deadline=2.0, environment={}))
    saving = Saving(library.store, network, Painted(tmp_path), clock)
    picture = site.has("/p.png", b"points", "text/plain")
    assert saving.read_picture(mine, picture) == Pixels(1, 1, b"\xff" * 3)
    site.does("/big.png", lambda _: answer(200, b"", "Content-Length: 1073741824", length=False))
    reasons = {
        site.has("/page.png", b"<html>", "image/png"): "not a picture",
        site.url("/none.png"): "HTTP 404",
        site.url("/big.png"): str(Problem.TOO_LARGE),
        "file:///etc/passwd": str(Problem.BAD_ADDRESS),
        "http://127.0.0.1:1/p.png": str(Problem.PRIVATE_ADDRESS),
    }
    for url, reason in reasons.items():
        with pytest.raises(PictureError) as caught:
            saving.read_picture(mine, url)
        assert reason in caught.value.reason
    robots(site, "User-agent: *\nDisallow: /\n")
    with pytest.raises(PictureError, match="robots"):
        library.saving.read_picture(mine, picture)
    with pytest.raises(ArticleNotFoundError):
        saving.read_picture(99, picture)
