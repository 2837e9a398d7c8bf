"""Records of data sets: JSON, JSON Lines and CSV."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.ingest import FoundFile, Reason, is_for_worker, read_file
from reader.ingest.entries import DOCUMENT_LIMIT, WHOLE_LIMIT
from reader.ingest.json_format import read_elements
from reader.ingest.walk import open_regular
from reader.model import Attachment, Draft, Mark, Markup, MarkupKind
from tests.reader.ingest.saved_files import CSV, JSON, JSONL, draft, items, put, told


def test_csv(tmp_path: Path) -> None:
    first, second = map(draft, items(put(tmp_path, "a.csv", CSV)))
    assert (first.title, first.text, first.tags) == (
        "First",
        "A text that goes on.",
        ("sea", "moon"),
    )
    assert first.published is not None
    assert first.published.iso == "2020-01-02"
    assert first.origin.endswith(", line 2")
    assert second.origin.endswith(", line 4")
    assert second.text == "Some marked words."
    assert [span.kind for span in second.markup] == [MarkupKind.EMPHASIS]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_cells_are_parted_and_written_in_many_ways(
    tmp_path: Path, delimiter: str, encoding: str
) -> None:
    rows: list[list[str]] = [["Headline", "Body"], ["Café", "“Words.”"], [], ["Ça", ""]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    path = put(tmp_path, "a.csv", text.encode(encoding))
    assert told(items(path)) == ["Café", "Ça"]
    assert not is_for_worker(FoundFile(path))


def test_csv_that_is_refused(tmp_path: Path) -> None:
    assert told(items(put(tmp_path, "a.csv", "a,b\n1,2\n"))) == [f": {Reason.NO_COLUMNS}"]
    assert told(items(put(tmp_path, "a.csv", "\n\n"))) == [f": {Reason.NO_COLUMNS}"]
    assert told(items(put(tmp_path, "b.csv", "title,date\n,2020\nT,x\n"))) == [
        f"line 2: {Reason.NO_CONTENT}",
        "T",
    ]
    assert told(items(put(tmp_path, "d.csv", "title,text\n\n"))) == [f": {Reason.EMPTY}"]
    long = b"title,text\n" + b"x" * (DOCUMENT_LIMIT + 5)
    assert told(items(put(tmp_path, "c.csv", long))) == [f": {Reason.TOO_LARGE}"]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row(tmp_path: Path) -> None:
    lines = "word " * 2000 + "\n"
    text = 'title,text\nFirst,a\nSecond,"b\n' + lines * (DOCUMENT_LIMIT // len(lines) + 2)
    found = told(items(put(tmp_path, "a.csv", text)))
    assert found[:2] == ["First", f"line 3: {Reason.NOT_CSV}"]


def test_a_quotation_mark_that_is_not_closed_is_named(tmp_path: Path) -> None:
    text = 'title,text\nFirst,a\n"Two\nlines",b\nThird,"c\nFourth,d\n'
    found = told(items(put(tmp_path, "a.csv", text)))
    assert found == ["First", "Two lines", f"line 5: {Reason.NOT_CLOSED}"]
    alone = told(items(put(tmp_path, "b.csv", 'title,text\nFirst,"a')))
    assert alone == [f"line 2: {Reason.NOT_CLOSED}"]
    assert told(items(put(tmp_path, "c.csv", 'title,text\nFirst,"a"'))) == ["First"]


def test_columns_that_are_not_known_are_named_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "reader.ingest")
    for path in (
        put(tmp_path, "a.csv", CSV),
        put(tmp_path, "b.jsonl", '{"title": "A", "x\\u001b": 1}\n' * 2),
    ):
        items(path)
    assert [record.getMessage() for record in caplog.records] == [
        "a.csv: columns passed over: titre",
        "b.jsonl: columns passed over: x",
    ]


def test_json_with_a_list_inside(tmp_path: Path) -> None:
    first, bad, second = items(put(tmp_path, "news.json", JSON))
    assert (draft(first).text, draft(first).source) == ("A text [with, brackets}.", "Post")
    assert told([bad]) == [f"entry 2: {Reason.NOT_OBJECT}"]
    assert draft(second).url == "https://tide.example/2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[{"title": "A"}, {"title": "B"}]', ["A", "B"]),
        ('\ufeff [\n{"title": "A"},\n{"title": "B"},\n]\n', ["A", "B"]),
        ('{\n"title": "A"\n}\n{"title": "B"}', ["A", "B"]),
        ('{"title": "A", "articles": "none"}', ["A"]),
        ('{"title": "A", "text": "T.", "items": [{"title": "B"}]}', ["A"]),
        (
            '[{"title": "A"}, {"title": NaN}, 5, {"title": "B"}]',
            ["A", "NOT_JSON", "NOT_OBJECT", "B"],
        ),
        ('[{"title": "A"}, {"title": "B"', ["A", "NOT_JSON"]),
        (
            '[{"title": "A"}, ' + "[" * 100_000 + "]" * 100_000 + ', {"title": "B"}]',
            ["A", "TOO_DEEP", "B"],
        ),
        ('[{"title": "quote \\" and ] and \\\\"}, {"title": "B"}]', ['quote " and ] and \\', "B"]),
        ("[]", ["EMPTY"]),
        ("[ ", ["EMPTY"]),
    ],
)
def test_forms_of_json(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = told(items(put(tmp_path, "a.json", text)))
    got = [one if " " not in one or one in expected else one.rpartition(": ")[2] for one in found]
    assert got == [getattr(Reason, one, one) for one in expected]


def test_json_beyond_measure(tmp_path: Path) -> None:
    long = b'[{"title": "' + b"x" * WHOLE_LIMIT + b"yyy"
    assert told(items(put(tmp_path, "a.json", long))) == [f": {Reason.TOO_LARGE_DOCUMENT}"]
    assert told(items(put(tmp_path, "b.json", b"[" * 1_500_000))) == [f": {Reason.TOO_DEEP}"]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text('ab"\\[]{},:\n é', max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("a{", max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(records=st.lists(VALUES, min_size=1, max_size=6), indent=st.sampled_from([None, 1]))
def test_elements_are_cut_where_they_end(
    tmp_path: Path, records: list[object], indent: int | None
) -> None:
    path = put(tmp_path, "a.json", json.dumps(records, indent=indent, ensure_ascii=False))
    with open_regular(path) as file:
        assert [json.loads(data) for _, data in read_elements(file)] == records


def test_a_record_of_this_program_comes_back_with_what_the_reader_did(tmp_path: Path) -> None:
    record = {
        "exported": "dateline 1",
        "title": "T",
        "text": "A text <p>with a link.",
        "tags": ["sea", " two  words ", "", 5, "sea"],
        "read": True,
        "starred": False,
        "archived": True,
        "markup": [[2, 6, "link", "https://a.example/"], [2, 6, "unheard-of"]],
        "attachments": [{"url": "https://a.example/a.mp3", "media_type": "audio/mpeg"}],
        "partial": True,
    }
    one = draft(items(put(tmp_path, "a.jsonl", json.dumps(record)))[0])
    assert one.text == "A text <p>with a link."
    assert one.tags == ("sea", "two words")
    assert one.marks == {Mark.READ, Mark.ARCHIVED}
    assert one.markup == (Markup(2, 6, MarkupKind.LINK, "https://a.example/"),)
    assert one.attachments == (Attachment("https://a.example/a.mp3", "audio/mpeg"),)
    assert one.partial


@pytest.mark.parametrize(
    "field",
    [{"markup": [[0, 99, "link"]]}, {"markup": 5}, {"attachments": ["x"]}, {"attachments": [{}]}],
)
def test_a_record_that_only_claims_to_be_of_this_program(
    tmp_path: Path, field: dict[str, object]
) -> None:
    record = {"exported": "dateline 1", "title": "T", "text": "A."} | field
    found = items(put(tmp_path, "a.jsonl", json.dumps(record)))
    assert told(found) == [f"line 1: {Reason.BAD_FIELD}"]


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("One is < two and > none.", "One is < two and > none."),
        ("Line one.<br/>Line two.", "Line one.\nLine two."),
        ("The <unknown> tag.", "The <unknown> tag."),
    ],
)
def test_html_in_a_text(tmp_path: Path, text: str, clean: str) -> None:
    (item,) = items(put(tmp_path, "a.jsonl", json.dumps({"text": text})))
    assert draft(item).text == clean


def test_items_that_were_delivered_are_passed_over(tmp_path: Path) -> None:
    path = FoundFile(put(tmp_path, "a.jsonl", JSONL + "broken\n" + JSONL))
    all_of_them = list(read_file(path))
    for skip in range(len(all_of_them) + 2):
        assert list(read_file(path, skip=skip)) == all_of_them[skip:]


def test_bytes_that_no_text_has_cost_their_own_record(tmp_path: Path) -> None:
    text = b'{"title": "One"}\n{"title": "\x00"}\n{"title": "Three", "url": "javascript:x"}\n'
    one, bad, three = items(put(tmp_path, "a.jsonl", text))
    assert told([one, bad]) == ["One", f"line 2: {Reason.NOT_JSON}"]
    assert draft(three).url == ""


def test_a_long_file_is_read_in_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("title,text,id\n")
        file.writelines(f"Title {n},Words of number {n}.,{n}\n" for n in range(5_000))
    tracemalloc.start()
    count = sum(isinstance(item, Draft) for item in read_file(FoundFile(path)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    assert most < 2_000_000
