"""Selecting articles, and verbs on what is selected."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st
from textual.events import TextSelected
from textual.selection import SELECT_ALL

from reader.model import Mark
from reader.ui.actions import Place
from reader.ui.selection import Selection, are_related
from reader.ui.state import Asked
from tests.reader.ui.world import World, draft

IDS = array("q", [9, 4, 7, 1, 3])


def test_a_stretch_is_selected_from_the_last_to_here() -> None:
    chosen = Selection()
    chosen.add_up_to(IDS, 3)
    assert chosen.in_order(IDS) == [1]
    chosen.add_up_to(IDS, 1)
    assert chosen.in_order(IDS) == [4, 7, 1]
    # In another order of the list the last one stands elsewhere.
    other = array("q", [4, 3, 9, 7, 1])
    chosen.add_up_to(other, 2)
    assert chosen.in_order(other) == [4, 3, 9, 7, 1]


def test_the_last_one_may_be_gone() -> None:
    chosen = Selection()
    chosen.toggle(IDS, 0)
    left = IDS[1:]
    kept = chosen.among(left)
    assert not kept
    kept.add_up_to(left, 2)
    assert kept.in_order(left) == [1]


def test_all_and_then_none() -> None:
    chosen = Selection()
    chosen.toggle(IDS, 2)
    chosen.toggle_all(IDS)
    assert chosen.in_order(IDS) == IDS.tolist()
    chosen.toggle_all(IDS)
    assert not chosen


@given(st.lists(st.tuples(st.sampled_from(["toggle", "up_to", "all", "clear"]), st.integers(0, 4))))
def test_what_is_selected_is_what_a_plain_set_would_hold(steps: list[tuple[str, int]]) -> None:
    chosen, plain, last = Selection(), set[int](), None
    for step, at in steps:
        match step:
            case "toggle":
                plain ^= {IDS[at]}
                last = at if IDS[at] in plain else last
                chosen.toggle(IDS, at)
            case "up_to":
                first, behind = sorted((at if last is None else last, at))
                plain |= set(IDS[first : behind + 1])
                last = at
                chosen.add_up_to(IDS, at)
            case "all":
                plain = set() if len(plain) == 5 else set(IDS)
                last = None
                chosen.toggle_all(IDS)
            case _:
                plain, last = set(), None
                chosen.clear()
        assert len(chosen) == len(plain)
        assert [one for one in IDS if one in chosen] == chosen.in_order(IDS)
        assert set(chosen.in_order(IDS)) == plain
        assert set(chosen.among(IDS[1:4]).in_order(IDS[1:4])) == plain & set(IDS[1:4])


@given(st.lists(st.sampled_from([-1, 1]), max_size=20), st.integers(0, 4))
def test_going_there_and_back_with_shift_leaves_the_stretch(steps: list[int], anchor: int) -> None:
    chosen, at = Selection(), anchor
    for step in steps:
        to = max(0, min(at + step, len(IDS) - 1))
        chosen.stretch(IDS, anchor, at, to)
        at = to
    first, last = sorted((anchor, at))
    assert chosen.in_order(IDS) == (IDS[first : last + 1].tolist() if steps else [])


def test_lists_are_related_when_one_narrows_the_other() -> None:
    assert are_related(Asked(("a",)), Asked(("a", "b")))
    assert are_related(Asked(("a", "b")), Asked(("a",), "title"))
    assert not are_related(Asked(("a",)), Asked(("b",)))


async def test_rows_are_selected_and_let_go(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("v", "j", "V")
        main = desk.main
        assert main.selecting.targets() == list(main.listing.shown.ids[:3])
        assert desk.shows("3 selected")
        ticks = [line[0] for line in desk.lines()[1:7]]
        assert ticks == ["✓", " ", "✓", " ", "✓", "▌"]
        await desk.press("V", "k", "v")
        assert main.selecting.count == 2
        await desk.press("*")
        assert desk.shows("6 selected")
        await desk.press("escape")
        assert not desk.shows("selected")
        assert main.selecting.targets() == [main.listing.current]
        await desk.press("*", "*")
        assert not main.selecting.count


async def test_shift_and_arrows_select_a_stretch(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.press("shift+down", "shift+down", "shift+up")
        ids = desk.main.listing.shown.ids
        assert desk.main.selecting.targets() == list(ids[:2])
        assert desk.main.rows.cursor == 1
        await desk.press("j", "j", "shift+down")
        assert desk.main.selecting.targets() == [ids[0], ids[1], ids[3], ids[4]]


async def test_the_mouse_selects(world: World) -> None:
    async with world.screen(80, 24) as desk:
        await desk.pilot.click("#rows", offset=(5, 2), control=True)
        await desk.pilot.click("#rows", offset=(5, 6), shift=True)
        await desk.settle()
        assert desk.main.selecting.targets() == list(desk.main.listing.shown.ids[1:4])
        assert desk.main.rows.cursor == 3
        await desk.pilot.click("#rows", offset=(5, 2), control=True)
        await desk.settle()
        assert desk.main.selecting.count == 2


async def test_a_selection_follows_the_list(world: World) -> None:
    async with world.screen() as desk:
        selecting = desk.main.selecting
        await desk.press("*", "r")
        assert selecting.count == 6
        # What is typed hides the others only until it is kept.
        await desk.press("slash", *"drone")
        assert selecting.count == 2
        await desk.press("escape")
        assert selecting.count == 6
        await desk.press("slash", *"drone", "enter")
        assert selecting.targets() == list(desk.main.listing.shown.ids)
        await desk.press_line("sort oldest")
        await desk.settle()
        assert selecting.count == 2
        await desk.press_line("search tram")
        await desk.settle()
        assert not selecting.count


async def test_verbs_work_on_what_is_selected(world: World) -> None:
    first = world.ids("title:harbour")
    world.tag(first, "old")
    world.mark(first, Mark.READ)
    async with world.screen() as desk:
        ids = list(desk.main.listing.shown.ids)
        await desk.press("v", "v", "v", "m")
        assert desk.status == "marked 2 of 3 read · u undoes"
        await desk.press("m")
        assert desk.status == "marked 3 unread · u undoes"
        assert desk.main.selecting.targets() == ids[:3]
        await desk.press("f", "a")
        assert set(world.ids("is:starred")) == set(world.ids("is:archived")) == set(ids[:3])
        await desk.press("t")
        assert desk.shows("3 articles · some: #old")
        await desk.type("-o")
        await desk.press("tab")
        await desk.type("+war")
        await desk.press("enter")
        assert desk.status == "tagged 3 +war -old · u undoes"
        assert set(world.ids("tag:war")) == set(ids[:3])
        assert world.ids("tag:old") == []
        await desk.press("t")
        assert desk.shows("3 articles · all: #war")
        await desk.press("escape")
        await desk.press("u")
        assert world.ids("tag:old") == first
        # What was archived is read; marked unread, all of it can be read again.
        await desk.press("m", "A")
        assert desk.status == "marked 3 read · u undoes"
        await desk.press_line("mark unstarred")
        await desk.settle()
        assert world.ids("is:starred") == []
        await desk.press_line("tag +far on tram")
        await desk.settle()
        assert world.ids("tag:far") == world.ids("tram")
        assert desk.main.selecting.count == 3


async def test_a_name_that_is_no_tag_loses_neither_line_nor_selection(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("*", "t", *'+a"b', "enter")
        assert desk.place() is Place.TAGS
        await desk.press("escape")
        assert desk.main.selecting.count == 6
        assert world.ids("is:tagged") == []


async def test_links_of_many_are_opened_and_copied(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("*", "o")
        assert desk.status == "opening 2 of 6 links"
        assert world.browser.opened == [
            "https://news.example/harbour?id=1",
            "https://news.example/orchard",
        ]
        await desk.press("y")
        assert desk.status == "copied 2 of 6 links"
        assert desk.app.clipboard == "\n".join(world.browser.opened)
        await desk.press("Y")
        assert desk.status == "copied 6 citations"
        assert len(desk.app.clipboard.splitlines()) == 6
        await desk.press("C")
        assert desk.status == "copied 6 texts"
        assert "kites.\n\nRain, then sun." in desk.app.clipboard
        await desk.press("escape", "C")
        assert desk.status == "copied the text of Harbour reopens after the storm"
        assert desk.app.clipboard.startswith("Harbour reopens after the storm\n\nMayor")
        await desk.press("G", "v", "o")
        assert desk.status == "none of them has a link"
        await desk.press("y")
        assert desk.status == "none of them has a link"
        world.browser.works = False
        await desk.press("*", "o")
        assert "no browser" in desk.status


async def test_what_is_marked_in_an_article_is_copied_though_others_are_selected(
    world: World,
) -> None:
    async with world.screen() as desk:
        await desk.press("*", "enter")
        await desk.settle()
        desk.main.selections = {desk.main.article: SELECT_ALL}
        desk.main.post_message(TextSelected())
        await desk.settle()
        opened = desk.main.reading.opened
        assert opened is not None
        await desk.press("y")
        assert desk.main.selecting.count == 6
        assert desk.app.clipboard == opened.article.text.strip()


async def test_no_more_links_are_opened_than_help(world: World) -> None:
    world.add(*(draft(f"N {n}", "x", url=f"https://many.example/{n}") for n in range(12)))
    async with world.screen() as desk:
        await desk.press_line("search x sort:oldest")
        await desk.settle()
        await desk.press("*", "o")
        assert desk.status == "opening 10 of 12 links"
        assert len(world.browser.opened) == 10
