"""Newsletters in an mbox, a Maildir and files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.ingest import FoundFile, Reason, discover, is_for_worker
from reader.ingest.entries import WHOLE_LIMIT
from reader.model import Mark
from tests.reader.ingest.saved_files import MBOX, draft, items, put, told

SIMPLE = "From: a@lamp.example\nMessage-ID: <3@lamp.example>\nSubject: S\n{}\nThe lamp was lit.\n"


def test_an_mbox(tmp_path: Path) -> None:
    first, second = map(draft, items(put(tmp_path, "letters.mbox", MBOX)))
    assert (first.title, first.source) == ("Café news", "The Skerry Letter")
    assert (first.guid, first.url) == ("1.skerry@list.example", "https://skerry.example/letters/1")
    assert first.text == "From the isles.\n\nSecond.\n\nAttached: tides.pdf."
    (link,) = first.markup
    assert (first.text[link.start : link.end], link.target) == (
        "isles",
        "https://skerry.example/isles",
    )
    assert first.published is not None
    assert first.published.iso == "2020-01-06T09:00:00Z"
    assert (first.marks, first.authors) == (frozenset({Mark.READ, Mark.STARRED}), ("Adá Flett",))
    assert first.origin == f"{tmp_path}/letters.mbox, message 1"
    assert (second.source, second.marks) == ("b@lamp.example", frozenset())
    assert second.text == "The lamp was lit.\n\nFrom the tower it was seen."


@pytest.mark.parametrize(
    ("header", "marks"),
    [
        ("Status: O", set()),
        ("Status: RO", {Mark.READ}),
        ("X-Mozilla-Status: 0005", {Mark.READ, Mark.STARRED}),
        ("X-Mozilla-Status: none", set()),
        ("X-Gmail-Labels: Inbox,Starred,Opened", {Mark.READ, Mark.STARRED}),
    ],
)
def test_what_mail_programs_say(tmp_path: Path, header: str, marks: set[Mark]) -> None:
    (item,) = items(put(tmp_path, "a.eml", SIMPLE.format(header + "\n")))
    assert draft(item).marks == marks


@pytest.mark.parametrize(
    ("header", "field", "value"),
    [
        ("List-Id: <letter.example>", "source", "letter.example"),
        ("List-Id: letter", "source", "letter"),
        ("Content-Language: de", "lang", "de"),
        ("Archived-At: <mid:5>", "url", ""),
        ("Archived-At: <https://a.example/5>", "url", "https://a.example/5"),
    ],
)
def test_headers(tmp_path: Path, header: str, field: str, value: str) -> None:
    (item,) = items(put(tmp_path, "a.eml", SIMPLE.format(header + "\n")))
    assert getattr(item, field) == value


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        (b"=?utf-8?b?Q2Fmw6k=?=", "Café"),
        (b"=?utf-8?b?broken", "=?utf-8?b?broken"),
        (b"=?utf-8?b?Q?= x", ""),
        (b"=?nonsense?q?caf=C3=A9?=", "café"),
        ("Früh".encode(), "Früh"),
        ("Früh".encode("cp1252"), "Früh"),
        (b"=?utf-8?q?=1B=5B31mred=C2=9D?=", "red"),
        (b"two\n  lines", "two lines"),
    ],
)
def test_subjects(tmp_path: Path, subject: bytes, title: str) -> None:
    data = b"Received: x\nSubject: " + subject + b"\n\nThe lamp was lit.\n"
    (item,) = items(put(tmp_path, "a.eml", data))
    assert title in draft(item).title or not title
    assert "\x1b" not in draft(item).title


@pytest.mark.parametrize("charset", ["utf-8", "utf-7", "", "iso-8859-1", "unknown-8bit", "x" * 200])
def test_character_sets(tmp_path: Path, charset: str) -> None:
    head = f"Received: x\nContent-Type: text/plain; charset={charset}\n\n".encode()
    for text in ("“Früh” it was.".encode(), "“Früh” it was.".encode("cp1252")):
        (item,) = items(put(tmp_path, "a.eml", head + text))
        assert draft(item).text == "“Früh” it was."


def test_a_maildir_is_read_whatever_its_files_are_called(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / "box" / name).mkdir(parents=True)
    put(tmp_path / "box" / "cur", "1600000000.1.host:2,FS", SIMPLE.format(""))
    put(tmp_path / "box" / "new", "1600000001.2.host", SIMPLE.format("").replace("<3", "<4"))
    put(tmp_path / "box" / "tmp", "1600000002.3.host", "half a mess")
    put(tmp_path / "box", "dovecot.index", "x")
    put(tmp_path / "other" / "cur", "no-mail", "x")
    found = discover([tmp_path])
    assert [f.path.name for f in found if isinstance(f, FoundFile)] == [
        "1600000000.1.host:2,FS",
        "1600000001.2.host",
    ]
    read, new = (draft(items(f.path)[0]) for f in found if isinstance(f, FoundFile))
    assert (read.marks, new.marks) == (frozenset({Mark.READ, Mark.STARRED}), frozenset())
    assert (read.guid, new.guid) == ("3@lamp.example", "4@lamp.example")
    # The name of the file changes when the message is read: it is no place.
    assert read.file == b""
    assert is_for_worker(FoundFile(tmp_path / "box" / "new" / "1600000001.2.host"))


def test_messages_that_are_refused(tmp_path: Path) -> None:
    nested = "Received: x\n" + "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(1500)
    )
    assert told(items(put(tmp_path, "deep.eml", nested))) == [f": {Reason.TOO_DEEP}"]
    long = "Received: x\n\n" + "a\n" * 600_000
    assert told(items(put(tmp_path, "long.eml", long))) == [f": {Reason.TOO_LARGE_DOCUMENT}"]
    assert told(items(put(tmp_path, "none.eml", "Received: x\n\n"))) == [f": {Reason.NO_CONTENT}"]


def test_a_message_that_is_too_large_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.mbox"
    first, second = MBOX.split("\n\nFrom b@", 1)
    with path.open("wb") as file:
        file.write(first.encode() + b"\n\nFrom x@y Mon Jan  6 10:00:00 2020\nSubject: big\n\n")
        file.write(b"x" * 70 + b"\n")
        for _ in range(WHOLE_LIMIT // (1 << 20) + 1):
            file.write(b"y" * (1 << 20))
        file.write(b"\n\nFrom b@" + second.encode())
    assert told(items(path)) == ["Café news", f"message 2: {Reason.TOO_LARGE_DOCUMENT}", "Plain"]


def test_parts_of_odd_kinds(tmp_path: Path) -> None:
    text = (
        "Received: x\nSubject: Odd\nContent-Type: multipart/mixed; boundary=b\n\n"
        "--b\nContent-Type: message/rfc822\n\nSubject: Inner\n\nInner words.\n"
        "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nVGhlIHRpZGUgY2FtZS4=\n"
        "--b\nContent-Type: image/png; name*=utf-8''caf%C3%A9.png\n\nxx\n--b--\n"
    )
    (item,) = items(put(tmp_path, "odd.eml", text))
    assert draft(item).text == "The tide came.\n\nAttached: message/rfc822, café.png."
