"""Searching as one types, narrowing and widening."""

from __future__ import annotations

import pytest
from textual._context import active_message_pump
from textual.events import Key, Mount
from textual.message import Message

from reader.model import Span
from reader.service.indexing import IndexState
from reader.ui.actions import Place
from reader.ui.screens.main import MainScreen
from reader.ui.tui import build
from tests.reader.ui.world import DRAFTS, UNAVAILABLE, Desk, World, draft

TITLES = [one.title for one in DRAFTS]


def found(desk: Desk) -> int:
    return len(desk.main.listing.source)


def text_hits(desk: Desk) -> tuple[Span, ...]:
    opened = desk.main.reading.opened
    assert opened is not None
    return opened.text_hits


async def test_results_come_while_typing(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash")
        assert desk.place() is Place.SEARCH
        assert "Enter keep" in desk.lines()[-1]
        await desk.type("drone")
        assert found(desk) == 2
        assert desk.shows("2 articles · ")
        assert " ms" in desk.lines()[-2]
        assert desk.place() is Place.SEARCH
        await desk.press("enter")
        assert desk.place() is Place.LIST
        assert found(desk) == 2
        assert desk.main.rows.show_snippets


async def test_keys_typed_fast_are_one_question(world: World) -> None:
    async with world.screen() as desk:
        world.asked.clear()
        await desk.press("slash")
        for letter in "drone":
            desk.app.post_message(Key(letter, letter))
        await desk.settle()
        assert world.asked == ["(drone OR drone*)"]


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        ("a b backspace c", "ac"),
        ("a b left c", "acb"),
        ("a b home c", "cab"),
        ("a b ctrl+u c", "c"),
        ("a b ctrl+w c d left delete e", "ce"),
    ],
)
async def test_keys_that_edit_the_line_count_in_order(world: World, keys: str, text: str) -> None:
    async with world.screen() as desk:
        await desk.press("slash")
        for key in keys.split():
            desk.app.post_message(Key(key, key if len(key) == 1 else None))
        await desk.settle()
        assert desk.main.search_bar.text == text


async def test_a_search_begun_before_the_first_picture_keeps_the_keys(world: World) -> None:
    app, gateway = build(world.ports(), environment={})

    def press_early(message: Message) -> None:
        screen = active_message_pump.get()
        if isinstance(message, Mount) and isinstance(screen, MainScreen):
            screen.take_key(Key("slash", "/"))

    async with app.run_test(size=(130, 30), message_hook=press_early) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        assert desk.place() is Place.SEARCH
        await pilot.press(*"drone")
        await desk.settle()
        assert desk.main.search_bar.text == "drone"
        assert found(desk) == 2
    gateway.close()


async def test_escape_brings_the_list_and_the_cursor_back(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "j", "slash", *"museum")
        assert desk.title == TITLES[4]
        await desk.press("escape")
        assert desk.place() is Place.LIST
        assert desk.main.rows.cursor == 3
        assert desk.title == TITLES[3]
        assert desk.shows("all articles")
        assert not desk.shows(" ms")


async def test_the_old_result_stays_until_the_new_one_is_there(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"drone")
        await desk.pilot.pause(0.1)
        assert found(desk) == 6
        assert desk.shows(TITLES[3])
        world.let_go.set()
        await desk.settle()
        assert found(desk) == 2


async def test_a_late_answer_to_an_old_question_is_dropped(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"museum")
        await desk.pilot.pause(0.1)
        await desk.pilot.press(*["backspace"] * 6, *"tram")
        await desk.pilot.pause(0.1)
        world.let_go.set()
        await desk.settle()
        assert desk.title == TITLES[3]
        assert found(desk) == 1


async def test_enter_waits_for_the_answer(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"museum", "enter")
        await desk.pilot.pause(0.1)
        world.let_go.set()
        await desk.settle()
        assert desk.place() is Place.LIST
        assert found(desk) == 1


async def test_keys_typed_before_the_answer_are_for_what_was_found(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"museum", "enter", "t", *"+art", "enter")
        await desk.pilot.pause(0.1)
        world.let_go.set()
        await desk.settle()
        assert desk.place() is Place.LIST
        assert found(desk) == 1
        await desk.press("escape")
        await desk.press("slash", *"tag:art", "enter")
        assert found(desk) == 1


async def test_escape_drops_what_was_typed_before_the_answer(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"museum", "enter", "A", "escape")
        await desk.pilot.pause(0.1)
        world.let_go.set()
        await desk.settle()
        assert found(desk) == 6
        assert desk.shows("6 unread")


async def test_a_search_that_found_nothing_is_asked_again_when_the_index_has_changed(
    world: World,
) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"zeppelin", "enter")
        assert found(desk) == 0
        world.add(draft("Zeppelin lands", "A zeppelin landed."))
        desk.main.finding.index_changed()
        await desk.settle()
        assert found(desk) == 1


async def test_escape_while_an_answer_is_awaited(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"museum")
        await desk.pilot.pause(0.1)
        await desk.pilot.press("escape")
        world.let_go.set()
        await desk.settle()
        assert found(desk) == 6
        assert desk.shows("all articles")


async def test_a_word_that_is_being_written_stands_for_all_that_begin_so(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"dro")
        assert found(desk) == 2
        assert "dro… " in desk.lines()[0]
        assert "2 of 6 articles" in desk.lines()[0]
        assert desk.main.rows.show_snippets
        await desk.press("enter")
        assert "dro… " not in desk.lines()[0]
        assert found(desk) == 0
        assert desk.shows("dro* finds 2 articles")
        await desk.press("slash", *"drones on")
        assert found(desk) == 0
        await desk.press("space")
        assert world.asked[-1] == "drones on"
        await desk.press("ctrl+u", *"dro")
        await desk.press("down", "enter", "F", *"kit")
        # What one has gone to stays.
        assert "dro…  ›  kit… " in desk.lines()[0]
        assert found(desk) == 1


async def test_what_is_not_understood_has_no_answer(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"sort:newest is:new")
        assert found(desk) == 6
        assert "6 articles" not in desk.lines()[0]
        assert "articles" not in desk.lines()[-2]
        assert 'unknown value "new" at 16' in desk.lines()[2]
        await desk.press("enter")
        selection = desk.main.search_bar.input.selection
        assert (selection.start, selection.end) == (15, 18)
        await desk.press(*"read", "enter")
        assert desk.place() is Place.LIST
        assert desk.main.listing.shown.asked.parts == ("is:read",)
        assert found(desk) == 0


async def test_problems_are_told_under_the_line(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"souce:x")
        assert 'did you mean "source"' in desk.lines()[2]
        await desk.press(*["backspace"] * 7, *"drone (")
        assert found(desk) == 2
        assert desk.lines()[2].strip()
        await desk.press("backspace", "backspace")
        assert "drone" in desk.lines()[1]
        assert not desk.main.search_bar.query_one(".prompt--note").visible


async def test_a_problem_in_a_narrowing_counts_from_what_was_typed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone OR tram", "enter", "F", *"souce:x")
        assert 'unknown field "souce" at 1' in desk.lines()[2]


async def test_nothing_found_offers_near_words(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drome")
        assert desk.shows("Nothing found.")
        assert desk.shows("Did you mean drone?")
        await desk.press("enter", "enter", "j", "m")
        assert desk.place() is Place.LIST


async def test_no_index_is_told_and_the_list_stays(world: World) -> None:
    world.search_error = UNAVAILABLE
    async with world.screen() as desk:
        await desk.press("slash", *"drone")
        assert "the index is being" in desk.lines()[2]
        assert found(desk) == 6
        assert world.indexing is not None
        assert world.indexing.pokes == 1
        await desk.press("enter")
        assert desk.place() is Place.SEARCH
        assert found(desk) == 6
        # An index that cannot be made is not made over and over.
        pokes = world.indexing.pokes
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert world.indexing.pokes == pokes
        world.search_error = None
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert found(desk) == 2
        assert desk.lines()[2].strip().startswith("●") or "Drone" in desk.lines()[2]
        world.search_error = UNAVAILABLE
        await desk.press("escape", "colon", *"search drone", "enter")
        assert desk.main.status.is_error
        assert found(desk) == 6
        assert world.indexing.pokes == pokes + 1
        await desk.press("colon", *"tag +x -- drone", "enter")
        assert desk.main.status.is_error
        assert world.indexing.pokes == pokes + 2
        world.search_error = None
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert found(desk) == 2
        await desk.press("escape")
        assert desk.main.listing.trail.at_root
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert found(desk) == 6


async def test_hits_are_marked_in_the_article(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        assert len(text_hits(desk)) == 2
        assert desk.title == TITLES[1]
        await desk.press("escape")
        assert text_hits(desk) == ()


async def test_arrows_move_in_the_results_while_typing(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone")
        await desk.press("down")
        assert desk.main.rows.cursor == 1
        await desk.press("up", "down", "enter")
        assert desk.main.rows.cursor == 1
        assert desk.title == TITLES[4]


async def test_narrow_and_widen(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"kelmouth", "enter")
        assert found(desk) == 3
        await desk.press("F", *"drone")
        assert world.asked[-1] == "kelmouth ((drone OR drone*))"
        await desk.press("enter")
        assert "kelmouth  ›  drone" in desk.lines()[0]
        assert found(desk) == 2
        await desk.press("F", *"kites OR orchard", "enter")
        assert world.asked[-1] == "kelmouth drone (kites OR orchard)"
        assert found(desk) == 2
        await desk.press("backspace")
        assert "kites" not in desk.lines()[0]
        await desk.press("backspace", "backspace")
        assert found(desk) == 6
        assert "all articles" in desk.lines()[0]
        await desk.press("backspace")
        assert desk.status == "these are all articles"


async def test_backspace_in_an_empty_line_takes_a_condition_away(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"kelmouth", "enter", "F", *"drone", "enter", "F")
        await desk.press("backspace")
        assert found(desk) == 3
        await desk.press("backspace")
        assert found(desk) == 6
        await desk.press("backspace")
        assert desk.place() is Place.SEARCH
        await desk.press("escape")
        assert found(desk) == 2


async def test_escape_goes_back_through_the_lists(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"kelmouth", "enter", "j", "F", *"drone", "enter")
        await desk.press("escape")
        assert found(desk) == 3
        assert desk.main.rows.cursor == 1
        await desk.press("escape")
        assert found(desk) == 6


async def test_a_search_can_be_changed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "slash")
        assert desk.main.search_bar.text == "drone"
        await desk.press("end", *" kites")
        assert found(desk) == 1
        await desk.press("enter", "slash", *"tram", "enter")
        assert world.asked[-1] == "tram"


async def test_the_same_search_again_is_no_new_level(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "slash", "enter", "escape")
        assert desk.main.listing.trail.at_root


async def test_an_unfinished_search_that_is_kept_says_what_was_left_out(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone souce:x", "enter")
        assert desk.place() is Place.LIST
        assert desk.status.startswith('not understood: unknown field "souce"')
        assert desk.main.listing.shown.asked.parts == ("drone",)
        assert "souce" not in desk.lines()[0]


async def test_a_line_of_which_nothing_was_understood_stays_open(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"souce:x", "enter")
        assert desk.place() is Place.SEARCH
        assert 'did you mean "source"' in desk.lines()[2]
        assert desk.main.listing.trail.at_root
        await desk.type("af")
        assert desk.main.search_bar.text == "af:x"
        assert world.ids("is:starred OR is:archived") == []
        await desk.press("ctrl+u", "delete", "delete", *"drone", "enter", "F", *"souce:x", "enter")
        assert desk.place() is Place.SEARCH
        assert 'did you mean "source"' in desk.lines()[2]
        assert desk.main.listing.trail.top.asked.parts == ("drone",)
        await desk.press("escape")
        assert found(desk) == 2


async def test_a_click_leaves_a_line_of_which_nothing_was_understood(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"((")
        await desk.pilot.click("#rows", offset=(5, 6))
        await desk.settle()
        assert not desk.main.search_bar.is_open
        assert desk.place() is Place.LIST
        assert desk.main.listing.trail.at_root
        assert "all articles" in desk.lines()[0]


async def test_widening_keeps_the_order(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"kelmouth", "enter", "F", *"drone", "enter")
        await desk.press("colon", *"sort title", "enter", "backspace")
        assert world.asked[-1] == "sort:title kelmouth"
        assert found(desk) == 3


async def test_an_empty_search_is_the_whole_list(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "slash", "backspace", "enter")
        assert found(desk) == 6
        assert desk.main.listing.trail.at_root
        await desk.press("slash", "enter")
        assert desk.main.listing.trail.at_root
        assert desk.place() is Place.LIST


async def test_order(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("colon", *"sort oldest", "enter")
        assert world.asked[-1] == "sort:oldest"
        assert "by oldest" in desk.lines()[0]
        assert desk.title == TITLES[0]
        await desk.press("slash", *"drone sort:title", "enter")
        assert "by title" in desk.lines()[0]
        assert "sort:" not in desk.lines()[0]
        assert desk.main.listing.shown.asked.parts == ("drone",)


async def test_keys_before_the_line_has_the_focus_are_typed(world: World) -> None:
    async with world.screen() as desk:
        for letter in ("slash", *"tram"):
            # As when the terminal hands over all of it in one go.
            desk.main.rows.post_message(Key(letter, "/" if letter == "slash" else letter))
        await desk.settle()
        assert desk.main.search_bar.text == "tram"
        assert world.ids("is:starred") == []


async def test_a_click_into_the_results_keeps_the_search(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone")
        await desk.pilot.click("#rows", offset=(5, 4))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert found(desk) == 2
        assert not desk.main.search_bar.is_open
        assert not desk.main.listing.trail.at_root


async def test_reload_of_a_search(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "j")
        world.add(DRAFTS[0].__class__(title="Drone race", text="A drone race."))
        await desk.press("r")
        assert found(desk) == 3
        assert desk.title == TITLES[4]


async def test_a_pause_that_ends_behind_enter_holds_no_keys_for_ever(world: World) -> None:
    async with world.screen() as desk:
        await desk.pilot.press("slash", *"museum")
        # As when the moment without a key is over in the turn of Enter.
        desk.main.finding.accept()
        desk.main.finding._ask()
        await desk.settle()
        assert not desk.main.holds_keys
        assert found(desk) == 1
        await desk.press("f")
        assert len(world.ids("is:starred")) == 1


async def test_escape_right_behind_enter_and_another_search(world: World) -> None:
    async with world.screen() as desk:
        for key in ("slash", *"museum", "enter", "escape", "slash", *"tram", "enter", "f"):
            desk.app.post_message(Key(key, {"slash": "/"}.get(key, key if len(key) == 1 else None)))
        await desk.settle()
        assert not desk.main.holds_keys
        assert desk.main.listing.shown.asked.parts == ("tram",)
        assert desk.title == TITLES[3]
        assert world.ids("is:starred") == world.ids("title:tram")


async def test_accepting_twice_is_accepting_once(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"museum")
        desk.main.finding.accept()
        desk.main.finding.accept()
        await desk.settle()
        assert found(desk) == 1
        assert not desk.main.holds_keys


async def test_a_search_on_its_way_outlives_a_change_of_the_index(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"zeppelin", "enter")
        world.let_go.clear()
        await desk.press_line("search drone")
        desk.main.finding.index_changed()
        await desk.pilot.pause()
        world.let_go.set()
        await desk.settle()
        assert found(desk) == 2


async def test_an_unfinished_condition_takes_nothing_of_the_next(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "F", *'"museum', "enter")
        assert desk.status.startswith("not understood: a quote")
        await desk.press("F", *"is:unread", "enter")
        assert world.asked[-1] == 'drone "museum" is:unread'
        assert desk.status == ""
        assert found(desk) == 1
