"""Rows loaded by the page."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reader.model import ArticleId, ArticleRow, Span
from reader.ui.format import Row
from reader.ui.rows import KEPT, PAGE, WANTED, PagedRows

IDS = array("q", range(1, 40 * PAGE + 8))
BLANK = ArticleRow(
    ArticleId(0), "", False, "", None, datetime(2024, 3, 1, tzinfo=UTC), False, False, False, ()
)


class Loader:
    """Loads rows; `wake` counts how often it was asked to."""

    def __init__(self) -> None:
        self.loads: list[list[int]] = []
        self.woken = 0
        self.error: Exception | None = None
        self.snippet = "first"

    def wake(self, _rows: PagedRows) -> None:
        self.woken += 1

    async def load(self, ids: Sequence[int]) -> Mapping[int, Row]:
        if self.error is not None:
            raise self.error
        self.loads.append(list(ids))
        await asyncio.sleep(0)
        return {
            one: Row(replace(BLANK, id=ArticleId(one)), self.snippet, (Span(0, 1),))
            for one in ids
            if one % 7
        }


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def rows(loader: Loader) -> PagedRows:
    return PagedRows(IDS, loader.load, loader.wake)


def nothing() -> None:
    pass


async def test_rows_come_after_they_were_requested(rows: PagedRows, loader: Loader) -> None:
    assert len(rows) == len(IDS)
    assert rows.row(0) is None
    rows.request(0, 20)
    assert loader.woken == 1
    assert rows.row(0) is None
    heard = []
    await rows.fill(lambda: heard.append(rows.row(0)))
    assert heard[0] is not None
    assert heard[0].article.id == 1
    assert rows.row(6) is None  # it is not in the library any more
    rows.request(0, 20)
    assert loader.woken == 1


async def test_a_request_over_the_end_and_before_the_start(rows: PagedRows, loader: Loader) -> None:
    rows.request(len(IDS) - 3, 50)
    rows.request(-5, 10)
    await rows.fill(nothing)
    assert sorted(len(ids) for ids in loader.loads) == [7, PAGE]
    assert rows.row(len(IDS) - 1) is not None


async def test_what_was_scrolled_past_is_not_loaded(rows: PagedRows, loader: Loader) -> None:
    for page in range(20):
        rows.request(page * PAGE, 1)
    assert loader.woken == 1
    await rows.fill(nothing)
    assert len(loader.loads) == WANTED
    assert loader.loads[0][0] == 19 * PAGE + 1


async def test_only_so_many_pages_are_kept(rows: PagedRows) -> None:
    for page in range(KEPT + 1):
        rows.request(page * PAGE, 1)
        await rows.fill(nothing)
        rows.request(0, 1)  # in use all the time
        await rows.fill(nothing)
    assert rows.row(0) is not None
    assert rows.row(PAGE) is None
    assert rows.row(KEPT * PAGE + 1) is not None


async def test_changed_rows_are_taken_over(rows: PagedRows) -> None:
    rows.request(0, 1)
    await rows.fill(nothing)
    read = Row(replace(BLANK, id=ArticleId(1), read=True))
    rows.put({1: read, 2: read}, [0])
    changed = rows.row(0)
    assert changed == Row(read.article, "first", (Span(0, 1),))
    assert rows.row(1) != changed
    rows.put({900: read}, [899])
    assert rows.row(899) is None


async def test_what_is_stale_is_shown_until_it_is_loaded_again(
    rows: PagedRows, loader: Loader
) -> None:
    rows.request(0, 1)
    rows.request(PAGE, 1)
    await rows.fill(nothing)
    rows.forget()
    loader.snippet = "second"
    old = rows.row(0)
    assert old is not None
    assert old.snippet == "first"
    assert loader.woken == 2
    await rows.fill(nothing)
    new = rows.row(0)
    assert new is not None
    assert new.snippet == "second"
    assert loader.woken == 2
    assert len(loader.loads) == 3


async def test_loading_goes_on_after_a_failure(rows: PagedRows, loader: Loader) -> None:
    loader.error = OSError("gone")
    rows.request(0, 1)
    with pytest.raises(OSError, match="gone"):
        await rows.fill(nothing)
    loader.error = None
    rows.request(0, 1)
    assert loader.woken == 2
    await rows.fill(nothing)
    assert rows.row(0) is not None


async def test_stale_pages_that_are_dropped_are_forgotten(rows: PagedRows) -> None:
    rows.request(0, 1)
    await rows.fill(nothing)
    rows.forget()
    for page in range(1, KEPT + 1):
        rows.request(page * PAGE, 1)
        await rows.fill(nothing)
    assert rows.row(0) is None


async def test_rows_that_are_added_at_the_end_are_loaded(loader: Loader) -> None:
    rows = PagedRows(IDS[: PAGE + 3], loader.load, loader.wake)
    rows.request(0, PAGE + 3)
    await rows.fill(nothing)
    loader.loads.clear()
    rows.grow(IDS[: 3 * PAGE])
    assert len(rows) == 3 * PAGE
    assert rows.row(PAGE + 2) is not None
    assert rows.row(PAGE + 4) is None
    await rows.fill(nothing)
    assert loader.loads == [list(IDS[PAGE : 2 * PAGE])]
    assert rows.row(PAGE + 4) is not None


async def test_rows_that_are_added_during_a_load_are_loaded_after_it(loader: Loader) -> None:
    rows = PagedRows(IDS[:3], loader.load, loader.wake)
    rows.request(0, 3)
    filling = asyncio.ensure_future(rows.fill(nothing))
    await asyncio.sleep(0)
    rows.grow(IDS[: 2 * PAGE])
    await filling
    assert rows.row(4) is None
    assert rows.row(0) is not None
    await rows.fill(nothing)
    assert rows.row(4) is not None


async def test_whole_pages_are_not_loaded_again_when_rows_are_added(loader: Loader) -> None:
    rows = PagedRows(IDS[:PAGE], loader.load, loader.wake)
    rows.request(0, PAGE)
    await rows.fill(nothing)
    rows.grow(IDS)
    assert rows.row(1) is not None
    assert loader.woken == 1
