"""What a page states about itself."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.ingest.headers import Meta
from reader.ingest.html.facts import Page, read_facts

LATEST = datetime(2030, 1, 1, tzinfo=UTC)
URL = "https://www.news.example/2021/boats"


def read(html: str, url: str = URL) -> Page:
    return read_facts(html, url=url, latest=LATEST)


def meta(html: str, url: str = URL) -> Meta:
    return read(html, url).meta


def data(content: str) -> str:
    return f'<script type="application/ld+json">{content}</script>'


@pytest.mark.parametrize(
    ("html", "title"),
    [
        ("<title>Boats &amp; ships</title>", "Boats & ships"),
        ("<title>Boats - The Bay</title><h1>Boats</h1>", "Boats"),
        ("<title>Boats - The Bay</title><h1>One</h1><h1>Boats</h1>", "Boats"),
        ("<title>The Bay | Boats</title><meta property=og:site_name content='The Bay'>", "Boats"),
        ("<title>Rain - and wind</title>", "Rain - and wind"),
        ("<meta property='og:title' content='Boats'><h1>Other</h1>", "Boats"),
        ("<h1>Boats <b>at</b> sea</h1><title>Other</title>", "Boats at sea"),
        (data('{"@type": "NewsArticle", "headline": "Boats &amp; more"}'), "Boats & more"),
        ("<meta property='og:title' content='x\x1b[31m\u202ey'>", "xy"),
        ("<p>Text</p>", ""),
    ],
)
def test_titles(html: str, title: str) -> None:
    assert meta(html).title == title


@pytest.mark.parametrize(
    ("html", "published"),
    [
        ("<meta property=article:published_time content=2021-03-04T05:06:07+02:00>",
         "2021-03-04T03:06:07Z"),
        ("<meta name=date content='4 March 2021'>", "2021-03-04"),
        ("<meta name=citation_date content=2021-03>", "2021-03"),
        ("<meta itemprop=datePublished content=2021>", "2021"),
        ("<time pubdate datetime=2021-03-04>", "2021-03-04"),
        ("<time itemprop=datePublished datetime=2021-03-04>", "2021-03-04"),
        ("<time datetime=2021-03-04>4 March</time><time datetime=2021-03-04>", "2021-03-04"),
        ("<time datetime=2021-03-04>4 March</time><time datetime=2022-03-04>", None),
        (data('{"@graph": [{"@type": "Person"}, {"@type": ["Thing", "BlogPosting"],'
              ' "datePublished": "2021-03-04"}]}'), "2021-03-04"),
        (data('{"@type": "WebPage", "datePublished": "2021-03-04"}'), "2021-03-04"),
        (data('{"@type": "Article", "datePublished": 7}'), None),
        ("<meta name=date content=2077-01-01>", None),
        ("<meta name=date content=Thursday><meta name=pubdate content=2021-03-04>", "2021-03-04"),
        ("<meta property=article:modified_time content=2021-03-04><p>4 March 2021</p>", None),
    ],
)  # fmt: skip
def test_days_are_those_stated_and_no_others(html: str, published: str | None) -> None:
    found = meta(html).published
    assert (found.iso if found else None) == published


@pytest.mark.parametrize(
    ("html", "authors"),
    [
        ("<meta name=author content='By Ann Lee and Bo Ek'>", ("Ann Lee", "Bo Ek")),
        ("<meta property=article:author content='https://news.example/ann'>", ()),
        (data('{"@type": "Article", "author": {"name": "Ann Lee"}}'), ("Ann Lee",)),
        (data('{"@type": "Article", "author": [{"name": "Ann"}, "Bo", 3]}'), ("Ann", "Bo")),
        (data('{"@type": "Article", "author": []}') + "<meta name=author content=Cy>", ("Cy",)),
    ],
)
def test_authors(html: str, authors: tuple[str, ...]) -> None:
    assert meta(html).authors == authors


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("<meta property=og:site_name content='The Bay'>", "The Bay"),
        (data('{"@type": "Article", "publisher": [{"name": "The Bay"}]}'), "The Bay"),
        ("<meta name=application-name content='The Bay'>", "The Bay"),
        ("", "news.example"),
    ],
)
def test_sources(html: str, source: str) -> None:
    assert meta(html).source == source


@pytest.mark.parametrize(
    ("html", "lang"),
    [
        ("<html lang=en-GB>", "en-GB"),
        ("<html xml:lang=pt>", "pt"),
        ("<meta property=og:locale content=pt_BR>", "pt-BR"),
        ("", ""),
    ],
)
def test_languages(html: str, lang: str) -> None:
    assert meta(html).lang == lang


@pytest.mark.parametrize(
    ("html", "url", "address"),
    [
        ("<link rel=canonical href='https://news.example/2021/boats?id=1'>", URL,
         "https://news.example/2021/boats?id=1"),
        ("<link rel='shortlink canonical' href=/boats>", URL, "https://www.news.example/boats"),
        ("<link rel=canonical href='https://other.example/x'>", URL, URL),
        ("<link rel=canonical href=/>", URL, URL),
        ("<link rel=canonical href='javascript:x'>", URL, URL),
        ("<link rel=stylesheet href=/x.css>", URL, URL),
        ("<meta property=og:url content='https://www.news.example/o'>", URL,
         "https://www.news.example/o"),
        ("<link rel=canonical href='https://other.example/x'>", "", "https://other.example/x"),
        ("<link rel=canonical href=/x>", "", ""),
        ("<p>", "http://[::1/x", "http://[::1/x"),
    ],
)  # fmt: skip
def test_addresses(html: str, url: str, address: str) -> None:
    assert meta(html, url).url == address


def test_relative_addresses_start_from_the_base_that_the_page_states() -> None:
    assert read("<base href=/2020/>").base == "https://www.news.example/2020/"
    assert read("").base == URL
    assert read("<link rel=canonical href='https://b.example/x'>", "").base == "https://b.example/x"


@pytest.mark.parametrize(
    "content",
    ["", "[", "[" * 100_000, "7", '"x"', "null", '{"@type": {}}', "[[[[]]]]", '{"@graph": 3}'],
)
def test_data_that_describes_nothing(content: str) -> None:
    assert meta(data(content)) == Meta(source="news.example", url=URL)


def test_what_nobody_reads_is_cut_out_and_what_does_not_end_stays() -> None:
    html = "a<script>1</script>b<!-- x -->c<svg>d"
    assert read(html).html == "abc<svg>d"
