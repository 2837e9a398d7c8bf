"""`import` and `export`: reports, reasons, exit codes, and the way round."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path
from typing import Never

import pytest

from reader.cli.session import Exit
from reader.service.indexing import Indexing
from tests.reader.cli.conftest import ARTICLES, Shell


def test_import_reports_what_came_of_each(empty: Shell, folder: Path) -> None:
    answer = empty("import", str(folder), "--json")
    assert answer.code == 0
    report = answer.json
    assert set(report) == {
        "added",
        "updated",
        "duplicate",
        "failed",
        "ids",
        "interrupted",
        "subscribed",
        "retagged",
        "passed",
        "failed_total",
        "passed_total",
    }
    assert (report["added"], report["duplicate"], report["ids"]) == (3, 0, [1, 2, 3])
    again = empty("import", str(folder), "--json").json
    assert (again["added"], again["duplicate"], again["ids"]) == (0, 3, [1, 2, 3])
    (folder / "grain.txt").write_text(ARTICLES["grain.txt"] + "\nMore ships follow.\n")
    assert empty("import", str(folder)).err == "1 updated, 2 already there\n"
    assert empty("list", "follow", "--json").json["total"] == 1


def test_what_fails_is_named_and_the_rest_goes_on(empty: Shell, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\x00\x01\x02" * 100)
    (folder / "records.jsonl").write_text('{"title": "One", "text": "Fine."}\nnot json\n')
    os.mkfifo(folder / "pipe.txt")
    answer = empty("import", str(folder), str(folder / "missing.txt"), "--json")
    assert answer.code == 1
    failed = {Path(one["path"]).name: one for one in answer.json["failed"]}
    assert set(failed) == {"bad.txt", "records.jsonl", "pipe.txt", "missing.txt"}
    assert "2" in failed["records.jsonl"]["item"]
    assert all(one["reason"] for one in failed.values())
    assert answer.json["added"] == 4


def test_what_is_passed_over_is_told_and_no_failure(empty: Shell, tmp_path: Path) -> None:
    urls = tmp_path / "urls"
    urls.write_text('"query:Unread:unread = \\"yes\\""\nhttp://skerry.example/f\n')
    answer = empty("import", str(urls), "--dry-run")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        f"{urls}, line 1, query:Unread:unread: a filter over other feeds: not taken over",
        "1 new feed, 1 passed over",
    ]
    urls.write_text("gopher://skerry.example/f\n")
    answer = empty("import", str(urls), "--format", "newsboat", "--dry-run")
    assert (answer.code, answer.err.splitlines()[-1]) == (1, "1 failed")


def test_very_many_failures_are_not_all_written_out(empty: Shell, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text("{\n" * 3000)
    answer = empty("import", str(tmp_path), "--json")
    lines = answer.err.splitlines()
    assert len(lines) == 1002
    assert lines[-2:] == ["and 2,000 more failed, not named here", "3,000 failed"]
    assert (len(answer.json["failed"]), answer.json["failed_total"]) == (1000, 3000)


def test_a_dry_run_stores_nothing(empty: Shell, folder: Path) -> None:
    answer = empty("import", str(folder), str(folder), "--dry-run", "--json")
    assert answer.json["added"] == 3
    assert "would be" in answer.err
    assert empty("list", "--json").json["total"] == 0


def test_a_dry_run_leaves_no_library_behind(empty: Shell, folder: Path, tmp_path: Path) -> None:
    bookmarks = tmp_path / "bookmarks.html"
    bookmarks.write_text(
        '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="http://skerry.example/a">A</A></DL>'
    )
    answer = empty("import", str(folder), str(bookmarks), "--dry-run", "--json")
    assert (answer.code, answer.json["added"]) == (0, 4)
    assert not empty.library.exists() or not any(empty.library.iterdir())
    empty("import", str(folder))
    again = empty("import", str(folder), str(bookmarks), "--dry-run", "--json")
    assert (again.json["added"], again.json["duplicate"]) == (1, 3)


def test_source_and_format_can_be_said(empty: Shell, tmp_path: Path) -> None:
    odd = tmp_path / "odd.data"
    odd.write_text("A title of its own\n\nThe text of it stands here.\n")
    empty("import", str(odd), "--format", "text", "--source", "My Notes")
    (source,) = empty("sources", "--json").json["items"]
    assert (source["name"], source["articles"], source["unread"]) == ("My Notes", 1, 1)
    assert empty("import", str(odd), "--format", "nonsense").code == 2


def test_the_report_comes_whatever_becomes_of_the_index(
    empty: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Never:
        raise OSError(errno.ENOSPC, "No space left on device", "index")

    monkeypatch.setattr(Indexing, "run", full)
    answer = empty("import", str(folder), "--json")
    assert answer.json["added"] == 3
    assert answer.code == Exit.IO_FAILED
    assert "No space left" in answer.err


def test_an_empty_path_is_not_the_current_folder(empty: Shell) -> None:
    assert empty("import", "").code == 2


def test_nothing_there_is_said(empty: Shell, tmp_path: Path) -> None:
    assert empty("import", str(tmp_path)).err == "no articles found there\n"


def test_an_export_can_be_imported_again(shell: Shell, tmp_path: Path) -> None:
    lines = shell("export", "--format", "jsonl").out
    assert [json.loads(line)["title"] for line in lines.splitlines()][1:] == [
        "Bridge closed after storm",
        "Grain ships leave Odesa",
    ]
    copy = tmp_path / "copy.jsonl"
    copy.write_text(lines)
    other = Shell(tmp_path / "other", shell._capsys)
    assert other("import", str(copy), "--json").json["added"] == 3
    rows, copied = (one("list", "--json").json["hits"] for one in (shell, other))
    for row in [*rows, *copied]:
        del row["id"]
    assert rows == copied


def test_markdown_of_an_answer(shell: Shell) -> None:
    shell("tag", "+a_b", "--", "id:1")
    text = shell("export", "storm", "--format", "markdown").out
    assert text.startswith("# Bridge closed after storm\n\nHill Post · 2023-07-23")
    assert "\\#a\\_b" in text or "#a\\_b" in text
    assert "Grain" not in text
