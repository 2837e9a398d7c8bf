"""Completions beside the lines in which queries are typed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.events import Key

from reader.commands.parse import query_start
from reader.ui.actions import Place
from reader.ui.widgets.suggestions import Suggestion, lines_that_fit, suggestion_lines
from tests.reader.ui.world import World


def offered(desk: object) -> list[str]:
    """The lines of the list, as they stand on the screen."""
    widget = desk.main.prompt.suggestions  # type: ignore[attr-defined]
    if not widget.visible:
        return []
    lines = desk.lines()  # type: ignore[attr-defined]
    x, y, width, height = widget.content_region
    return [line[x : x + width].strip() for line in lines[y : y + height]]


def line(desk: object) -> str:
    return str(desk.main.prompt.text)  # type: ignore[attr-defined]


async def test_what_fits_is_listed_with_its_kind_and_count(world: World) -> None:
    world.tag([1, 2, 3], "war")
    world.tag([1], "warm")
    async with world.screen(80, 24) as desk:
        await desk.press("slash")
        assert offered(desk) == []
        await desk.type("tag:wa")
        assert [one.split() for one in offered(desk)] == [["war", "tag", "3"], ["warm", "tag", "1"]]
        assert line(desk) == "tag:wa"
        await desk.type("xyz")
        assert offered(desk) == []


async def test_tab_takes_and_goes_round_and_the_search_follows(world: World) -> None:
    world.tag([1, 2, 3], "war")
    world.tag([1], "warm")
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"tag:wa", "tab")
        assert line(desk) == "tag:war "
        assert len(desk.main.listing.source) == 3
        assert len(offered(desk)) == 2
        await desk.press("tab")
        assert line(desk) == "tag:warm "
        assert len(desk.main.listing.source) == 1
        await desk.press("tab")
        assert line(desk) == "tag:war "
        await desk.press("down")
        assert line(desk) == "tag:warm "
        await desk.press("up", "shift+tab")
        assert line(desk) == "tag:warm "
        await desk.press("enter")
        assert desk.place() is Place.LIST
        assert len(desk.main.listing.source) == 1
        assert offered(desk) == []


async def test_escape_brings_back_what_was_typed_and_then_the_list(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"sou", "tab")
        assert line(desk) == "source:"
        await desk.press("escape")
        assert line(desk) == "sou"
        assert offered(desk) == []
        assert desk.main.prompt.is_open
        await desk.press("tab")
        assert line(desk) == "source:"
        await desk.press("escape", "escape")
        assert desk.place() is Place.LIST


async def test_nothing_is_chosen_without_tab(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"dro")
        assert offered(desk)
        await desk.press("enter")
        assert desk.main.listing.shown.asked.query == "dro"
        await desk.press("slash", *"dro")
        assert offered(desk)
        await desk.press("escape")
        assert desk.place() is Place.LIST


async def test_the_arrows_move_in_the_results_until_tab_is_pressed(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"source:nor")
        assert offered(desk)
        await desk.press(*["backspace"] * 10, *"kelm", "tab")
        assert line(desk) == "kelmouth "
        await desk.press("x")
        await desk.press("backspace")
        await desk.press("down")
        assert line(desk) == "kelmouth "
        assert desk.main.rows.cursor == 1
        assert offered(desk) == []


async def test_typing_on_starts_anew(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"sou", "tab", *"nor", "tab")
        assert line(desk) == 'source:"Northgate Courier" '
        await desk.press(*"-is:un", "tab")
        assert line(desk) == 'source:"Northgate Courier" -is:unread '
        await desk.press("enter")
        assert len(desk.main.listing.source) == 0


async def test_in_the_middle_of_a_line(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"harbour who: storm", *["left"] * 6, *"brandt", "tab")
        assert line(desk) == 'harbour who:"Ilse Brandt" storm'
        assert desk.main.prompt.cursor == len('harbour who:"Ilse Brandt"')
        await desk.press("home", "tab", "escape")
        assert line(desk) == 'harbour who:"Ilse Brandt" storm'


async def test_tab_typed_before_the_answer_is_there_takes_it_then(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash")
        world.let_go.clear()
        for letter in "dron":
            desk.app.post_message(Key(letter, letter))
        await desk.pilot.pause(0.1)
        await desk.pilot.press("tab")
        assert line(desk) == "dron"
        world.let_go.set()
        await desk.settle()
        assert line(desk) == "drone "


async def test_a_late_answer_is_dropped(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash")
        world.let_go.clear()
        await desk.pilot.press(*"d", *"qqq")
        await desk.pilot.pause(0.1)
        assert offered(desk) == []
        world.let_go.set()
        await desk.settle()
        assert offered(desk) == []
        world.let_go.clear()
        await desk.pilot.press("backspace", "enter")
        world.let_go.set()
        await desk.settle()
        assert desk.place() is Place.LIST
        assert offered(desk) == []


async def test_narrowing_completes_too(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("F", *"who:il", "tab", "enter")
        assert desk.main.listing.shown.asked.parts == ('who:"Ilse Brandt"',)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("search sou", "search source:"),
        ("narrow who:il", 'narrow who:"Ilse Brandt"'),
        ("mark read -- is:un", "mark read -- is:unread"),
        ("tag +war -- where:kel", "tag +war -- where:Kelmouth"),
        ("sea", "search"),
        ("sort ne", "sort newest"),
    ],
)
async def test_queries_of_the_command_line(world: World, typed: str, made: str) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("colon")
        await desk.type(typed)
        await desk.press("tab")
        assert line(desk) == made
        await desk.press("escape", "escape")
        assert desk.place() is Place.LIST


async def test_tags_of_the_command_line_by_how_often_they_are_used(world: World) -> None:
    world.tag([1], "warm")
    world.tag([1, 2, 3], "war")
    world.tag([1, 2], "grain")
    async with world.screen(80, 24) as desk:
        await desk.press("colon")
        await desk.type("tag +x -wa")
        assert [one.split() for one in offered(desk)] == [["war", "tag", "3"], ["warm", "tag", "1"]]
        await desk.press("tab")
        assert line(desk) == "tag +x -war"
        await desk.press("tab")
        assert line(desk) == "tag +x -warm"
        await desk.press("escape")
        assert line(desk) == "tag +x -wa"
        for typed, made in (("rule +gr", "rule +grain"), ("retag war ", "retag war war")):
            desk.main.command_line.set_text(typed)
            await desk.settle()
            assert bool(offered(desk)) is not typed.endswith(" ")
            await desk.press("tab")
            assert line(desk) == made


async def test_on_the_command_line_the_list_stands_above(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("colon")
        await desk.type("search is:")
        widget, below = desk.main.prompt.suggestions, desk.main.prompt.input
        assert len(offered(desk)) == 5
        assert widget.region.bottom == below.region.y
        await desk.press("up")
        assert offered(desk) == []


@pytest.mark.parametrize(("width", "height"), [(40, 10), (80, 24), (160, 50), (30, 6)])
async def test_the_list_fits_and_nothing_else_moves(world: World, width: int, height: int) -> None:
    world.tag([1], "a-very-long-name-of-a-tag-that-goes-on-and-on/and-has-levels")
    async with world.screen(width, height) as desk:
        await desk.press("slash")
        before = desk.main.rows.region
        await desk.type("storm tag:")
        widget = desk.main.prompt.suggestions
        assert widget.visible
        assert desk.main.rows.region == before
        assert desk.app.screen.region.contains_region(widget.region)
        # Nothing of an article or of the list stands beside it or looks like one more line of it.
        assert widget.region.width == width
        assert len(set(desk.lines()[widget.region.bottom - 1])) == 1
        assert widget.region.y == desk.main.prompt.input.region.bottom
        await desk.type("qqq")
        assert not widget.visible


@pytest.mark.parametrize("above", [False, True])
async def test_the_list_keeps_its_height_while_much_of_it_is_used(
    world: World, *, above: bool
) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("colon" if above else "slash")
        widget = desk.main.prompt.suggestions
        heights, first = [], []
        for number in (4, 3, 2, 1, 3, 0):
            widget.offer([Suggestion(f"tag{one}", "tag") for one in range(number)], 1)
            await desk.settle()
            texts = [widget.render_line(y).text.strip() for y in range(widget.lines)]
            heights.append(widget.lines)
            first += [at for at, text in enumerate(texts) if text.startswith("tag0")]
        assert heights == [5, 5, 5, 2, 4, 0]
        assert first == ([0, 1, 2, 0, 0] if above else [0] * 5)


async def test_the_list_stands_under_what_is_being_written(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"kelmouth is:")
        widget = desk.main.prompt.suggestions
        column = desk.lines()[widget.region.y].index("unread")
        assert column == desk.lines()[widget.region.y - 1].index("is:") + 3


@pytest.mark.parametrize(("width", "height"), [(80, 24), (60, 10)])
async def test_the_results_begin_below_the_list(world: World, width: int, height: int) -> None:
    async with world.screen(width, height) as desk:
        await desk.press("slash", *"kelmo")
        widget = desk.main.prompt.suggestions
        assert desk.lines()[widget.region.bottom].startswith("▌● Harbour reopens")
        await desk.press(*"zz")
        assert offered(desk) == []
        await desk.press(*["backspace"] * 2)
        await desk.pilot.click("#rows", offset=(5, widget.region.height + 4))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert desk.main.rows.cursor == 1
        assert " kelmo… " in desk.lines()[0]


async def test_the_note_steps_back_while_something_is_offered(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("slash", *"is:")
        assert not desk.shows("a value is missing")
        await desk.press("down")
        assert desk.shows("a value is missing")


async def test_a_click_elsewhere_closes_the_list(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("colon")
        await desk.type("search is:")
        await desk.pilot.click("#rows", offset=(2, 12))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert not desk.main.command_line.suggestions.visible


@pytest.mark.parametrize("theme", ["dateline-light", "ansi-dark"])
async def test_the_chosen_line_is_seen(world: World, theme: str) -> None:
    async with world.screen(80, 24, theme=theme) as desk:
        await desk.press("slash", *"is:", "tab")
        widget = desk.main.prompt.suggestions
        chosen, other = (list(widget.render_line(y))[1].style for y in (0, 1))
        assert chosen != other
        assert widget.render_line(99).text.strip() == ""


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("search x", 7),
        (" narrow x", 8),
        ("tag +a -- x", 10),
        ("mark read -- x", 13),
        ("search", None),
        ("tag +a", None),
        ("sort newest", None),
        ("theme x -- y", None),
        ("", None),
    ],
)
def test_where_a_query_begins_in_a_command(text: str, start: int | None) -> None:
    assert query_start(text) == start


def test_lines_are_equally_wide_and_no_wider_than_there_is_room() -> None:
    many = [
        Suggestion("中文" * 20, "organisation", 12345),
        Suggestion("x\x1b[31m\ny", "word"),
        Suggestion("", "tag", 0),
    ]
    for width in range(24, 90):
        lines = suggestion_lines(many, width)
        widths = {sum(cell_len(text) for text, _ in one) for one in lines}
        assert len(widths) == 1
        assert widths.pop() <= width
        assert "\x1b" not in "".join(text for one in lines for text, _ in one)
    assert suggestion_lines([], 40) == ()
    assert [lines_that_fit(height) for height in (4, 10, 24, 50)] == [1, 3, 10, 23]
