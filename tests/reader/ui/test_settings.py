"""What the reader may choose: the theme that is remembered, and settings nobody can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings, example, read_settings, remembered_theme
from reader.errors import SettingsError
from reader.ui import themes
from reader.ui.key_settings import MOST_PROBLEMS
from reader.ui.screens.settings import problem_offers
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


async def test_an_unknown_theme_is_told_with_the_nearest(world: World) -> None:
    async with world.screen() as desk:
        await command(desk, "theme nrod")
        assert desk.status == 'there is no theme "nrod"; did you mean nord?'
        assert desk.main.status.is_error
        await command(desk, "theme \x1b]0;zzz\x07")
        assert desk.status.endswith("Tab shows those there are")
        await command(desk, "theme nord")
        assert desk.app.theme == "nord"


async def test_the_first_trouble_is_told_and_the_others_are_listed(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    path = world.folder / "config.toml"
    path.write_text('tehme = "x"\n\n[keys]\n"article.star" = "x"\n"article.tag" = "ctrl+m"\n')
    async with world.screen(150, loaded=read_settings(path)) as desk:
        assert desk.status == (
            "config.toml, line 1: tehme: unknown setting; did you mean theme? · "
            "2 other problems: :config shows them"
        )
        assert desk.main.status.is_error
        await command(desk, "config")
        for told in ("! line 4: keys.article.star: there is no such action", "! line 5: keys"):
            assert desk.shows(told)
        await desk.press("escape")
        assert desk.app.screen is desk.main
    assert [record.getMessage()[:10] for record in caplog.records] == ["settings: "] * 3


@pytest.fixture
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is looked at when the test says so, not between two of its lines."""
    monkeypatch.setattr("reader.ui.verbs.configuring.LOOK", 3600.0)


@pytest.mark.usefixtures("unwatched")
async def test_a_change_of_the_file_holds_and_a_broken_one_does_not(world: World) -> None:
    path = world.folder / "config.toml"
    path.write_text("[reading]\nmeasure = 60\n")
    async with world.screen(loaded=read_settings(path)) as desk:
        look = desk.main.configuring.look

        async def write(text: str) -> str:
            path.write_text(text)
            look()
            await desk.settle()
            return desk.status

        assert "hold now" in await write(
            'theme = "nord"\nentity_colours = "safe"\n[keys]\n"screen.zen" = "ctrl+t"\n'
        )
        assert desk.app.theme == "nord"
        assert desk.main.settings.reading.measure == 76
        before = desk.main.settings
        assert "line 1: " in await write("theme = \n")
        assert desk.main.settings is before
        assert desk.app.theme == "nord"
        await desk.press("ctrl+t")
        assert desk.main.is_zen
        path.unlink()
        look()
        await desk.settle()
        assert desk.main.settings == Settings()
        # There is no terminal here to lend to an editor; the file is made all the same.
        await command(desk, "config edit")
        assert desk.main.status.is_error
        assert path.read_text() == example()


@pytest.mark.usefixtures("unwatched")
async def test_a_setting_is_changed_here_and_in_the_file(world: World) -> None:
    path = world.folder / "config.toml"
    path.write_text("# mine\n")
    async with world.screen(loaded=read_settings(path)) as desk:
        await command(desk, "set reading.measure 90")
        assert desk.status == "reading.measure is 90 from now on"
        assert desk.main.settings.reading.measure == 90
        assert path.read_text() == "# mine\n\n[reading]\nmeasure = 90\n"
        await command(desk, 'set pictures "on demand"')
        assert desk.main.settings.pictures == "on demand"
        await command(desk, "set pictures")
        assert desk.status == 'pictures is "on demand" · off, on demand'
        await command(desk, "set feeds.every 2h")
        assert world.fetching is not None
        assert world.fetching.every == [7200]
        await command(desk, "set pictures never")
        assert desk.status == (
            "not changed: pictures: there is no such word (there are: off, on demand)"
        )
        await command(desk, "set theme dark")
        assert desk.status == "theme is dateline-dark from now on"
        await command(desk, "config")
        assert "Enter change" in desk.lines()[-1]
        await desk.press("enter")
        assert desk.main.command_line.text == "set theme "
        await desk.press("escape")
        await command(desk, "config")
        for _ in range(5):
            await desk.press("down")
        await desk.press("enter")
        await desk.settle()
        assert desk.status == "tour is false from now on"
        path.write_text("[")
        await command(desk, "set pictures off")
        assert "cannot be read" in desk.status
        assert path.read_text() == "["


async def test_set_offers_names_and_words(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("colon")
        await desk.type("set read")
        await desk.press("tab")
        assert desk.main.command_line.text == "set reading.measure"
        assert desk.main.configuring.offers("keymap ")[:2] == ("keymap default", "keymap newsboat")
        assert desk.main.configuring.offers("tour o") == ("tour on", "tour off")
        assert desk.main.configuring.offers("nothing ") == ()
        await desk.press("escape")
        await command(desk, "set tour off")
        assert desk.status == "there is no settings file to keep it in"


async def test_samples_are_greeted(world: World) -> None:
    async with world.screen(samples=27) as desk:
        assert desk.status == "27 samples brought in"


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


def test_of_very_many_problems_some_are_listed_and_the_rest_counted() -> None:
    problems = [SettingsError(Path("x"), line, "k", "odd") for line in range(1, 1001)]
    lines = [offer.title for offer in problem_offers(problems)]
    assert sum(line.startswith("! line ") for line in lines) == MOST_PROBLEMS
    assert f"! {1000 - MOST_PROBLEMS} other problems" in lines
