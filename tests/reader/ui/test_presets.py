"""Sets of keys: nothing in them clashes, and nothing is lost."""

from __future__ import annotations

import pytest
from textual.events import Key

from reader.config import Loaded, Settings
from reader.ui.actions import ACTIONS, BY_NAME, Place
from reader.ui.key_settings import keymap_of
from reader.ui.keymap import RESERVED, Keymap, Trouble
from reader.ui.presets import PRESETS
from reader.ui.tui import DatelineApp
from tests.reader.ui.world import World

NAMES = tuple(PRESETS)


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_names_actions_there_are_and_keys_there_can_be(name: str) -> None:
    for action, keys in PRESETS[name].keys.items():
        assert action in BY_NAME, action
        assert not RESERVED & {key for one in keys for key in one.split()}
    keymap = Keymap(preset=name)
    assert keymap.troubles == []
    for action, keys in PRESETS[name].keys.items():
        assert len(keymap.keys_of(BY_NAME[action])) == len(keys)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", Place)
def test_a_key_has_one_meaning_in_a_place_of_a_preset(name: str, place: Place) -> None:
    keymap = Keymap(preset=name)
    for keys in _bound(keymap, place):
        found = keymap.find(place, keys)
        assert found.action is not None
        assert not found.following
        for size in range(1, len(keys)):
            assert keymap.find(place, keys[:size]).action is None


def _bound(keymap: Keymap, place: Place) -> list[tuple[str, ...]]:
    found, following = [], [((), keymap.find(place, ()).following)]
    for before, more in following:
        found += [(*before, *keys.split()) for keys, _ in more]
    return found


@pytest.mark.parametrize("name", [name for name in NAMES if PRESETS[name].letters])
def test_nothing_that_has_a_key_is_left_without_one(name: str) -> None:
    keymap = Keymap(preset=name)
    assert [one.name for one in ACTIONS if one.keys and not keymap.keys_of(one)] == []


def test_arrows_need_no_letters() -> None:
    keymap = Keymap(preset="arrows")
    for place in Place:
        for keys in _bound(keymap, place):
            assert all(len(key) > 1 for key in keys)
    reached = {
        (place, found.name)
        for place in (Place.LIST, Place.ARTICLE, Place.SOURCES)
        for keys in _bound(keymap, place)
        if (found := keymap.find(place, keys).action)
    }
    for name in ("move.down", "screen.back", "screen.palette", "screen.help", "app.quit"):
        assert (Place.LIST, name) in reached
    for place, name in (
        (Place.LIST, "article.open"),
        (Place.SOURCES, "sources.show"),
        (Place.LIST, "find.widen"),
        (Place.ARTICLE, "move.left"),
    ):
        assert (place, name) in reached


def test_own_keys_win_over_a_preset() -> None:
    keymap = Keymap({"screen.zen": ["n"]}, preset="vim")
    assert keymap.find(Place.LIST, ("n",)).action == BY_NAME["screen.zen"]
    assert [(one.action, one.key, one.other) for one in keymap.troubles] == [
        ("hit.next", "n", "screen.zen")
    ]


def test_a_line_of_the_command_line_gets_a_key() -> None:
    settings = Settings(keys={":tag +war": "alt+w", ":tga": "x", ":help": ""})
    keymap, problems = keymap_of(Loaded(settings, lines={"keys.:tga": 4}))
    action = keymap.find(Place.ARTICLE, ("alt+w",)).action
    assert action is not None
    assert action.name == ":tag +war"
    assert action in keymap.actions
    assert keymap.keys_of(action) == ("Alt-w",)
    assert [one.trouble for one in keymap.troubles] == [Trouble.NO_COMMAND]
    assert [(one.line, one.key) for one in problems] == [(4, "keys.:tga")]


async def test_a_line_bound_to_a_key_is_run(world: World) -> None:
    async with world.screen(keys={":tag +war": "alt+w", ":3": "ctrl+t"}) as desk:
        assert isinstance(desk.app, DatelineApp)
        await desk.press("ctrl+t")
        # As a terminal sends it.
        assert desk.main.take_key(Key("alt+w", "w"))
        await desk.settle()
        assert desk.main.rows.cursor == 2
        assert len(world.ids("tag:war")) == 1
