"""Valid documents of each format, damaged: only items and named failures come of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.feeds import Subscription
from reader.ingest import FoundFile, read_file
from reader.ingest.reasons import Reason
from reader.model import Draft, ImportFailure
from tests.hostile.attacks import FORBIDDEN
from tests.hostile.cases import atom, json_feed, lines, mbox, opml, page, rss
from tests.hostile.corpus import CASES
from tests.hostile.packed import gzipped

EXAMPLES = 40
"""Damaged documents of each format at each run."""

SPLICES = (
    b"<", b">", b"&", b"&#0;", b"&#xD800;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<!DOCTYPE a [",
    b"<?", b"'", b'"', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x1b]52;c;x\x07",
    b"\xc2\x9b31m", b"\n\n", b"\nFrom x@y Tue Aug  8 06:00:00 2023\n", b"{", b"}", b"[" * 300, b",",
    b"NaN", b"9" * 4_500, b"\\ud800", b"null", b"<div>" * 300, b"</", b"=?utf-7?B?", b"--b", b"\r",
    b"Content-Length: -1\r\n", b"charset=rot13", b"encoding='utf-7'", b"PK\x03\x04",
    b"\x1f\x8b\x08",
)  # fmt: skip


def _of_case(name: str) -> Callable[[], bytes]:
    return next(case.make for case in CASES if case.name == name)


def _zipped() -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("a.xml"), rss("zipped"))
        file.writestr(zipfile.ZipInfo("b.jsonl"), lines("zipped"))
    return held.getvalue()


DOCUMENTS: dict[str, bytes] = {
    "feed.xml": rss("fuzz").encode(),
    "feed.atom": atom("fuzz").encode(),
    "feed.json": json_feed("fuzz").encode(),
    "list.opml": opml("fuzz").encode(),
    "page.html": page("fuzz", "<ul><li>a<table><tr><td>b</table><pre>c</pre>").encode(),
    "letters.mbox": mbox("fuzz").encode(),
    "records.jsonl": lines("fuzz").encode(),
    "archive.warc": _of_case("warc-good.warc")(),
    "archive.warc.gz": _of_case("warc-gz.warc.gz")(),
    "cache.db": _of_case("db-good.db")(),
    "table.csv": _of_case("table-mark.csv")(),
    "pocket.csv": _of_case("pocket.csv")(),
    "instapaper.csv": _of_case("instapaper.csv")(),
    "wallabag.json": _of_case("wallabag-odd.json")(),
    "marks.html": _of_case("marks-dates.html")(),
    "pocket.html": _of_case("pocket-page.html")(),
    "urls": b'https://a.example/ "~A" tag\nhttps://b.example/ ! "b c"\nquery:x:y\n',
    "feed.xml.gz": gzipped(rss("fuzz-gz").encode()),
    "all.zip": _zipped(),
}


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """`whole` with a few of its bytes changed, cut out, doubled, or put between."""
    data = whole
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        way = draw(st.sampled_from(("put", "change", "cut", "double", "end")))
        if way == "put":
            data = data[:start] + draw(st.sampled_from(SPLICES)) + data[start:]
        elif way == "change":
            data = data[:start] + draw(st.binary(min_size=1, max_size=8)) + data[end:]
        elif way == "cut":
            data = data[:start] + data[end:]
        elif way == "double":
            data = data[:end] + data[start:end] * draw(st.integers(1, 40)) + data[end:]
        else:
            data = data[: start or 1]
    return data


@pytest.mark.parametrize("name", DOCUMENTS)
def test_only_items_and_named_failures_come(name: str, tmp_path: Path) -> None:
    path = tmp_path / name

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(damaged(DOCUMENTS[name]))
    def check(data: bytes) -> None:
        path.write_bytes(data)
        for item in read_file(FoundFile(path)):
            _check_item(item)

    check()


def _check_item(item: object) -> None:
    if isinstance(item, ImportFailure):
        assert item.reason
        assert item.reason != Reason.UNEXPECTED
        return
    assert isinstance(item, Draft | Subscription), item
    if isinstance(item, Draft):
        said = (item.title, item.text, item.source, item.url, item.guid, item.lang, item.origin)
        more = (*item.authors, *item.tags, *(one.target for one in item.markup))
        assert not FORBIDDEN.search("".join((*said, *more, *(a.url for a in item.attachments))))
        assert all(0 <= m.start < m.end <= len(item.text) for m in item.markup)
        assert all(0 <= m.start < m.end <= len(item.text) for m in item.headings)
