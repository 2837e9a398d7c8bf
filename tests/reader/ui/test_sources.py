"""The pane of sources, driven with keys."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.events import Key

from reader.feeds import FeedState, Problem, SourceLine, UpdateReport
from reader.model import Mark
from reader.service.searching import View
from reader.ui import themes
from reader.ui.actions import Place
from reader.ui.going_on import counted_anew, rows_on
from reader.ui.left_rows import LeftRow, TagRow
from reader.ui.source_rows import RowKind, SourceRow, SourceTree
from reader.ui.state import Asked, Shown
from reader.ui.verbs.going_on import OTHER_LIST
from reader.ui.widgets.source_pane import SourcePane
from tests.reader.ui.samples import BAD, Stage
from tests.reader.ui.test_safety import CONTROLS
from tests.reader.ui.world import Desk, World


@pytest.fixture
def feeds(world: World) -> World:
    """Six articles without a feed, and three feeds, two of them in folders."""
    world.subscribe("Kettle", articles=3)
    world.subscribe("Tide Times", "News/World")
    world.subscribe("Quarry Post", "News", articles=1)
    return world


def panes(desk: Desk) -> list[str]:
    main = desk.main
    widgets = (main.source_pane, main.rows, main.article, main.names)
    return [str(one.id) for one in widgets if one.display and one.region.width]


def sources(desk: Desk) -> list[str]:
    """What the pane says, a line a row, in order."""
    pane = desk.main.source_pane
    lines = [strip.text for strip in map(pane.render_line, range(pane.size.height))]
    return [" ".join(line.replace("▌", " ").split()) for line in lines if line.strip(" ▌")]


def titles(desk: Desk) -> int:
    return len(desk.main.listing.source)


async def test_where_there_is_room_the_sources_stand_beside_the_rest(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        assert panes(desk) == ["sources", "rows", "article", "names"]
        assert sources(desk) == [
            "All articles 12", "▾ News 3", "▾ World 2", "Tide Times 2", "Quarry Post 1",
            "Kettle 3", "▸ Without a feed 6",
        ]  # fmt: skip
        assert desk.place() is Place.LIST


async def test_without_feeds_or_room_they_come_on_demand(feeds: World, tmp_path: Path) -> None:
    async with World(tmp_path / "none").screen(160, 40) as desk:
        assert "sources" not in panes(desk)
    async with feeds.screen(124, 30) as desk:
        assert panes(desk) == ["rows", "article", "names"]
        await desk.press("s")
        assert panes(desk) == ["sources", "rows", "article"]
        assert desk.place() is Place.SOURCES
        await desk.press("e")
        assert panes(desk) == ["rows", "article", "names"]
        await desk.press("escape", "h", "h")
        assert desk.place() is Place.SOURCES
        await desk.press("escape")
        assert panes(desk) == ["rows", "article", "names"]
        assert desk.place() is Place.LIST


async def test_two_panes_and_one(feeds: World) -> None:
    async with feeds.screen(90, 24) as desk:
        assert panes(desk) == ["rows", "article"]
        await desk.press("s")
        assert panes(desk) == ["sources", "rows"]
        await desk.press("tab")
        assert panes(desk) == ["rows", "article"]
        await desk.press("shift+tab", "s")
        assert panes(desk) == ["rows", "article"]
    async with feeds.screen(60, 15) as desk:
        await desk.press("s")
        assert panes(desk) == ["sources"]
        await desk.press("j", "enter")
        assert panes(desk) == ["rows"]
        assert titles(desk) == 3
        await desk.press("z")
        assert panes(desk) == ["article"]


async def test_the_list_of_a_source_and_of_a_folder(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "j", "enter")
        assert desk.main.listing.shown.asked.parts == ('in:"News"',)
        assert desk.place() is Place.LIST
        assert titles(desk) == 3
        await desk.press("h", "G", "k", "l")
        assert desk.main.listing.shown.asked.parts == ('in:"Kettle"',)
        assert titles(desk) == 3
        assert desk.shows("Kettle 2")
        # From one source to another and back it is one step.
        await desk.press("escape")
        assert desk.main.listing.shown.asked.is_everything
        await desk.press("s", "g", "g", "enter")
        assert titles(desk) == 12
        assert desk.place() is Place.LIST


async def test_folders_fold(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "j", "j", "j", "h")
        row = desk.main.source_pane.current
        assert row is not None
        assert row.label == "World"
        await desk.press("h", "h", "h")
        assert sources(desk) == [
            "All articles 12", "▸ News 3", "Kettle 3", "▸ Without a feed 6",
        ]  # fmt: skip
        await desk.press("l")
        assert "▸ World 2" in sources(desk)
        await desk.press("G", "l")
        assert "Northgate Courier 2" in sources(desk)
        assert sources(desk)[-1] == "Without a source 2"
        await desk.press("G", "enter")
        assert titles(desk) == 2
        await desk.press("h", "h", "enter")
        assert titles(desk) == 6
        await desk.press("h", "h")
        assert "Northgate Courier 2" not in sources(desk)
        await desk.pilot.click("#sources", offset=(8, 1))
        await desk.settle()
        assert titles(desk) == 3


async def test_what_is_read_is_counted_and_the_cursor_stays(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "G", "k")
        feeds.mark(feeds.ids('in:"News"'), Mark.READ)
        feeds.subscribe("Anvil", articles=1)
        desk.main._poll()
        await desk.settle()
        assert sources(desk) == [
            "All articles 13 10", "▾ News 3", "▾ World 2", "Tide Times 2", "Quarry Post 1",
            "Anvil 1", "Kettle 3", "▸ Without a feed 6",
        ]  # fmt: skip
        rows = desk.main.source_pane.rows
        assert [row.label for row in rows if isinstance(row, SourceRow) and row.unread] == [
            "All articles", "Anvil", "Kettle", "Without a feed",
        ]  # fmt: skip
        row = desk.main.source_pane.current
        assert row is not None
        assert row.name == "Kettle"


async def test_a_failing_feed_is_marked_and_says_why(feeds: World) -> None:
    due = datetime.now(UTC) + timedelta(days=3)
    feeds.note(replace(feeds.feed("Kettle"), failures=2, error=Problem.NO_HOST, due=due))
    feeds.note(replace(feeds.feed("Tide Times"), state=FeedState.STOPPED, error=Problem.GONE))
    async with feeds.screen(160, 40) as desk:
        assert "Kettle ! 3" in sources(desk)
        assert "Tide Times × 2" in sources(desk)
        await desk.press("s", "G", "k")
        assert desk.status.startswith("Kettle: no such host; asked again ")
        await desk.press("k")
        assert desk.status == ""
        await desk.press("k")
        assert desk.status == "Tide Times: gone for good; it is not asked any more"


async def run(desk: Desk, line: str) -> None:
    await desk.press_line(line)
    await desk.settle()


async def test_sources_are_changed_and_changed_back(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "G", "k", "enter", "s")
        await run(desk, "source rename Copper Kettle")
        assert desk.status == "Kettle is Copper Kettle now · u undoes"
        assert "Copper Kettle 3" in sources(desk)
        assert desk.main.listing.shown.asked.source == "Copper Kettle"
        await run(desk, "source folder Home/Kitchen")
        assert "▾ Kitchen 3" in sources(desk)
        assert desk.status == "Copper Kettle is in Home/Kitchen now · u undoes"
        await run(desk, "source folder")
        assert desk.status == "Copper Kettle is in no folder now · u undoes"
        await run(desk, "source every never")
        assert desk.status == "Copper Kettle is asked as often as the settings say · u undoes"
        await run(desk, "source every 2h")
        assert desk.status == "Copper Kettle is asked every 2h · u undoes"
        assert feeds.feed("Copper Kettle").every == 7200
        await run(desk, "source remove")
        assert desk.status == "removed Copper Kettle, its articles stay · u undoes"
        assert feeds.feed("Copper Kettle").state is FeedState.REMOVED
        assert len(feeds.ids('in:"Copper Kettle"')) == 3
        for _ in range(5):
            await desk.press("u")
        assert "Kettle 3" in sources(desk)
        assert feeds.feed("Kettle").state is FeedState.ACTIVE
        assert feeds.feed("Kettle").every == 0


async def test_elsewhere_the_source_of_the_article_is_meant(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await run(desk, 'search in:"Tide Times"')
        await run(desk, "source rename High Tide")
        assert "High Tide 2" in sources(desk)
        await desk.press("s", "g", "g")
        await run(desk, "source remove")
        assert desk.status == "no source here: go to one in the pane of sources"
        await desk.press("c")
        assert desk.status == "nothing to change here: go to a saved search, a source or a tag"
        # On a source a letter chooses, and a line says what it asks for.
        await desk.press("j", "j", "j", "c")
        assert desk.place() is Place.PICK
        assert desk.shows("change High Tide")
        await desk.press("e")
        assert desk.main.command_line.text == "source every "
        assert desk.shows("how often High Tide is asked: 30m, 2h, 1d")
        await desk.press("escape", "c", "r")
        assert desk.shows("the new name of High Tide")
        await desk.type("Low Tide")
        await desk.press("enter")
        assert desk.status == "High Tide is Low Tide now · u undoes"
        await desk.press("G", "l", "j", "c")
        assert not desk.shows("how often it is asked")
        await desk.press("escape", "tab")
        await run(desk, "source")
        assert desk.place() is Place.PICK


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("source rename", "usage: source rename"),
        ("source every now", '"now" is no time'),
        ("source every 1m", '"1m" is no time'),
        ("source move a b", "usage: source"),
        ("source burn", 'source has no "burn"'),
        ("save", None),
        ("save a b", "usage: save URL"),
    ],
)
async def test_a_line_that_means_nothing_stays(feeds: World, line: str, note: str | None) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "G", "k")
        await run(desk, line)
        assert desk.place() is Place.COMMAND
        assert note is None or desk.shows(note)


async def test_changes_that_cannot_be_made_are_told(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "G", "k")
        await run(desk, "source rename Tide Times")
        assert desk.status == 'there is a source "Tide Times" already'
        await desk.press("j", "l", "j")
        await run(desk, "source remove")
        assert "has no feed" in desk.status
        assert desk.main.status.is_error


@pytest.mark.parametrize(
    ("action", "line"),
    [
        ("source.add", "add "),
        ("page.save", "save "),
        ("source.rename", "source rename Tide Times"),
        ("source.move", "source move "),
        ("source.folder", "source folder News/World"),
        ("source.every", "source every "),
    ],
)
async def test_actions_begin_a_line(feeds: World, action: str, line: str) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press("s", "j", "j", "j")
        desk.main.perform(action)
        assert desk.place() is Place.COMMAND
        assert desk.main.command_line.text == line
        await desk.press("escape")
        assert desk.place() is Place.SOURCES


async def test_an_empty_library_says_how_to_begin(tmp_path: Path) -> None:
    async with World(tmp_path / "none").screen(120, 30) as desk:
        assert desk.shows(":add URL")
        await desk.press("s")
        assert desk.shows("No feeds yet.")
        await desk.press("j", "k", "G", "pagedown", "h", "l")
        assert desk.main.place in (Place.SOURCES, Place.LIST)
        await desk.press("s", "plus")
        assert desk.app.is_running


@pytest.mark.parametrize(
    ("theme", "size"),
    [
        *((theme, (160, 40)) for theme in themes.NAMES),
        (themes.NAMES[0], (30, 8)),
        (themes.NAMES[0], (5, 3)),
    ],
)
async def test_hostile_names_are_drawn_harmlessly(
    feeds: World, theme: str, size: tuple[int, int]
) -> None:
    feeds.subscribe(f"Evil {BAD}", f"{BAD}/{BAD}")
    feeds.note(replace(feeds.feed("Kettle"), failures=2, error=BAD))
    async with feeds.screen(*size, theme=theme) as desk:
        await desk.press("s", "G", "k", "g", "g", "j", "j", "enter")
        assert not CONTROLS.search(desk.text().replace("\n", ""))
        assert desk.app.is_running


async def test_ten_thousand_sources_hold_no_key_up(feeds: World) -> None:
    feed = feeds.feed("Kettle")
    lines = [
        SourceLine(f"Source {n}", 9, 3, replace(feed, folder=f"Folder {n % 50}"))
        for n in range(10_000)
    ]
    pane = SourcePane()
    app = Stage(pane)
    async with app.run_test(size=(40, 30)) as pilot:
        before = time.process_time()
        pane.show(SourceTree(lines).rows(()))
        pane.move(10**9)
        assert pane.cursor == 10_049
        pane.go_to_folder()
        row = pane.current
        assert row is not None
        assert row.kind is RowKind.FOLDER
        assert time.process_time() - before < 0.5
        await pilot.pause()
        before = time.process_time()
        for _ in range(20):
            pane.move(1)
            await pilot.pause()
        assert (time.process_time() - before) / 20 < 0.05


async def test_r_asks_the_source_in_question(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        port = feeds.fetching
        assert port is not None
        assert port.started == 1
        port.answers = [UpdateReport(asked=1)] * 9
        await desk.press("s", "j", "r")
        await desk.press("j", "j", "r")
        await desk.press("G", "r")
        await desk.press("g", "g", "r")
        assert port.orders == [("update", "News"), ("update", "Tide Times"), ("update",)]
        port.orders.clear()
        await run(desk, 'search in:"Quarry Post"')
        await desk.press("r")
        await run(desk, "search tag:nothing")
        await desk.press("r")
        assert port.orders == [("update", "Quarry Post")]


async def test_r_leaves_alone_what_was_asked_just_now(feeds: World) -> None:
    feeds.note(replace(feeds.feed("Kettle"), checked=datetime.now(UTC)))
    feeds.note(replace(feeds.feed("Tide Times"), state=FeedState.STOPPED))
    async with feeds.screen(160, 40) as desk:
        assert feeds.fetching is not None
        await desk.press("s", "G", "k", "r", "k", "k", "r")
        assert feeds.fetching.orders == []


async def test_r_says_when_a_source_was_asked(feeds: World) -> None:
    feeds.note(replace(feeds.feed("Kettle"), checked=datetime.now(UTC) - timedelta(seconds=20)))
    async with feeds.screen(160, 40) as desk:
        assert desk.main.source_pane.go_to(RowKind.SOURCE, "Kettle")
        await desk.press("s", "r")
        assert re.fullmatch(r"Kettle was asked 2\d s ago", desk.status)


async def test_a_key_of_a_long_pane_draws_only_what_has_changed(feeds: World) -> None:
    feed = feeds.feed("Kettle")
    lines = [SourceLine(f"Source {n}", 9, 3, replace(feed, folder="")) for n in range(2_000)]
    pane = SourcePane()
    app = Stage(pane)
    async with app.run_test(size=(40, 30)) as pilot:
        pane.show(SourceTree(lines).rows(()))
        pane.move(100)
        await pilot.pause()
        before = [pane.render_line(y) for y in range(30)]
        pane.move(1)
        await pilot.pause()
        after = [pane.render_line(y) for y in range(30)]
        assert all(one is other for one, other in zip(before[1:29], after[:28], strict=True))
        app.theme = "textual-light"
        await pilot.pause()
        assert pane.render_line(0) != before[0]


async def test_what_was_read_leads_to_the_next_row_with_something_unread(feeds: World) -> None:
    feeds.mark(feeds.ids('in:"Quarry Post"'), Mark.READ)
    async with feeds.screen(160, 40) as desk:
        main = desk.main
        await desk.press_line('search in:"Tide Times"')
        await desk.settle()
        await desk.press("enter", "n", "n")
        assert desk.status == "on to Kettle · 3 unread"
        assert (desk.place(), desk.title) == (Place.ARTICLE, "Kettle 2")
        assert main.listing.shown.asked == Asked(('in:"Kettle"',))
        assert main.source_pane.current is not None
        assert main.source_pane.current.name == "Kettle"
        # Only what is unread, on and on; a row that says so wrongly is passed by.
        await desk.press("escape", "g", "u")
        feeds.mark(feeds.ids("is:unread"), Mark.READ)
        await desk.press("G", "n")
        assert desk.status.startswith("no more unread articles here")
        feeds.mark(feeds.ids('in:"Quarry Post"'), Mark.UNREAD)
        await main.sources.refresh()
        await desk.press("n")
        assert desk.status == "on to News · 1 unread"
        assert main.listing.shown.asked.parts[1:] == ("is:unread",)


async def test_what_was_read_elsewhere_is_counted_anew_and_not_asked_row_by_row(
    feeds: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcdefgh":
        feeds.subscribe(name, articles=1)
    asked: list[str] = []
    async with feeds.screen(160, 40) as desk:
        main, search = desk.main, desk.main.gateway.search

        async def noted(text: str) -> View:
            asked.append(text)
            return await search(text)

        monkeypatch.setattr(main.gateway, "search", noted)
        await main.listing.ask(Asked(('in:"Kettle"',)))
        feeds.mark(feeds.ids("is:unread"), Mark.READ)
        asked.clear()
        await desk.press("n")
        assert len(asked) == 1
        assert desk.status.startswith("no more unread articles here")
        # Keys that come meanwhile are meant for the list that comes.
        feeds.mark(feeds.ids('in:"Kettle"'), Mark.UNREAD)
        await main.sources.refresh()
        await main.listing.ask(Asked(('in:"Tide Times"',)))
        main.perform("unread.next")
        while not main.holds_keys:
            await asyncio.sleep(0)
        for key in "jj":
            desk.app.post_message(Key(key, key))
        await desk.settle()
        assert desk.status == "on to Kettle · 3 unread"
        assert (main.rows.cursor, main.rows.has_focus) == (2, True)


async def test_who_has_gone_back_meanwhile_stays_there(
    feeds: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with feeds.screen(160, 40) as desk:
        listing, find = desk.main.listing, desk.main.listing.find

        async def found_late(asked: Asked) -> Shown:
            shown = await find(asked)
            desk.main.perform("screen.back")
            return shown

        feeds.mark(feeds.ids('in:"Tide Times"'), Mark.READ)
        await listing.ask(Asked(('in:"Tide Times"',)), push=True)
        monkeypatch.setattr(listing, "find", found_late)
        await desk.press("n")
        assert desk.status == OTHER_LIST
        assert listing.shown.asked == Asked()


def test_which_rows_come_next() -> None:
    tree = SourceTree([SourceLine("a", 3, 1), SourceLine("b", 3, 2), SourceLine("c", 3, 0)])
    rows: list[LeftRow] = [*tree.rows(()), TagRow("t")]
    assert [row.name for row in rows_on(rows, Asked(('in:"b"',)))] == ["a"]
    assert [row.name for row in rows_on(rows, Asked(('in:"a"', "is:unread")))] == ["b"]
    assert rows_on(rows, Asked(("tag:t/*",))) == rows_on(rows, Asked()) == []
    now = SourceTree([SourceLine("a", 3, 0), SourceLine("c", 3, 2)]).rows(())
    assert [row.name for row in counted_anew(rows, now)] == ["c"]
