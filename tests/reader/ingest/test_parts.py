"""The smaller rules: content hashes, header lines, authors, ids, Markdown lines, long inputs."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from reader.ingest.headers import clean_url, read_header_line, split_authors
from reader.ingest.jsonl_format import read_line
from reader.ingest.markdown import plain, split_front_matter
from reader.ingest.paragraphs import Kind, Paragraph, arrange
from reader.ingest.records import is_unique
from reader.ingest.text_format import read_markdown, read_text

LATEST = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Source: The Post", ("source", "The Post")),
        ("SOURCE : The Post", ("source", "The Post")),
        ("Date: 2 May 2020", ("published", "2 May 2020")),
        ("Author: A. B.", ("authors", "A. B.")),
        ("By Ada Flett", ("authors", "Ada Flett")),
        ("URL: https://x.example/a", ("url", "https://x.example/a")),
        ("Place: Oslo", ("place", "Oslo")),
        ("Lang: en", ("lang", "en")),
        ("Date: a fruit", None),
        ("Source:", None),
        ("Sauce: hot", None),
        ("Source: " + "word " * 17, None),
        ("By the river they sat", None),
        ("By Ada Flett. She left", None),
        ("By One Two Three Four Five Six Seven Eight Nine Ten", None),
        ("A sentence.", None),
    ],
)
def test_header_lines(line: str, wanted: tuple[str, str] | None) -> None:
    assert read_header_line(line.strip()) == wanted


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Flett", ("Ada Flett",)),
        ("By Ada Flett and Bo Lund", ("Ada Flett", "Bo Lund")),
        ("Ada Flett, Bo Lund; Ada Flett & Cy", ("Ada Flett", "Bo Lund", "Cy")),
        ("Alexander Sand", ("Alexander Sand",)),
        ("", ()),
    ],
)
def test_authors(written: str, names: tuple[str, ...]) -> None:
    assert split_authors(written) == names


def test_an_address_is_whole_or_nothing() -> None:
    assert clean_url(" https://x.example/\u202ea ") == "https://x.example/a"
    assert clean_url("https://x.example/" + "a" * 8200) == ""


def test_ids() -> None:
    assert [g for g in ("7", "abc", "https://x", "urn:a", "0123456789abcdef") if is_unique(g)] == [
        "https://x",
        "urn:a",
        "0123456789abcdef",
    ]
    long = read_line(b'{"title": "a", "id": "%s"}' % (b"x" * 400), LATEST).guid
    other = read_line(b'{"title": "a", "id": "%sy"}' % (b"x" * 400), LATEST).guid
    assert long != other
    assert len(long) == len(other) == 64


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("**bold** and *it* and __b__ and _i_", "bold and it and b and i"),
        ("***both*** and **bold *it* on**", "both and bold it on"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("[text](url) [text][ref] [left]", "text text [left]"),
        ("![alt](a.png) after", "after"),
        ("`code *kept*`", "code kept"),
        ("~~gone~~ <mailto:a@x.example>", "gone mailto:a@x.example"),
        (r"\*not\* \[x\]", "*not* [x]"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ],
)
def test_markdown_lines(line: str, text: str) -> None:
    assert plain(line) == text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("---\na: 1\nb: 'x'\n---\nrest", {"a": "1", "b": "x"}),
        ('---\n# note\n\na: [x, "y"]\nb:\n- p\n- q\n...\nrest', {"a": "x, y", "b": "p, q"}),
        ("---\na: 1\nrest", None),
        ("---\nno key\n---\nrest", None),
        ("---\n - x\n---\nrest", None),
        ("a: 1\n---\nrest", None),
        ("", None),
    ],
)
def test_front_matter(text: str, values: dict[str, str] | None) -> None:
    assert split_front_matter(text) == ((values, "rest") if values is not None else ({}, text))


def arranged(*lines: str) -> tuple[list[str], list[str], tuple[str, ...]]:
    body = arrange([Paragraph(line) for line in lines])
    headings = [body.text[span.start : span.end] for span in body.headings]
    return body.text.split("\n\n"), headings, body.related


@pytest.mark.parametrize(
    ("lines", "headings", "related"),
    [
        (["Ended.", "Head", "Ended."], ["Head"], 0),
        (["Head", "Ended."], [], 0),
        (["Ended.", "Head"], [], 0),
        (["Ended.", "One", "Two"], [], 2),
        (["Ended.", "Ends with colon:", "Ended."], [], 0),
        (["Ended.", "“A quote”", "Ended."], [], 0),
        (["Ended.", "Ends in brackets (so)", "Ended."], ["Ends in brackets (so)"], 0),
        (["Ended.", "Ended in brackets (so.)", "Ended."], [], 0),
        (["Ended.", "word " * 16 + "more", "Ended."], [], 0),
        (["Ended.", "* * *", "Ended."], [], 0),
        (["Ended.", "1 2 3", "Ended."], [], 0),
        (["Ended.", "Editing by Jo Kessel", "Ended."], [], 0),
        (["Ended.", "Read more:", "One", "Two", "Ended."], [], 3),
        (["Ended.", "Head", "Ended.", "Other", "Ended."], ["Head", "Other"], 0),
        (["No", "Mark", "Anywhere"], [], 0),
        (["Ended。", "見出し", "Ended。"], ["見出し"], 0),
        ([], [], 0),
    ],
)
def test_arranging(lines: list[str], headings: list[str], related: int) -> None:
    _, found, links = arranged(*lines)
    assert (found, len(links)) == (headings, related)


def test_no_more_than_three_datelines_are_taken() -> None:
    days = "2020-01-01\n\n2020-01-02\n\n2020-01-03\n\n2020-01-04\n\nIt rained."
    draft = read_text(days.encode(), name="", latest=LATEST)
    assert draft.dateline == "2020-01-01 2020-01-02 2020-01-03"
    assert draft.text == "2020-01-04\n\nIt rained."
    assert draft.published is not None
    assert draft.published.at.day == 1


def test_known_kinds_stay_what_they_are() -> None:
    kinds = (Kind.HEADING, Kind.FIXED, Kind.FIXED, Kind.LINK, Kind.HEADING)
    body = arrange([Paragraph(f"p{n}", kind) for n, kind in enumerate(kinds)])
    assert body.text == "p0\n\np1\n\np2\n\np4"
    assert [body.text[s.start : s.end] for s in body.headings] == ["p0", "p4"]
    assert body.related == ("p3",)


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "W",
        "a\n",
        "A\n\n",
        "A b\n",
        "Source: x\n\n",
        "date 2023-07-23 ",
        "(AP) ",
        ". ",
        "Mr. ",
        "[a](",
        "[a](b(",
        "![",
        "**a ",
        "_a ",
        "`",
        "<!--",
        "> ",
        "#",
        "# a\n",
        "- [a](b)\n",
        "  ",
        "```\n",
        "\\*",
        "---\n",
    ],
)
def test_time_grows_with_length_not_faster(unit: str) -> None:
    def cpu(size: int) -> float:
        data = (unit * (size // len(unit)) + "\nend.").encode()
        started = time.process_time()
        read_text(data, name="", latest=LATEST)
        read_markdown(data, name="", latest=LATEST)
        return time.process_time() - started

    cpu(500)
    # Quadratic work would need hundreds of times as long for twenty times as much.
    small, large = cpu(4_000), cpu(80_000)
    assert large < max(small * 100, 1.5)
