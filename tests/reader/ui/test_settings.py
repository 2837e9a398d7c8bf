"""What the reader may choose: the theme that is remembered, and settings nobody can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import remembered_theme
from reader.ui import themes
from reader.ui.tui import build
from tests.reader.ui.world import Desk, World


async def command(desk: Desk, line: str) -> None:
    await desk.press("colon")
    await desk.type(line)
    await desk.press("enter")


async def test_the_theme_is_there_the_next_day(world: World) -> None:
    async with world.screen(folder=world.folder) as desk:
        assert desk.app.theme == themes.DARK
        assert remembered_theme(world.folder) == ""
        await command(desk, "theme ansi-light")
        await command(desk, "theme light")
    async with world.screen(folder=world.folder) as desk:
        assert desk.app.theme == themes.LIGHT
        assert desk.status == ""


async def test_the_theme_of_the_settings_wins(world: World) -> None:
    async with world.screen(folder=world.folder) as desk:
        await command(desk, "theme light")
    async with world.screen(folder=world.folder, theme="ansi-dark") as desk:
        assert desk.app.theme == themes.ANSI_DARK


async def test_a_theme_that_cannot_be_remembered_is_told(world: World) -> None:
    (world.folder / "theme").mkdir()
    async with world.screen(folder=world.folder) as desk:
        await command(desk, "theme light")
        assert desk.app.theme == themes.LIGHT
        assert "cannot be remembered" in desk.status
        assert desk.main.status.is_error


async def test_an_unknown_theme_is_told_with_the_known_ones(world: World) -> None:
    async with world.screen(theme="nope", samples=27) as desk:
        assert desk.app.theme == themes.DARK
        assert desk.status == 'theme: there is no "nope" (dark, light, ansi-dark, ansi-light)'
        assert desk.main.status.is_error


async def test_all_troubles_are_told_at_once(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    keys = {"article.star": "x", "article.tag": "ctrl+m"}
    async with world.screen(200, theme="\x1b]0;nope\x07" + "n" * 500, keys=keys) as desk:
        first, *others = desk.status.split(" · ")
        assert first.startswith("3 settings are not used: theme: ")
        assert "(dark, light" in first
        assert "\x1b" not in first
        assert len(others) == 2
        assert "article.star: there is no such action" in others[0]
        assert "Ctrl-m cannot be used" in others[1]
    assert [record.getMessage()[:10] for record in caplog.records] == ["settings: "] * 3


async def test_samples_are_greeted(world: World) -> None:
    async with world.screen(samples=27) as desk:
        assert desk.status == "brought in 27 sample articles to begin with"


def test_the_environment_is_the_one_of_the_process_by_default(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("COLORFGBG", raising=False)
    for term, theme in (("xterm-256color", themes.DARK), ("vt100", themes.ANSI_DARK)):
        monkeypatch.setenv("TERM", term)
        monkeypatch.setenv("COLORTERM", "")
        app, gateway = build(world.ports(), folder=tmp_path)
        gateway.close()
        assert app.theme == theme
