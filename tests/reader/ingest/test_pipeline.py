"""From files to items: every kind of bad file, limits, sources, and any bytes at all."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.clean import clean_line, has_unsafe
from reader.ingest import DOCUMENT_LIMIT, Format, Item, Reason, read_file
from reader.ingest.walk import FoundFile
from reader.model import Draft, ImportFailure
from tests.reader.files import drafts


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def items_of(folder: Path, name: str, data: bytes, **options: str) -> list[Item]:
    path = folder / name
    path.write_bytes(data)
    return list(drafts([path], **options))


def reasons(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.item, item.reason) for item in items if isinstance(item, ImportFailure)]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", Reason.EMPTY),
        ("a.txt", b" \r\n\t\xc2\xa0\xe2\x80\x8b\n", Reason.EMPTY),
        ("a.txt", b"\x1b[2J\x1b[m", Reason.EMPTY),
        ("a.md", b"---\ndate: 2020-01-01\n---\n<!-- nothing -->\n***\n", Reason.EMPTY),
        ("a.jsonl", b"", Reason.EMPTY),
        ("a.jsonl", b"\n\n  \n", Reason.EMPTY),
        ("a.txt", b"text\x00text", Reason.BINARY),
        ("a.txt", b"%PDF-1.4 text", Reason.BINARY),
    ],
)
def test_files_that_are_refused(folder: Path, name: str, data: bytes, reason: Reason) -> None:
    assert items_of(folder, name, data) == [ImportFailure(str(folder / name), "", reason)]


def test_one_byte_over_the_limit(tmp_path: Path) -> None:
    text = b"word " * (DOCUMENT_LIMIT // 5)
    (fits,) = items_of(tmp_path, "a.txt", text.ljust(DOCUMENT_LIMIT, b"."))
    assert isinstance(fits, Draft)
    assert items_of(tmp_path, "b.txt", b"x" * (DOCUMENT_LIMIT + 1)) == [
        ImportFailure(str(tmp_path / "b.txt"), "", Reason.TOO_LARGE)
    ]


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"title": "first"}\n{"title": "')
        file.write(b"x" * (DOCUMENT_LIMIT + 5_000_000))
        file.write(b'"}\n{"title": "last"}\n"')
        file.write(b"x" * DOCUMENT_LIMIT)
    items = list(drafts([path]))
    assert [item.title for item in items if isinstance(item, Draft)] == ["first", "last"]
    assert reasons(items) == [("line 2", Reason.TOO_LARGE), ("line 4", Reason.TOO_LARGE)]


def test_records_of_a_utf_16_file(folder: Path) -> None:
    data = '{"title": "Früh"}\r\n{"title": "Spät"}\r\n'.encode("utf-16")
    items = items_of(folder, "a.jsonl", data)
    assert [item.title for item in items if isinstance(item, Draft)] == ["Früh", "Spät"]


def test_items_come_one_by_one(folder: Path) -> None:
    path = folder / "many.jsonl"
    path.write_bytes(b'{"title": "one"}\nbroken\n' * 1000)
    items = drafts([path])
    first, second = next(items), next(items)
    assert isinstance(first, Draft)
    assert (first.title, first.origin) == ("one", f"{path}, line 1")
    assert second == ImportFailure(str(path), "line 2", Reason.NOT_JSON)
    assert sum(1 for _ in items) == 1998


def test_a_given_source_counts_before_the_stated(folder: Path) -> None:
    line = b'{"title": "a", "source": "Stated", "id": 5}'
    (stated,) = items_of(folder, "a.jsonl", line)
    (given,) = items_of(folder, "a.jsonl", line, source=" Given\x1b[1m ")
    (unknown,) = items_of(folder, "a.jsonl", b'{"title": "a", "id": 5}')
    (named,) = items_of(folder, "a.jsonl", b'{"title": "a", "id": 5}', source="Given")
    assert [
        (d.source, d.guid) for d in (stated, given, unknown, named) if isinstance(d, Draft)
    ] == [
        ("Stated", "5"),
        ("Given", "5"),
        ("", ""),
        ("Given", "5"),
    ]


def test_a_given_format_counts_before_the_suffix(folder: Path) -> None:
    (item,) = items_of(folder, "a.txt", b'{"title": "record"}', file_format="jsonl")
    assert isinstance(item, Draft)
    assert item.title == "record"
    (item,) = items_of(folder, "a.txt", b"# Title\n\nText.", file_format=Format.MARKDOWN)
    assert isinstance(item, Draft)
    assert item.title == "Title"
    with pytest.raises(ValueError, match="docx"):
        items_of(folder, "a.txt", b"x", file_format="docx")


def test_an_unforeseen_error_ends_one_item_only(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> object:
        raise ZeroDivisionError

    path = folder / "a.jsonl"
    path.write_bytes(b'{"title": "a", "authors": "x"}\n{"title": "b"}\n[]\n')
    items = drafts([path])
    first = next(items)
    monkeypatch.setattr("reader.ingest.records.split_authors", fail)
    assert isinstance(first, Draft)
    assert [item.reason for item in items if isinstance(item, ImportFailure)] == [
        Reason.UNEXPECTED,
        Reason.NOT_OBJECT,
    ]
    assert "line 2" in caplog.text


def strings_of(draft: Draft) -> Iterator[str]:
    for field in dataclasses.fields(draft):
        value = getattr(draft, field.name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, str))


def check(item: Item) -> None:
    if isinstance(item, ImportFailure):
        assert item.reason in list(Reason)
        assert not has_unsafe(item.path)
        return
    assert isinstance(item, Draft)
    for text in strings_of(item):
        assert not has_unsafe(text)
        text.encode("utf-8")
    assert item.title or item.text
    assert item.title == clean_line(item.title)
    assert all(line == clean_line(line) for line in item.related)
    previous = 0
    for span in item.headings:
        assert previous <= span.start < span.end <= len(item.text)
        assert "\n" not in item.text[span.start : span.end]
        assert item.text[: span.start].endswith("\n\n") or span.start == 0
        previous = span.end
    paragraphs = item.text.split("\n\n") if item.text else []
    assert all(p == " ".join(p.split()) and p for p in paragraphs)


LINES = st.sampled_from(
    [
        " date 2023-07-23 Words begin.",
        "KYIV (AP) — Words begin.",
        "2023-07-23",
        "A short line",
        "A sentence that ends.",
        "Source: Somebody",
        "Published: 2019-04-15",
        "By Somebody Else",
        "",
        "",
        "Related:",
        "# Title",
        "## Part",
        "---",
        "===",
        "- [a](b)",
        "- item",
        "```",
        "<!-- x",
        "> quoted",
        "title: x",
        "\x1b]0;x\x07 \x9b1m\u202e",
        "\ud800",
        "word " * 40,
        '{"title": "a", "text": "b\\n\\nc\\u001b[1m"}',
        '{"title": 1}',
        '{"date": 1e999, "text": "x"}',
        "[" * 2000,
    ]
)
SOUP = st.lists(LINES, max_size=14).map(
    lambda lines: "\n".join(lines).encode("utf-8", "surrogatepass")
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.one_of(st.binary(max_size=300), SOUP, st.text(max_size=200).map(str.encode)),
    file_format=st.sampled_from(Format),
)
def test_any_bytes_give_clean_items(folder: Path, data: bytes, file_format: Format) -> None:
    path = folder / "any.bin"
    path.write_bytes(data)
    items = list(read_file(FoundFile(path), file_format=file_format))
    assert items
    for item in items:
        check(item)
        assert not (isinstance(item, ImportFailure) and item.reason == Reason.UNEXPECTED)


@given(
    record=st.dictionaries(
        st.sampled_from(["title", "text", "published", "source", "url", "authors", "id", "place"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["name", "x"]), inner, max_size=2)
            ),
            max_leaves=4,
        ),
    )
)
def test_any_record_gives_a_clean_item(folder: Path, record: dict[str, object]) -> None:
    (item,) = items_of(folder, "any.jsonl", json.dumps(record).encode())
    check(item)
    assert not (isinstance(item, ImportFailure) and item.reason == Reason.UNEXPECTED)


@pytest.mark.parametrize(
    "field",
    [
        {"headings": 5},
        {"headings": [[0, 99]]},
        {"headings": [[3, 3]]},
        {"headings": [[2, 4], [1, 2]]},
        {"headings": [["0", 1]]},
        {"headings": [[0, 1, 2]]},
        {"related": "one"},
        {"related": [5]},
        {"dateline": 5},
        {"agency": []},
    ],
)
def test_a_record_that_only_claims_to_be_exported(folder: Path, field: dict[str, object]) -> None:
    record = {"exported": "dateline 1", "title": "T", "text": "A text."} | field
    items = items_of(folder, "a.jsonl", json.dumps(record).encode())
    assert reasons(items) == [("line 1", Reason.BAD_FIELD)]
