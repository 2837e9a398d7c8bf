"""Everything a newcomer wants to do, with arrow keys, Enter, Esc and the palette alone."""

from __future__ import annotations

import pytest
from textual.events import Paste

from reader.ui.actions import Place
from reader.ui.screens.help import HelpScreen
from tests.reader.ui.world import Desk, World


async def palette(desk: Desk, wanted: str) -> None:
    """Choose what the palette finds first for some words."""
    await desk.press("ctrl+p")
    await desk.pilot.press(*("space" if one == " " else one for one in wanted))
    shown = desk.app.screen
    await desk.pilot.press("enter")
    while desk.app.screen is shown and desk.app.is_running:
        await desk.pilot.pause(0.01)
    await desk.settle()


async def test_reading_finding_tagging_and_undoing(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("down", "enter")
        assert desk.place() is Place.ARTICLE
        assert desk.title == "Drone survey finds lost orchard"
        await desk.press("escape")
        await palette(desk, "search the whole library")
        assert desk.place() is Place.SEARCH
        await desk.type("harbour")
        await desk.press("enter")
        assert len(desk.main.listing.source) == 1
        await palette(desk, "label")
        await desk.type("+sea")
        await desk.press("enter")
        assert len(world.ids("tag:sea")) == 1
        await palette(desk, "undo")
        assert world.ids("tag:sea") == []
        await palette(desk, "favorite")
        assert len(world.ids("is:starred")) == 1
        await palette(desk, "all articles")
        assert len(desk.main.listing.source) == 6


async def test_sources_names_cards_and_the_way_out(world: World) -> None:
    world.subscribe("Kelmouth Post")
    async with world.screen(80, 24) as desk:
        await palette(desk, "feeds pane")
        assert desk.place() is Place.SOURCES
        await desk.press("down", "enter")
        assert desk.place() is Place.LIST
        await desk.press("escape", "escape")
        await palette(desk, "subscribe")
        assert desk.place() is Place.COMMAND
        assert desk.main.command_line.text == "add "
        await desk.press("escape")
        await palette(desk, "cheat sheet")
        assert isinstance(desk.app.screen, HelpScreen)
        await desk.pilot.press("escape")
        await desk.settle()
        await palette(desk, "exit")
        assert not desk.app.is_running


@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ("tag all that answer a query", "tag "),
        ("export", "export "),
        ("bookmark page url", "save "),
    ],
)
async def test_what_needs_words_begins_a_command_line(
    world: World, wanted: str, begins: str
) -> None:
    async with world.screen(80, 24) as desk:
        await palette(desk, wanted)
        assert desk.main.command_line.text.startswith(begins)


async def test_what_lines_take_is_told_and_first_words_on_a_highlight_are_noted(
    world: World,
) -> None:
    async with world.screen() as desk:
        await desk.press("colon")
        await desk.type("rule ")
        assert desk.shows("+TAG  -TAG  read  unread  starred")
        await desk.press("escape", "enter", "v", "enter")
        await desk.settle()
        await desk.press("W")
        await desk.type("why")
        await desk.press("enter")
        await desk.settle()
        assert desk.status == "noted · u undoes"


async def test_what_is_pasted_and_not_taken_is_told(world: World) -> None:
    async with world.screen() as desk:
        desk.app.post_message(Paste("some text"))
        await desk.settle()
        assert desk.status == "nothing to paste into here: / begins a search"
        await desk.press("slash")
        desk.app.post_message(Paste("\ndrone\nsurvey\n"))
        await desk.settle()
        assert desk.main.search_bar.text == "drone"
        assert desk.status == "pasted the first of 2 lines: there is room for one"
        desk.app.post_message(Paste(" survey"))
        await desk.settle()
        assert desk.main.search_bar.text == "drone survey"


async def test_a_program_that_is_not_there_leaves_the_screen_alone(world: World) -> None:
    async with world.screen() as desk:
        await desk.press_line("pipe nowhere -x")
        await desk.settle()
        assert desk.status == "nowhere: not found"
        assert desk.main.status.is_error
        assert world.commands.lent == []


async def test_a_short_screen_leads_on_where_its_line_is_free(world: World) -> None:
    async with world.screen(20, 5) as desk:
        assert desk.lines()[-1].startswith(" ? help")
        await desk.press("slash")
        await desk.settle()
        assert desk.lines()[-1].startswith(" Enter keep")
        await desk.press("escape", "m")
        await desk.settle()
        assert desk.lines()[-1].startswith(" marked 1 read")
