"""Documents cut, spliced and changed at random: nothing but the one error comes out."""

from __future__ import annotations

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.clean import has_unsafe
from reader.errors import ImportItemError
from reader.feeds import ParsedFeed
from reader.ingest.feed import is_feed
from reader.model import Markup, Span
from tests.reader.ingest.feed.documents import MODULES, atom, parse, rss
from tests.reader.ingest.feed.test_kinds import CDF, JSON, OLD_ATOM, RDF

DOCUMENTS = [
    RDF,
    OLD_ATOM,
    CDF,
    JSON,
    rss(
        "<title>Ferry &amp;amp; quay</title><link>/a</link><guid>1</guid>"
        "<content:encoded><![CDATA[<p>KYIV, Ukraine (AP) — <b>Text</b></p>]]></content:encoded>"
        "<pubDate>Fri, 08 Mar 2024 12:00:00 GMT</pubDate><enclosure url='a.mp3' type='x'/>",
        "<media:group><media:content url='b'/></media:group>&nbsp;&#27;",
    ),
    atom(
        '<title type="html">&lt;b&gt;x&lt;/b&gt;</title><link href="/b"/><id>2</id>'
        '<content type="xhtml" xml:base="c/"><div><p>Text<br/></p></div></content>'
        "<author><name>Ada</name></author><updated>2024-03-08T12:00:00Z</updated>"
    ),
]
PIECES = [
    *"<>&;\"'=/![]-",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE x [",
    "<!ENTITY a SYSTEM 'file:///etc/passwd'>",
    "&a;",
    "&#0;",
    "&#xD800;",
    "<item>",
    "</item>",
    "<entry",
    "</channel>",
    f"<rss {MODULES}>",
    "<?xml version='1.0' encoding='utf-16'?>",
    "\x00",
    "\x9b31m",
    "\u202e",
    "\U0010ffff",
    "NaN",
    "[" * 50,
    '{"items":',
]

pieces = st.sampled_from(PIECES) | st.text(max_size=5)
changes = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), pieces), max_size=8)


def changed(document: str, edits: list[tuple[float, int, str]]) -> str:
    for where, length, piece in edits:
        at = int(where * len(document))
        document = document[:at] + piece + document[at + length :]
    return document


def check(data: bytes, charset: str = "") -> None:
    is_feed(data[:512])
    started = time.process_time()
    try:
        parsed = parse(data, charset=charset)
    except ImportItemError:
        return
    finally:
        assert time.process_time() - started < 2
    check_parsed(parsed)


def check_parsed(parsed: ParsedFeed) -> None:
    for draft in parsed.drafts:
        assert draft.title or draft.text
        lines = (draft.title, draft.guid, draft.url, draft.lang, draft.dateline, *draft.authors)
        assert not any(has_unsafe(line) for line in (*lines, draft.text))
        spans: tuple[Span | Markup, ...] = (*draft.headings, *draft.markup)
        assert all(0 <= span.start < span.end <= len(draft.text) for span in spans)
        assert not draft.url or draft.url.partition(":")[0].lower() in (
            "http",
            "https",
            "gemini",
            "gopher",
            "ftp",
        )
    assert all(failure.item.startswith(("entry ", "document")) for failure in parsed.failures)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(DOCUMENTS), changes)
def test_changed_documents(document: str, edits: list[tuple[float, int, str]]) -> None:
    check(changed(document, edits).encode("utf-8", "replace"))


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.sampled_from(DOCUMENTS),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_spliced_documents(first: str, second: str, cut: float, other: float) -> None:
    check((first[: int(cut * len(first))] + second[int(other * len(second)) :]).encode())


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(DOCUMENTS),
    st.sampled_from(["utf-8", "utf-16", "utf-16-le", "cp1252", "utf-32", "iso-2022-jp"]),
    st.sampled_from(["", "utf-8", "utf-16", "utf-7", "cp037", "idna", "zlib", "\x00", "big5"]),
    st.floats(0, 1),
    st.binary(max_size=4),
)
def test_bytes_put_in(
    document: str, codec: str, charset: str, where: float, inserted: bytes
) -> None:
    data = document.encode(codec, "replace")
    at = int(where * len(data))
    check(data[:at] + inserted + data[at:], charset)


@settings(max_examples=150, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_pieces_alone(parts: list[str]) -> None:
    check("".join(("<rss>", *parts)).encode("utf-8", "replace"))
