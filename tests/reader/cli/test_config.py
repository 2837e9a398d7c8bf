"""`dateline config`: looked at, changed, edited."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from time import process_time

import pytest

from reader import app
from reader.cli.session import Exit
from reader.config import read_settings, remember_theme
from tests.reader.cli.conftest import Shell


@pytest.fixture
def file(empty: Shell, tmp_path: Path) -> Path:
    path = tmp_path / "mine" / "config.toml"
    empty.environment["DATELINE_CONFIG"] = str(path)
    return path


def test_check_tells_all_that_is_wrong(empty: Shell, file: Path) -> None:
    assert empty("config", "check").code == Exit.DONE
    file.parent.mkdir()
    file.write_text('tour = false\ntehme = "x"\n[reading]\nmeasure = 5\n')
    answer = empty("config", "check")
    assert answer.code == Exit.WRONG_USE
    assert answer.err.splitlines() == [
        f"{file}, line 2: tehme: unknown setting; did you mean theme?",
        f"{file}, line 4: reading.measure: this takes a number from 30 to 200",
    ]
    file.write_text("tour = false\n")
    answer = empty("config", "check")
    assert (answer.code, "nothing wrong, 1 setting" in answer.err) == (Exit.DONE, True)


def test_the_program_checks_keys_too(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[keys]\n"link.open" = "b"\n"link.opne" = "B"\n":tga" = "x"\nx = 1\n')
    problems = app.check_settings(read_settings(file))
    assert [(one.line, one.key) for one in problems if one.line > 2] == [
        (3, "keys.link.opne"),
        (4, "keys.:tga"),
        (5, "keys.x"),
    ]


def test_show_tells_where_everything_comes_from(empty: Shell, file: Path) -> None:
    empty.library.mkdir()
    remember_theme(empty.library, "nord")
    file.parent.mkdir()
    file.write_text('[feeds]\nevery = "2h"\n[commands]\nlater = "keep {url}"\nx = 1\n')
    answer = empty("config", "show")
    shown = answer.out.splitlines()
    assert 'theme = "nord"  # chosen last' in shown
    assert 'feeds.every = "2h"  # line 2' in shown
    assert "reading.measure = 76  # default" in shown
    assert 'commands.later = "keep {url}"  # line 4' in shown
    assert "line 5: commands.x: not a text" in answer.err
    records = {one["name"]: one for one in empty("config", "show", "--json").lines}
    assert records["feeds.every"] == {
        "name": "feeds.every",
        "value": 7200,
        "from": "line 2",
        "line": 2,
    }
    assert records["theme"]["value"] == "nord"


def test_set_changes_one(empty: Shell, file: Path) -> None:
    assert empty("config", "set", "reading.measure", "90").code == Exit.DONE
    assert read_settings(file).settings.reading.measure == 90
    answer = empty("config", "set", "reading.measure", "9")
    assert answer.code == Exit.WRONG_USE
    assert "reading.measure: this takes a number from 30 to 200" in answer.err


def test_edit_makes_a_file_and_checks_it(empty: Shell, file: Path, tmp_path: Path) -> None:
    tool = tmp_path / "my editor"
    tool.write_text('#!/bin/sh\necho "$1" >> "$2"\nexit 3\n')
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    empty.environment["EDITOR"] = f"'{tool}' tehme=1"
    answer = empty("config", "edit")
    assert answer.code == Exit.WRONG_USE
    assert "ended with 3" in answer.err
    assert "tehme" in answer.err
    written = file.read_text()
    assert "# measure = 76" in written
    assert written.endswith("tehme=1\n")
    file.write_text("")
    empty.environment["EDITOR"] = "false"
    answer = empty("config", "edit")
    assert (answer.code, "the editor false ended with 1" in answer.err) == (Exit.SOME_FAILED, True)
    none = empty.environment["VISUAL"] = os.fspath(tmp_path / "none")
    answer = empty("config", "edit")
    assert answer.code == Exit.SOME_FAILED
    assert f'the editor "{none}" cannot be started (No such file or directory)' in answer.err
    assert "VISUAL or EDITOR names another" in answer.err


def test_links_that_lead_to_each_other_are_no_settings(empty: Shell, file: Path) -> None:
    file.parent.mkdir()
    file.symlink_to(file)
    for words in (("edit",), ("set", "tour", "off")):
        answer = empty("config", *words)
        assert answer.code == Exit.IO_FAILED
        assert str(file) in answer.err


def test_what_is_wrong_in_the_settings_is_told_and_stops_nothing(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[")
    shell.environment["DATELINE_CONFIG"] = str(path)
    answer = shell("update")
    assert answer.code == Exit.DONE
    assert f"{path}, line 1: " in answer.err


def test_the_program_checks_commands_and_near_names_of_few(file: Path) -> None:
    file.parent.mkdir()
    keys = "".join(f'"link.opn{number}" = ""\n' for number in range(500))
    file.write_text(
        'browser = "firefox \'"\n[commands]\na = "echo \'unclosed"\nb = ""\n'
        f'c = "x {{nope}}"\nd = "keep {{url}}"\n[keys]\n{keys}'
    )
    began = process_time()
    problems = app.check_settings(read_settings(file))
    assert process_time() - began < 1
    assert [(one.line, one.key) for one in problems[:4]] == [
        (1, "browser"),
        (3, "commands.a"),
        (4, "commands.b"),
        (5, "commands.c"),
    ]
    assert [bool(one.nearest) for one in problems[4:]] == [True] * 20 + [False] * 480
