"""How long the status line says what happened."""

from __future__ import annotations

import asyncio

import pytest

from reader.ui.widgets.bars import StatusBar, corner
from tests.reader.ui.world import World


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StatusBar, "STAYS", 0.3)
    monkeypatch.setattr(StatusBar, "ERROR_STAYS", 1.2)


@pytest.mark.usefixtures("hasty")
async def test_a_message_leaves_after_a_while(world: World) -> None:
    async with world.screen() as desk:
        desk.main.status.say("one moment")
        assert desk.status == "one moment"
        await asyncio.sleep(0.5)
        await desk.settle()
        assert desk.status == ""
        assert not desk.shows("one moment")


@pytest.mark.usefixtures("hasty")
async def test_an_error_stays_longer(world: World) -> None:
    async with world.screen() as desk:
        desk.main.status.say("it broke", error=True)
        await asyncio.sleep(0.5)
        assert desk.status == "it broke"
        await asyncio.sleep(0.9)
        assert desk.status == ""
        assert not desk.main.status.is_error
        await desk.settle()
        assert not desk.shows("!")


@pytest.mark.usefixtures("hasty")
async def test_every_message_has_its_own_time(world: World) -> None:
    async with world.screen() as desk:
        desk.main.status.say("broken", error=True)
        desk.main.status.say("first")
        await asyncio.sleep(0.2)
        desk.main.status.say("second")
        await asyncio.sleep(0.2)
        assert desk.status == "second"
        await asyncio.sleep(0.2)
        assert desk.status == ""


async def test_what_has_been_read_goes_with_the_next_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world.screen() as desk:
        desk.main.status.say("just told", error=True)
        await desk.press("j")
        assert desk.status == "just told"
        monkeypatch.setattr(StatusBar, "SEEN", 0.0)
        await desk.press("slash", "d")
        assert desk.status != "just told"
        assert not desk.main.status.is_error


@pytest.mark.usefixtures("hasty")
async def test_the_greeting_leaves_too(world: World) -> None:
    async with world.screen(samples=3) as desk:
        await asyncio.sleep(0.5)
        assert desk.status == ""


@pytest.mark.parametrize(
    ("said", "width", "shown"),
    [
        ("", 10, "2 selected · 3 of 17 · 40%"),
        ("tagged 2 · u undoes", 80, "2 selected · 3 of 17 · 40%"),
        ("tagged 2 · u undoes", 46, "2 selected · 3 of 17"),
        ("tagged 2 · u undoes", 43, "2 selected · 3 of 17"),
        ("tagged 2 · u undoes", 42, "2 selected"),
        ("tagged 2 · u undoes", 20, ""),
    ],
)
def test_the_corner_gives_way_to_what_is_said(said: str, width: int, shown: str) -> None:
    assert corner(["2 selected", "3 of 17", "40%"], said, width) == shown


@pytest.mark.parametrize("keys", [(), ("slash",), ("colon",), ("enter",)])
async def test_ctrl_c_tells_what_quits(world: World, keys: tuple[str, ...]) -> None:
    async with world.screen() as desk:
        await desk.press(*keys, "ctrl+c")
        assert not desk.app._notifications
        assert desk.status == "Ctrl-q quits"


async def test_ctrl_c_tells_the_keys_of_the_settings(world: World) -> None:
    async with world.screen(keys={"app.quit": "Q, X"}) as desk:
        await desk.press("ctrl+c")
        assert desk.status == "Q or X quits"


async def test_ctrl_c_is_quiet_in_help(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("question_mark", "ctrl+c")
        assert not desk.app._notifications
        assert desk.app.is_running
