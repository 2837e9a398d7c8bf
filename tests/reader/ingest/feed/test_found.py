"""Feeds that pages name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.feed import find_feeds

PAGE = "https://news.example/world/index.html"


def addresses(page: str) -> list[str]:
    return [feed.url for feed in find_feeds(page.encode(), url=PAGE)]


def test_the_head_counts_before_links_and_comments_come_last() -> None:
    page = """<html><head>
    <link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
    <link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/5">
    <link rel="alternate" type="application/json" href="/feed.json">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title="All &amp; more"
      href="atom.xml">
    <link rel="stylesheet" href="/feed.css"><link rel="alternate" hreflang="de" href="/de/">
    </head><body><a href="/about">About RSS</a><a href="/world/rss">World</a>
    <a href="https://feeds.example/x">Feed</a><a href="/x" type="application/rss+xml">X</a>
    </body></html>"""
    found = find_feeds(page.encode(), url=PAGE)
    assert [feed.url for feed in found] == [
        "https://news.example/world/atom.xml",
        "https://news.example/comments/feed/",
        "https://news.example/feed.json",
        "https://news.example/x",
        "https://news.example/world/rss",
        "https://feeds.example/x",
    ]
    assert [feed.title for feed in found[:2]] == ["All & more", "Comments"]
    assert found[4].title == "World"


def test_addresses_start_from_the_base_of_the_page() -> None:
    page = '<base href="https://cdn.example/a/"><link rel="feed" href="b.xml">'
    assert addresses(page) == ["https://cdn.example/a/b.xml"]


def test_only_addresses_of_the_web_each_once_at_most_twenty() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="%s">'
    page = "".join(link % url for url in ("javascript:1", "feed:x", "file:///feed", "/a", "/a", ""))
    assert addresses(page) == ["https://news.example/a"]
    assert len(addresses("".join(link % f"/{n}" for n in range(50)))) == 20


def test_titles_are_clean_and_pages_are_decoded() -> None:
    page = '<meta charset="x"><link rel="feed" href="/f" title="Fähre \x1b[31m">'
    (found,) = find_feeds(page.encode("cp1252"), url=PAGE)
    assert found.title == "Fähre"


def test_the_encoding_that_a_page_declares() -> None:
    page = '<meta charset="windows-1251"><link rel="feed" href="/f" title="Паром">'
    assert find_feeds(page.encode("windows-1251"), url=PAGE)[0].title == "Паром"


def test_what_is_no_page_names_no_feed() -> None:
    for data in (b"", b" ", b"\x00\xff", b"plain text", b"<!-- a -->", b"{}"):
        assert find_feeds(data, url=PAGE) == ()


@given(st.binary(max_size=200) | st.text(alphabet="<>/a href='\"=linkrelfdbs:&#x0", max_size=200))
def test_nothing_raises(page: bytes | str) -> None:
    data = page if isinstance(page, bytes) else page.encode()
    find_feeds(data, url=PAGE)
