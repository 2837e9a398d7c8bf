"""Which encoding a document is read in, and what is made of damaged ones."""

from __future__ import annotations

import pytest

from reader.ingest.feed.encoding import to_utf8
from tests.reader.ingest.feed.documents import one, parse

TEXT = "Fähre „Möwe“ spät"


def document(title: str, declared: str = "") -> str:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f"{declaration}<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "us-ascii", "nonsense", "utf-7"])
@pytest.mark.parametrize("charset", ["", "us-ascii", "iso-8859-1", "windows-1251", "utf-7"])
def test_what_is_utf8_is_utf8(declared: str, charset: str) -> None:
    parsed = parse(document(TEXT, declared).encode(), charset=charset)
    assert parsed.drafts[0].title == TEXT


@pytest.mark.parametrize("declared", ["", "utf-8", "iso-8859-1", "ascii", "nonsense"])
def test_windows_1252_under_any_name(declared: str) -> None:
    assert one(document(TEXT, declared).encode("cp1252")).title == TEXT


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        ("koi8-r", "Паром опаздывает"),
        ("windows-1251", "Паром опаздывает"),
        ("euc-jp", "船は遅れている"),
        ("shift_jis", "船は遅れている"),
        ("iso-2022-jp", "船は遅れている"),
        ("gb2312", "渡轮晚点"),
        ("big5", "渡輪晚點"),
        ("euc-kr", "배가 늦는다"),
        ("iso-8859-2", "Łódź płynie"),
        ("macintosh", "Fähre spät"),
    ],
)
def test_other_encodings_by_declaration_and_by_the_server(codec: str, text: str) -> None:
    assert one(document(text, codec).encode(codec)).title == text
    parsed = parse(document(text).encode(codec), charset=codec)
    assert parsed.drafts[0].title == text


def test_the_server_counts_before_the_document() -> None:
    data = document("Паром", "koi8-r").encode("windows-1251")
    assert parse(data, charset="windows-1251").drafts[0].title == "Паром"


def test_a_statement_that_cannot_be_is_not_believed() -> None:
    data = document("渡轮晚点", "gb2312").encode("gb2312")
    assert parse(data, charset="utf-8").drafts[0].title == "渡轮晚点"
    data = document("Łódź płynie", "iso-8859-2").encode("iso-8859-2")
    assert parse(data, charset="euc-jp").drafts[0].title == "Łódź płynie"


@pytest.mark.parametrize("declared", ["utf-8", "", "iso-8859-1", "windows-1251"])
def test_one_bad_byte_does_not_flip_the_rest(declared: str) -> None:
    data = document("Fähre Möwe spät übers Wasser, größer, schöner, später für König", declared)
    title = one(data.encode().replace(b"Wasser", b"W\xffsser")).title
    assert title.startswith("Fähre Möwe spät übers W\ufffdsser")


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_a_mark(codec: str) -> None:
    assert one(document(TEXT, "utf-16").encode(codec)).title == TEXT


def test_bytes_that_mean_nothing_are_replaced() -> None:
    assert to_utf8(b"\xef\xbb\xbf<a>\xff</a>") == "<a>\ufffd</a>".encode()
    declared = b'<?xml version="1.0" encoding="euc-jp"?>'
    assert to_utf8(declared + b"<a>\xff\xff</a>").decode().endswith("</a>")


def test_utf7_is_not_decoded() -> None:
    data = document("+ADw-script+AD4-", "utf-7").encode()
    assert parse(data, charset="utf-7").drafts[0].title == "+ADw-script+AD4-"
