"""Hostile pages and web archives."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from typing import Any

from tests.hostile.attacks import TERMINAL
from tests.hostile.cases import (
    CANARY_FILE,
    CANARY_URL,
    CANARY_WORDS,
    Case,
    always,
    around,
    before,
    link,
    page,
    prose,
)


def _case(name: str, body: str = "", head: str = "", **more: Any) -> Case:
    return Case(
        f"{name}.html",
        always(page(name, body, head)),
        titles=(before(name),),
        texts=(prose(name, "one"), prose(name, "four")),
        never=("stolen(", CANARY_WORDS),
        **more,
    )


def _lost(name: str, make: Callable[[], bytes], **more: Any) -> Case:
    """A page of which nothing need come but a report."""
    return Case(f"{name}.html", make, **more)


def _deep(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + "deep" + f"</{tag}>" * depth


def _encoded(name: str, encoding: str, declared: str) -> Case:
    text = page(name, "<p>“Smart” – naïve café</p>", f"<meta charset='{declared}'>")
    return Case(
        f"{name}.html",
        always(text.encode(encoding)),
        titles=(before(name),),
        texts=("“Smart” – naïve café",),
    )


def _page_cases() -> tuple[Case, ...]:
    links = "".join(f"<a href='/l{n}'>link {n}</a> " for n in range(20_000))
    table = "<table>" + "<tr>" + "<td>cell</td>" * 300 + "</tr>" * 60 + "</table>"
    return (
        _case(
            "page-scripts",
            "<script>stolen(1)</script><a href='javascript:x'>y</a>"
            "<svg onload='stolen(1)'><style>stolen(1)</style></svg><template>stolen(1)</template>",
        ),
        _case("page-nested-100000", _deep("div", 100_000)),
        _case("page-inline-nested", _deep("b", 30_000)),
        _case("page-lists-nested", _deep("ul><li", 5_000)),
        _case("page-quotes-nested", _deep("blockquote", 5_000)),
        _case("page-tables-nested", "<table><tr><td>" * 2_000 + "deep"),
        _case("page-long-attribute", f"<p title='{'x' * 1_000_000}'>Between.</p>"),
        _case(
            "page-many-attributes", f"<p {' '.join(f'a{n}=1' for n in range(8_000))}>Between.</p>"
        ),
        _case("page-links", links),
        _case("page-table", table),
        _case(
            "page-wide-span", "<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>"
        ),
        _case("page-never-closed", "<p>" * 20_000 + "<a href='x'>" * 5_000),
        _case(
            "page-references", "&#27;[2J&#x9b;31m&#0;&#xD800;&#x110000;&#99999999999;&nbsp;" * 50
        ),
        _case(
            "page-base",
            "<a href='x'>y</a>",
            f"<base href='javascript:alert(1)'><base href='file://{CANARY_FILE}'>",
        ),
        _case("page-refresh", "", f"<meta http-equiv='refresh' content='0;url={CANARY_URL}'>"),
        _case(
            "page-resources",
            f"<img src='{CANARY_URL}i'><iframe src='{CANARY_URL}f'></iframe>"
            f"<object data='file://{CANARY_FILE}'></object>",
            f"<link rel=stylesheet href='{CANARY_URL}'>",
        ),
        _case("page-comments", "<!--" * 5_000 + "-->" + "<!-- a -- b --> <![CDATA[ x ]]> <? y ?>"),
        _case("page-odd-tags", "<h<b>x</h<b><p\"b>y<a'b>z<h1<p>w<é>v<ul\x0b>u<b&#x18;>t<table;a>s"),
        _lost("page-odd-start", always("<!DOCTYPE html><h<ype>" + "<p>some words</p>" * 9)),
        _lost("page-odd-form", always('<html><body><f"orm>Name <input></form></body></html>')),
        _lost("page-odd-root", always(page("page-odd-root").replace("<html", "<h<tml"))),
        _lost("page-odd-head", always(page("page-odd-head").replace("<head", "<hea<!doctype"))),
        _case("page-doctype", "<!DOCTYPE html [<!ENTITY a 'x'>]>" * 50),
        _case("page-nul", "<p>nul\x00 nul</p>"),
        _case(
            "page-addresses",
            "".join(
                f"<a href='{a}'>a</a>"
                for a in (
                    "data:x",
                    "file:///etc/passwd",
                    "//e.example",
                    "http://[",
                    "x" * 90_000,
                    "\x1b]52;x",
                )
            ),
        ),
        _case("page-pre", "<pre>" + "a\tb\n" * 30_000 + "</pre>"),
        _case("page-breaks", "<br>" * 50_000),
        _case("page-image-data", f"<img src='data:image/png;base64,{'A' * 500_000}'>"),
        _encoded("page-cp1252-as-latin", "cp1252", "iso-8859-1"),
        _encoded("page-cp1252-as-utf-8", "cp1252", "utf-8"),
        _encoded("page-utf-8-as-latin", "utf-8", "iso-8859-1"),
        _encoded("page-utf-8-as-rot13", "utf-8", "rot13"),
        _encoded("page-utf-16", "utf-16", "utf-16"),
        _lost("page-brackets", always("<html><body>" + "<" * 1_000_000), alone=True),
        _lost("page-open-tags", always("<html><body>" + "<a " * 300_000), alone=True),
        _lost("page-one-word", always("<html><body><p>" + "w" * 5_000_000), alone=True),
        _lost("page-empty", always("<html></html>"), named=True),
        _lost("page-cut", always(page("page-cut")[:200])),
        _lost(
            "page-login", always("<html><body><form>Name <input></form></body></html>"), named=True
        ),
        _lost(
            "page-all-tags", always("<!DOCTYPE html>" + "".join(f"<t{n}>" for n in range(60_000)))
        ),
        _lost(
            "page-large",
            lambda: page("page-large", "<p>word word</p>" * 2_500_000).encode(),
            named=True,
            alone=True,
            slow=True,
        ),
        _lost("page-references-long", always("<html><p>" + "&amp" * 400_000), alone=True),
        _lost(
            "page-paragraphs",
            always(page("page-paragraphs", "<p>A short one.</p>" * 100_000)),
            alone=True,
            slow=True,
        ),
    )


def _warc_record(
    kind: str,
    place: str,
    body: bytes,
    *,
    length: int | None = None,
    more: str = "",
    kind_of_content: str = "application/http; msgtype=response",
) -> bytes:
    size = len(body) if length is None else length
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(body):08x}-0-0-0-0>\r\n"
        f"WARC-Date: 2023-08-08T06:00:00Z\r\nWARC-Target-URI: {place}\r\n"
        f"Content-Type: {kind_of_content}\r\n{more}Content-Length: {size}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def _http(text: str | bytes, more: str = "Content-Type: text/html; charset=utf-8\r\n") -> bytes:
    data = text.encode() if isinstance(text, str) else text
    return f"HTTP/1.1 200 OK\r\n{more}\r\n".encode() + data


def _archive(name: str, *bad: bytes) -> bytes:
    one, two = (
        _warc_record(
            "response",
            link(name, title[10:15]),
            _http(
                page(f"{name}-{n}", title=title).replace(
                    link(f"{name}-{n}", "page"), link(name, title[10:15])
                )
            ),
        )
        for n, title in enumerate(around(name))
    )
    return b"".join((one, *bad, two))


def _warc(name: str, *bad: bytes, **more: Any) -> Case:
    return Case(f"{name}.warc", always(_archive(name, *bad)), titles=around(name), **more)


def _warc_cases() -> tuple[Case, ...]:
    def evil(place: str, body: bytes, **more: Any) -> bytes:
        return _warc_record("response", place, body, **more)

    whole = gzip.compress(_archive("warc-gz-cut"), mtime=0)
    chunked = "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"
    packed = "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"
    bomb = gzip.compress(b"<p>boat</p>" * 4_000_000, 9, mtime=0)
    places = (
        "file:///etc/passwd",
        "javascript:alert(1)",
        f"https://x.example/{TERMINAL}",
        "",
        "x" * 9_000,
    )
    return (
        _warc("warc-good"),
        _warc(
            "warc-places",
            *(evil(place, _http(page(f"warc-place-{n}"))) for n, place in enumerate(places)),
            never=("javascript:", "file:///etc"),
        ),
        _warc(
            "warc-chunks",
            evil("https://c.example/", _http("zz\r\nxx\r\nFFFFFFFFFFFFFFFF\r\n", chunked)),
        ),
        _warc("warc-packed", evil("https://g.example/", _http(b"\x1f\x8bnot gzip", packed))),
        _warc("warc-bomb", evil("https://b.example/", _http(bomb, packed)), alone=True),
        _warc(
            "warc-kinds",
            _warc_record("request", "https://k.example/", b"GET / HTTP/1.1\r\n\r\n"),
            _warc_record("metadata", "x:", b"\x00\xff"),
            _warc_record("strange", "y:", b""),
        ),
        _warc(
            "warc-status",
            evil("https://s.example/", b"HTTP/9.9 abc\r\n\r\n"),
            evil("https://t.example/", b""),
        ),
        _warc(
            "warc-date",
            evil("https://d.example/", _http(page("warc-dated"))).replace(
                b"2023-08-08T06:00:00Z", b"2023-99-99"
            ),
        ),
        Case(
            "warc-short.warc",
            always(_archive("warc-short") + evil("https://e.example/", b"x", length=90_000)),
            titles=around("warc-short"),
        ),
        Case(
            "warc-length-wrong.warc",
            always(
                _archive(
                    "warc-length-wrong", evil("https://l.example/", _http("x" * 500), length=20)
                )
            ),
            titles=around("warc-length-wrong"),
        ),
        Case(
            "warc-length-negative.warc",
            always(_archive("warc-length-negative", evil("https://n.example/", b"x", length=-5))),
            titles=(before("warc-length-negative"),),
        ),
        Case(
            "warc-length-huge.warc",
            always(_archive("warc-length-huge", evil("https://h.example/", b"x", length=10**30))),
            titles=(before("warc-length-huge"),),
        ),
        Case("warc-garbage.warc", always(b"WARC/1.0\r\n" + b"\xff\x00garbage" * 900), named=True),
        Case("warc-headers.warc", always(b"WARC/1.0\r\n" + b"A: b\r\n" * 50_000), named=True),
        Case(
            "warc-gz.warc.gz",
            always(gzip.compress(_archive("warc-gz"), mtime=0)),
            titles=around("warc-gz"),
        ),
        Case(
            "warc-gz-cut.warc.gz",
            always(whole[: len(whole) * 9 // 10]),
            titles=(before("warc-gz-cut"),),
        ),
        Case(
            "warc-deep.warc",
            always(_archive("warc-deep", evil("https://q.example/", _http(_deep("div", 90_000))))),
            titles=around("warc-deep"),
        ),
    )


CASES: tuple[Case, ...] = (*_page_cases(), *_warc_cases())
