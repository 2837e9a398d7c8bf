"""Lists of which the first articles are shown before all are known."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from reader.commands.parse import Command
from reader.model import Mark
from reader.ui.gateway import Gateway
from reader.ui.state import Asked, Shown
from tests.reader.ui.world import DRAFTS, UNAVAILABLE, Desk, World


@pytest.fixture
def long(world: World) -> World:
    """Of every list two articles are shown first."""
    world.first = 2
    return world


@asynccontextmanager
async def unread(world: World) -> AsyncIterator[Desk]:
    """The screen with a search of which the rest is held back."""
    async with world.screen() as desk:
        world.rest_let_go.clear()
        desk.main.finding.search_for("is:unread")
        await until(desk, "of 6 articles")
        assert len(desk.main.rows._source) == 2
        yield desk


async def let_go(world: World, desk: Desk) -> None:
    world.rest_let_go.set()
    await desk.settle()


async def until(desk: Desk, text: str) -> None:
    """Wait for something to be shown while jobs are under way."""
    for _ in range(500):
        await desk.pilot.pause(0.002)
        if desk.shows(text):
            return
    raise AssertionError(desk.text())


async def test_the_whole_library_is_a_long_list_too(long: World) -> None:
    async with long.screen() as desk:
        assert len(desk.main.rows._source) == 6
        assert desk.shows("6 articles")
        assert desk.shows(DRAFTS[4].title)


async def test_the_first_show_at_once_and_nothing_moves(long: World) -> None:
    async with unread(long) as desk:
        assert desk.shows("6 of 6")
        await desk.pilot.press("j")
        before = desk.main.listing.current
        await let_go(long, desk)
        assert len(desk.main.rows._source) == 6
        assert desk.main.listing.current == before
        assert desk.main.rows.cursor == 1
        assert desk.shows(DRAFTS[4].title)


async def test_the_end_is_the_end_of_all(long: World) -> None:
    async with unread(long) as desk:
        await desk.pilot.press("G")
        assert desk.main.rows.cursor == 0
        await let_go(long, desk)
        assert desk.main.rows.cursor == 5


async def test_a_row_far_down_is_waited_for(long: World) -> None:
    async with unread(long) as desk:
        desk.main.commanding.run(Command("row", "4"))
        await let_go(long, desk)
        assert desk.main.rows.cursor == 3


async def test_another_list_is_not_moved_by_what_the_one_before_was_asked(long: World) -> None:
    async with unread(long) as desk:
        await desk.pilot.press("G")
        desk.main.finding.search_for("drone")
        await let_go(long, desk)
        assert desk.main.rows.cursor == 0
        assert len(desk.main.rows._source) == 2


async def test_marking_a_list_marks_all_of_it(long: World) -> None:
    async with unread(long) as desk:
        desk.main.perform("view.mark_read")
        desk.main.finding.search_for("drone")
        await let_go(long, desk)
        assert long.ids("is:unread") == []


async def test_the_next_unread_article_may_be_among_the_rest(long: World) -> None:
    async with unread(long) as desk:
        long.mark(list(desk.main.listing.shown.ids), Mark.READ)
        await desk.pilot.press("n")
        assert desk.main.rows.cursor == 0
        await let_go(long, desk)
        assert desk.main.rows.cursor == 2


async def test_the_cursor_stays_on_an_article_that_is_among_the_rest(long: World) -> None:
    async with long.screen() as desk:
        await desk.press("G")
        kept = desk.main.listing.current
        desk.main.finding.sort("title")
        await desk.settle()
        assert desk.main.listing.current == kept
        assert desk.main.rows.cursor > 1


async def test_a_list_that_was_left_too_early_is_completed_when_it_is_back(long: World) -> None:
    async with unread(long) as desk:
        desk.main.finding.search_for("drone")
        await until(desk, "2 of 6")
        left = desk.main.listing.trail._shown[-2]
        assert len(left.ids) == 2
        await desk.pilot.press("escape")
        await let_go(long, desk)
        assert desk.main.listing.shown is left
        assert len(desk.main.rows._source) == 6


async def test_a_rest_that_fails_is_asked_for_again(long: World) -> None:
    gateway = Gateway(long.ports())
    long.rest_let_go.clear()
    first = await gateway.search("is:unread")
    assert (len(first.ids), first.total) == (2, 6)
    long.search_error = UNAVAILABLE
    rest = asyncio.ensure_future(gateway.search_rest("is:unread", surely=False))
    long.rest_let_go.set()
    with pytest.raises(asyncio.CancelledError):
        await rest
    long.search_error = None
    view = await gateway.search_rest("is:unread", surely=True)
    assert list(view.ids)[:2] == list(first.ids)
    assert view.is_complete
    gateway.close()


async def test_a_newer_search_ends_the_waiting_for_a_rest(long: World) -> None:
    gateway = Gateway(long.ports())
    long.rest_let_go.clear()
    await gateway.search("is:unread")
    rest = asyncio.ensure_future(gateway.search_rest("is:unread", surely=False))
    sure = asyncio.ensure_future(gateway.search_rest("is:unread", surely=True))
    await asyncio.sleep(0)
    newer = asyncio.ensure_future(gateway.search("drone"))
    long.rest_let_go.set()
    assert (await newer).total == 2
    assert (await sure).is_complete
    with pytest.raises(asyncio.CancelledError):
        await rest
    gateway.close()


def test_what_was_shown_stays_in_its_place() -> None:
    shown = Shown(Asked(), array("q", [5, 4, 3]), 6)
    was_complete = shown.is_complete
    shown.complete(array("q", [9, 5, 3, 2]))
    assert list(shown.ids) == [5, 4, 3, 9, 2]
    assert (was_complete, shown.is_complete) == (False, True)
    shown = Shown(Asked(), array("q", [5, 4]), 4)
    shown.complete(array("q", [5, 4, 3, 2]))
    assert list(shown.ids) == [5, 4, 3, 2]
