"""Where things are, and a settings file with and without mistakes."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import process_time

import pytest

from reader.config import (
    BY_NAME,
    MOST_NEAREST,
    SETTINGS,
    FeedSettings,
    Kind,
    Loaded,
    Setting,
    Settings,
    editor,
    example,
    library_folder,
    mark_of,
    read_settings,
    remember_theme,
    remembered_theme,
    seeds_folder,
    settings_file,
    show_settings,
    toml_value,
    value_of,
)
from reader.text import explain, tell_setting


def read(folder: Path, text: str, before: Settings | None = None) -> Loaded:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return read_settings(path, before)


def test_the_option_comes_before_the_variable_before_the_platform(tmp_path: Path) -> None:
    environment = {"DATELINE_LIBRARY": str(tmp_path / "variable")}
    assert library_folder(str(tmp_path / "option"), environment) == tmp_path / "option"
    assert library_folder(None, environment) == tmp_path / "variable"
    assert library_folder(None, {}).name == "dateline"


def test_the_settings_file_can_be_named(tmp_path: Path) -> None:
    chosen = tmp_path / "mine.toml"
    assert settings_file({"DATELINE_CONFIG": str(chosen)}) == chosen
    assert settings_file({}).name == "config.toml"


def test_the_samples_are_there() -> None:
    assert (seeds_folder() / "002_19f7a3bb0be46a5e.txt").is_file()


def test_no_settings_file_is_all_defaults(tmp_path: Path) -> None:
    path = tmp_path / "none.toml"
    assert read_settings(path) == Loaded(path=path)
    assert mark_of(path) is None


@pytest.mark.parametrize(
    ("written", "seconds"), [("30m", 1800), ("2 h", 7200), ("1D", 86400), ("never", 0), ("0", 0)]
)
def test_how_often_feeds_are_asked_is_read(tmp_path: Path, written: str, seconds: int) -> None:
    loaded = read(tmp_path, f'[feeds]\nevery = "{written}"\n')
    assert loaded.settings.feeds == FeedSettings(seconds)


def test_feeds_are_asked_every_hour_where_nothing_is_said(tmp_path: Path) -> None:
    assert read(tmp_path, "[feeds]\n").settings.feeds.every == 3600


def test_every_setting_is_read_with_its_line(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        'theme = "light"\nkeymap="vim"\nreading.progress = false\n'
        '[keys]\n"article.tag" = "T"\nlink.open = "b"\n[commands]\n\nlater = "keep {url}"\n',
    )
    assert not loaded.problems
    settings = loaded.settings
    assert (settings.theme, settings.keymap) == ("dateline-light", "vim")
    assert not settings.reading.progress
    assert settings.keys == {"article.tag": "T", "link.open": "b"}
    assert settings.commands == {"later": "keep {url}"}
    assert loaded.lines["reading.progress"] == 3
    assert loaded.lines["keys.link.open"] == 6
    assert loaded.lines["commands.later"] == 9
    assert loaded.path is not None
    assert loaded.mark == mark_of(loaded.path)


@pytest.mark.parametrize(
    ("text", "line", "key", "told"),
    [
        ("theme = 3\n", 1, "theme", "there are: dark, light"),
        ('\ntehme = "dark"\n', 2, "tehme", "did you mean theme?"),
        ('theme = "nrod"\n', 1, "theme", "did you mean nord?"),
        ("measure = 90\n", 1, "measure", "did you mean reading.measure?"),
        ("keys = 1\n", 1, "keys", "names and texts"),
        ('[keys]\nquit = "x"\n"tag" = 5\n', 3, "keys.tag", "not a text"),
        ('# a\n[keys]\n"x" = """\n\n"""\ntag = []\n', 6, "keys.tag", "not a text"),
        ("feeds = 1\n", 1, "feeds", "it is written as [feeds]"),
        ('[feeds]\nevery = "1m"\n', 2, "feeds.every", "5 minutes to a year"),
        ('[feeds]\nevery = "2 years"\n', 2, "feeds.every", "5 minutes to a year"),
        ("[feeds]\nevery = 3\n", 2, "feeds.every", "5 minutes to a year"),
        ('[feeds]\nevry = "1h"\n', 2, "feeds.evry", "did you mean feeds.every?"),
        ("[reading]\nmeasure = 20\n", 2, "reading.measure", "from 30 to 200"),
        ("reading = {progress = 1}\n", 1, "reading.progress", "true or false"),
        ("[reading]\nmeasure = true\n", 2, "reading.measure", "a number"),
        ("[else]\n\na = 1\n", 1, "else", "there are: theme"),
        ("[keys]\na" + ".a" * 3000 + " = 'x'\n", 1, "keys" + ".a" * 21, "not a text"),
        ("[readin]\nmeasure = 90\n", 1, "readin", "did you mean [reading]?"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key_and_the_rest_holds(
    tmp_path: Path, text: str, line: int, key: str, told: str
) -> None:
    loaded = read(tmp_path, 'pictures = "on demand"\n' + text)
    (problem,) = loaded.problems
    assert (problem.path, problem.line - 1, problem.key) == (loaded.path, line, key)
    assert told in tell_setting(problem)
    assert f"{loaded.path}, line {line + 1}: {key}: " in explain(problem)
    assert loaded.settings.pictures == "on demand"
    assert not loaded.is_broken


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[reading]\n[keys]\n[reading]\n", "line 3: the table [reading] stands there twice"),
        ("\n[a.'b c']\n[a.'b c']\n", "line 3: the table [a.b c] stands there twice"),
        ("a = [\n" + "[" * 3000, "line 2: brackets stand too deep in brackets"),
        ("\nx = 1" + "0" * 5000, "line 2: a number is too long"),
    ],
)
def test_what_is_no_toml_is_told_in_own_words(tmp_path: Path, text: str, told: str) -> None:
    (problem,) = read(tmp_path, text).problems
    assert told in tell_setting(problem)


def test_many_mistakes_and_long_names_are_told_fast_and_short(tmp_path: Path) -> None:
    names = [f"mesure{'x' * 3000}", *(f"measur{number}" for number in range(2000))]
    began = process_time()
    loaded = read(tmp_path, "".join(f"{name} = 1\n" for name in names))
    assert process_time() - began < 1
    assert len(loaded.problems) == len(names)
    assert all(one.nearest == "" for one in loaded.problems[MOST_NEAREST:])
    assert loaded.problems[1].nearest == "reading.measure"
    assert len(tell_setting(loaded.problems[0])) < 400


def test_a_value_that_cannot_be_used_stays_what_it_was(tmp_path: Path) -> None:
    before = read(tmp_path, '[reading]\nmeasure = 90\n[feeds]\nevery = "2h"\n').settings
    after = read(tmp_path, '[reading]\nmeasure = 900\nprogress = "no"\n', before)
    assert after.settings.reading.measure == 90
    assert after.settings.feeds.every == 3600
    assert [problem.line for problem in after.problems] == [2, 3]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("theme = \n", 1),
        ('\n\ntheme = "dark\n', 3),
        ("a = 1\na = 2\n", 2),
        ("\nx = " + "[" * 3000, 2),
        ("\nx = 1" + "0" * 5000, 2),
        ("theme = 'a'\nb", 2),
    ],
)
def test_of_a_broken_file_nothing_is_taken(tmp_path: Path, text: str, line: int) -> None:
    before = Settings(theme="nord")
    loaded = read(tmp_path, text, before)
    assert loaded.is_broken
    assert loaded.settings is before
    (problem,) = loaded.problems
    assert problem.line == line
    assert problem.path == loaded.path


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    loaded = read_settings(tmp_path)
    assert loaded.is_broken
    assert "directory" in explain(loaded.problems[0])
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"a = 1\nb = '\xff\xfe\x00'")
    loaded = read_settings(binary)
    assert [problem.line for problem in loaded.problems] == [2]


def test_a_mark_at_the_beginning_is_no_mistake(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufefftour = false\n").settings.tour is False


def test_what_is_shown_is_what_holds_and_where_it_stands(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        'theme = "x"\n[feeds]\nevery = "90m"\n[keys]\n":tag +a" = "b\\u0007"\n',
    )
    shown = {one.name: one for one in show_settings(loaded)}
    assert set(shown) == {one.name for one in SETTINGS if one.kind is not Kind.TABLE} | {
        "keys.:tag +a"
    }
    assert (shown["theme"].value, shown["theme"].line) == ("", 0)
    assert (shown["feeds.every"].text, shown["feeds.every"].line) == ('"90m"', 3)
    assert (shown["keys.:tag +a"].text, shown["keys.:tag +a"].line) == ('"b\\U00000007"', 5)
    assert (shown["reading.measure"].text, shown["reading.measure"].line) == ("76", 0)


def test_the_example_has_everything_as_a_comment_and_means_nothing(tmp_path: Path) -> None:
    text = example()
    loaded = read(tmp_path, text)
    assert not loaded.problems
    assert loaded.settings == Settings()
    uncommented = re.findall(r'^(?:# )?("?[a-z_.]+"? = .*|\[.*)', text, re.MULTILINE)
    loaded = read(tmp_path, "\n".join(uncommented))
    assert not loaded.problems
    assert {name for name in BY_NAME if name in loaded.lines} >= {
        one.name for one in SETTINGS if one.kind is not Kind.TABLE
    }
    assert all(
        value_of(loaded.settings, one.name) == one.default
        for one in SETTINGS
        if one.kind is not Kind.TABLE
    )


@pytest.mark.parametrize("setting", [one for one in SETTINGS if one.kind is not Kind.TABLE])
def test_every_default_can_be_written_and_read(tmp_path: Path, setting: Setting) -> None:
    loaded = read(tmp_path, f"{setting.name} = {toml_value(setting, setting.default)}\n")
    assert not loaded.problems
    assert value_of(loaded.settings, setting.name) == setting.default


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "code --wait", "EDITOR": "nano"}, ["code", "--wait"]),
        ({"VISUAL": "", "EDITOR": "'my editor' -x"}, ["my editor", "-x"]),
        ({}, ["vi"]),
        ({"EDITOR": "'open"}, ["vi"]),
        ({"EDITOR": " "}, ["vi"]),
    ],
)
def test_the_editor_is_the_one_of_the_reader(
    environment: dict[str, str], command: list[str]
) -> None:
    path = Path("/a b/$(x).toml")
    assert editor(environment, path) == [*command, str(path)]


def test_a_theme_is_remembered_whole_or_not_at_all(tmp_path: Path) -> None:
    assert remembered_theme(tmp_path) == ""
    for name in ("dateline-light", "ansi-dark"):
        remember_theme(tmp_path, name)
        assert remembered_theme(tmp_path) == name
    assert [path.name for path in tmp_path.iterdir()] == ["theme"]


def test_a_theme_file_that_is_none_is_no_theme(tmp_path: Path) -> None:
    (tmp_path / "theme").write_bytes(b"\xff\xfe")
    assert remembered_theme(tmp_path) == ""
    (tmp_path / "theme").unlink()
    (tmp_path / "theme").mkdir()
    assert remembered_theme(tmp_path) == ""
    assert remembered_theme(tmp_path / "missing") == ""


def test_what_has_no_end_is_no_file_of_settings(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert not read_settings(pipe).problems
    long = tmp_path / "long"
    with long.open("wb") as file:
        file.truncate(10**9)
    (problem,) = read_settings(long).problems
    assert "too large" in problem.reason
