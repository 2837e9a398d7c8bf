"""Cards of entities: opening, going on and back, what stands on them."""

from __future__ import annotations

import pytest

from reader.model import Evidence, NameForm, Together
from reader.ui.actions import Place
from reader.ui.card_lines import Whole
from reader.ui.state import Asked
from tests.reader.ui.world import UNAVAILABLE, Desk, World, draft


def card_names(desk: Desk) -> list[str]:
    return [entity.name for entity in desk.main.cards.trail.entities]


def narrowed(desk: Desk) -> tuple[str, ...]:
    """What was asked for to come to the list."""
    return desk.main.listing.shown.asked.parts


async def go_to(desk: Desk, kind: type, text: str = "") -> None:
    """Move down to a line."""
    await desk.press("g", "g")
    for _ in range(60):
        current = desk.main.card.current
        if isinstance(current, kind) and text in str(current):
            return
        await desk.press("j")
    raise AssertionError(f"no {kind.__name__} with {text!r}:\n{desk.text()}")


async def test_a_mention_a_name_and_the_list_lead_to_a_card(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        assert desk.place() is Place.CARD
        assert card_names(desk) == ["Ilse Brandt"]
        assert desk.shows("Ilse Brandt  person")
        assert desk.shows("1 article · 2 mentions")
        await desk.press("escape")
        assert desk.place() is Place.LIST
        assert not desk.shows("Ilse Brandt  person")
        await desk.press("enter", "}", "}", "enter")
        assert card_names(desk) == ["Kelmouth"]
        assert desk.shows("3 articles · 3 mentions")
        await desk.press("q")
        assert desk.place() is Place.ARTICLE
        await desk.press("e", "j", "j", "enter")
        assert card_names(desk) == ["Coast Union"]
        await desk.press("backspace")
        assert desk.place() is Place.ENTITIES
        await desk.press("E", "left")
        assert desk.place() is Place.ENTITIES


async def test_a_sentence_has_four_lines_where_there_is_room(world: World) -> None:
    text = "The board of the Coast Union asked " + "once more " * 23 + "what Ilse Brandt meant."
    world.add_named("Letters", text, {})
    async with world.screen(80, 24) as desk:
        await desk.press_line("card Coast Union")
        await desk.settle()
        await go_to(desk, Together, "Ilse Brandt")
        assert desk.shows("what Ilse Brandt meant.”")
        assert "…" not in "".join(desk.lines()[-7:-2])


async def test_a_clicked_mention_is_the_one_that_is_meant(world: World) -> None:
    async with world.screen() as desk:
        region = desk.main.article.region
        texts = [text[region.x : region.right] for text in desk.lines()]
        line = next(n for n, text in enumerate(texts) if "Kelmouth" in text)
        await desk.pilot.click(offset=(region.x + texts[line].index("Kelmouth") + 2, line))
        await desk.settle()
        assert desk.place() is Place.ARTICLE
        assert (
            desk.status == "Kelmouth, place: 1 mention here · Enter: its card · c w: someone else"
        )
        await desk.press("enter")
        assert card_names(desk) == ["Kelmouth"]
        await desk.press("c")
        assert desk.shows("k kind")
        assert desk.shows("x no name")
        await desk.press("escape", "r")
        assert desk.place() is Place.CARD


async def test_where_no_name_is_meant_that_is_said(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter", "enter")
        assert desk.status == "no name here: } goes to the next one"
        # In the article too: whom it names most.
        await desk.press("E")
        assert card_names(desk) == ["Ilse Brandt"]
        await desk.press("escape", "escape", "G", "E")
        assert desk.status == "this article names nobody and nothing"
        assert desk.place() is Place.LIST


async def test_from_one_to_another_and_back_the_same_way(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("E")
        await go_to(desk, Together, "Coast Union")
        assert desk.shows("“Ilse Brandt thanked the crews") or desk.shows("Ilse Brandt thanked")
        at = desk.main.card.cursor
        await desk.press("enter")
        assert card_names(desk) == ["Ilse Brandt", "Coast Union"]
        assert desk.lines()[0].startswith(" dateline  Ilse Brandt › Coast Union")
        assert desk.shows("Coast Union  organisation")
        await go_to(desk, Together, "Ilse Brandt")
        await desk.press("right")
        assert card_names(desk) == ["Ilse Brandt", "Coast Union", "Ilse Brandt"]
        await desk.press("h", "escape")
        assert card_names(desk) == ["Ilse Brandt"]
        assert desk.main.card.cursor == at
        await desk.press("q")
        assert desk.place() is Place.LIST
        assert desk.lines()[0].startswith(" dateline  all articles")


async def test_the_sentence_of_a_line_is_asked_for_once(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        await go_to(desk, Together)
        await desk.press("j", "k", "j", "k")
        asked = [one for one in world.looked if one.startswith("evidence")]
        assert len(asked) == len(set(asked))


async def test_a_sentence_stays_while_the_card_is_read_anew(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        await go_to(desk, Together, "Coast Union")
        assert desk.shows("thanked the crews")
        top = desk.main.cards.trail.top
        assert top is not None
        top.sentences.clear()
        world.let_go.clear()
        desk.main.cards.moved(desk.main.card.current)
        await desk.pilot.pause()
        assert desk.shows("thanked the crews")
        desk.main.card.move(-1)
        await desk.pilot.pause()
        assert not desk.shows("“Ilse Brandt thanked the crews")
        world.let_go.set()
        await desk.settle()


async def test_an_article_opens_at_the_mention_and_leads_back(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"drone", "enter")
        await desk.press("E")
        assert card_names(desk) == ["Kelmouth"]
        await go_to(desk, Evidence, "Museum")
        at = desk.main.card.cursor
        assert desk.shows("show a drone beside kites")
        await desk.press("enter")
        assert desk.place() is Place.ARTICLE
        assert desk.title == "Museum buys a drone"
        mention = desk.main.article.current_mention
        assert mention is not None
        assert mention.text == "Kelmouth"
        assert desk.main.listing.shown.asked == Asked(('where:"Kelmouth"',), "newest")
        await desk.press("escape")
        assert desk.place() is Place.CARD
        assert desk.main.card.cursor == at
        await desk.press("escape")
        assert desk.place() is Place.LIST
        assert desk.main.listing.shown.asked == Asked(("drone",))


async def test_from_the_list_of_an_opened_article_back_leads_to_the_card(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("j", "E")
        await go_to(desk, Evidence, "Museum")
        await desk.press("enter", "h", "k", "enter", "escape")
        assert desk.place() is Place.LIST
        await desk.press("escape")
        assert card_names(desk) == ["Kelmouth"]
        assert desk.place() is Place.CARD


async def test_an_article_that_waits_for_the_index_opens_too(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("j", "E")
        await go_to(desk, Evidence, "Museum")
        world.access.index.apply([], world.ids("title:museum"))
        await desk.press("enter")
        assert desk.title == "Museum buys a drone"
        assert desk.main.article.current_mention is not None


async def test_the_list_is_narrowed_to_its_articles(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "E", "l")
        assert desk.place() is Place.LIST
        assert narrowed(desk) == ("drone", 'where:"Kelmouth"')
        await desk.press("backspace")
        assert narrowed(desk) == ("drone",)
        await desk.press("E")
        await go_to(desk, Whole)
        assert desk.shows("Enter narrows the list to these articles")
        await desk.press("enter")
        assert narrowed(desk) == ("drone", 'where:"Kelmouth"')
        await desk.press("escape")
        assert desk.place() is Place.CARD
        await go_to(desk, NameForm)
        await desk.press("enter")
        assert desk.main.listing.shown.asked.parts[-1] == 'text:"Kelmouth"'


async def test_a_tag_of_the_card_narrows_the_list(world: World) -> None:
    world.tag(world.ids("title:harbour"), "sea")
    async with world.screen() as desk:
        await desk.press("E", "shift+tab")
        for _ in range(6):
            if desk.shows("Enter lists its articles with this tag"):
                break
            await desk.press("tab")
        await desk.press("enter")
        assert narrowed(desk) == ('who:"Ilse Brandt"', 'tag:"sea"')


async def test_long_lists_of_articles_come_as_they_are_needed(world: World) -> None:
    world.add(*(draft(f"Notice {n}", "Kelmouth harbour is open.", day=9) for n in range(50)))
    async with world.screen(80, 24) as desk:
        await desk.press("E")
        assert card_names(desk) == ["Kelmouth"]
        assert desk.shows("53 articles")
        asked = [one for one in world.looked if one.startswith("articles")]
        assert [one.split()[-1] for one in asked] == ["0"]
        await desk.press("G")
        await desk.press("G")
        found = [one for one in world.looked if one.startswith("articles")]
        assert [one.split()[-1] for one in found] == ["0", "40"]
        current = desk.main.card.current
        assert isinstance(current, Evidence)
        assert current.row.title == "Museum buys a drone"


async def test_the_keys_go_on_while_a_card_is_looked_up(world: World) -> None:
    async with world.screen(80, 24) as desk:
        world.let_go.clear()
        await desk.pilot.press("E")
        await desk.pilot.pause()
        assert desk.place() is Place.CARD
        assert desk.shows("Ilse Brandt  person")
        assert desk.shows("…")
        await desk.pilot.press("escape")
        assert desk.place() is Place.LIST
        await desk.pilot.press("j")
        world.let_go.set()
        await desk.settle()
        assert desk.place() is Place.LIST
        assert desk.main.rows.cursor == 1


async def test_a_card_that_cannot_be_read_is_told(world: World) -> None:
    async with world.screen() as desk:
        entity = desk.main.reading.opened.entities[0].entity  # type: ignore[union-attr]
        world.forget_entities()
        desk.main.cards.open(entity)
        await desk.settle()
        assert desk.main.status.is_error
        assert desk.place() is Place.LIST


async def test_names_get_letters(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("comma")
        assert desk.place() is Place.LETTERS
        await desk.press(list(desk.main.linking._targets)[1])
        assert card_names(desk) == ["Kelmouth"]
        await desk.press("escape", "G", "comma")
        assert desk.status == "no names in view"


async def test_a_card_by_name(world: World) -> None:
    async with world.screen() as desk:
        await desk.press_line("card coast union")
        await desk.settle()
        assert card_names(desk) == ["Coast Union"]
        await desk.press_line("card kelm")
        await desk.settle()
        assert desk.status == "nobody and nothing is named kelm"
        assert card_names(desk) == ["Coast Union"]
        await desk.press("colon", *"card kelm")
        assert desk.shows("Kelmouth")
        await desk.press("tab", "enter")
        assert card_names(desk) == ["Coast Union", "Kelmouth"]


async def test_a_search_leaves_the_card_and_may_come_back(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E", "slash", *"drone")
        assert desk.shows("Museum buys a drone")
        await desk.press("escape")
        assert desk.place() is Place.CARD
        assert desk.shows("Ilse Brandt  person")
        await desk.press("slash", *"drone", "enter")
        assert desk.place() is Place.LIST
        assert not desk.shows("Ilse Brandt  person")


async def test_what_is_done_to_articles_leaves_the_card(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        await desk.press_line("tag +x")
        await desk.settle()
        assert desk.status == "no article here"
        desk.main.perform("unread.next")
        await desk.settle()
        assert desk.place() is Place.LIST
        assert desk.main.rows.cursor == 1


async def test_namesakes_are_asked_for_by_number_and_shown_by_name(world: World) -> None:
    world.add_named("Ilse Brandt speaks", "Ilse Brandt is a ship.", {"Ilse Brandt": "LOC"})
    async with world.screen() as desk:
        await desk.press("j", "E")
        await desk.press("l")
        assert desk.shows('who:"Ilse Brandt"')


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (160, 48), (12, 5), (1, 1)])
async def test_every_size_shows_what_there_is_room_for(
    world: World, width: int, height: int
) -> None:
    async with world.screen(width, height) as desk:
        await desk.press("E", "j", "tab", "tab", "G", "g", "g", "pagedown", "ctrl+u")
        assert desk.place() is Place.CARD
        await desk.pilot.resize_terminal(130, 30)
        await desk.settle()
        assert desk.shows("Ilse Brandt  person")


@pytest.mark.parametrize("theme", ["light", "ansi-dark"])
async def test_clicks_choose_and_open(world: World, theme: str) -> None:
    async with world.screen(130, 30, theme=theme) as desk:
        await desk.press("E")
        line = next(n for n, text in enumerate(desk.lines()) if "Coast Union" in text[:54])
        await desk.pilot.click(offset=(6, line))
        await desk.settle()
        name = desk.main.card.current
        assert isinstance(name, Together)
        await desk.pilot.click(offset=(6, line))
        await desk.settle()
        assert card_names(desk) == ["Ilse Brandt", "Coast Union"]
        line = next(n for n, text in enumerate(desk.lines()) if "Tram drivers" in text)
        await desk.pilot.click(offset=(90, line))
        await desk.settle()
        article = desk.main.card.current
        assert isinstance(article, Evidence)
        await desk.pilot.click(offset=(70, 26))
        await desk.settle()
        assert desk.place() is Place.CARD


async def test_without_an_index_the_card_says_so(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("E")
        world.search_error = UNAVAILABLE
        await desk.press("l")
        assert desk.main.status.is_error
        assert desk.place() is Place.CARD
