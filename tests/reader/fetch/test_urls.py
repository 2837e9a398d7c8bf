"""Addresses of documents: what is taken, and how it is written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.feeds import Problem
from reader.fetch.ending import FetchError
from reader.fetch.urls import follow, parse_target


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("http://news.example", "http://news.example/"),
        ("HTTP://News.Example:80/A?b#c", "http://news.example/A?b"),
        ("https://news.example:443?x", "https://news.example/?x"),
        ("https://news.example:8443/", "https://news.example:8443/"),
        ("http://ann:pw@news.example/", "http://news.example/"),
        ("http://a@b@news.example/", "http://news.example/"),
        ("http://bücher.example/ä?ö=ü", "http://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ('http://news.example/a"b<c>{d}|e^f`\\g', "http://news.example/a%22b%3Cc%3E%7Bd%7D%7Ce%5Ef%60%5Cg"),
        ("http://news.example/%7e%zz", "http://news.example/%7e%zz"),
        ("http://[2606:4700::1]:8080/", "http://[2606:4700::1]:8080/"),
        ("http://my_host.example./", "http://my_host.example./"),
        ("http://news.example:/x:y@", "http://news.example/x:y@"),
        ("http://①②⑦.0.0.1/", "http://127.0.0.1/"),
    ],
)  # fmt: skip
def test_addresses_are_written_one_way(url: str, written: str) -> None:
    assert parse_target(url).url == written


@pytest.mark.parametrize(
    "url",
    ["", "news.example", "//news.example/", "file:///etc/passwd", "ftp://news.example/",
     "http:news.example", "http:///x", "http://", "http://:80/",
     "http://news.example:0/", "http://news.example:65536/", "http://news.example:-1/",
     "http://news.example:8o/", "http://news.example:٨٠/", "http://a b.example/",
     "http://news.example/a b", "http://news.example/\r\nX: y", "http://news.example/\x00",
     "http://news.example/\x7f", "http://news.example/\u2028", "http://news.example/\ud800",
     " http://news.example/", "http://news.example/\u00a0", "http://[::1", "http://[v1.x]/",
     "http://[fe80::1%25eth0]/", "http://news%2eexample/", "http://news..example/",
     f"http://{'a' * 64}.example/", f"http://{'a.' * 130}example/", "http://xn--\u00fc\u00fc.-\u0378/",
     f"http://news.example/{'a' * 8192}", f"http://news.example/{'ä' * 3000}",
     "http://news.example\\@other.example/", "http://user:pa/ss@news.example/"],
)  # fmt: skip
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        parse_target(url)
    assert caught.value.failed.problem is Problem.BAD_ADDRESS


def test_names_and_passwords_are_as_they_were_meant() -> None:
    assert parse_target("http://ann:p%40ss@h.example/").authorization == "Basic YW5uOnBAc3M="
    assert parse_target("http://ann@h.example/").authorization == "Basic YW5uOg=="
    assert parse_target("http://@h.example/").authorization == ""
    assert parse_target("http://é:ü@h.example/").authorization == "Basic w6k6w7w="


def test_nothing_secret_is_in_the_representation() -> None:
    shown = repr(parse_target("http://ann:lighthouse@h.example/?token=beacon"))
    assert "h.example" in shown
    assert not {word for word in ("ann", "lighthouse", "beacon", "YW5u") if word in shown}


@given(st.text() | st.text().map("http://".__add__) | st.text().map("http://h.example/".__add__))
def test_any_text_is_an_address_that_can_be_sent_or_none(url: str) -> None:
    try:
        target = parse_target(url)
    except FetchError:
        return
    assert re.fullmatch(r"[!-~]+", target.url)
    assert target.path.startswith("/")
    assert parse_target(target.url).url == target.url


@given(st.text(st.characters(max_codepoint=255)))
def test_any_header_is_a_redirect_that_can_be_sent_or_none(location: str) -> None:
    start = parse_target("http://ann:pw@h.example/a/b?c")
    try:
        target = follow(start, location)
    except FetchError:
        return
    assert target.authorization == ""
    assert re.fullmatch(r"[!-~]+", target.url)
