"""Whom a whole list names, beside it: counts, narrowing, excluding."""

from __future__ import annotations

from contextlib import closing

from reader.ui.actions import Place
from tests.reader.ui.world import UNAVAILABLE, Desk, World, draft


def pane(desk: Desk) -> list[str]:
    """What the pane of names shows."""
    left = desk.main.names.region.x
    lines = (line[left:].strip(" ▏▌▁▂▃▄▅▆▇█") for line in desk.lines()[1:])
    return [" ".join(line.split()) for line in lines if line]


def parts(desk: Desk) -> tuple[str, ...]:
    return desk.main.listing.shown.asked.parts


async def test_a_search_has_counts_beside_it_and_an_article_its_own_names(world: World) -> None:
    async with world.screen() as desk:
        assert pane(desk)[0] == "People"
        await desk.press("slash", *"drone")
        # The line that is typed into lies over the first one.
        assert pane(desk)[:2] == ["Places", "Kelmouth 2"]
        await desk.press("enter")
        assert pane(desk)[:3] == ["In these 2 articles", "Places", "Kelmouth 2"]
        await desk.press("enter")
        assert pane(desk)[:2] == ["Places", "Kelmouth 1 in 3"]
        await desk.press("escape")
        assert pane(desk)[0] == "In these 2 articles"
        await desk.press("escape")
        assert pane(desk)[0] == "People"


async def test_a_count_narrows_the_list_and_nothing_jumps(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"of OR for OR the", "enter", "j")
        title = desk.title
        assert title == "Drone survey finds lost orchard"
        await desk.press("e")
        assert desk.place() is Place.FACETS
        while (current := desk.main.names.current) is None or current.name != "Kelmouth":
            await desk.press("j")
        at = desk.main.names.cursor
        await desk.press("enter")
        assert parts(desk) == ("of OR for OR the", 'where:"Kelmouth"')
        assert desk.place() is Place.FACETS
        assert desk.main.names.current is not None
        assert desk.main.names.current.name == "Kelmouth"
        assert desk.main.names.cursor == at
        assert desk.title == title
        await desk.press("enter")
        assert desk.status == "that is a condition of this list: Kelmouth"
        await desk.press("backspace")
        assert parts(desk) == ("of OR for OR the",)
        assert desk.place() is Place.FACETS


async def test_a_count_is_excluded(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"kelmouth", "enter", "j", "e")
        while (current := desk.main.names.current) is None or current.name != "Ilse Brandt":
            await desk.press("j")
        await desk.press("minus")
        assert parts(desk) == ("kelmouth", '-who:"Ilse Brandt"')
        assert desk.title == "Drone survey finds lost orchard"
        assert desk.main.names.current is not None
        assert desk.main.names.current.name == "Ilse Brandt"
        assert "Ilse Brandt 0" in pane(desk)
        await desk.press("minus")
        assert desk.status == "that is a condition of this list: -Ilse Brandt"
        await desk.press("enter")
        assert desk.status == "none of these articles name Ilse Brandt"
        assert parts(desk) == ("kelmouth", '-who:"Ilse Brandt"')
        await desk.press("backspace")
        assert "Ilse Brandt 1" in pane(desk)


async def test_a_name_of_all_articles_neither_narrows_nor_empties_the_list(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *'entity:"Kelmouth"', "enter", "e")
        while (current := desk.main.names.current) is None or current.name != "Kelmouth":
            await desk.press("j")
        for key in ("enter", "minus"):
            desk.main.say("")
            await desk.press(key)
            assert desk.status == "all of these articles name Kelmouth"
        assert parts(desk) == ('entity:"Kelmouth"',)


async def test_an_empty_list_says_what_leads_out_of_it(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "F", *"xylophone", "enter")
        assert desk.shows("Nothing found.")
        assert desk.shows("Backspace in the list takes")
        assert pane(desk)[0] == "No articles, no names"
        await desk.press("backspace")
        assert parts(desk) == ("drone",)


async def test_the_cursor_goes_to_what_comes_next_when_its_article_leaves(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"the sort:newest", "enter", "e")
        assert desk.title == "Harbour reopens after the storm"
        while (current := desk.main.names.current) is None or current.name != "Ilse Brandt":
            await desk.press("j")
        await desk.press("minus")
        assert desk.title == "Drone survey finds lost orchard"


async def test_the_other_names_are_one_key_away(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("e", "v")
        assert desk.status == "the names of the whole list"
        assert pane(desk)[0] == "In these 6 articles"
        assert desk.place() is Place.FACETS
        await desk.press("v")
        assert desk.place() is Place.ENTITIES
        assert pane(desk)[0] == "People"
        await desk.press("v", "E")
        assert desk.place() is Place.CARD
        await desk.press("escape")
        assert desk.place() is Place.FACETS
        await desk.press("h")
        assert desk.place() is Place.LIST


async def test_a_count_leads_to_the_mentions_of_the_article_too(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "e", "}")
        assert desk.place() is Place.FACETS
        assert desk.status == "Kelmouth: 1 mention here, in 3 articles of the library"
        assert desk.main.article.current_mention is not None


async def test_where_two_panes_fit_the_counts_stand_beside_the_list(world: World) -> None:
    async with world.screen(90, 24) as desk:
        await desk.press("slash", *"drone", "enter", "e")
        assert desk.shows("In these 2 articles")
        assert desk.shows("Museum buys a drone")
        assert desk.place() is Place.FACETS
        await desk.press("escape")
        assert desk.place() is Place.LIST
        assert not desk.shows("In these")
        await desk.press("e", "e")
        assert desk.place() is Place.LIST


async def test_a_click_narrows(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone OR union", "enter")
        line = next(n for n, text in enumerate(desk.lines()) if "Kelmouth     " in text)
        await desk.pilot.click(offset=(desk.main.names.region.x + 4, line))
        await desk.settle()
        assert parts(desk) == ("drone OR union", 'where:"Kelmouth"')


async def test_late_counts_of_another_list_are_dropped(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        world.let_go.clear()
        desk.main.naming.count()
        await desk.pilot.pause()
        await desk.press("escape")
        world.let_go.set()
        await desk.settle()
        assert pane(desk)[0] == "People"


async def test_counts_are_made_again_when_more_is_indexed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        world.add(draft("More", "The drone met Ilse Brandt.", day=9))
        desk.main.finding.index_changed()
        await desk.settle()
        assert "Ilse Brandt 1" in pane(desk)


async def test_counts_and_card_notice_what_another_process_corrects(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        assert "Kelmouth 2" in pane(desk)
        desk.main._poll()
        await desk.settle()
        other = world.open_library()
        [kelmouth] = other.cards.find("Kelmouth")
        other.correcting.rename(kelmouth.id, "Kelm Mouth")
        desk.main._poll()
        await desk.settle()
        assert "Kelm Mouth 2" in pane(desk)
        await desk.press("E")
        assert desk.shows("Kelm Mouth  place")
        other.correcting.rename(kelmouth.id, "Port Kelm")
        other.close()
        desk.main._poll()
        await desk.settle()
        assert desk.shows("Port Kelm  place")


async def test_names_are_looked_for_anew_and_how_far_that_is_shows(world: World) -> None:
    async with world.screen() as desk:
        await desk.press_line("entities status")
        await desk.settle()
        assert desk.status == "6 of 6 articles named by crf"
        await desk.press_line("entities rebuild")
        await desk.settle()
        assert desk.status == "looking for names anew in 6 articles"
        assert desk.main.commanding is not None
        assert world.indexing is not None
        assert world.indexing.pokes
        with closing(world.open_library()) as other:
            assert other.recognising.choice().round == 1
            assert other.recognising.waiting() == 6
        desk.main._poll()
        await desk.settle()
        assert desk.shows("names 0/6 · 6 articles")
        desk.main.perform("entities.rebuild")
        await desk.settle()
        assert desk.status == "names are being looked for already: 0 of 6 articles named by crf"


async def test_without_an_index_there_are_no_counts(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        world.look_error = UNAVAILABLE
        desk.main.naming.count()
        await desk.settle()
        assert pane(desk)[0].startswith("In these 2 articles")


async def test_uncertain_names_are_shown_when_asked_for(world: World) -> None:
    world.add_named("Fog", "Perhaps Mirabel came to Kelmouth.", {"Mirabel": 0.3})
    async with world.screen() as desk:
        await desk.press("g", "g", "k")
        while desk.title != "Fog":
            await desk.press("j")
        assert "Mirabel" not in " ".join(pane(desk))
        await desk.press("~")
        assert desk.status == "uncertain names too: 1 here"
        assert "Mirabel ? 1" in pane(desk)
        await desk.press("enter", "}")
        assert desk.status == "Mirabel, person · uncertain · Enter: its card · c w: someone else"
        await desk.press("~")
        assert desk.status == "only sure names are marked"
        assert "Mirabel" not in " ".join(pane(desk))
