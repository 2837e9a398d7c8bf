"""The page about settings says everything that can be set."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from reader.config import (
    LIBRARY_VARIABLE,
    SETTINGS_VARIABLE,
    THEME_FILE,
    Settings,
    read_settings,
)
from reader.ui import themes
from reader.ui.keymap import Keymap
from reader.ui.tui import split_keys

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_has_a_row(name: str) -> None:
    assert f"| `{name}` |" in PAGE or f"| `[{name}]` |" in PAGE


@pytest.mark.parametrize("name", [*themes.NAMES, *themes.WORDS])
def test_every_theme_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", [SETTINGS_VARIABLE, LIBRARY_VARIABLE, "NO_COLOR", "COLORFGBG"])
def test_every_variable_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_the_file_of_the_theme_is_named() -> None:
    assert f"`{THEME_FILE}` beside the library" in PAGE


def test_the_example_can_be_used(tmp_path: Path) -> None:
    example = PAGE.partition("```toml\n")[2].partition("```")[0]
    assert set(tomllib.loads(example)) == {field.name for field in fields(Settings)}
    path = tmp_path / "config.toml"
    path.write_text(example)
    settings = read_settings(path)
    assert themes.named(settings.theme)
    assert not Keymap({name: split_keys(keys) for name, keys in settings.keys.items()}).troubles


@pytest.mark.parametrize("page", ["README.md", "docs/keys.md"])
def test_the_page_is_linked(page: str) -> None:
    assert "settings.md)" in (ROOT / page).read_text(encoding="utf-8")
