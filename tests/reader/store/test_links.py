"""Links that lead to one page have one form, and those that do not have others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.links import canonical_link, link_digest

PAGE = "https://gazette.example/news/storm?id=7"


@pytest.mark.parametrize(
    "url",
    [
        "http://gazette.example/news/storm?id=7",
        "HTTPS://WWW.Gazette.Example/news/storm?id=7",
        "https://gazette.example:443/news/storm?id=7",
        "http://gazette.example:80/news/storm/?id=7",
        "https://gazette.example./news/storm?id=7",
        "https://ann:secret@gazette.example/news/storm?id=7",
        "https://gazette.example/news/storm?utm_source=rss&id=7&utm_Medium=feed&fbclid=x",
        "https://gazette.example/news/storm?id=7&ref=twitter",
        "https://gazette.example/news/storm?id=7&&at_campaign=rss&mc_cid=1&MC_EID=2&gclid",
        "https://gazette.example/news/storm?id=7#xtor=RSS-1",
        "https://gazette.example/news/storm?id=7#utm_source=rss",
        "https://gazette.example/news/storm?id=7#:~:text=storm",
        "https://gazette.example/news/storm?id=7#",
        "  https://gazette.example/news/storm?id=7 ",
    ],
)
def test_one_page(url: str) -> None:
    assert canonical_link(url) == canonical_link(PAGE) == "gazette.example/news/storm?id=7"
    assert link_digest(url) == link_digest(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://gazette.example/news/Storm?id=7",
        "https://gazette.example/news/storm?id=8",
        "https://gazette.example/news/storm?id=7&page=2",
        "https://gazette.example/news/storm?page=2&id=7",
        "https://gazette.example/news/storm?id=7&ref=1234",
        "https://gazette.example/news/storm?id=7#comment-5",
        "https://gazette.example:8080/news/storm?id=7",
        "https://www2.gazette.example/news/storm?id=7",
        "ftp://gazette.example/news/storm?id=7",
        "",
    ],
)
def test_another_page(url: str) -> None:
    assert link_digest(url) != link_digest(PAGE)


@pytest.mark.parametrize(
    "url",
    ["urn:isbn:1", "tag:gazette.example,2023:1", "mailto:a@b.example", "magnet:?xt=1&utm_x=2"],
)
def test_what_is_no_page_stays_as_it_is(url: str) -> None:
    assert canonical_link(url) == url


def test_a_home_page_is_its_host() -> None:
    assert canonical_link("https://www.gazette.example/?utm_source=rss") == "gazette.example"


WORDS = st.text("abcXYZ019-_.~%+äß\u4e2d", max_size=12)


@given(WORDS, WORDS, st.sampled_from(["utm_id=1", "fbclid=x", "ref=rss", "xtor=RSS-3"]))
def test_what_tracks_makes_no_other_page(path: str, query: str, tracking: str) -> None:
    plain = f"https://skerry.example/{path}?q={query}"
    for tracked in (
        f"http://www.skerry.example/{path}?q={query}&{tracking}",
        f"https://skerry.example/{path}?{tracking}&q={query}",
    ):
        assert link_digest(tracked) == link_digest(plain)
    assert link_digest(f"{plain}x") != link_digest(plain)


@given(st.text(max_size=40), st.sampled_from(["http://", "https://www.", ""]))
def test_any_text_has_a_form(rest: str, start: str) -> None:
    assert len(link_digest(start + rest + "\ud800")) == 8
