"""Finding an action by its words: palette and help."""

from __future__ import annotations

import re

import pytest
from textual import events

from reader.ui import themes
from reader.ui.actions import Group, Place
from reader.ui.help_entries import COMMANDS
from reader.ui.palette import Do, Offer
from reader.ui.screens.help import HelpScreen
from reader.ui.widgets.offer_list import offer_line
from tests.reader.ui.world import Desk, World, draft


async def type_into(desk: Desk, text: str) -> None:
    await desk.pilot.press(*("space" if one == " " else one for one in text))
    await desk.pilot.pause(0.05)


@pytest.mark.parametrize(
    ("beside", "width", "shown"),
    [
        ("g e", 46, "Write what is selected, or the article,…   g e"),
        ("g e", 44, "Write what is selected, or the article, int…"),
        ("export markdown", 46, "Write what is selected, or the article, into…"),
        ("", 46, "Write what is selected, or the article, into…"),
    ],
)
def test_a_long_title_is_cut_for_its_keys(beside: str, width: int, shown: str) -> None:
    offer = Offer("Write what is selected, or the article, into a file", Do.PERFORM, "x", beside)
    line = "".join(text for text, _style in offer_line(offer, width))
    assert len(line) == width
    assert line.rstrip() == shown


async def test_the_palette_does_what_is_chosen(world: World) -> None:
    async with world.screen() as desk:
        # Typed at once, before there is a palette to type into.
        for key in ("ctrl+p", *"favourite"):
            desk.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await desk.settle()
        await desk.pilot.pause(0.05)
        assert re.search(r"Star or unstar +f ", desk.text())
        await desk.pilot.press("enter")
        await desk.settle()
        assert len(world.ids("is:starred")) == 1


async def test_the_palette_shows_everything_at_first(world: World) -> None:
    async with world.screen(height=80) as desk:
        await desk.press("ctrl+p")
        assert desk.shows("Open the article and mark it read")
        await desk.pilot.press(*["pagedown"] * 20)
        await desk.pilot.pause(0.1)
        assert desk.shows("setting: reading.measure")
        await desk.pilot.press(*["pageup"] * 20)
        await desk.pilot.pause(0.1)
        assert desk.shows("Open the article and mark it read")


async def test_what_cannot_be_done_here_says_why_and_how(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "change this source: its name")
        assert desk.shows("only in the sources: s leads there")
        await desk.pilot.press("enter")
        await desk.settle()
        assert desk.status.endswith("only in the sources: s leads there")
        assert desk.place() is Place.LIST


async def test_what_was_chosen_last_comes_first(world: World) -> None:
    async with world.screen(80, 24) as desk:
        for wanted in ("by title", "favourite"):
            await desk.press("ctrl+p")
            await type_into(desk, wanted)
            await desk.pilot.press("enter")
            await desk.settle()
        await desk.press("ctrl+p")
        await desk.pilot.pause(0.1)
        shown = [line for line in desk.lines() if "Star or unstar" in line or "By title" in line]
        assert "Star or unstar" in shown[0]
        await desk.pilot.press("down", "enter")
        await desk.settle()
        assert desk.main.listing.shown.asked.sort == "title"


async def test_the_palette_begins_command_lines_and_runs_own_commands(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "narrow query")
        await desk.pilot.press("enter")
        await desk.settle()
        assert desk.main.command_line.text == "narrow "


async def test_the_mouse_chooses_in_the_palette(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "all keys")
        await desk.pilot.click("#palette-list", offset=(5, 0))
        await desk.settle()
        assert isinstance(desk.app.screen, HelpScreen)


async def test_the_palette_knows_tags_and_sources(world: World) -> None:
    library = world.open_library()
    library.tagging.tag(world.ids("drone"), ["machines"], [])
    library.close()
    async with world.screen() as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "machin")
        assert desk.shows("tag: machines")
        await desk.pilot.press("enter")
        await desk.settle()
        assert len(desk.main.listing.source) == 2
        await desk.press("ctrl+p")
        await type_into(desk, "northgate")
        await desk.pilot.press("enter")
        await desk.settle()
        assert world.asked[-1] == 'source:"Northgate Courier"'


async def test_the_palette_takes_the_theme_that_was_named(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "light")
        await desk.pilot.press("enter")
        await desk.settle()
        assert desk.app.theme in (themes.LIGHT, themes.ANSI_LIGHT)


async def test_markup_in_a_tag_or_source_is_text(world: World) -> None:
    world.add(draft("Plain", "Plain.", day=9, source="[@click=app.quit]Press[/] [/b]"))
    async with world.screen() as desk:
        await desk.press("ctrl+p")
        await type_into(desk, "press")
        assert desk.shows("source: [@click=app.quit]Press[/] [/b]")
        assert desk.app.is_running


async def test_help_lists_every_key_and_finds(world: World) -> None:
    async with world.screen(height=60) as desk:
        await desk.press("question_mark")
        assert desk.shows("Next row, or one line down")
        await type_into(desk, "citation")
        assert desk.shows("Copy a citation")
        assert not desk.shows("Next row")
        await desk.pilot.press(*["backspace"] * 8)
        await type_into(desk, "zzzz")
        assert desk.shows("Nothing does that.")
        await desk.pilot.press(*["backspace"] * 4, "G")
        await desk.pilot.pause(0.1)
        assert desk.shows("Last row, or the end of the article")
        assert not desk.shows("Half a page")
        await desk.pilot.press("escape")
        await desk.settle()
        assert not isinstance(desk.app.screen, HelpScreen)
        await desk.press("j")
        assert desk.main.rows.cursor == 1


async def test_help_scrolls_and_closes_with_enter(world: World) -> None:
    async with world.screen(60, 20) as desk:
        await desk.press("question_mark")
        assert not desk.shows("Undo the last change")
        await desk.pilot.press("pagedown", "down", "down", "up")
        await desk.pilot.pause(0.1)
        assert not desk.shows("Next row, or one line down")
        await desk.pilot.press(*["pagedown"] * 32)
        await desk.pilot.pause(0.1)
        assert desk.shows("tomorrow as well")
        await desk.pilot.press(*["pageup"] * 32)
        await desk.pilot.pause(0.1)
        assert desk.shows("Next row, or one line down")
        await desk.pilot.press("enter")
        await desk.settle()
        assert not isinstance(desk.app.screen, HelpScreen)


def help_lines(desk: Desk) -> list[str]:
    """The lines of the help that are seen, without what is around them."""
    left, top, width, height = desk.app.screen.query_one("#help-scroll").region
    return [line[left : left + width - 1] for line in desk.lines()[top : top + height]]


async def test_a_sheet_takes_a_narrow_screen_and_tells_its_own_keys(world: World) -> None:
    async with world.screen(80, 24) as desk:
        for key, told in (("?", "Esc close"), ("ctrl+p", "Enter do it"), ("i", "Esc close")):
            await desk.press(key)
            await desk.settle()
            assert told in desk.lines()[-1]
            assert "read on" not in desk.lines()[-1]
            sheet = desk.app.screen.query_one("#help, #palette, #lines")
            assert sheet.outer_size.width == 80
            await desk.pilot.resize_terminal(120, 24)
            assert sheet.outer_size.width < 100
            await desk.pilot.resize_terminal(80, 24)
            await desk.press("escape")


@pytest.mark.parametrize("size", [(100, 30), (40, 12)])
async def test_what_goes_on_in_the_next_line_of_help_stays_in_its_column(
    world: World, size: tuple[int, int]
) -> None:
    headings = {*(group.value for group in Group), COMMANDS, "Here: list"}
    async with world.screen(*size) as desk:
        await desk.press("question_mark")
        while not desk.shows("An article"):
            for line in help_lines(desk):
                assert line.startswith(" ") or any(line.rstrip() in one for one in headings), line
            await desk.pilot.press("pagedown")
            await desk.pilot.pause(0.02)


async def test_help_follows_the_size(world: World) -> None:
    async with world.screen(100, 30) as desk:
        await desk.press("question_mark")
        assert desk.shows("Home            First row, or the top of the article")
        await desk.pilot.resize_terminal(40, 12)
        await desk.pilot.pause(0.1)
        assert help_lines(desk)[5].rstrip() == " g g  Home  First row, or the top of"
        await desk.pilot.resize_terminal(100, 30)
        await desk.pilot.pause(0.1)
        assert desk.shows("Home            First row, or the top of the article")


@pytest.mark.parametrize("size", [(20, 5), (40, 12), (30, 8)])
async def test_a_short_screen_is_for_help_and_palette_alone(
    world: World, size: tuple[int, int]
) -> None:
    async with world.screen(*size) as desk:
        await desk.press("question_mark")
        assert desk.app.screen.query_one("#help").region.size == size
        assert "j  ↓" in desk.text()
        await desk.pilot.press("escape")
        await desk.press("ctrl+p")
        await type_into(desk, "undo")
        assert "undo" in desk.lines()[0]
        assert "Undo the last" in desk.lines()[1]


async def test_ctrl_q_quits_from_help(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("question_mark", "ctrl+q")
        assert not desk.app.is_running
