"""The page about settings says everything that can be set."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from reader.config import BY_NAME, SETTINGS, Kind, Setting, read_settings
from reader.config.page import settings_page
from reader.ui import themes
from reader.ui.key_settings import keymap_of
from reader.ui.presets import PRESETS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


def test_the_page_is_current() -> None:
    assert settings_page() == PAGE, "run `make docs`"


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_has_a_row_of_one_line(setting: Setting) -> None:
    name = setting.name
    rows = [line for line in PAGE.splitlines() if line.startswith((f"| `{name}`", f"| `[{name}]"))]
    assert len(rows) == 1
    assert rows[0].count(" | ") == 3


def test_every_theme_is_named_and_there() -> None:
    assert all(f"`{word}`" in PAGE for word in themes.WORDS)
    assert all(f"`{name}`" in PAGE for name in themes.NAMES)
    assert set(themes.ALL) == {*BUILTIN_THEMES, *(theme.name for theme in themes.own_themes())}
    assert BY_NAME["theme"].choices == themes.WORDS


def test_every_preset_can_be_chosen() -> None:
    assert BY_NAME["keymap"].choices == tuple(PRESETS)


def test_the_example_can_be_used(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(PAGE.partition("```toml\n")[2].partition("```")[0])
    loaded = read_settings(path)
    assert {one.name for one in SETTINGS if one.kind is Kind.TABLE} <= {
        name.partition(".")[0] for name in loaded.lines
    }
    assert not keymap_of(loaded)[1]


@pytest.mark.parametrize("page", ["README.md", "docs/keys.md"])
def test_the_page_is_linked(page: str) -> None:
    assert "settings.md)" in (ROOT / page).read_text(encoding="utf-8")
