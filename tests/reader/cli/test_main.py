"""The way in: options, the screen, errors and exit codes."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Never

import click
import pytest

from index.errors import IndexBusyError
from reader.cli import session
from reader.cli.main import COMMANDS, exit_code
from reader.cli.session import Exit
from reader.errors import (
    ArticleNotFoundError,
    FeedNotPageError,
    FetchStoppedError,
    LibraryBusyError,
    LibraryUnwritableError,
    ReaderError,
    SearchUnavailableError,
    TagNameError,
)
from reader.service.indexing import Indexing
from reader.service.library import Library
from tests.reader.cli.conftest import Shell


def test_without_a_command_the_screen_opens(empty: Shell, tmp_path: Path) -> None:
    assert empty().code == 0
    assert empty("--library", str(tmp_path / "else")).code == 0
    assert empty.screens == [empty.library, tmp_path / "else"]


def test_every_command_has_help(empty: Shell) -> None:
    overview = empty("--help").out
    for name in COMMANDS:
        assert name in overview
        assert empty(name, "--help").out.startswith("Usage: dateline")


def test_an_unknown_command_is_wrong_use(empty: Shell) -> None:
    answer = empty("serach", "x")
    assert answer.code == 2
    assert "serach" in answer.err


def test_a_slip_in_a_command_is_told_with_what_was_meant(empty: Shell) -> None:
    answer = empty("improt")
    assert answer.code == 2
    assert "No such command 'improt'; did you mean import?" in answer.err


def test_version(empty: Shell) -> None:
    assert empty("--version").out.startswith("dateline")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (LibraryBusyError(Path("x")), Exit.BUSY),
        (IndexBusyError(Path("x")), Exit.BUSY),
        (SearchUnavailableError("x"), Exit.BUSY),
        (ArticleNotFoundError(1), Exit.NOT_FOUND),
        (TagNameError("x", "y"), Exit.WRONG_USE),
        (OSError("x"), Exit.IO_FAILED),
        (LibraryUnwritableError(Path("x")), Exit.IO_FAILED),
        (FetchStoppedError(), Exit.INTERRUPTED),
        (FeedNotPageError("x"), Exit.SOME_FAILED),
    ],
)
def test_exit_codes_tell_kinds_of_trouble(error: ReaderError | OSError, code: Exit) -> None:
    assert exit_code(error) is code


def test_a_file_that_is_no_library_is_left_alone(empty: Shell) -> None:
    empty.library.mkdir()
    file = empty.library / "library.sqlite3"
    file.write_bytes(b"something else entirely" * 50)
    answer = empty("list")
    assert answer.code == 2
    assert "damaged or is not a library" in answer.err
    assert file.read_bytes() == b"something else entirely" * 50


def test_a_later_library_is_refused(shell: Shell) -> None:
    with sqlite3.connect(shell.library / "library.sqlite3") as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    assert "later version" in shell("list").err


def test_index_commands(shell: Shell) -> None:
    assert shell("index", "status", "--json").json["documents"] == 3
    assert "articles   3" in shell("index", "status").out
    assert shell("index", "verify").code == 0
    assert shell("index", "verify", "--json").json["sound"]
    assert shell("index", "rebuild", "--json").json["documents"] == 3
    assert "3 articles indexed" in shell("index", "rebuild").err


def test_a_damaged_index_is_told_and_mended(shell: Shell) -> None:
    for file in (shell.library / "index").iterdir():
        file.write_bytes(b"rubbish")
    assert "unusable" in shell("index", "status").out
    assert shell("index", "status", "--json").json["problem"]
    assert "dateline index rebuild" in shell("index", "status").err
    verified = shell("index", "verify")
    assert verified.code == 1
    assert "the next search builds it anew" in verified.err
    assert shell("list", "--json").json["total"] == 3
    assert shell("search", "storm", "--json").json["total"] == 1
    assert shell("index", "verify").code == 0


def test_counts_within_an_answer(shell: Shell) -> None:
    sources = shell("sources", "storm", "--json").json
    assert [(one["name"], one["articles"]) for one in sources["items"]] == [("Hill Post", 1)]
    assert sources["waiting"] == 0
    entities = shell("entities", "storm", "--json").json["items"]
    assert [(one["name"], one["type"], one["articles"]) for one in entities] == [
        ("Bergen", "LOC", 1)
    ]
    everywhere = shell("entities", "--json").json["items"]
    assert everywhere[0]["name"] == "Bergen"
    assert everywhere[0]["articles"] == 2
    assert "Bergen" in shell("entities").out
    assert "(no source)" in shell("sources").out
    shell("tag", "+a", "--", "*")
    assert "3  a" in shell("tags").out


def test_a_fault_of_ours_is_a_sentence_and_a_file(
    empty: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> Never:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(Library, "open", fail)
    answer = empty("list")
    assert answer.code == Exit.FAULT
    assert "Traceback" not in answer.err
    (log,) = re.findall(r"\S+\.log", answer.err)
    assert "ZeroDivisionError" in Path(log).read_text(encoding="utf-8")
    Path(log).unlink()


@pytest.mark.parametrize("error", [KeyboardInterrupt, click.Abort])
def test_an_interrupt_has_its_own_exit_code(
    empty: Shell, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def interrupt(*_: object) -> Never:
        raise error

    monkeypatch.setattr(Library, "open", interrupt)
    assert empty("list").code == Exit.INTERRUPTED


def test_a_reader_that_left_makes_no_noise(tmp_path: Path) -> None:
    command = f"{sys.executable} -m reader --library {tmp_path / 'library'} --help | true"
    run = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert run.stderr == ""


def test_indexing_that_fails_is_told_and_what_is_indexed_is_searched(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "more.txt").write_text("More of it\n\nMore news from Bergen.\n")

    def full(*_: object, **__: object) -> Never:
        raise OSError(errno.ENOSPC, "No space left on device", "index")

    monkeypatch.setattr(Indexing, "run", full)
    assert shell("import", str(folder)).code == Exit.IO_FAILED
    answer = shell("search", "bergen", "--json")
    assert (answer.code, answer.json["total"], answer.json["waiting"]) == (0, 2, 1)
    assert "1 article not searchable yet: indexing stopped: no space left" in answer.err
    assert shell("tag", "+x", "--", "bergen").code == Exit.IO_FAILED
    for file in (shell.library / "index").iterdir():
        file.write_bytes(b"rubbish")
    assert shell("search", "bergen").code == Exit.IO_FAILED


def test_indexing_by_another_process_is_told(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "PATIENCE", 0.2)
    (folder / "more.txt").write_text("More of it\n\nMore news from Bergen.\n")
    with (shell.library / "index.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shell("import", str(folder))
        answer = shell("search", "bergen", "--json")
        assert answer.json["total"] == 2
        assert answer.json["waiting"] == 1
        assert "1 article not searchable yet" in answer.err
        assert shell("tag", "+x", "--", "bergen").code == Exit.BUSY
        assert shell("tag", "+x", "--json", "--", "id:1").json["changed"] == 1
        assert shell("index", "rebuild").code == Exit.BUSY
    assert shell("search", "bergen", "--json").json["total"] == 3


@pytest.mark.parametrize("words", ["config show <&- >&-", "--plain >&-", "config show >/dev/full"])
def test_what_cannot_be_printed_is_a_failure(tmp_path: Path, words: str) -> None:
    """Also where there is no output at all, whose number a file of the library would get."""
    program = f"{sys.executable} -m reader --library {tmp_path / 'library'} {words}"
    environment = {"PATH": os.environ["PATH"], "DATELINE_CONFIG": str(tmp_path / "none.toml")}
    ended = subprocess.run(
        ["sh", "-c", program],
        input="help\n",
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert ended.returncode == Exit.IO_FAILED
    assert "the system refused" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Exception ignored" not in ended.stderr
