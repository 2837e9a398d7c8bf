"""`dump`, `restore` and `export` into files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reader.cli.conftest import Shell


def test_a_dump_goes_out_and_comes_in(shell: Shell, tmp_path: Path) -> None:
    assert shell("tag", "+sea", "--", "storm").code == 0
    file = tmp_path / "mine.txt"
    assert shell("dump", str(file)).code == 0
    assert file.read_text(encoding="utf-8") == shell("dump").out
    again = shell("dump", str(file))
    assert again.code == 2
    assert "is there already" in again.err
    assert shell("dump", str(file), "--force").code == 0
    shell("undo")
    assert "would differ" in shell("restore", str(file), "--dry-run").err
    assert "sea" not in shell("tags").out
    answer = shell("restore", str(file), "--json")
    assert (answer.code, answer.json["changed"]) == (0, 1)
    assert "sea" in shell("tags").out
    assert "restored" in shell("history").out
    assert "restored" in shell("undo").err


def test_a_dump_keeps_what_would_steer_a_terminal_and_shows_none_of_it(
    shell: Shell, tmp_path: Path
) -> None:
    words = "\u200ecorn\u2028\u202eodesa"
    shell("note", "1", words)
    dump = shell("dump").out
    assert all(sign not in dump for sign in "\u200e\u2028\u202e")
    file = tmp_path / "mine.txt"
    file.write_text(dump, encoding="utf-8")
    made = shell("notes", "--json").json["items"][0]["words"]
    shell("undo")
    assert shell("restore", str(file)).code == 0
    assert shell("notes", "--json").json["items"][0]["words"] == made
    assert "\u200e" in made
    assert shell("dump").out == dump


def test_a_dash_is_standard_output(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert shell("dump", "-").out == shell("dump").out
    export = ("export", "ships", "--format", "markdown")
    assert shell(*export, "--output", "-").out == shell(*export).out != ""
    assert shell("export", "--format", "epub", "--output", "-").code == 2
    assert not (tmp_path / "-").exists()
    assert shell("dump", "./-").code == 0
    assert (tmp_path / "-").exists()


def test_what_cannot_be_restored_is_told(
    shell: Shell, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell("tag", "+sea", "--", "*")
    shell("saved", "add", "News", "--", "storm")
    assert shell("rule", "set", "News", "+x", "--notify", "true").code == 0
    shell("correct", "rename", "Recep Tayyip Erdogan", "Recep Erdogan")
    file = tmp_path / "mine.txt"
    shell("dump", str(file))
    with file.open("a", encoding="utf-8") as more:
        more.write("nonsense\n")
    other = Shell(tmp_path / "other", capsys)
    answer = other("restore", str(file))
    assert answer.code == 1
    assert "3 facts left out, about 3 articles not in this library" in answer.err
    assert "Council votes on trees" in answer.err
    assert 'the rule "News" starts a command and is off' in answer.err
    assert "1 correction of names" in answer.err
    assert "no object of JSON" in answer.err
    assert "read; 1 saved search differs now" in answer.err
    assert "`dateline history --jump 0` goes back" in answer.err
    file.write_text("hello", encoding="utf-8")
    assert "no dump" in other("restore", str(file)).err


def test_exports_go_into_files(shell: Shell, tmp_path: Path) -> None:
    book, feeds = tmp_path / "a.epub", tmp_path / "feeds.opml"
    assert "--output" in shell("export", "--format", "epub").err
    answer = shell("export", "--format", "epub", "--output", str(book), "bergen")
    assert "wrote 2 articles" in answer.err
    assert shell("export", "--format", "epub", "--output", str(book)).code == 2
    assert shell("export", "--format", "epub", "--output", str(book), "--force").code == 0
    assert shell("export", "--format", "opml", "--output", str(feeds)).code == 0
    assert feeds.read_text(encoding="utf-8") == shell("export", "--format", "opml").out
    items = json.loads(shell("export", "--format", "csl-json").out)
    assert len(items) == 3


def test_a_dump_that_nobody_reads_ends_in_peace(shell: Shell, tmp_path: Path) -> None:
    shell("tag", "+sea", "--", "*")
    code = "from reader.app import main; raise SystemExit(main())"
    command = [sys.executable, "-c", code, "--library", str(shell.library), "dump"]
    read_end, write_end = os.pipe()
    os.close(read_end)
    ended = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert b"Traceback" not in ended.stderr
