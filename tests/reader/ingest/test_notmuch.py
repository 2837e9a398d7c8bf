"""Tags of mail, as notmuch dumps them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from reader.ingest import Reason
from reader.model import Mark, Tagged
from tests.reader.ingest.saved_files import TAG_DUMP, items, put, told

READ, STARRED = Mark.READ, Mark.STARRED


def test_a_dump(tmp_path: Path) -> None:
    assert items(put(tmp_path, "tags", TAG_DUMP)) == [
        Tagged("1.skerry@list.example", ("inbox", "lists/skerry", "two words"), frozenset()),
        Tagged("2@lamp.example", (), frozenset({READ, STARRED})),
        Tagged('odd "one") here', ("grün",), frozenset({READ})),
    ]


def test_what_begins_with_other_lines_is_left(tmp_path: Path) -> None:
    head, good = "#notmuch-dump batch-tag:3 tags\n", "+a -- id:1\n"
    few = told(items(put(tmp_path, "a.txt", head + "x\n" * 9 + good + "x\n" * 20)))
    assert few.count(f"line 2: {Reason.NO_TAGS}") == 1
    assert f": {Reason.HOPELESS}" not in few
    many = told(items(put(tmp_path, "b.txt", head + "x\0\n" * 50 + good)))
    assert (len(many), many[-1]) == (11, f": {Reason.HOPELESS}")


def test_it_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    bare = "".join(line for line in TAG_DUMP.splitlines(True) if not line.startswith("#"))
    assert len(items(put(tmp_path, "a.txt", bare))) == 3
    assert len(items(put(tmp_path, "b.gz", gzip.compress(TAG_DUMP.encode())))) == 3
    assert told(items(put(tmp_path, "c.txt", "#notmuch-dump batch-tag:3 tags\n"))) == [
        f": {Reason.NOTHING}"
    ]


@pytest.mark.parametrize(
    "line",
    [
        "+a -- from:ann",
        "a -- id:1",
        "+a id:1",
        "+a -- id:",
        '+a -- id:"open',
        "+" + "a" * (1 << 17),
    ],
)
def test_a_line_that_says_nothing(tmp_path: Path, line: str) -> None:
    good = "+a -inbox -- id:1\n"
    bad, last = items(put(tmp_path, "tags", f"#notmuch-dump batch-tag:3 tags\n{line}\n{good}"))
    assert told([bad]) == [f"line 2: {Reason.NO_TAGS}"]
    assert last == Tagged("1", ("a",), frozenset({READ}))
