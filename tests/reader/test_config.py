"""Where things are, and a settings file with and without mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import (
    FeedSettings,
    Settings,
    library_folder,
    read_settings,
    remember_theme,
    remembered_theme,
    seeds_folder,
    settings_file,
)
from reader.errors import SettingsError


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
    assert read_settings(tmp_path / "none.toml") == Settings()


@pytest.mark.parametrize(
    ("written", "seconds"), [("30m", 1800), ("2 h", 7200), ("1D", 86400), ("never", 0), ("0", 0)]
)
def test_how_often_feeds_are_asked_is_read(tmp_path: Path, written: str, seconds: int) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[feeds]\nevery = "{written}"\n')
    assert read_settings(path).feeds == FeedSettings(seconds)


def test_feeds_are_asked_every_hour_where_nothing_is_said(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("[feeds]\n")
    assert read_settings(path).feeds.every == 3600


def test_theme_and_keys_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('theme = "dateline-light"\n[keys]\n"article.tag" = "T"\n')
    settings = read_settings(path)
    assert settings.theme == "dateline-light"
    assert settings.keys == {"article.tag": "T"}


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("theme = 3\n", 1, "theme"),
        ('\ntehme = "dark"\n', 2, "tehme"),
        ("keys = 1\n", 1, "keys"),
        ('[keys]\nquit = "x"\n"tag" = 5\n', 3, "tag"),
        ("theme = \n", 0, ""),
        ("feeds = 1\n", 1, "feeds"),
        ('[feeds]\nevery = "1m"\n', 2, "every"),
        ('[feeds]\nevery = "2 years"\n', 2, "every"),
        ("[feeds]\nevery = 3\n", 2, "every"),
        ('[feeds]\nevry = "1h"\n', 2, "evry"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(
    tmp_path: Path, text: str, line: int, key: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path)
    assert (caught.value.path, caught.value.line, caught.value.key) == (path, line, key)


def test_a_settings_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        read_settings(tmp_path)
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError):
        read_settings(binary)


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
