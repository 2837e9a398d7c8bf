"""Highlights and notes on the screen, made and found with keys."""

from __future__ import annotations

import asyncio
import sqlite3

import pytest

from reader.errors import ArticleNotFoundError
from reader.model import ArticleId
from reader.ui.actions import Place
from reader.ui.screens.notes import NotesScreen
from reader.ui.widgets.note_list import NoteList
from tests.reader.ui.world import Desk, World, draft

FIRST = "Mayor Ilse Brandt reopened the harbour of Kelmouth on Friday."
SECOND = "Fishing boats left before dawn."

HARBOUR = 6
ORCHARD = 5
"""Ids of the first articles of the list, the last that came in."""

GONE = ArticleId(99)


def quotes(world: World) -> list[tuple[str, str]]:
    """The stretches of an article that are kept, and what was written on them."""
    library = world.open_library()
    try:
        notes = library.notes.of_article(HARBOUR)
        return [(one.note.anchor.quote, one.note.words) for one in notes]
    finally:
        library.close()


def noted(desk: Desk) -> NotesScreen:
    screen = desk.app.screen
    assert isinstance(screen, NotesScreen)
    return screen


def listed(desk: Desk) -> list[str]:
    return [entry.note.anchor.quote for entry in noted(desk).query_one(NoteList)._entries]


async def drag(desk: Desk, x: int, y: int) -> None:
    """Draw the mouse over ten columns."""
    await desk.pilot.mouse_down(offset=(x, y))
    await desk.pilot.hover(offset=(x + 10, y))
    await desk.pilot.mouse_up(offset=(x + 10, y))
    await desk.settle()


async def test_text_is_selected_highlighted_and_the_highlight_gone_to(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("enter", "v")
        assert desk.place() is Place.QUOTE
        assert desk.shows("Enter highlight")
        view = desk.main.article
        assert view.quote is not None
        text = desk.main.reading.opened.article.text  # type: ignore[union-attr]
        assert text[view.quote.start : view.quote.end] == FIRST
        await desk.press("j", "k", "J", "h", "l", "o", "o", "p", "K", "J", "enter")
        assert desk.status == "highlighted · u undoes"
        assert desk.place() is Place.ARTICLE
        assert quotes(world) == [(SECOND, "")]
        assert desk.shows("no note to it: W writes one")
        # The keys of a highlight: its note, and away with it.
        await desk.press("enter")
        await desk.type("tides ⏎ and winds")
        await desk.press("enter")
        assert quotes(world) == [(SECOND, "tides\nand winds")]
        assert desk.shows("* tides")
        await desk.press("g", '"')
        assert desk.status == "highlight 1 of 1"
        await desk.press("x")
        assert quotes(world) == []
        assert not desk.main.note_panel.display
        await desk.press("u")
        assert quotes(world) == [(SECOND, "tides\nand winds")]
        await desk.press('"')
        assert desk.shows("* tides")
        await desk.press("escape", "j")
        assert not desk.main.note_panel.display


async def test_notes_on_a_stretch_and_on_the_whole_article(world: World) -> None:
    async with world.screen(130, 30) as desk:
        await desk.press("enter", "W")
        assert desk.shows("on the whole article: ")
        await desk.type("ask the mayor")
        await desk.press("enter")
        assert desk.status == "noted on the whole article · u undoes"
        assert desk.shows("* ask the mayor")
        await desk.press("W")
        assert desk.main.command_line.text == "note ask the mayor"
        await desk.press("escape", "v", "W")
        assert desk.shows(f"on “{FIRST[:20]}")
        await desk.press("escape")
        assert desk.place() is Place.QUOTE
        await desk.press("W")
        await desk.type("when?")
        await desk.press("enter")
        assert quotes(world) == [("", "ask the mayor"), (FIRST, "when?")]
        # Taken away again: the words of the highlight, then the note on the whole.
        await desk.press_line("note -")
        await desk.settle()
        assert quotes(world) == [("", "ask the mayor"), (FIRST, "")]
        await desk.press("x")
        await desk.press_line("note -")
        await desk.settle()
        assert quotes(world) == []
        assert not desk.shows("ask the mayor")
        await desk.press("x", '"')
        assert desk.status == "no highlights in this article: v selects text"


async def test_selected_text_is_copied_with_and_without_its_source(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("enter", "v", "y")
        assert desk.app.clipboard == FIRST
        assert desk.place() is Place.ARTICLE
        await desk.press("v", "Y")
        assert desk.app.clipboard.startswith(f"“{FIRST}”\nNora Field, “Harbour reopens")
        # The mouse selects as well, over the wrapped lines of the text.
        view = desk.main.article
        y = next(n for n, line in enumerate(desk.lines()) if "Mayor Ilse" in line)
        x = view.content_region.x + view._margin
        line = desk.lines()[y][x:].rstrip()
        await drag(desk, x, y)
        assert desk.place() is Place.QUOTE
        assert desk.shows("Enter highlight")
        dragged = line[:10].strip()
        await desk.press("y")
        assert desk.app.clipboard == dragged
        assert desk.place() is Place.ARTICLE
        # A click lets go of it.
        await drag(desk, x, y)
        await desk.pilot.click(offset=(x + 2, y))
        await desk.settle()
        assert (desk.place(), view.quote) == (Place.ARTICLE, None)
        # A line that is typed leaves it what it was.
        await drag(desk, x, y)
        await desk.press("W")
        assert desk.shows(f"on “{dragged}”: ")
        await desk.press("escape")
        assert desk.place() is Place.QUOTE
        await desk.press_line("note who?")
        await desk.settle()
        assert quotes(world) == [(dragged, "who?")]


async def test_all_notes_are_listed_changed_removed_and_gone_to(world: World) -> None:
    library = world.open_library()
    text = library.reading.get_article(HARBOUR).text
    library.notes.add(HARBOUR, text.index(SECOND), text.index(SECOND) + len(SECOND), "crews")
    library.notes.add(ORCHARD, 0, 5, "")
    library.close()
    async with world.screen(80, 24) as desk:
        await desk.press("g", "n")
        assert listed(desk) == [SECOND]
        assert desk.shows("1 note in this article")
        await desk.press("tab")
        assert len(listed(desk)) == 2
        assert desk.shows("2 notes in the library")
        await desk.press("slash", *"crews", "enter")
        assert listed(desk) == [SECOND]
        await desk.press("W", *" all", "enter")
        assert quotes(world) == [(SECOND, "crews all")]
        await desk.press("escape", "j", "x")
        assert [one for one, _ in quotes(world)] == []
        await desk.press("u")
        assert quotes(world) == [(SECOND, "crews all")]
        await desk.press("home", "enter")
        assert desk.app.screen is desk.main
        assert desk.place() is Place.ARTICLE
        assert desk.title == "Drone survey finds lost orchard"
        assert desk.main.article.current_note is not None
        await desk.press_line("notes harbour")
        await desk.settle()
        assert listed(desk) == [SECOND]
        await desk.press("escape")
        assert desk.app.screen is desk.main


async def test_what_is_listed_is_taken_out_with_the_keys_of_an_article(world: World) -> None:
    library = world.open_library()
    library.notes.add(HARBOUR, 0, len(FIRST), "crews")
    library.notes.add(ORCHARD - 3, 0, 0, "of no link")
    library.close()
    async with world.screen(80, 24) as desk:
        await desk.press("g", "n", "y")
        assert desk.app.clipboard == FIRST
        assert desk.shows("copied Mayor")
        await desk.press("Y")
        assert desk.app.clipboard.startswith(f"“{FIRST}”\nNora Field, “Harbour reopens")
        await desk.press("o")
        assert world.browser.opened == ["https://news.example/harbour?id=1"]
        await desk.press("t", *"+quay", "enter")
        assert world.tags(HARBOUR) == ("quay",)
        assert desk.shows("tagged 1 +quay")
        await desk.press("t", "enter", "tab")
        assert listed(desk) == ["", FIRST]
        await desk.press("y", "o")
        assert desk.app.clipboard == "of no link"
        assert desk.shows("this article has no link")
        for lost in (
            desk.main.noting.noted.cited("text", GONE),
            desk.main.noting.noted.browse(GONE),
        ):
            with pytest.raises(ArticleNotFoundError):
                await lost
        await desk.press("w")
        line = desk.main.command_line.text
        assert line.endswith(".notes.md on has:note")
        await desk.press("escape", "g", "n", "w")
        assert desk.main.command_line.text.endswith(f" on id:{HARBOUR}")


async def test_a_lost_stretch_is_told_and_listed(world: World) -> None:
    library = world.open_library()
    text = library.reading.get_article(HARBOUR).text
    library.notes.add(HARBOUR, text.index(SECOND), text.index(SECOND) + len(SECOND), "crews")
    library.close()
    changed = draft(
        "Harbour reopens after the storm",
        "Everything here has been written anew, from the first word to the last one.",
        day=8,
        source="Northgate Courier",
        url="https://news.example/harbour?id=1",
    )
    world.add(changed)
    async with world.screen(80, 24) as desk:
        await desk.press("enter", '"')
        assert desk.status == "1 highlight no longer in the text: g n lists them"
        await desk.press("g", "n")
        assert desk.shows("no longer in the text")
        assert desk.shows("* crews")


async def test_in_one_pane_text_is_selected_from_the_list_too(world: World) -> None:
    async with world.screen(60, 20) as desk:
        await desk.press("g", "n")
        assert desk.shows("No notes yet.")
        keys = ("enter", *"WxyYotw", "tab", "end", "pagedown", "escape", "H")
        await desk.press(*keys)
        assert desk.place() is Place.QUOTE
        assert desk.shows("Mayor Ilse Brandt")
        await desk.press("v", "x")
        assert desk.status.startswith("no highlight has been gone to")
        await desk.press("escape", '"')
        assert desk.status == "no highlights in this article: v selects text"
        assert desk.place() is Place.LIST
        # What is selected falls away with its article.
        await desk.press("enter", "v")
        desk.main.article.show_message("nothing")
        await desk.press("j")
        assert desk.place() is Place.ARTICLE
        await desk.press("v", "l")
        desk.main.go(Place.LIST)
        assert desk.main.article.quote is None
        assert quotes(world) == []


async def test_a_change_is_told_to_its_end_whatever_comes_right_behind_it(world: World) -> None:
    library = world.open_library()
    library.notes.add(HARBOUR, 0, len(FIRST), "")
    library.notes.add(HARBOUR, 0, 5, "short")
    library.close()
    async with world.screen(80, 24) as desk:
        await desk.press("g", "n")
        for left, right_behind in ((1, "other"), (0, "close")):
            screen = noted(desk)
            screen.action_remove()
            await asyncio.sleep(0)
            getattr(screen, f"action_{right_behind}")()
            await desk.settle()
            assert len(quotes(world)) == left
            assert desk.status == "removed · u undoes"
            assert len(desk.main.article.highlights) == left
            desk.main.say("")
        assert desk.app.screen is desk.main


async def test_a_click_in_the_list_of_notes(world: World) -> None:
    library = world.open_library()
    library.notes.add(HARBOUR, 0, len(FIRST), "")
    library.notes.add(HARBOUR, 0, 5, "short")
    library.close()
    async with world.screen(100, 30) as desk:
        await desk.press("enter", "g", "n")
        region = noted(desk).query_one(NoteList).region
        for _ in range(2):
            await desk.pilot.click(offset=(region.x + 5, region.y + 4))
            await desk.settle()
        assert desk.app.screen is desk.main
        assert desk.main.article.current_note is not None
        # The next command leaves what it was at; its words are those of the note.
        await desk.press("enter")
        assert desk.main.command_line.text in ("note", "note short", "note ")


async def test_more_notes_are_brought_once_however_fast_one_moves(world: World) -> None:
    library = world.open_library()
    for at in range(105):
        library.notes.add(HARBOUR, at, at + 1)
    library.close()
    async with world.screen(100, 30) as desk:
        await desk.press("g", "n", "tab")
        listed = noted(desk).query_one(NoteList)
        for _ in range(3):
            listed.post_message(NoteList.NearEnd())
        await desk.settle()
        await desk.press("G")
        assert listed.cursor == 104


async def test_what_another_process_has_highlighted_is_drawn(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("enter", "v")
        library = world.open_library()
        library.notes.add(HARBOUR, 0, len(FIRST), "seen")
        library.close()
        await desk.main.listing.look_for_news()
        assert [one.note.words for one in desk.main.article.highlights] == ["seen"]
        assert desk.place() is Place.QUOTE
        await desk.press("H")
        assert desk.status == "that is highlighted already"


def test_nothing_is_left_in_the_file_of_a_note_that_was_taken_back(world: World) -> None:
    library = world.open_library()
    library.notes.add(HARBOUR, 0, 5, "x")
    library.history.undo()
    library.close()
    with sqlite3.connect(world.folder / "library.sqlite3") as connection:
        assert connection.execute("SELECT count(*) FROM note").fetchone() == (0,)
    connection.close()
