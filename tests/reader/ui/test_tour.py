"""The tour: what it asks for, and that it goes on whatever way it is done."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reader.config import Loaded, Settings
from reader.config.places import TOUR_FILE
from reader.ui.actions import Place
from reader.ui.keymap import Keymap
from reader.ui.live_keys import key_of, line_of, with_keys
from reader.ui.presets import PRESETS
from reader.ui.tour import END, LINES, STEPS, Seen, panel_lines, words_of
from tests.reader.ui.world import Desk, World


@pytest.mark.parametrize("preset", sorted(PRESETS))
@pytest.mark.parametrize("width", [36, 76, 146])
def test_every_step_fits_and_names_live_keys(preset: str, width: int) -> None:
    keymap = Keymap(preset=preset)
    for at, step in enumerate(STEPS):
        lines = panel_lines(at, keymap, width)
        assert len(lines) <= LINES
        assert all(len(line) <= width for line in lines)
        shown = " ".join(lines)
        words = words_of(step, keymap)
        assert "{" not in words
        assert all(word in shown for word in words.split())


def test_an_action_without_keys_is_told_as_a_command() -> None:
    keymap = Keymap({"article.toggle_star": []})
    assert words_of(STEPS[5], keymap) == "Star this article: :article.toggle_star."


def test_all_of_the_tour_can_be_done_without_letters() -> None:
    keymap = Keymap(preset="arrows")
    told = " ".join(line for at in range(len(STEPS)) for line in panel_lines(at, keymap, 76))
    assert re.findall(r"\s:\w|F12 \w+\.\w+", told) == []
    assert "F12 tour leaves it, F12 tour skip goes on" in told
    assert "Insert on each" in told


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({}, ":tour, u, :history.redo"),
        ({"screen.command": ["f12"]}, "F12 tour, u, F12 history.redo"),
        ({"screen.command": [""]}, ":tour, u, :history.redo"),
    ],
)
def test_a_line_is_told_by_the_key_that_opens_it(keys: dict[str, list[str]], told: str) -> None:
    keymap = Keymap({"history.redo": [""], **keys})
    words = f"{line_of('tour')}, {key_of('history.undo')}, {key_of('history.redo')}"
    assert with_keys(words, keymap) == told


AT = Seen(Place.LIST, row=1, article=7)
DONE = (
    (replace(AT, row=2), ()),
    (replace(AT, place=Place.ARTICLE), ()),
    (AT, ("article.read_on",)),
    (replace(AT, conditions=("putin",)), ()),
    (AT, ()),
    (replace(AT, starred=True), ()),
    (AT, ("history.undo",)),
    (replace(AT, tags=("later",)), ()),
    (replace(AT, selected=2), ()),
    (replace(AT, place=Place.CARD), ()),
    (AT, ("screen.palette",)),
    (AT, ("screen.help",)),
)
"""What is seen and done when each step is."""


@pytest.mark.parametrize("at", range(len(STEPS)))
def test_a_step_waits_for_what_it_asks_for(at: int) -> None:
    before = replace(AT, conditions=("x",)) if at == 4 else AT
    now, performed = DONE[at]
    assert STEPS[at].is_done(before, now, set(performed))
    assert not STEPS[at].is_done(before, before, {"screen.back"})


@pytest.mark.parametrize("at", [5, 7])
def test_another_article_with_a_star_or_tag_is_no_step(at: int) -> None:
    elsewhere = replace(AT, article=8, starred=True, tags=("war",))
    for before in (AT, replace(AT, article=None)):
        assert not STEPS[at].is_done(before, elsewhere, set())


async def step(desk: Desk, *keys: str) -> str:
    """Press keys; the number of the step that comes then."""
    await desk.press(*keys)
    desk.main.touring.look()
    await desk.settle()
    panel = next((line for line in desk.lines() if "The tour, " in line), "")
    return panel.partition("The tour, ")[2].partition(" of")[0]


async def test_the_tour_goes_by_keys_mouse_palette_and_lines(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press_line("tour")
        assert await step(desk) == "1"
        assert desk.main.rows.region.bottom <= desk.main.tour_panel.region.y
        await desk.pilot.click(desk.main.rows, offset=(5, 3))
        assert await step(desk) == "2"
        assert await step(desk, "right") == "3"
        assert await step(desk, "down") == "4"
        assert await step(desk, "slash", *"drone") == "4"
        assert await step(desk, "enter") == "5"
        assert await step(desk, "escape") == "6"
        await desk.press("ctrl+p")
        await desk.pilot.press(*"star", "enter")
        assert await step(desk) == "7"
        assert await step(desk, "u") == "8"
        await desk.press_line("tag +later")
        assert await step(desk) == "9"
        assert await step(desk, "v", "v") == "10"
        assert await step(desk, "escape", "g", "g", "E") == "11"
        await desk.press("ctrl+p")
        await desk.pilot.press("escape")
        assert await step(desk) == "12"
        await desk.press("question_mark")
        await desk.pilot.press("escape")
        assert await step(desk) == ""
        assert desk.status == with_keys(END, Keymap())


async def test_a_star_or_tag_counts_on_whatever_row_the_cursor_has_gone_to(world: World) -> None:
    async with world.screen(80, 24) as desk:
        desk.main.perform("tour.toggle")
        for _ in range(5):
            desk.main.perform("tour.skip")
        assert await step(desk, "j") == "6"
        assert await step(desk, "f") == "7"
        desk.main.perform("tour.skip")
        assert await step(desk, "j") == "8"
        await desk.press_line("tag +later")
        assert await step(desk) == "9"


async def test_a_tag_set_on_others_or_there_already_counts(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("v", "v")
        for line in ("tag +later", "tag +later"):
            desk.main.touring.leave()
            desk.main.perform("tour.toggle")
            for _ in range(7):
                desk.main.perform("tour.skip")
            await desk.press_line(line)
            assert await step(desk) in ("9", "10")


async def test_a_key_too_many_leaves_no_tour_and_steps_can_be_skipped(world: World) -> None:
    async with world.screen(80, 24) as desk:
        assert desk.main.perform("tour.skip") is False
        desk.main.perform("tour.toggle")
        await desk.press_line("tour skip")
        assert await step(desk) == "2"
        assert await step(desk, "enter") == "3"
        assert await step(desk, "escape") == "3"
        assert await step(desk, "escape") == "3"
        assert ":tour leaves it" in desk.status
        desk.main.perform("tour.toggle")
        assert not desk.main.touring.is_on


async def test_the_tour_is_offered_once(world: World, tmp_path: Path) -> None:
    for offered in (True, False):
        async with world.screen(80, 24, folder=tmp_path) as desk:
            assert (":tour first steps" in desk.status) is offered
            assert desk.shows("? all keys · Ctrl-p finds anything · :tour first") is offered
    (tmp_path / TOUR_FILE).unlink()
    async with world.screen(80, 24, folder=tmp_path, loaded=Loaded(Settings(tour=False))) as desk:
        assert desk.status == ""
