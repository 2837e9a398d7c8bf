"""Corrections of entities with keys and lines."""

from __future__ import annotations

from reader.model import EntityKind, NameForm
from reader.ui.actions import Place
from tests.reader.ui.test_cards import card_names, go_to
from tests.reader.ui.test_facets import pane
from tests.reader.ui.world import Desk, World


async def run(desk: Desk, line: str) -> None:
    await desk.press_line(line)
    await desk.settle()


async def test_renaming_from_the_card_and_back(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E", "c", "r")
        assert desk.main.command_line.text == "entity rename Ilse Brandt"
        await desk.type(" of Kelm")
        await desk.press("enter")
        assert desk.status == "Ilse Brandt is Ilse Brandt of Kelm now · u undoes"
        assert desk.place() is Place.CARD
        assert desk.shows("Ilse Brandt of Kelm  person")
        assert card_names(desk) == ["Ilse Brandt of Kelm"]
        await desk.press("u")
        assert desk.status.startswith("undid: ")
        assert desk.shows("Ilse Brandt  person")
        await desk.press("U")
        assert desk.shows("Ilse Brandt of Kelm  person")
        await desk.press("escape")
        assert "Ilse Brandt of Kelm 2" in " ".join(pane(desk))


async def test_what_is_so_already_is_no_change_to_undo(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E", "c", "r")
        await desk.type(" of Kelm")
        await desk.press("enter")
        await run(desk, "entity kind PER")
        assert desk.status == "Ilse Brandt of Kelm is so already: nothing to change"
        await desk.press("c", "r", "enter")
        assert desk.status == "Ilse Brandt of Kelm is so already: nothing to change"
        await desk.press("u")
        assert desk.shows("Ilse Brandt  person")


async def test_another_kind(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("e", "c", "k")
        assert desk.main.command_line.text == "entity kind "
        assert desk.shows("Ilse Brandt: PER  LOC  ORG  MISC")
        await desk.press("tab", "tab", "tab", "enter")
        assert desk.status == "Ilse Brandt is of the kind organisation now · u undoes"
        assert pane(desk)[0] == "Places"
        await desk.press("u")
        assert pane(desk)[0] == "People"
        await run(desk, "entity kind planet")
        assert desk.place() is Place.COMMAND
        assert desk.shows('there is no kind "planet": PER LOC ORG MISC')


async def test_not_a_name(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter", "}", "enter", "c", "x")
        assert desk.status == "Ilse Brandt is no name any more · u undoes"
        assert desk.place() is Place.ARTICLE
        assert pane(desk)[0] == "Places"
        await desk.press("u")
        assert pane(desk)[0] == "People"


async def test_merging_into_another_with_its_name_completed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E", "c", "m")
        await desk.type("coast")
        assert desk.shows("Coast Union")
        await desk.press("tab", "enter")
        assert desk.status == "Ilse Brandt is one with Coast Union now · u undoes"
        assert desk.shows("Coast Union  organisation")
        assert desk.shows("2 articles · 4 mentions")
        await desk.press("u")
        assert desk.shows("Ilse Brandt  person")
        await run(desk, "entity merge nobody at all")
        assert desk.status == "nobody and nothing else is named nobody at all"


async def test_splitting_off_a_way_to_write_it(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        await run(desk, "entity merge Coast Union")
        await go_to(desk, NameForm, "Ilse Brandt")
        assert "c s: this is someone else" in desk.text()
        await desk.press("colon", *"entity split ILSE")
        assert "2 times" in desk.text()
        await desk.press("tab")
        assert desk.main.command_line.text == "entity split Ilse Brandt"
        await desk.press("escape", "escape")
        await desk.press("c", "s")
        assert desk.status == "“Ilse Brandt” is someone else than Coast Union now · u undoes"
        assert desk.shows("2 articles · 2 mentions")
        await desk.press("G", "c", "s")
        assert desk.main.command_line.text == "entity split "


async def test_a_mention_is_someone_else(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter", "}", "c", "w")
        assert desk.main.command_line.text == "mention "
        assert desk.shows("“Ilse Brandt” here: mention NAME | -")
        await desk.type("Coast Union")
        await desk.press("enter")
        assert desk.status == "“Ilse Brandt” is Coast Union here · u undoes"
        assert "Coast Union 2 in 2" in pane(desk)
        await desk.press("u", "}")
        assert "Ilse Brandt 2 in 1" in pane(desk)
        await desk.press("{", "}")
        await run(desk, "mention Rosa Field")
        assert "Rosa Field" in desk.status
        assert any(line.startswith("Rosa Field 1") for line in pane(desk))
        await desk.press("u", "g", "g", "}")
        await run(desk, "mention !!!")
        assert desk.status == "nobody and nothing else is named !!!"
        await run(desk, "mention -")
        assert desk.status.endswith("is nobody here · u undoes")


async def test_without_a_name_nothing_is_corrected(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter")
        await desk.press("colon", *"entity split x", "escape")
        await desk.press("c")
        assert desk.status == "no name here: } goes to the next one"
        # Nothing waits to follow it.
        assert not desk.main.hints.pending
        for name in ("rename", "kind", "ignore", "merge"):
            desk.main.say("")
            desk.main.perform(f"entity.{name}")
            assert desk.status == "no name here: } goes to the next one"
        desk.main.say("")
        desk.main.perform("mention.correct")
        assert desk.status == "no name here: } goes to the next one"
        desk.main.say("")
        await run(desk, "mention Nobody")
        assert desk.status == "no name here: } goes to the next one"


async def test_a_name_of_a_list_is_corrected_too(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "e")
        await run(desk, f"entity kind {EntityKind.ORG.value.lower()}")
        assert desk.status == "Kelmouth is of the kind organisation now · u undoes"
        assert desk.place() is Place.FACETS
        assert pane(desk)[1] == "Organisations"
