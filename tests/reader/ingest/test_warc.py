"""Web archives: pages in records, whole and broken ones."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader, BytesIO, RawIOBase
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from reader.errors import ImportItemError
from reader.ingest.reasons import Reason
from reader.ingest.warc import read_warc
from reader.model import Draft

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LATEST = datetime(2030, 1, 1, tzinfo=UTC)
URL = "https://news.example/boats"
HTML = b"<title>Boats</title><p>The boats are late today.</p>"
TEXT = "The boats are late today."


def record(
    body: bytes = HTML,
    *,
    kind: str = "response",
    status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8\r\n",
    fields: str = f"WARC-Target-URI: {URL}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n",
    length: int | None = None,
) -> bytes:
    block = body
    if kind == "response":
        block = f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body
    stated = len(block) if length is None else length
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {stated}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def read(data: bytes) -> Iterator[tuple[str, Draft | str]]:
    for item, make in read_warc(BufferedReader(BytesIO(data)), latest=LATEST):
        try:
            yield item, make()
        except ImportItemError as error:
            yield item, error.reason


def texts(data: bytes) -> list[str]:
    return [one.text if isinstance(one, Draft) else one for _, one in read(data)]


def test_a_page_with_its_address_and_the_moment_it_was_saved() -> None:
    ((item, draft),) = read(record())
    assert isinstance(draft, Draft)
    assert item == "record 1"
    assert (draft.title, draft.text, draft.url) == ("Boats", TEXT, URL)
    assert draft.added == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert draft.published is None


# Its writer leaves temporary files to the collector.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_another_program_writes_is_read() -> None:
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "x"}))
    for number in range(3):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        page = BytesIO(HTML.replace(b"today", str(number).encode()))
        writer.write_record(
            writer.create_warc_record(f"{URL}{number}", "response", page, http_headers=headers)
        )
    assert texts(out.getvalue()) == [f"The boats are late {number}." for number in range(3)]
    assert texts(gzip.decompress(out.getvalue())) == texts(out.getvalue())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(HTML), "Content-Encoding: gzip\r\n"),
        (zlib.compress(HTML), "Content-Encoding: deflate\r\n"),
        (zlib.compress(HTML)[2:-4], "Content-Encoding: deflate\r\n"),
        (HTML, "Content-Encoding: gzip\r\n"),
        (b"a\r\n" + HTML[:10] + b"\r\n1000;x=y\r\n" + HTML[10:], "Transfer-Encoding: chunked\r\n"),
        (b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML), "Transfer-Encoding: chunked\r\n"),
        (HTML, "Transfer-Encoding: chunked\r\n"),
    ],
    ids=["gzip", "zlib", "deflate", "unpacked", "chunks cut short", "chunks", "no chunks"],
)
def test_bodies_as_they_were_sent(body: bytes, headers: str) -> None:
    assert texts(record(body, headers=f"Content-Type: text/html\r\n{headers}")) == [TEXT]


@pytest.mark.parametrize(
    "other",
    [
        record(kind="request"),
        record(kind="warcinfo"),
        record(status="404 Not Found"),
        record(status="301 Moved"),
        record(headers="Content-Type: image/png\r\n"),
        record(headers=""),
        b"\r\n\r\nwhat is no record\r\n",
    ],
)
def test_what_is_no_page_is_passed_over(other: bytes) -> None:
    assert texts(other + record() + other) == [TEXT]


def test_a_resource_is_a_page_without_an_answer_around_it() -> None:
    fields = f"WARC-Target-URI: <{URL}>\r\nContent-Type: text/html\r\n"
    ((_, draft),) = read(record(kind="resource", fields=fields))
    assert isinstance(draft, Draft)
    assert (draft.text, draft.url, draft.added) == (TEXT, URL, None)


@pytest.mark.parametrize(
    "written", ["2077-01-01T00:00:00Z", "yesterday", "", "0001-01-01T00:00:00+14:00"]
)
def test_moments_that_cannot_be(written: str) -> None:
    ((_, draft),) = read(record(fields=f"WARC-Date: {written}\r\n"))
    assert isinstance(draft, Draft)
    assert draft.added is None


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (record(length=10_000_000), Reason.DAMAGED),
        (record().replace(b"Content-Length", b"Content-Size"), Reason.DAMAGED),
        (b"WARC/1.0\r\n" + b"x" * 100_000 + b"\r\n\r\n", Reason.DAMAGED),
        (record(b"<p>"), Reason.NO_CONTENT),
        (record(b"<p>" + b"x " * 10_000_000), Reason.TOO_LARGE),
        (
            record(zlib.compress(b"<p>" + b" x" * 20_000_000),
                   headers="Content-Type: text/html\r\nContent-Encoding: deflate\r\n"),
            Reason.TOO_LARGE,
        ),
        (record(headers="Content-Type: text/html\r\nContent-Encoding: br\r\n"), Reason.BINARY),
    ],
    ids=["too long", "no length", "endless head", "empty", "large", "expanding", "unknown"],
)  # fmt: skip
def test_broken_records_are_named_and_those_after_them_read(broken: bytes, reason: str) -> None:
    assert texts(record() + broken + record()) == [TEXT, reason, TEXT]


def test_the_rest_of_a_file_that_is_cut_short() -> None:
    assert texts(record() + record()[:-20]) == [TEXT, Reason.DAMAGED]
    packed = gzip.compress(record()) + gzip.compress(record())[:-30]
    with pytest.raises(ImportItemError) as caught:
        texts(packed)
    assert caught.value.reason == Reason.DAMAGED


@pytest.mark.parametrize("data", [b"", b"no archive\n" * 10])
def test_no_archive_at_all(data: bytes) -> None:
    with pytest.raises(ImportItemError) as caught:
        texts(data)
    assert caught.value.reason == Reason.NOTHING


class Endless(RawIOBase):
    """Records one after the other, up to `count`, of which only one is in memory."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._record = record(b"<p>" + b"word " * 100_000)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        room = memoryview(buffer)
        if not self._rest and self._left:
            self._left -= 1
            self._rest = self._record
        size = min(len(room), len(self._rest))
        room[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def test_one_record_is_in_memory_at_a_time() -> None:
    tracemalloc.start()
    try:
        items = read_warc(BufferedReader(Endless(60)), latest=LATEST)
        assert sum(1 for _ in items) == 60
        assert tracemalloc.get_traced_memory()[1] < 10_000_000
    finally:
        tracemalloc.stop()


def test_records_that_all_say_they_are_longer_take_linear_time() -> None:
    data = record(b"<p>x", length=10_000_000) * 20_000
    before = time.process_time()
    assert set(texts(data)) <= {Reason.DAMAGED, "x"}
    assert time.process_time() - before < 8


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=8)), max_size=6))
def test_bytes_that_changed_end_nothing_but_records(changes: list[tuple[int, bytes]]) -> None:
    data = record() * 3
    for at, change in changes:
        data = data[:at] + change + data[at + len(change) :]
    assert texts(data + record() + record())[-1] == TEXT
