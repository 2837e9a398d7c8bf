"""The command line of the screen."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from index.errors import QuerySyntaxError
from reader.config import Loaded, Settings
from reader.errors import LibraryDamagedError, LibraryError
from reader.ui.actions import Place
from reader.ui.earlier_lines import EarlierLines
from reader.ui.line_gate import LineGate
from reader.ui.messages import PromptChanged
from reader.ui.screens.main import MainScreen
from reader.ui.tui import run as run_app
from tests.reader.ui.world import Desk, World, draft


async def run(desk: Desk, line: str) -> None:
    await desk.press("colon")
    await desk.type(line)
    await desk.press("enter")


async def test_tag_what_answers_a_query(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "tag +air -- drone")
        assert desk.status == "tagged 2 +air · u undoes"
        assert len(world.ids("tag:air")) == 2
        await run(desk, "undo")
        assert world.ids("tag:air") == []
        await run(desk, "redo")
        assert len(world.ids("tag:air")) == 2
        await run(desk, "tag -air -- tag:air")
        assert world.ids("tag:air") == []
        await run(desk, "tag +air -- xylophone")
        assert desk.status == "no article answers this"


async def test_how_many_a_line_is_about_is_told_while_it_is_typed(world: World) -> None:
    world.tag([1, 2, 3], "war")
    async with world.screen(80, 24) as desk:
        for typed, told in (
            ("search kelmouth", ""),
            ("tag +air on kelmouth", "3 articles"),
            ("mark read -- tag:wr", "no article answers this; did you mean tag:war?"),
            ("export html x.html on souce:x", 'unknown field "souce"'),
            ("tag +air on ", ""),
        ):
            await desk.press("colon")
            await desk.type(typed)
            assert told in desk.main.status.found
            assert bool(told) == bool(desk.main.status.found)
            await desk.press("escape")
            assert desk.main.status.found == ""
        await desk.press("colon")
        await desk.type("tag +air on tag:wa")
        await desk.press("tab")
        assert desk.main.status.found == "3 articles"
        await desk.press("enter")
        assert desk.status == "tagged 3 +air · u undoes"


async def test_tag_and_mark_the_article_under_the_cursor(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "tag +sea")
        assert world.ids("tag:sea") == world.ids("title:harbour")
        await run(desk, "mark starred")
        assert world.ids("is:starred") == world.ids("title:harbour")
        await run(desk, "mark read -- drone")
        assert desk.status == "marked 2 read · u undoes"


async def test_a_query_that_is_wrong_is_told(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "tag +a -- souce:x")
        assert desk.main.status.is_error
        assert 'did you mean "source"' in desk.status


async def test_search_narrow_and_all(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "search kelmouth")
        assert len(desk.main.listing.source) == 3
        await run(desk, "narrow drone")
        assert len(desk.main.listing.source) == 2
        await run(desk, "all")
        assert len(desk.main.listing.source) == 6
        await run(desk, "search")
        assert desk.place() is Place.SEARCH


async def test_rows_and_actions_by_name(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "4")
        assert desk.main.rows.cursor == 3
        await run(desk, "99999999999999999999")
        assert desk.main.rows.cursor == 5
        await run(desk, "move.first")
        assert desk.main.rows.cursor == 0
        await run(desk, "article.toggle_star")
        assert len(world.ids("is:starred")) == 1


async def test_a_line_that_means_nothing_stays(world: World) -> None:
    async with world.screen() as desk:
        desk.main.say("said before")
        await run(desk, "fly me")
        assert desk.place() is Place.COMMAND
        assert not desk.status
        assert desk.shows('there is no command "fly"')
        # In a terminal the news of the last letter may come after Enter.
        desk.main.post_message(PromptChanged(desk.main.command_line, "fly me"))
        await desk.settle()
        assert desk.shows('there is no command "fly"')
        await desk.press("backspace")
        assert not desk.shows("there is no command")
        await desk.press("escape")
        assert desk.place() is Place.LIST
        await desk.press("colon", "enter")
        assert desk.place() is Place.LIST


async def test_lines_complete_and_come_back(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("colon")
        assert desk.shows("search  narrow  find  all")
        await desk.type("so")
        await desk.press("tab")
        assert desk.main.command_line.text == "sort"
        await desk.type(" o")
        await desk.press("tab", "enter")
        assert world.asked[-1] == "sort:oldest"
        await run(desk, "zen")
        await run(desk, "zen")
        await desk.press("colon", "up")
        assert desk.main.command_line.text == "zen"
        await desk.press("up", "up", "up", "up")
        assert desk.main.command_line.text == "sort oldest"
        await desk.press("down", "down", "down", "down")
        assert desk.main.command_line.text == ""
        await desk.type("so")
        await desk.press("up", "up")
        assert desk.main.command_line.text == "sort oldest"
        await desk.press("ctrl+n")
        assert desk.main.command_line.text == "so"
        desk.main.command_line.set_text("")
        await desk.settle()
        await desk.type("zzz")
        await desk.press("tab")
        assert desk.main.command_line.text == "zzz"


async def test_lines_of_other_days_come_back_and_secrets_do_not(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "zen")
        await run(desk, "zen")
        await run(desk, "add https://me:pass@feeds.example/x")
        for query in ("kelmouth", "drone", "storm"):
            await desk.press("slash", *query, "enter")
    async with world.screen() as desk:
        await desk.press("colon")
        await desk.settle()
        await desk.press("up")
        assert desk.main.command_line.text == "zen"
        await desk.press("up")
        assert desk.main.command_line.text == "zen"
        await desk.press("escape", "slash")
        await desk.settle()
        await desk.press("ctrl+p", "ctrl+p")
        assert desk.main.search_bar.text == "drone"
        assert len(desk.main.listing.source) == 2
        await desk.press("ctrl+n", "ctrl+n")
        assert desk.main.search_bar.text == ""
        await desk.type("k")
        await desk.press("ctrl+p", "enter")
        await desk.press("slash", "ctrl+p")
        # What stands there, to be typed over, is not gone to.
        assert desk.main.search_bar.text == "storm"


class Unreadable(LineGate):
    """A library of which the earlier lines cannot be read."""

    async def commands(self) -> tuple[str, ...]:
        raise LibraryDamagedError(Path("library"), "lines")


async def test_lines_that_could_not_be_read_are_read_again(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "zen")
        desk.main.recalling._commands = EarlierLines()
        gate = desk.main.recalling._gate
        desk.main.recalling._gate = Unreadable(desk.main.gateway)
        desk.main.recalling._is_read = False
        await desk.press("colon", "escape")
        desk.main.recalling._gate = gate
        await desk.press("colon")
        await desk.settle()
        await desk.press("up")
        assert desk.main.command_line.text == "zen"


async def test_quit(world: World) -> None:
    async with world.screen() as desk:
        await run(desk, "q")
        assert not desk.app.is_running


async def test_other_keys_and_samples_from_outside(world: World) -> None:
    async with world.screen(
        keys={"article.tag": "T", "article.open": "ctrl+s"}, samples=27
    ) as desk:
        assert "keys.article.open: Ctrl-s cannot be used" in desk.status
        await desk.press("T")
        assert desk.place() is Place.TAGS
    async with world.screen(samples=27) as desk:
        assert desk.status == "27 samples brought in"


def test_the_whole_program_on_a_real_library(tmp_path: Path) -> None:
    looked: list[str] = []

    async def look_and_quit(pilot: Pilot[LibraryError]) -> None:
        await pilot.pause(0.3)
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        screen.complain(KeyError("a fault"))
        looked.append(screen.header.counts)
        await pilot.press("q")

    code = run_app(
        tmp_path,
        Loaded(Settings(theme="light")),
        headless=True,
        size=(100, 30),
        auto_pilot=look_and_quit,
    )
    assert code == 0
    assert looked == ["0 articles · 0 unread"]
    assert "a fault" in (tmp_path / "log.txt").read_text()


def test_a_library_that_cannot_be_opened_is_raised(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_text("this is no library, however long it may be" * 99)
    with pytest.raises(LibraryDamagedError):
        run_app(tmp_path, Loaded(), headless=True, size=(100, 30))


async def test_a_change_of_what_answers_asks_the_search_process(world: World) -> None:
    async with world.screen() as desk:
        world.asked.clear()
        await run(desk, "tag +air -- drone")
        assert set(world.asked) == {"drone"}


async def test_nothing_is_changed_while_articles_wait_for_the_index(world: World) -> None:
    async with world.screen() as desk:
        world.add(draft("Drone lost at sea", "A drone was lost."), indexed=False)
        await run(desk, "tag +air -- drone")
        assert desk.main.status.is_error
        assert desk.status.startswith("1 article not searchable yet")
        assert world.ids("tag:air") == []
        await run(desk, "mark starred -- is:unread")
        assert desk.status == "starred 7 · u undoes"


async def test_a_change_and_a_search_asked_together_are_both_answered(world: World) -> None:
    async with world.screen() as desk:
        world.let_go.clear()
        await desk.pilot.press("slash", *"tram")
        await desk.pilot.pause(0.1)
        change = asyncio.ensure_future(desk.main.gateway.find_ids("drone"))
        await desk.pilot.pause(0.05)
        await desk.pilot.press(*["backspace"] * 4, *"museum")
        await desk.pilot.pause(0.1)
        world.let_go.set()
        assert sorted(await change) == sorted(world.ids("drone"))
        await desk.settle()
        assert desk.title == "Museum buys a drone"


async def test_what_is_not_understood_by_the_search_changes_nothing(world: World) -> None:
    async with world.screen() as desk:
        with pytest.raises(QuerySyntaxError):
            await desk.main.gateway.find_ids('drone "')
