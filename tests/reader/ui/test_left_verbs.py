"""Verbs in the left pane work on what its row stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Settings
from reader.kept import SavedCount, SavedId, SavedSearch, TagLook
from reader.model import Mark
from reader.ui.actions import Place
from reader.ui.keymap import Keymap
from reader.ui.left_rows import Heading, LeftRow, SavedRow, Section, TagRow, query_of
from reader.ui.obstacles import Here, obstacles
from reader.ui.palette import Palette, standing
from reader.ui.source_rows import ALL, NAMELESS, OTHERS, RowKind, SourceRow
from reader.ui.verbs import selecting
from tests.reader.ui.world import DRAFTS, Desk, World

SEARCH = SavedCount(SavedSearch(SavedId(1), "War", "war is:unread", 0))


@pytest.mark.parametrize(
    ("row", "query"),
    [
        (SourceRow(RowKind.ALL, ALL, 9), "*"),
        (SourceRow(RowKind.SOURCE, "Al Jazeera", 9), 'in:"Al Jazeera"'),
        (SourceRow(RowKind.FOLDER, "News/World", 9), 'in:"News/World"'),
        (SourceRow(RowKind.OTHERS, OTHERS, 9), "-has:feed"),
        (SourceRow(RowKind.NAMELESS, NAMELESS, 9), "-has:source"),
        (SavedRow("War", SEARCH), "war is:unread"),
        (SavedRow("Places"), None),
        (TagRow("war", TagLook("war")), 'tag:"war"'),
        (TagRow("sport"), "tag:sport/*"),
        (Heading(Section.TAGS), None),
    ],
)
def test_what_a_row_stands_for(row: LeftRow, query: str | None) -> None:
    assert query_of(row) == query


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ("add feed", "+"),
        ("subscribe", ":add"),
        ("hide read feeds", "L"),
        ("find feed", "F"),
        ("mark feed read", "A"),
    ],
)
def test_the_palette_knows_what_there_is_for_feeds(wanted: str, keys: str) -> None:
    keymap = Keymap()
    here = obstacles(Here(Place.LIST, Place.LIST), keymap)
    assert Palette(standing(keymap, Settings(), here)).find(wanted)[0].beside == keys


async def test_keys_change_the_articles_of_the_row(world: World) -> None:
    world.tag(world.ids("Kelmouth"), "sea")
    sea = world.ids("tag:sea")
    async with world.screen(160, 40) as desk:
        await desk.press("g", "t", "A")
        assert desk.status.startswith(f"marked {len(sea)} read")
        assert world.ids("is:read") == sea
        assert desk.place() is Place.SOURCES
        # The list of changes tells of which row.
        await desk.press("g", "h")
        assert desk.shows('marked read: 3 articles · on tag:"sea"')
        await desk.press("escape", "u", "f")
        assert world.ids("is:read") == []
        assert world.ids("is:starred") == sea
        await desk.press("u", "t")
        assert desk.place() is Place.TAGS
        await desk.type("quay")
        await desk.press("enter")
        assert world.ids("tag:quay") == sea
        assert desk.place() is Place.SOURCES
        # Not the row of the list, nor what is selected in it.
        await desk.press("tab", "j", "j", "v", "shift+tab", "a")
        assert world.ids("is:archived") == sea
        await desk.press("g", "t", "k", "m")
        assert desk.status == "Tags has no articles of its own: go to a row below it"
        assert world.ids("is:read") == sea


async def test_lines_are_about_the_row(world: World, tmp_path: Path) -> None:
    world.subscribe("Kettle", articles=3)
    kettle = world.ids("in:Kettle")
    file = tmp_path / "kettle.jsonl"
    async with world.screen(160, 40) as desk:
        await desk.press("s", "j")
        await desk.press_line("tag +tea")
        await desk.settle()
        assert world.ids("tag:tea") == kettle
        await desk.press_line(f"export jsonl {file}")
        await desk.settle()
        assert len(file.read_text().splitlines()) == 3


async def test_very_many_are_asked_about_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selecting, "MANY", len(DRAFTS) - 1)
    async with world.screen(160, 40) as desk:
        await desk.press("s", "f")
        assert desk.place() is Place.PICK
        assert desk.shows(f"All articles: {len(DRAFTS)} articles")
        await desk.press("enter")
        assert world.ids("is:starred") == []
        await desk.press("f", "y")
        assert len(world.ids("is:starred")) == len(DRAFTS)
        assert desk.place() is Place.SOURCES
        # All of a list is marked read in one go everywhere, and here too.
        await desk.press("A")
        assert desk.status.startswith(f"marked {len(DRAFTS)} read")


async def test_esc_gives_up_what_is_still_being_looked_up(world: World) -> None:
    async with world.screen(160, 40) as desk:
        await desk.press("s")
        world.let_go.clear()
        for key in ("m", "f", "escape"):
            await desk.pilot.press(key)
        world.let_go.set()
        await desk.settle()
        assert world.ids("is:read") == []
        assert desk.place() is Place.LIST
        # The key behind it is for the list.
        assert len(world.ids("is:starred")) == 1


async def test_numbers_are_of_what_is_unread_and_rows_without_it_can_be_left_out(
    world: World,
) -> None:
    world.subscribe("Kettle", articles=3)
    world.subscribe("Dead", articles=1)
    world.tag(world.ids("in:Kettle"), "tea")
    world.tag(world.ids("in:Dead"), "grave/new")
    world.mark(world.ids("in:Dead"), Mark.READ)
    world.mark(world.ids("in:Kettle")[:1], Mark.READ)
    async with world.screen(160, 40) as desk:
        await desk.press("s")
        rows = lines(desk)
        assert rows[-4:] == ["▾ Tags", "▾ grave", "new 1", "tea 3 2"]
        assert "Dead 1" in rows
        assert "Kettle 3 2" in rows
        await desk.press("L")
        assert lines(desk)[:6] == [
            "All articles 10 8", "▾ Sources", "Kettle 3 2", "▸ Without a feed 6", "▾ Tags",
            "tea 3 2",
        ]  # fmt: skip
        assert desk.status == "2 rows without unread articles · L shows all"
        # The row at hand stays until one has gone on.
        await desk.press("j", "j", "A")
        assert "Kettle 3" in lines(desk)
        assert "tea 3" not in lines(desk)
    async with world.screen(160, 40) as desk:
        assert lines(desk)[:3] == ["All articles 10 6", "▾ Sources", "▸ Without a feed 6"]
        await desk.press("s", "L")
        assert "Dead 1" in lines(desk)
        assert desk.status == "all rows"


async def test_the_section_one_goes_to_begins_at_the_top(world: World) -> None:
    for number in range(12):
        world.tag(world.ids("Kelmouth"), f"war/{number}")
    async with world.screen(160, 14) as desk:
        await desk.press("g", "t")
        assert lines(desk)[:3] == ["▾ Tags", "▾ war", "0 3"]
        assert at(desk) == "war"


async def test_a_row_is_found_by_typing_a_part_of_its_name(world: World) -> None:
    world.subscribe("Kettle", "News/World", articles=1)
    world.subscribe("Old Quarry Post", articles=1)
    world.tag(world.ids("in:Kettle"), "war/quarry")
    async with world.screen(160, 40) as desk:
        await desk.press("s", "j", "j", "h", "F")
        await desk.type("quar")
        assert lines(desk) == ["Old Quarry Post 1", "war/quarry 1"]
        assert desk.shows("2 rows · ↑ ↓ choose, Enter goes there")
        desk.main.sources.show_rows()
        await desk.press("down", "enter")
        assert desk.place() is Place.SOURCES
        assert at(desk) == "quarry"
        await desk.press("F")
        await desk.type("QUAR")
        await desk.press("escape")
        assert at(desk) == "quarry"
        # What lies in folders that are folded is gone to, and what is left out too.
        world.mark(world.ids("in:Kettle"), Mark.READ)
        desk.main._poll()
        await desk.settle()
        await desk.press("L", "F")
        await desk.type("kett")
        await desk.press("enter")
        assert at(desk) == "Kettle"
        assert "▾ News 1" in lines(desk)
        await desk.press("tab")
        await desk.press_line("go unknown")
        await desk.settle()
        assert desk.status == "nothing in the left pane is called so"
        await desk.press_line("go merid")
        await desk.settle()
        assert at(desk) == "Meridian Wire"
        await desk.press("F")
        await desk.type("xyz")
        assert lines(desk) == ["nothing in the left pane", "is called so"]


def at(desk: Desk) -> str:
    """The label of the row under the cursor."""
    row = desk.main.source_pane.current
    return "" if row is None else row.label


def lines(desk: Desk) -> list[str]:
    """What the pane says, a line a row."""
    pane = desk.main.source_pane
    texts = [strip.text for strip in map(pane.render_line, range(pane.size.height))]
    return [" ".join(text.replace("▌", " ").split()) for text in texts if text.strip(" ▌")]
