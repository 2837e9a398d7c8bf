"""Saved searches, rules, tags as such, and "why", driven with keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest
from textual.widgets import Input

from reader.errors import NotifyError
from reader.kept import Colour, Deeds, SavedCount, SavedId, SavedSearch, TagLook
from reader.model import Mark
from reader.service.index_told import IndexProgress, IndexState
from reader.service.rules_told import RuleReport, RuleTrouble
from reader.ui.actions import Place
from reader.ui.left_rows import SavedRow, TagRow
from reader.ui.saved_words import asked_of, chip, query_of, shown_as, suggested_name, tell_rule
from reader.ui.screens.lines import LinesScreen
from reader.ui.state import Asked
from reader.ui.verbs.tags import tag_choices
from tests.reader.ui.samples import BAD
from tests.reader.ui.test_left_rows import saved
from tests.reader.ui.test_safety import CONTROLS
from tests.reader.ui.world import Desk, World


def pane(desk: Desk) -> list[str]:
    """What the left pane says, a line a row, in order."""
    widget = desk.main.source_pane
    lines = [strip.text for strip in map(widget.render_line, range(widget.size.height))]
    return [" ".join(line.replace("▌", " ").split()) for line in lines if line.strip(" ▌")]


async def run(desk: Desk, line: str) -> None:
    await desk.press_line(line)
    await desk.settle()


def keep(world: World, *searches: tuple[str, str]) -> None:
    with closing(world.open_library()) as library:
        for name, query in searches:
            library.saved_searches.add(name, query)


def names(world: World) -> list[str]:
    with closing(world.open_library()) as library:
        return [one.name for one in library.saved_searches.list()]


@pytest.fixture
def kept(world: World) -> World:
    keep(world, ("Drones", "drone"), ("Sea/Harbour", "harbour OR quay"), ("Sea/Wall", "sea"))
    return world


async def test_a_view_is_saved_shown_by_its_number_and_counted(world: World) -> None:
    async with world.screen(160, 40) as desk:
        assert desk.main.source_pane.region.width == 0
        await run(desk, "search drone sort:oldest")
        await desk.press("S")
        assert desk.main.command_line.text == "saved add drone"
        # The name that is offered goes when another is typed.
        await desk.type("news")
        assert desk.main.command_line.text == "saved add news"
        await desk.press("escape", "S", "ctrl+u")
        assert desk.main.command_line.text == "saved add "
        await desk.type("drone news")
        await desk.press("enter")
        assert desk.status == "saved drone news: sort:oldest drone · u undoes"
        assert desk.main.source_pane.region.width > 0
        assert "1 drone news 2" in pane(desk)
        assert desk.lines()[0].startswith(" dateline   drone news ")
        await desk.press("escape", "1")
        asked = desk.main.listing.shown.asked
        assert (asked.parts, asked.sort) == (("drone",), "oldest")
        # What is read is not counted any more.
        world.mark(world.ids("drone"), Mark.READ)
        desk.main.saved._counted_at -= 10
        desk.main._poll()
        await desk.settle()
        assert desk.main.saved.counts[0].unread == 0
        assert "1 drone news 2" in pane(desk)
        await desk.press("u", "u")
        assert names(world) == []


def test_the_saved_search_that_a_list_is_of() -> None:
    counts = [
        SavedCount(SavedSearch(SavedId(at), name, query, at))
        for at, (name, query) in enumerate([("All", "*"), ("A", "war"), ("B", "war sort:oldest")])
    ]
    war = asked_of("war")
    assert shown_as(counts, war) == counts[1]
    assert shown_as(counts, war.sorted_by("oldest")) == counts[2]
    assert shown_as(counts, war.sorted_by("title")) == counts[1]
    assert shown_as(counts, war.narrowed("grain")) == counts[1]
    assert shown_as(counts, asked_of("grain")) is None


async def test_the_pane_shows_and_changes_them(kept: World) -> None:
    async with kept.screen(160, 40) as desk:
        assert pane(desk)[:6] == [
            "All articles 6", "▾ Saved searches", "1 Drones 2", "▾ Sea", "2 Harbour 1", "3 Wall 1",
        ]  # fmt: skip
        await desk.press("g", "s", "j", "h")
        assert "▸ Sea" in pane(desk)
        await desk.press("enter", "j", "enter")
        assert desk.main.listing.shown.asked == asked_of("harbour OR quay")
        assert "Sea/Harbour" in desk.lines()[0]
        # Back leads to where one came from before the pane.
        await desk.press("escape")
        assert desk.main.listing.shown.asked.is_everything
        await desk.press("s", "j", "K")
        assert names(kept) == ["Drones", "Sea/Wall", "Sea/Harbour"]
        row = desk.main.source_pane.current
        assert isinstance(row, SavedRow)
        assert row.name == "Sea/Wall"
        await desk.press("k", "K")
        assert names(kept) == ["Sea/Wall", "Sea/Harbour", "Drones"]
        await desk.press("u", "j", "c", "r")
        assert desk.main.command_line.text == "saved rename Sea/Wall"
        await desk.press("escape")
        await run(desk, "saved rename Coast/Wall")
        assert names(kept) == ["Drones", "Coast/Wall", "Sea/Harbour"]
        await run(desk, "saved query wall")
        assert desk.status == "Coast/Wall asks something else now · u undoes"
        await run(desk, "saved move 1")
        assert names(kept)[0] == "Coast/Wall"
        await run(desk, "saved remove")
        assert names(kept) == ["Drones", "Sea/Harbour"]
        for _ in range(5):
            await desk.press("u")
        assert names(kept) == ["Drones", "Sea/Harbour", "Sea/Wall"]
        assert "3 Wall 1" in pane(desk)


async def test_a_name_that_is_taken_is_replaced_by_one_more_enter(kept: World) -> None:
    async with kept.screen(80, 24) as desk:
        await run(desk, "search kites")
        await run(desk, "saved add drones")
        assert desk.main.command_line.text == "saved query kites"
        assert desk.main.source_pane.current is not None
        assert "is there already" in desk.status
        await desk.press("enter")
        assert desk.status == "Drones asks something else now · u undoes"


async def test_letters_choose_and_wrong_names_are_told(kept: World) -> None:
    async with kept.screen(80, 24) as desk:
        await desk.press("'", "3")
        assert desk.main.listing.shown.asked == asked_of("sea")
        await run(desk, "saved sea/har")
        assert desk.status.startswith('no saved search is called "sea/har"; did you mean ')
        await run(desk, "saved harbour")
        assert desk.main.listing.shown.asked == asked_of("harbour OR quay")
        await desk.press("9")
        assert desk.status == "there is no saved search 9"
        await run(desk, "saved move first")
        assert desk.status == '"first" is no place: 1 is the first'
        await run(desk, 'saved query "open')
        assert desk.main.status.is_error
        await run(desk, "search nothing")
        await run(desk, "rule +x")
        assert desk.status.startswith("no saved search here")


async def test_a_rule_can_be_named(kept: World) -> None:
    async with kept.screen(80, 24) as desk:
        for line, said in (
            ("rule set drones +air", "Drones: +air to all that comes in · u undoes"),
            ("rule set harbour starred", "Sea/Harbour: starred to all that comes in · u undoes"),
            ("rule run Drones", "Drones changed 2 of 2 articles · u undoes"),
            ("rule back drones", "Drones has done nothing by itself that could be taken back"),
            ("rule off drones", "Drones is off · u undoes"),
            ("rule none drones", "Drones is no rule any more · u undoes"),
            ("rule test drnes", 'no saved search is called "drnes"; did you mean Drones?'),
        ):
            await run(desk, line)
            assert desk.status == said
        await run(desk, "rule test harbour")
        assert desk.status == "Sea/Harbour would change 1 of 1 article: starred 1"
        assert "Sea/Harbour · rule: starred  ›  would change" in desk.lines()[0]
        await run(desk, 'rule test "sea/harbour" since 2024-03-09')
        assert desk.status == "Sea/Harbour would change 0 of 0 articles"
        await run(desk, "rule run harbour on tag:none")
        assert desk.status == "Sea/Harbour: nothing to change in 0 articles"
        await run(desk, "rule test harbour on is:new")
        assert 'did you mean "unread"' in desk.status


async def test_any_name_can_be_saved_and_shown(kept: World) -> None:
    keep(kept, ("remove", "museum"), ("add War on drugs", "sea"))
    async with kept.screen(160, 40) as desk:
        await run(desk, "saved add War on drones")
        assert desk.status == "saved War on drones: * · u undoes"
        await run(desk, "saved add War on kites -- kites on tag:war")
        assert desk.status == "saved War on kites: kites on tag:war · u undoes"
        for name, query in (("remove", "museum"), ("add War on drugs", "sea")):
            await desk.press("ctrl+p")
            desk.app.screen.query_one(Input).value = f"saved search: {name}"
            await desk.press("enter")
            assert desk.main.listing.shown.asked == asked_of(query)
            await desk.press("escape")
            await run(desk, f"saved show {name}")
            assert desk.main.listing.shown.asked == asked_of(query)
            assert f"show {name}" in desk.main.saved.offers()["saved"]
        assert len(names(kept)) == 7


async def test_rules_are_made_tried_and_run(kept: World) -> None:
    async with kept.screen(160, 40) as desk:
        await desk.press("1")
        await run(desk, "rule test")
        assert desk.status == "it is no rule yet: :rule +TAG makes it one"
        await run(desk, "rule +air starred")
        assert desk.status == "Drones: +air starred to all that comes in · u undoes"
        assert "Drones · rule: +air starred" in desk.lines()[0]
        assert "1 Drones » 2" in pane(desk)
        await run(desk, "rule test")
        assert desk.status == "Drones would change 2 of 2 articles: +air 2 · starred 2"
        assert desk.main.listing.shown.asked.parts[1:] == ('-tag:"air" OR -is:starred',)
        assert desk.shows("Museum buys a drone")
        await run(desk, "rule run")
        assert desk.status == "Drones changed 2 of 2 articles · u undoes"
        assert kept.ids("tag:air is:starred") == kept.ids("drone")
        await run(desk, "rule back")
        assert desk.status == "Drones has done nothing by itself that could be taken back"
        await desk.press("u")
        assert kept.ids("tag:air") == []
        await desk.press("g", "s", "x")
        assert desk.status == "Drones is off · u undoes"
        assert "rule, off: +air starred" in desk.lines()[0]
        await run(desk, "rule burn")
        assert desk.place() is Place.COMMAND
        await desk.press("escape")
        await run(desk, "rule none")
        assert "1 Drones 2" in pane(desk)


async def test_tags_have_letters_colours_and_other_names(world: World) -> None:
    world.tag(world.ids("drone"), "air/drones")
    async with world.screen(160, 40) as desk:
        first = world.ids("title:harbour")[0]
        await desk.press("T", "1")
        assert "air/drones" in world.tags(first)
        await run(desk, "quick air/drone w")
        assert desk.status.endswith("no article has it yet; did you mean air/drones?")
        await desk.press("u")
        await run(desk, "quick air/drones w")
        assert "no article" not in desk.status
        assert desk.status == "T w sets #air/drones now · u undoes"
        await desk.press("T", "w")
        assert world.tags(first) == ()
        desk.main._poll()
        await desk.press("g", "t")
        assert pane(desk)[-3:] == ["▾ Tags", "▾ air", "w drones 2"]
        await desk.press("j", "c", "c", "r")
        assert desk.main.tagging.colour_of("air/drones") is Colour.RED
        await run(desk, "retag air flight")
        assert desk.status == "#air is #flight now, 2 articles · u undoes"
        assert world.ids("tag:flight/drones") == world.ids("drone")
        row = desk.main.source_pane.current
        assert isinstance(row, TagRow)
        await desk.press("G", "enter")
        assert desk.main.listing.shown.asked.parts == ('tag:"flight/drones"',)
        await desk.press("g", "t", "enter")
        assert desk.main.listing.shown.asked.parts == ("tag:flight/*",)
        await desk.press("g", "t", "j", "c", "d")
        assert world.ids("tag:flight/*") == []
        for _ in range(3):
            await desk.press("u")
        assert world.tags(world.ids("title:museum")[0]) == ("air/drones",)


async def test_why_an_article_is_here(kept: World) -> None:
    kept.tag(kept.ids("drone"), "air")
    async with kept.screen(80, 24) as desk:
        await run(desk, "search drone kelmouth")
        await desk.press("i")
        assert isinstance(desk.app.screen, LinesScreen)
        for told in ("What this list asks for", "drone ×3", "source Meridian Wire", "#air"):
            assert desk.shows(told), told
        await desk.pilot.press("escape")
        await run(desk, "search nothing")
        await desk.press("i")
        assert desk.status == "no article here"


async def test_what_is_told_late_is_put_over_nothing_else(kept: World) -> None:
    with closing(kept.open_library()) as library:
        library.saved_searches.set_deeds("Drones", Deeds(("air",)))
    async with kept.screen(160, 40) as desk:
        why, test = desk.main.explaining.show, desk.main.ruling.test_rule
        for late, away in ((why, "?"), (test, "?"), (why, "j"), (test, "s")):
            await desk.press("1")
            answer = hold(desk)
            late()
            await asyncio.sleep(0.01)
            await desk.pilot.press(away)
            screen = desk.app.screen
            answer.set()
            await desk.settle()
            assert desk.app.screen is screen
            assert len(desk.main.listing.shown.asked.parts) == 1
            assert not isinstance(screen, LinesScreen)
            await desk.press("escape")


def hold(desk: Desk) -> asyncio.Event:
    """Let answers about articles and rules come when this is set."""
    answer = asyncio.Event()
    for gate, name in ((desk.main.explaining.gate, "why"), (desk.main.ruling.gate, "test")):
        setattr(gate, name, late_answer(getattr(type(gate), name).__get__(gate), answer))
    return answer


def late_answer(
    ask: Callable[..., Awaitable[object]], answer: asyncio.Event
) -> Callable[..., Awaitable[object]]:
    async def asked(*args: object) -> object:
        told = await ask(*args)
        await answer.wait()
        return told

    return asked


async def test_hostile_names_are_drawn_harmlessly(world: World) -> None:
    keep(world, ("Evil [b]x[/] \\", f'"{BAD}"' if '"' not in BAD else "x"))
    async with world.screen(40, 12) as desk:
        await desk.press("g", "s", "enter", "'")
        assert not CONTROLS.search(desk.text().replace("\n", ""))
        await desk.press("escape", "i")
        assert not CONTROLS.search(desk.text().replace("\n", ""))
        assert desk.app.is_running


async def test_without_any_the_keys_say_what_makes_some(tmp_path: Path) -> None:
    async with World(tmp_path / "none").screen(80, 24) as desk:
        for keys in (("'",), ("g", "s"), ("1",)):
            await desk.press(*keys)
            assert desk.status == "nothing is saved yet: S saves what the list shows"
        await desk.press("g", "t")
        assert desk.status.startswith("no tags yet")
        await desk.press("T")
        assert desk.status == "no article here"
        await desk.press("S")
        assert desk.status.startswith("these are all articles: / asks for some")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        (Asked(), ""),
        (Asked(("drone strike",), "oldest"), "drone strike"),
        (Asked(('in:"Kettle Post"', "is:unread")), "Kettle Post unread"),
        (Asked(('who:"Ilse Brandt" -tag:war/* =Strikes',)), "Ilse Brandt not war Strikes"),
        (Asked(("a -- b",)), "a b"),
        (Asked(("word " * 20,)), "word word word word word word word word"),
        (Asked(("wagner -is:read",)), "wagner unread"),
        (Asked(("storm title:(dro OR dro*)",)), "storm dro"),
        (Asked(("wagner NOT is:unread -is:starred",)), "wagner read not starred"),
        (
            Asked(("-(drone OR kite) covid-19", "-tag:war", "NOT x")),
            "not drone OR kite covid-19 not war not x",
        ),
    ],
)
def test_a_name_is_suggested(asked: Asked, name: str) -> None:
    assert suggested_name(asked) == name


@pytest.mark.parametrize("asked", [Asked(("a OR b", "c")), Asked(("x",), "oldest"), Asked()])
def test_a_saved_query_is_the_same_list(asked: Asked) -> None:
    query = query_of(asked)
    again = asked_of(query)
    assert again.sort == asked.sort
    assert query_of(again) == query


async def test_what_rules_did_to_what_came_in_is_told(world: World) -> None:
    trouble = RuleTrouble("War", NotifyError("War", "no such command"))
    async with world.screen(80, 24) as desk:
        assert world.indexing is not None
        for report, told in (
            (RuleReport(30, 12), "rules changed 12 of 30 that came in"),
            (
                RuleReport(30, 12, 0, (trouble, trouble)),
                'War: the command of the rule "War" failed: no such command · and 1 more',
            ),
        ):
            world.indexing.tell(IndexProgress(30, 30, rebuilding=False, rules=report))
            # What comes right behind it takes nothing away.
            world.indexing.tell(IndexState.DONE)
            await desk.settle()
            assert desk.status == told


def test_the_header_tells_rules() -> None:
    assert chip(saved(0, "War"), "") == "War"
    rule = saved(0, "War", deeds=Deeds(("x",)), active=False)
    assert chip(rule, "+x") == "War · rule, off: +x"
    told = tell_rule("War", Deeds(notify="true"), Deeds(("x",)))
    assert "+x to all that comes in, and no longer starts true" in told


def test_digits_are_for_the_most_used_tags_without_a_letter() -> None:
    looks = [TagLook("a", 1), TagLook("b", 9), TagLook("c", 5, key="1"), TagLook("d", 0)]
    assert [(one.letter, one.label) for one in tag_choices(looks)] == [
        ("1", "c"), ("2", "b"), ("3", "a"),
    ]  # fmt: skip
