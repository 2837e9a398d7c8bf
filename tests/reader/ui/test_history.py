"""The list of changes, and going back to any of them."""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from reader.errors import LibraryDamagedError
from reader.model import Event, EventKind, Jump, Mark
from reader.ui.history_gate import PAGE, HistoryGate
from reader.ui.history_rows import found, history_line, history_rows, tell_short_time, tell_time
from reader.ui.screens.history import HistoryScreen
from reader.ui.widgets.history_list import HistoryList
from reader.ui.wording import tell_jump
from tests.reader.ui.samples import said
from tests.reader.ui.world import Desk, World

NOON = datetime(2024, 3, 10, 12, 0, tzinfo=UTC)


def event(number: int, state: str = "done", kind: EventKind = EventKind.TAG) -> Event:
    at = NOON - timedelta(minutes=10 * (100 - number))
    undone, dropped = state != "done", state == "dropped"
    return Event(number, at, kind, f"+t{number}", number, undone, dropped)


def test_the_line_stands_between_what_was_undone_and_what_stands() -> None:
    events = [event(5, "undone"), event(4, "undone"), event(3, "dropped"), event(2), event(1)]
    rows = history_rows(events, is_whole=True)
    assert rows.now == 2
    assert len(rows) == 7
    assert [rows.target(row) for row in range(7)] == [5, 4, None, None, 2, 1, 0]
    assert rows.row_of(2) == 4
    assert rows.row_of(4) == 1
    assert rows.row_of(99) == rows.row_of(None) == 3
    assert [rows.beside_line(2, step) for step in (1, -1)] == [3, 1]
    assert rows.beside_line(99, 1) == 6


def test_what_stands_among_what_was_undone_says_so() -> None:
    rows = history_rows([event(5), event(4, "undone"), event(3)], is_whole=True)
    texts = ["".join(text for text, _ in history_line(rows, row, 60, NOON)) for row in range(4)]
    assert texts[0].endswith("tagged +t5: 5 articles · stands")
    assert texts[1].endswith("· undone")
    assert texts[2].startswith("── now ─")
    assert texts[3].endswith("3 articles")


def test_without_changes_there_is_the_line_alone() -> None:
    rows = history_rows([], is_whole=True)
    assert rows.now == 0
    assert rows.beside_line(0, -1) == 1
    assert rows.target(1) == 0
    assert history_rows([], is_whole=False).beside_line(0, 1) == 0


@pytest.mark.parametrize("width", [30, 60, 100])
def test_lines_fit(width: int) -> None:
    rows = history_rows([event(5, "undone"), event(3, "dropped"), event(2)], is_whole=True)
    for row in range(len(rows)):
        line = history_line(rows, row, width, NOON)
        assert sum(len(text) for text, _ in line) <= width - 2
    texts = ["".join(text for text, _ in history_line(rows, row, 60, NOON)) for row in range(5)]
    assert texts[0] == "9 Mar 20:10  tagged +t5: 5 articles · undone"
    assert texts[1].startswith("── now ─")
    assert texts[2].endswith("· undone before later changes")
    assert texts[4].startswith("before all changes")


def test_a_narrow_line_tells_when_in_few_letters_and_then_what() -> None:
    rows = history_rows([event(99), event(3, "dropped")], is_whole=True)
    texts = ["".join(text for text, _ in history_line(rows, row, 36, NOON)) for row in (1, 2)]
    assert texts == ["10 min    tagged +t99: 99 articles", "9 Mar     tagged +t3: 3… · undone…"]
    times = [5, 3500, 80_000, 86_400 * 5, 86_400 * 400]
    told = [tell_short_time(NOON - timedelta(seconds=gone), NOON) for gone in times]
    assert told == ["now", "58 min", "9 Mar", "5 Mar", "Feb 2023"]


def test_a_change_tells_where() -> None:
    told = [
        replace(event(2), query='"grain deal" date:2023'),
        replace(event(1), title="The ferry \x1b[31mtide"),
        replace(event(1, kind=EventKind.NOTE), title="+t1"),
    ]
    rows = history_rows(told, is_whole=False)
    texts = ["".join(text for text, _ in history_line(rows, row, 70, NOON)) for row in (1, 2, 3)]
    assert [text[13:] for text in texts] == [
        'tagged +t2: 2 articles · on "grain deal" date:2023',
        "tagged +t1: 1 article · The ferry [31mtide",
        "+t1",
    ]
    assert found(told, "grain tagged") == told[:1]


def test_times_read_as_one_says_them() -> None:
    told = [tell_time(NOON - timedelta(seconds=gone), NOON) for gone in (5, 300, 7300, 86400)]
    assert told == ["just now", "5 min ago", "2 h ago", "9 Mar 12:00"]
    assert tell_time(NOON - timedelta(days=400), NOON) == "4 Feb 2023"


def test_changes_are_found_by_words_in_any_order() -> None:
    events = [event(1), event(2, kind=EventKind.MARK)]
    assert found(events, "T1 tagged") == events[:1]
    assert found(events, "marked") == events[1:]


def test_what_a_jump_says() -> None:
    assert said(tell_jump(Jump(5, 0))) == "went back over 5 changes, U goes forward"
    assert said(tell_jump(Jump(0, 1))) == "went forward over 1 change, u goes back"
    assert tell_jump(Jump()) == "this is where you are"


def some_changes(world: World) -> list[int]:
    tram = world.ids("tram")
    world.mark(tram, Mark.STARRED)
    world.tag(tram, "war")
    world.tag(tram, "hours")
    return tram


def screen(desk: Desk) -> HistoryScreen:
    assert isinstance(desk.app.screen, HistoryScreen)
    return desk.app.screen


async def test_one_goes_back_and_forward(world: World) -> None:
    [tram] = some_changes(world)
    async with world.screen(80, 24) as desk:
        await desk.press("G", "k")
        here = desk.main.listing.current
        await desk.press("g", "h")
        assert desk.shows("── now ─")
        assert desk.shows("tagged +hours: 1 article")
        await desk.press("j", "j", "enter")
        assert desk.status == "went back over 2 changes, U goes forward"
        assert desk.shows(desk.status)
        assert world.tags(tram) == ()
        assert world.ids("is:starred") == [tram]
        assert desk.shows("tagged +war: 1 article · ")
        await desk.press("enter")
        assert desk.status == "this is where you are"
        await desk.press("U")
        assert world.tags(tram) == ("war",)
        await desk.press("u", "u")
        assert world.ids("is:starred") == []
        await desk.press("home", "enter")
        assert desk.status == "went forward over 3 changes, u goes back"
        await desk.press("end", "enter")
        assert desk.status == "went back over 3 changes, U goes forward"
        await desk.press("escape")
        assert desk.main.listing.current == here
        assert not desk.shows("★")


async def test_what_was_undone_for_good_is_made_again(world: World) -> None:
    [tram] = some_changes(world)
    async with world.screen(80, 24) as desk:
        await desk.press("u", "f")
        await desk.press_line("history")
        await desk.settle()
        assert desk.shows("undone before later changes")
        await desk.press("down", "enter")
        assert desk.status == "made again: tagged +hours: 1 article · u undoes"
        assert set(world.tags(tram)) == {"war", "hours"}
        await desk.press("x")
        assert desk.shows("the change stays as it is; it is undone already")
        await desk.press("q")
        assert desk.app.screen is desk.main


async def test_what_another_program_did_meanwhile_comes_to_light(world: World) -> None:
    [tram] = some_changes(world)
    async with world.screen(80, 24) as desk:
        await desk.press("g", "h")
        with closing(world.open_library()) as library:
            library.history.undo()
        world.tag([tram], "late")
        await desk.press("home", "enter")
        assert desk.shows("can be gone to")
        assert desk.shows("tagged +late: 1 article")


async def test_one_change_is_taken_back_alone(world: World) -> None:
    [tram] = some_changes(world)
    async with world.screen(80, 24) as desk:
        await desk.press_line("history")
        await desk.settle()
        assert desk.shows("x take back")
        # All of it can be seen, above the keys of the sheet.
        assert any("Esc close" in one for one in desk.lines()[:-1])
        await desk.press("down", "x")
        assert desk.status == "took back: tagged +war: 1 article · u undoes"
        assert desk.shows(desk.status)
        assert world.tags(tram) == ("hours",)
        assert world.ids("is:starred") == [tram]
        await desk.press("u", "end", "x")
        assert set(world.tags(tram)) == {"war", "hours"}
        await desk.press("o", "k", "o")
        assert desk.app.screen is desk.main
        assert desk.shows("change:1")
        assert list(desk.main.listing.shown.ids) == [tram]


async def test_changes_are_looked_for(world: World) -> None:
    some_changes(world)
    async with world.screen(80, 24) as desk:
        await desk.press("g", "h", "slash")
        await desk.pilot.press(*"starred")
        await desk.settle()
        assert not desk.shows("+war")
        await desk.press("enter", "enter")
        assert desk.status == "went back over 2 changes, U goes forward"
        await desk.press("escape")
        assert desk.shows("+war")
        await desk.press("slash", "escape", "escape")
        assert desk.app.screen is desk.main


async def test_clicks_and_pages(world: World) -> None:
    tram = world.ids("tram")
    for number in range(40):
        world.tag(tram, f"t{number}")
    async with world.screen(80, 24) as desk:
        await desk.press("g", "h", "pagedown", "ctrl+u", "ctrl+d", "pageup")
        listing = desk.app.screen.query_one(HistoryList)
        await desk.pilot.click(HistoryList, offset=(20, 4))
        await desk.settle()
        assert listing.cursor == 4
        await desk.pilot.click(HistoryList, offset=(20, 4))
        await desk.settle()
        assert desk.status == "went back over 3 changes, U goes forward"


async def test_of_many_changes_some_are_read_at_once(world: World) -> None:
    library = world.open_library()
    tram = world.ids("tram")
    with library.store.transaction():
        for _ in range(2 * PAGE):
            library.tagging.tag(tram, ["war"], [])
            library.tagging.tag(tram, [], ["war"])
    library.close()
    async with world.screen(80, 24) as desk:
        await desk.press("g", "h", "escape")
        begun = time.process_time()
        await desk.press("g", "h")
        spent = time.process_time() - begun
        assert len(screen(desk).events) == PAGE
        # Drawing of two screens and the waiting of the test are in it.
        assert spent < 1
        # Typed at once, while most of them are still to be read.
        await desk.press("escape")
        for key in ("g", "h", "end", "up", "slash", "minus", "w", "enter"):
            typed = {"slash": "/", "minus": "-"}.get(key, key)
            desk.app.post_message(events.Key(key, typed if len(typed) == 1 else None))
        await desk.settle()
        await desk.settle()
        assert len(screen(desk).events) == 4 * PAGE
        assert screen(desk).query_one(Input).value == "-w"
        assert screen(desk).focused is screen(desk).query_one(HistoryList)
        await desk.press("escape", "end")
        assert desk.shows("before all changes")
        await desk.press("up", "enter")
        assert desk.status == f"went back over {4 * PAGE - 1:,} changes, U goes forward"


class Unreadable(HistoryGate):
    """A library of which the changes cannot be read."""

    async def page(self, before: int | None = None) -> tuple[Event, ...]:
        raise LibraryDamagedError(Path("library"), f"before {before}")


async def test_keys_work_when_changes_cannot_be_read(world: World) -> None:
    async with world.screen(80, 24) as desk:
        desk.main.rewinding._gate = Unreadable(desk.main.gateway)
        await desk.press("g", "h", "end", "slash")
        await desk.settle()
        assert screen(desk).query_one(Input).display
        assert desk.shows("damaged")


async def test_leaving_twice_leaves_once(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("g", "h")
        leaving = screen(desk)
        leaving.dismiss()
        leaving.dismiss()
        await desk.settle()
        assert desk.app.screen is desk.main
