"""The table of actions, and the keys bound to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.ui.actions import ACTIONS, BY_NAME, PICK, PROMPTS, Place
from reader.ui.keymap import RESERVED, Keymap, KeyTrouble, Trouble, is_key, show_key, split_keys
from reader.ui.keys_page import keys_page
from reader.ui.screens.help import NOTES
from reader.ui.wording import tell_trouble
from tests.reader.ui.world import World

KEYS_PAGE = Path(__file__).resolve().parents[3] / "docs" / "keys.md"


def test_the_defaults_have_no_trouble() -> None:
    assert Keymap().troubles == []


def test_names_are_unique_and_described() -> None:
    assert len(BY_NAME) == len(ACTIONS)
    for action in ACTIONS:
        assert action.name.count(".") == 1
        assert action.description
        assert action.places


def test_no_default_key_belongs_to_the_terminal() -> None:
    assert not RESERVED & {
        key for action in ACTIONS for keys in action.keys for key in keys.split()
    }


@pytest.mark.parametrize("place", Place)
def test_the_footer_of_every_place_has_a_handful_of_keys(place: Place) -> None:
    hints = Keymap().hints(place)
    assert (1 if place is Place.LETTERS else 2 if place in PROMPTS | PICK else 5) <= len(hints) <= 8


@pytest.mark.parametrize(
    "place", [Place.LIST, Place.ARTICLE, Place.SOURCES, Place.ENTITIES, Place.FACETS, Place.CARD]
)
async def test_at_eighty_columns_the_footer_says_all_of_it(world: World, place: Place) -> None:
    async with world.screen(80, 24) as desk:
        if place is Place.FACETS:
            await desk.press("e", "v")
        desk.main.go(place)
        await desk.settle()
        hints, named = Keymap().hints(place), desk.lines()[-1]
        for key, hint in hints:
            assert f"{key} {hint}" in named or hint in ("menu", "links")
        await desk.pilot.resize_terminal(100, 24)
        await desk.settle()
        assert "Ctrl-p menu" in desk.lines()[-1]


@pytest.mark.parametrize(
    ("place", "keys", "name"),
    [
        (Place.LIST, ("j",), "move.down"),
        (Place.LIST, ("enter",), "article.open"),
        (Place.ENTITIES, ("enter",), "mention.card"),
        (Place.ENTITIES, ("}",), "entities.jump"),
        (Place.FACETS, ("enter",), "facets.narrow"),
        (Place.CARD, ("enter",), "card.open"),
        (Place.CARD, ("c", "r"), "entity.rename"),
        (Place.ARTICLE, ("enter",), "mention.card"),
        (Place.SEARCH, ("enter",), "prompt.accept"),
        (Place.LIST, ("/",), "find.search"),
        (Place.ENTITIES, ("/",), "entities.search"),
        (Place.LIST, ("g", "g"), "move.first"),
        (Place.LIST, ("q",), "screen.leave"),
        (Place.LIST, ("escape",), "screen.back"),
    ],
)
def test_a_key_means_one_thing_in_a_place(place: Place, keys: tuple[str, ...], name: str) -> None:
    found = Keymap().find(place, keys)
    assert found.action is not None
    assert found.action.name == name


def test_the_start_of_a_sequence_names_what_may_follow() -> None:
    found = Keymap().find(Place.LIST, ("g",))
    assert found.action is None
    assert ("g", "move.first") in [(key, action.name) for key, action in found.following]


def test_letters_mean_nothing_where_one_types() -> None:
    for place in PROMPTS:
        assert Keymap().find(place, ("j",)).action is None
        assert not Keymap().find(place, ("g",)).following


def test_an_action_gets_other_keys_and_loses_its_own() -> None:
    keymap = Keymap({"article.tag": ["f12", "ctrl+t"]})
    assert keymap.find(Place.LIST, ("t",)).action is None
    for key in ("f12", "ctrl+t"):
        assert keymap.find(Place.LIST, (key,)).action == BY_NAME["article.tag"]
    assert ("F12", "tags") in keymap.hints(Place.LIST)
    assert keymap.keys_of(BY_NAME["article.tag"]) == ("F12", "Ctrl-t")


def test_what_was_asked_for_wins_over_a_default() -> None:
    keymap = Keymap({"article.tag": ["m"]})
    assert keymap.find(Place.LIST, ("m",)).action == BY_NAME["article.tag"]
    assert keymap.troubles == [KeyTrouble(Trouble.CLASH, "article.toggle_read", "m", "article.tag")]
    assert all(name for _, name in keymap.hints(Place.LIST))


@pytest.mark.parametrize(
    ("overrides", "expected"),
    [
        (
            {"article.tagg": ["t"]},
            KeyTrouble(Trouble.UNKNOWN_ACTION, "article.tagg", "", "article.tag"),
        ),
        (
            {"article.tag": ["ctlr+t"]},
            KeyTrouble(Trouble.UNKNOWN_KEY, "article.tag", "ctlr+t"),
        ),
        ({"article.tag": ["g ctrl+"]}, KeyTrouble(Trouble.UNKNOWN_KEY, "article.tag", "g ctrl+")),
        ({"zzz": ["t"]}, KeyTrouble(Trouble.UNKNOWN_ACTION, "zzz")),
        ({"article.tag": ["ctrl+s"]}, KeyTrouble(Trouble.RESERVED_KEY, "article.tag", "ctrl+s")),
        ({"screen.zen": ["ctrl+t", ""]}, KeyTrouble(Trouble.NO_KEY, "screen.zen")),
        (
            {"article.star": ["f12"]},
            KeyTrouble(Trouble.UNKNOWN_ACTION, "article.star", "", "article.toggle_star"),
        ),
        (
            {":tga": ["f12"]},
            KeyTrouble(
                Trouble.NO_COMMAND,
                ":tga",
                "",
                'there is no command "tga"; did you mean tag?',
            ),
        ),
    ],
)
def test_troubles(overrides: dict[str, list[str]], expected: KeyTrouble) -> None:
    assert Keymap(overrides).troubles == [expected]


@pytest.mark.parametrize(
    ("preset", "overrides", "name", "keys"),
    [
        ("default", {"article.tag": ["ctrl+m"]}, "article.tag", ("t",)),
        ("default", {"article.tag": ["ctlr+t", "alt+t"]}, "article.tag", ("Alt-t", "t")),
        ("default", {"article.toggle_star": ["j"]}, "article.toggle_star", ("j", "f")),
        # The key that is kept may have been given away meanwhile.
        ("default", {"article.tag": ["ctrl+m"], "screen.zen": ["t"]}, "article.tag", ()),
        ("default", {"article.tag": ["x"], "article.toggle_star": ["x"]}, "article.tag", ("t",)),
        ("vim", {"link.copy": ["ctrl+m"]}, "link.copy", ("y y",)),
        ("arrows", {"article.tag": ["ctrl+m"]}, "article.tag", ("F4",)),
        # Another name that is not quite right is no mistake of this one.
        ("default", {"article.tagg": ["x"], "article.tag": ["alt+t"]}, "article.tag", ("Alt-t",)),
    ],
)
def test_a_mistake_takes_no_key_away(
    preset: str, overrides: dict[str, list[str]], name: str, keys: tuple[str, ...]
) -> None:
    keymap = Keymap(overrides, preset=preset)
    assert keymap.keys_of(BY_NAME[name]) == keys
    assert keymap.troubles


def test_a_key_that_starts_a_sequence_clashes_with_it() -> None:
    keymap = Keymap({"article.tag": ["g"]})
    assert KeyTrouble(Trouble.CLASH, "move.first", "g g", "article.tag") in keymap.troubles
    keymap = Keymap({"article.tag": ["j k"], "article.toggle_star": ["j"]})
    assert {trouble.trouble for trouble in keymap.troubles} == {Trouble.CLASH}


def test_troubles_are_told() -> None:
    told = {
        tell_trouble(trouble)
        for overrides in (
            {"article.tagg": ["t"]},
            {"article.tag": ["m"]},
            {"article.tag": ["ctrl+s"]},
        )
        for trouble in Keymap(overrides).troubles
    }
    assert told == {
        "there is no such action",
        "m is taken by article.tag",
        "Ctrl-s cannot be used, terminals need it",
    }
    assert tell_trouble(KeyTrouble(Trouble.NO_KEY, "a.b")) == "no key is given"


def test_no_key_at_all_can_be_wanted() -> None:
    keymap = Keymap({"article.tag": [""], "screen.zen": ["t"]})
    assert keymap.troubles == []
    assert keymap.keys_of(BY_NAME["article.tag"]) == ()


def test_an_action_without_a_key_is_not_in_the_footer() -> None:
    bare = [replace(action, keys=()) for action in ACTIONS]
    assert Keymap(actions=bare).hints(Place.LIST) == ()


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("j", "j"),
        ("+", "+"),
        ("ctrl+d", "Ctrl-d"),
        ("pagedown", "PgDn"),
        ("shift+tab", "Shift-Tab"),
        ("shift+down", "Shift-↓"),
        ("insert", "Insert"),
        ("f12", "F12"),
        ("f", "f"),
    ],
)
def test_keys_as_a_person_reads_them(key: str, shown: str) -> None:
    assert show_key(key) == shown


@pytest.mark.parametrize(
    ("value", "keys"),
    [("t", ["t"]), ("j, down", ["j", "down"]), ("g g", ["g g"]), (",", [","]), ("", [""])],
)
def test_keys_in_the_settings(value: str, keys: list[str]) -> None:
    assert split_keys(value) == keys


def test_the_page_of_keys_is_current() -> None:
    assert KEYS_PAGE.read_text(encoding="utf-8") == keys_page(), "run `make docs`"


def test_the_page_names_every_action_and_what_counts_as_read() -> None:
    page = keys_page()
    assert all(f"`{action.name}`" in page for action in ACTIONS)
    assert "read to its end" in page
    assert "read to its end" in NOTES


@pytest.mark.parametrize("key", ["T", "+", "ctrl++", "f12", "alt+question_mark", "ctrl+@", "é"])
def test_what_keys_are_called(key: str) -> None:
    assert is_key(key)
