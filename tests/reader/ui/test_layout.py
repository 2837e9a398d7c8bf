"""What is shown at which size, in which colours."""

from __future__ import annotations

import pytest
from rich.color import ColorSystem

from reader.ui import themes
from reader.ui.actions import Place
from tests.reader.ui.world import Desk, World


def panes(desk: Desk) -> list[str]:
    widgets = (desk.main.rows, desk.main.article, desk.main.names)
    return [str(widget.id) for widget in widgets if widget.region.width and widget.display]


async def test_wide_has_three_panes(world: World) -> None:
    async with world.screen(160, 48) as desk:
        assert panes(desk) == ["rows", "article", "names"]


async def test_medium_has_two_and_names_on_demand(world: World) -> None:
    async with world.screen(100, 30) as desk:
        assert panes(desk) == ["rows", "article"]
        await desk.press("tab", "tab")
        assert desk.place() is Place.LIST
        await desk.press("e")
        assert panes(desk) == ["article", "names"]
        await desk.press("tab")
        assert desk.place() is Place.LIST
        assert "rows" in panes(desk)
        await desk.press("e", "escape")
        assert panes(desk) == ["rows", "article"]
        assert desk.place() is Place.ARTICLE


async def test_narrow_has_one_pane_at_a_time(world: World) -> None:
    async with world.screen(60, 24) as desk:
        assert panes(desk) == ["rows"]
        assert not desk.shows("%")
        await desk.press("enter")
        assert panes(desk) == ["article"]
        assert desk.shows("100%")
        await desk.press("e")
        assert panes(desk) == ["names"]
        await desk.press("j", "}")
        assert panes(desk) == ["article"]
        await desk.press("escape")
        assert panes(desk) == ["rows"]
        await desk.press("slash", *"drone")
        assert panes(desk) == ["rows"]
        assert len(desk.main.listing.source) == 2


async def test_short_has_no_footer(world: World) -> None:
    async with world.screen(40, 12) as desk:
        assert not desk.shows("Enter open")
        assert desk.shows("Harbour reopens")
        assert desk.shows("6/6 unread")


async def test_short_shows_what_may_follow_a_key(world: World) -> None:
    async with world.screen(40, 12) as desk:
        await desk.press("E", "c")
        assert len(desk.lines()) == 12
        assert desk.lines()[-1].startswith(" c … k kind  m merge")
        await desk.press("escape")
        assert not desk.shows("rename")


async def test_resizing_keeps_cursor_and_place(world: World) -> None:
    async with world.screen(130, 30) as desk:
        await desk.press("j", "j", "enter", "pagedown")
        anchor = desk.main.article.anchor
        for width, height in ((60, 20), (90, 30), (40, 12), (130, 30)):
            await desk.pilot.resize_terminal(width, height)
            await desk.settle()
            assert desk.place() is Place.ARTICLE
            assert "article" in panes(desk)
            assert desk.main.rows.cursor == 2
            assert abs(desk.main.article.anchor - anchor) < 120


@pytest.mark.parametrize("width", [1, 2, 5, 12, 30])
@pytest.mark.parametrize("height", [1, 3, 8])
async def test_no_size_is_too_small(world: World, width: int, height: int) -> None:
    async with world.screen(width, height) as desk:
        await desk.press("j", "enter", "escape")
        assert desk.app.is_running


@pytest.mark.parametrize("theme", themes.NAMES)
async def test_every_theme_draws_everything(world: World, theme: str) -> None:
    async with world.screen(theme=theme) as desk:
        await desk.press("slash", *"drone")
        await desk.press("enter", "enter", "}", "question_mark")
        assert desk.app.theme == theme


async def test_themes_are_changed_with_the_command_line_and_in_turn(world: World) -> None:
    async with world.screen() as desk:
        assert desk.app.theme == themes.DARK
        await desk.press("colon")
        await desk.type("theme light")
        await desk.press("enter")
        assert desk.app.theme == themes.LIGHT
        assert desk.status == "theme dateline-light"
        await desk.press("colon")
        await desk.type("theme")
        await desk.press("enter")
        assert desk.app.theme == themes.CONTRAST


async def test_without_colours_there_are_none(world: World) -> None:
    async with world.screen(environment={"NO_COLOR": "1"}) as desk:
        assert desk.app.theme == themes.ANSI_DARK


@pytest.mark.parametrize(
    ("wanted", "environment", "chosen"),
    [
        ("light", {}, themes.LIGHT),
        ("dateline-light", {"NO_COLOR": "1"}, themes.LIGHT),
        ("", {"NO_COLOR": "", "COLORTERM": "truecolor"}, themes.ANSI_DARK),
        ("ansi-light", {"COLORTERM": "truecolor"}, themes.ANSI_LIGHT),
        ("solarised", {"TERM": "xterm-256color"}, themes.DARK),
        ("dark", {"TERM": "xterm"}, themes.DARK),
        ("", {}, themes.ANSI_DARK),
        ("", {"TERM": "xterm"}, themes.ANSI_DARK),
        ("", {"TERM": "vt100"}, themes.ANSI_DARK),
        ("", {"TERM": "linux"}, themes.ANSI_DARK),
        ("", {"TERM": "xterm-16color"}, themes.ANSI_DARK),
        ("", {"TERM": "xterm", "COLORTERM": "truecolor"}, themes.DARK),
        ("", {"TERM": "alacritty", "COLORTERM": "24bit"}, themes.DARK),
        ("", {"TERM": "tmux-256color"}, themes.DARK),
        ("", {"TERM": "xterm-kitty"}, themes.DARK),
        ("", {"TERM": "xterm", "TEXTUAL_COLOR_SYSTEM": "truecolor"}, themes.DARK),
        ("", {"TERM": "rxvt", "COLORFGBG": "0;default;15"}, themes.ANSI_LIGHT),
        ("", {"TERM": "xterm-256color", "COLORFGBG": "0;15"}, themes.LIGHT),
        ("", {"TERM": "xterm-256color", "COLORFGBG": "15;0"}, themes.DARK),
    ],
)
def test_the_theme_to_begin_with(wanted: str, environment: dict[str, str], chosen: str) -> None:
    assert themes.choose(wanted, environment) == chosen


@pytest.mark.parametrize(
    ("wanted", "remembered", "term", "chosen"),
    [
        ("", themes.LIGHT, "xterm-256color", themes.LIGHT),
        ("", themes.ANSI_LIGHT, "xterm-256color", themes.ANSI_LIGHT),
        ("dark", themes.LIGHT, "xterm-256color", themes.DARK),
        ("", themes.LIGHT, "xterm", themes.ANSI_LIGHT),
        ("", themes.DARK, "xterm", themes.ANSI_DARK),
        ("", "no theme", "xterm-256color", themes.DARK),
    ],
)
def test_the_remembered_theme(wanted: str, remembered: str, term: str, chosen: str) -> None:
    assert themes.choose(wanted, {"TERM": term}, remembered) == chosen


async def test_sixteen_colours_keep_the_kinds_of_names_apart(world: World) -> None:
    async with world.screen(environment={"TERM": "xterm"}) as desk:
        kinds = ("person", "place", "organisation", "other")
        styles = [
            desk.main.article.get_visual_style(f"article--{kind}").rich_style for kind in kinds
        ]
        colours = [style.color and style.color.downgrade(ColorSystem.STANDARD) for style in styles]
        assert len({colour and colour.number for colour in colours}) == len(kinds)


def test_themes_in_turn() -> None:
    name, seen = themes.DARK, []
    for _ in themes.NAMES:
        seen.append(name)
        name = themes.following(name)
    assert tuple(seen) == themes.NAMES
    assert themes.following("unknown") == themes.DARK
