"""Bytes -> text, and what is not text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ingest.decode import decode, decode_stated
from reader.ingest.detect import Format, detect, is_binary, is_taken


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"plain", "plain"),
        ("“café”".encode(), "“café”"),
        (b"\xef\xbb\xbfcaf\xc3\xa9", "café"),
        ("café".encode("utf-16"), "café"),
        (b"\xfe\xff" + "café".encode("utf-16-be"), "café"),
        (b"\xff\xfe\x00\x00" + "café".encode("utf-32-le"), "café"),
        ("café".encode("cp1252"), "café"),
        (b"\x93quoted\x94 \x80 5", "“quoted” € 5"),
        (b"undefined \x81\x8d \xe9", "undefined \ufffd\ufffd é"),
        ("“café”".encode() + b"\xff", "“café”\ufffd"),
        # UTF-7 is never assumed.
        (b"+ADw-script+AD4-", "+ADw-script+AD4-"),
        # Encoded surrogates are bad bytes.
        (b"\xed\xa0\x80" + "“café” — ok".encode(), "\ufffd\ufffd\ufffd“café” — ok"),
    ],
)
def test_decode(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.binary(max_size=200))
def test_any_bytes_decode(data: bytes) -> None:
    decode(data).encode("utf-8")


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_what_unicode_wrote_comes_back(text: str, encoding: str) -> None:
    if text[:1] != "\ufeff":
        assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "head",
    [
        b"text\x00text",
        bytes(range(1, 32)) * 4,
        b"%PDF-1.7\ntext",
        b"PK\x03\x04zip",
        b"\x1f\x8bgzip",
        b"\x89PNG",
        b"{\\rtf1 text}",
        b"\xff\xfe" + "\x00\x01".encode("utf-16-le") * 10,
        b"a\x01" * 20,
    ],
)
def test_binary(head: bytes) -> None:
    assert is_binary(head)


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"plain\ttext\r\n\x0c",
        b"\x1b[31mred\x1b[0m\x07",
        b"\xe9\x93\x94",
        "café".encode("utf-16"),
        b"\xef\xbb\xbfcaf\xc3\xa9",
        b"0123456789" * 9 + b"\x01" * 9,
    ],
)
def test_text(head: bytes) -> None:
    assert not is_binary(head)


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.txt", b'{"title": 1}', Format.JSONL),
        ("a.TXT", b"", Format.TEXT),
        ("a.text", b"", Format.TEXT),
        ("a.md", b"", Format.MARKDOWN),
        ("a.markdown", b"", Format.MARKDOWN),
        ("a.jsonl", b"", Format.JSONL),
        ("a.ndjson", b"", Format.JSONL),
        ("a", b'\xef\xbb\xbf\n {"title": "x"}', Format.JSONL),
        ("a.dat", b"{not json", Format.TEXT),
        ("", b"", Format.TEXT),
    ],
)
def test_detect(name: str, head: bytes, wanted: Format) -> None:
    assert detect(name, head) is wanted


def test_folders_give_three_kinds_of_files() -> None:
    taken = [
        name
        for name in ("a.txt", "a.MD", "a.jsonl", "a.text", "a.log", "a", ".txt")
        if is_taken(name)
    ]
    assert taken == ["a.txt", "a.MD", "a.jsonl"]


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Früh".encode(), "iso-8859-1", "Früh"),
        ("Früh".encode("cp1252"), "us-ascii", "Früh"),
        ("Früh".encode("cp1252"), "", "Früh"),
        ("Früh".encode("cp1252"), "no-such-thing", "Früh"),
        ("Привет".encode("koi8-r"), "KOI8-R", "Привет"),
        ("日本".encode("iso-2022-jp"), "ISO-2022-JP", "日本"),
        ("日本".encode("shift-jis"), "Shift_JIS", "日本"),
        (b"+ADw-b+AD4-", "utf-7", "+ADw-b+AD4-"),
        (b"abc", "rot13", "abc"),
        ("Früh".encode("utf-8-sig"), "cp1252", "Früh"),
    ],
)
def test_decode_what_is_stated(data: bytes, charset: str, text: str) -> None:
    assert decode_stated(data, charset) == text
