"""The strip above the footer: one of several things by its letter, and keys that follow others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Key

from reader.ui.actions import Place
from reader.ui.screens import keys
from reader.ui.verbs.picking import Choice
from reader.ui.widgets.strip import LINES, Entry, grid, strip_lines
from tests.reader.ui.world import Desk, World

FRUIT = [
    Choice("a", "apple", 1),
    Choice("p", "pear", 2),
    Choice("Q", "quince", 3),
    Choice("xy", "sloe", 4),
    Choice("", "fig", 5),
]


class Basket:
    """Keeps what was chosen."""

    def __init__(self) -> None:
        self.taken: list[int] = []

    def take(self, choice: Choice[int]) -> None:
        self.taken.append(choice.value)


async def ask(desk: Desk) -> Basket:
    basket = Basket()
    desk.main.picking.ask("which fruit", FRUIT, basket.take)
    await desk.settle()
    return basket


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_a_letter_or_arrows_and_enter_choose(world: World, size: tuple[int, int]) -> None:
    async with world.screen(*size) as desk:
        basket = await ask(desk)
        assert desk.place() is Place.PICK
        assert all(desk.shows(one.label) for one in FRUIT)
        assert desk.shows("which fruit")
        assert size < (80, 24) or desk.shows("letter or digit choose")
        for pressed in (["p"], ["q"], ["x", "y"], ["down", "enter"], ["up", "enter"]):
            if desk.place() is not Place.PICK:
                desk.main.picking.ask("which fruit", FRUIT, basket.take)
            await desk.press(*pressed)
        assert basket.taken == [2, 3, 4, 2, 5]
        assert desk.place() is Place.LIST
        assert not desk.shows("which fruit")


async def test_what_has_no_letter_and_escape_choose_nothing(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("enter")
        basket = await ask(desk)
        await desk.press("z")
        assert desk.status == "nothing here has the letter z"
        assert desk.place() is Place.PICK
        await desk.press("x", "escape")
        assert basket.taken == []
        assert desk.place() is Place.ARTICLE
        assert desk.main.hints.pending == ""


async def test_a_click_elsewhere_leaves_and_sideways_stops_at_the_ends(world: World) -> None:
    async with world.screen(130, 30) as desk:
        basket = await ask(desk)
        await desk.press("left", "right", "right", "right", "right", "right", "enter")
        assert basket.taken == [5]
        basket = await ask(desk)
        await desk.pilot.click(desk.main.article, offset=(5, 5))
        await desk.settle()
        assert desk.place() is Place.ARTICLE
        assert not desk.shows("which fruit")


ENTRIES = st.lists(st.builds(Entry, st.text("abc", min_size=1, max_size=3), st.text("xyz 漢")))


@given(ENTRIES.filter(bool), st.integers(1, 200), st.integers(1, LINES), st.data())
def test_a_page_of_the_strip_shows_what_is_chosen_and_fits(
    entries: list[Entry], width: int, lines: int, data: st.DataObject
) -> None:
    shape = grid(entries, width, lines)
    assert shape.lines <= lines
    assert not shape.is_whole or shape.page >= len(entries)
    chosen = data.draw(st.integers(0, len(entries) - 1))
    drawn = strip_lines(entries, shape, chosen)
    assert all(cell_len(line.plain) <= width for line in drawn)
    assert sum(any("reverse" in str(span.style) for span in line.spans) for line in drawn) == 1


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_all_that_can_follow_is_shown_after_a_moment(
    world: World, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "HESITATION", 0.05)
    async with world.screen(*size) as desk:
        following = desk.main.keymap.find(Place.LIST, ("g",)).following
        await desk.pilot.press("g")
        await desk.pilot.pause(0.3)
        top, height = desk.main.strip.region.y, desk.main.strip.region.height
        assert 1 <= height <= LINES
        shown = " ".join(desk.lines()[top : top + height])
        for key, action in following:
            assert f"{key} {(action.short or action.description)[:4]}" in shown
        await desk.press("g")
        assert not desk.main.strip.has_class("-shown")


async def test_what_follows_is_chosen_with_arrows_too(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("equals_sign", "down")
        assert desk.place() is Place.PICK
        assert desk.shows("= …")
        await desk.press("l")
        assert desk.place() is Place.LIST
        assert desk.main.listing.shown.asked.sort == "longest"
        await desk.press("equals_sign", "down", "down", "enter")
        assert desk.place() is Place.LIST
        assert desk.main.listing.shown.asked.sort != "longest"


async def test_who_knows_what_follows_sees_no_strip(world: World) -> None:
    async with world.screen(80, 24) as desk:
        desk.main.take_key(Key("g", "g"))
        desk.main.take_key(Key("G", "G"))
        await desk.pilot.pause(keys.HESITATION + 0.2)
        assert not desk.main.strip.has_class("-shown")
