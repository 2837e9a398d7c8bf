"""The article list, driven as a person drives it."""

from __future__ import annotations

import time

import pytest

from reader.model import Span
from reader.ui.format import Row
from reader.ui.widgets.row_list import RowList, local_now
from tests.reader.ui.samples import BAD, Rows, Stage, clock, make_row, painted, screen_text
from tests.reader.ui.test_safety import CONTROLS


def stage(rows: Rows | None = None, cursor: int = 0, theme: str = "textual-dark") -> Stage:
    listing = RowList(clock=clock)
    if rows is not None:
        listing.set_source(rows, cursor)
    return Stage(listing, theme=theme)


def indexes(app: Stage, kind: type[RowList.Moved | RowList.Opened]) -> list[int]:
    return [message.index for message in app.posted if isinstance(message, kind)]


async def test_rows_are_drawn_with_the_cursor_on_one() -> None:
    app = stage(Rows(100), cursor=1)
    async with app.run_test(size=(40, 10)):
        lines = screen_text(app)
        assert lines[0] == " ● Title 0" + " " * 30
        assert lines[1].rstrip() == "   The Gazette             23 Jul 2023"
        assert lines[2].startswith("▌● Title 1")
        assert lines[3].startswith("▌  The Gazette")
        assert app.posted == []


async def test_what_is_selected_has_a_tick_whether_the_cursor_is_on_it_or_not() -> None:
    app = stage(Rows(100), cursor=1)
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        chosen = {listing._source.row(0).article.id, listing._source.row(1).article.id}  # type: ignore[union-attr]
        listing.set_selected(chosen)
        await pilot.pause()
        assert [line[0] for line in screen_text(app)[:6]] == ["✓", " ", "✓", "▌", " ", " "]


async def test_moving_scrolls_and_tells() -> None:
    app = stage(Rows(100))
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        for _ in range(4):
            listing.move(1)
        await pilot.pause()
        assert listing.cursor == 4
        assert indexes(app, RowList.Moved) == [1, 2, 3, 4]
        assert any(line.startswith("▌● Title 4") for line in screen_text(app))
        listing.move(-99)
        await pilot.pause()
        assert listing.cursor == 0
        assert screen_text(app)[0].startswith("▌● Title 0")


async def test_a_row_beyond_the_cursor_stays_in_view() -> None:
    app = stage(Rows(100))
    async with app.run_test(size=(40, 20)) as pilot:
        listing = app.query_one(RowList)
        listing.go_to(50)
        await pilot.pause()
        assert any("Title 51" in line for line in screen_text(app))
        listing.go_to(30)
        await pilot.pause()
        assert any("Title 29" in line for line in screen_text(app))


async def test_pages_and_ends() -> None:
    app = stage(Rows(100))
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        assert listing.rows_in_view == 5
        listing.page(1)
        assert listing.cursor == 4
        listing.page(1, half=True)
        assert listing.cursor == 6
        listing.page(-1)
        assert listing.cursor == 2
        listing.go_to(10**9)
        assert listing.cursor == 99
        await pilot.pause()
        assert any("Title 99" in line for line in screen_text(app))
        before = len(app.posted)
        listing.move(1)
        await pilot.pause()
        assert len(app.posted) == before


async def test_wide_lists_have_one_line_a_row() -> None:
    app = stage(Rows(30))
    async with app.run_test(size=(100, 10)) as pilot:
        assert "Title 1" in screen_text(app)[1]
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert "Title 1" in screen_text(app)[2]


async def test_the_cursor_stays_in_view_when_the_size_changes() -> None:
    app = stage(Rows(1000), cursor=500)
    async with app.run_test(size=(100, 30)) as pilot:
        for size in ((40, 8), (90, 20), (30, 5)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert any(line[0] == "▌" and "Title 500" in line for line in screen_text(app))


async def test_snippets_show_their_hits() -> None:
    rows = Rows(50, make=lambda n: Row(make_row(n), f"some words of {n}", (Span(5, 10),)))
    app = stage(rows, cursor=20)
    async with app.run_test(size=(40, 12)) as pilot:
        listing = app.query_one(RowList)
        listing.show_snippets = True
        await pilot.pause()
        lines = screen_text(app)
        at = next(n for n, line in enumerate(lines) if line.startswith("▌● Title 20"))
        assert lines[at + 2].startswith("▌  some words of 20")
        assert "on" in painted(listing, at + 2, "words")


async def test_rows_not_loaded_are_asked_for_and_shown_when_they_come() -> None:
    rows = Rows(1000, loaded=False)
    app = stage(rows, cursor=500)
    async with app.run_test(size=(40, 10)) as pilot:
        assert screen_text(app)[8].strip("▌ ").startswith("…")
        first, count = rows.requests[-1]
        assert first <= 496
        assert first + count > 500
        rows.loaded = True
        app.query_one(RowList).refresh_rows()
        await pilot.pause()
        assert any("Title 500" in line for line in screen_text(app))
        asked = len(rows.requests)
        app.query_one(RowList).move(1)
        assert len(rows.requests) == asked


async def test_scrolling_asks_for_the_rows_that_come_into_view() -> None:
    rows = Rows(1000, loaded=False)
    app = stage(rows)
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(RowList).scroll_to(y=800, animate=False)
        await pilot.pause()
        first, count = rows.requests[-1]
        assert first < 400 < first + count


async def test_a_shrinking_source_takes_the_cursor_along() -> None:
    rows = Rows(10)
    app = stage(rows, cursor=9)
    async with app.run_test(size=(40, 10)) as pilot:
        rows.count = 3
        app.query_one(RowList).refresh_rows()
        await pilot.pause()
        assert app.query_one(RowList).cursor == 2
        assert screen_text(app)[6].strip() == ""


async def test_a_source_may_be_exchanged_for_an_empty_or_a_shorter_one() -> None:
    app = stage(Rows(1000), cursor=900)
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        listing.set_source(Rows(0))
        await pilot.pause()
        assert "".join(screen_text(app)).strip() == ""
        assert listing.cursor == 0
        listing.set_source(Rows(1000), 900)
        await pilot.pause()
        assert any("Title 900" in line for line in screen_text(app))
        listing.set_source(Rows(20), 3)
        await pilot.pause()
        assert any("Title 3" in line for line in screen_text(app))
        assert app.posted == []


async def test_the_message_stands_where_there_are_no_rows() -> None:
    app = stage()
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        listing.set_message(f"Nothing found {BAD}")
        listing.open()
        listing.move(1)
        await pilot.pause()
        assert "Nothing found" in "".join(screen_text(app))
        assert not CONTROLS.search("".join(screen_text(app)))
        assert app.posted == []
        await pilot.click(RowList, offset=(5, 5))
        assert app.posted == []
        listing.set_source(Rows(1))
        await pilot.pause()
        assert "Nothing found" not in "".join(screen_text(app))


async def test_clicks() -> None:
    app = stage(Rows(100))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(RowList, offset=(5, 4))
        assert indexes(app, RowList.Moved) == [2]
        assert indexes(app, RowList.Opened) == []
        await pilot.click(RowList, offset=(5, 5))
        assert indexes(app, RowList.Opened) == [2]


async def test_a_double_click_opens_once() -> None:
    for cursor in (0, 3):
        app = stage(Rows(100), cursor=cursor)
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.double_click(RowList, offset=(5, 6))
            assert indexes(app, RowList.Opened) == [3]


async def test_clicks_beside_the_rows_do_nothing() -> None:
    app = stage(Rows(2))
    app.widgets[0].styles.border = ("solid", "red")
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(RowList, offset=(5, 8))
        await pilot.click(RowList, offset=(0, 0))
        assert app.posted == []
        await pilot.click(RowList, offset=(5, 3))
        assert indexes(app, RowList.Moved) == [1]


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    app = stage(Rows(100))
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        await pilot._post_mouse_events([_wheel()], widget=RowList, offset=(5, 5))
        await pilot.pause()
        assert listing.scroll_offset.y > 0
        assert listing.cursor == 0


def _wheel() -> type:
    from textual import events

    return events.MouseScrollDown


async def test_read_and_unread_differ_without_colour() -> None:
    rows = Rows(2, make=lambda n: Row(make_row(n, read=n == 1)))
    app = stage(rows, theme="ansi-dark")
    async with app.run_test(size=(40, 10)):
        listing = app.query_one(RowList)
        assert "bold" in painted(listing, 0, "Title 0").replace("not bold", "")
        assert "bold" not in painted(listing, 2, "Title 1").replace("not bold", "")
        assert "reverse" in painted(listing, 0, "Title 0")
        assert not screen_text(app)[2].startswith(" ●")


async def test_a_change_of_theme_is_drawn() -> None:
    app = stage(Rows(2))
    async with app.run_test(size=(40, 10)) as pilot:
        listing = app.query_one(RowList)
        dark = painted(listing, 2, "Title 1")
        app.theme = "textual-light"
        await pilot.pause()
        assert painted(listing, 2, "Title 1") != dark


@pytest.mark.parametrize("width", [30, 60, 120])
async def test_hostile_rows_are_drawn_harmlessly(width: int) -> None:
    article = make_row(title=BAD, source=BAD, tags=(BAD, "[/x]"))
    app = stage(Rows(5, make=lambda _: Row(article, BAD * 3, (Span(2, 30), Span(-4, 999)))))
    async with app.run_test(size=(width, 12)) as pilot:
        app.query_one(RowList).show_snippets = True
        await pilot.pause()
        shown = "".join(screen_text(app))
        assert not CONTROLS.search(shown)
        assert "[@click=app.quit]x[/]"[:9] in shown
        await pilot.click(RowList, offset=(8, 1))
        assert app.is_running


async def test_a_key_costs_the_same_in_a_long_list() -> None:
    async def cost(count: int) -> float:
        app = stage(Rows(count), cursor=count // 2)
        async with app.run_test(size=(100, 30)) as pilot:
            listing = app.query_one(RowList)
            best = 1e9
            for _ in range(3):
                start = time.process_time()
                for _ in range(12):
                    listing.move(1)
                    await pilot.pause()
                best = min(best, (time.process_time() - start) / 12)
            return best

    assert await cost(100_000) < 2 * await cost(1_000) + 0.002


async def test_no_row_out_of_view_is_looked_at() -> None:
    seen: set[int] = set()

    def make(index: int) -> Row:
        seen.add(index)
        return Row(make_row(index))

    app = stage(Rows(1_000_000, make=make), cursor=500_000)
    async with app.run_test(size=(40, 20)) as pilot:
        app.query_one(RowList).go_to(900_000)
        await pilot.pause()
        assert len(seen) < 100


def test_the_clock_has_a_zone() -> None:
    assert local_now().tzinfo is not None


async def test_one_row_is_drawn_again_alone() -> None:
    asked: list[int] = []
    names = {3: "Before"}

    def make(index: int) -> Row:
        asked.append(index)
        return Row(make_row(index, title=names.get(index, f"Title {index}")))

    app = stage(Rows(10, make=make))
    async with app.run_test(size=(40, 20)) as pilot:
        assert any("Before" in line for line in screen_text(app))
        names[3] = "After"
        asked.clear()
        app.query_one(RowList).refresh_row(3)
        await pilot.pause()
        assert any("After" in line for line in screen_text(app))
        assert set(asked) == {3}
