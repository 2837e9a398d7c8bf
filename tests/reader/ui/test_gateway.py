"""The threads and processes behind the screen."""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from dataclasses import replace
from pathlib import Path

import pytest

from index.query import Everything
from reader.errors import LibraryUnwritableError, SearchUnavailableError
from reader.feeds import UpdateProgress, UpdateReport
from reader.model import ArticleId, Mark, Mention
from reader.named import SURE
from reader.service.fetching import BY_ITSELF, FetchProcess, FullText, Told, Trouble
from reader.service.library import Library
from reader.service.remote import IndexProcess, SearchProcess
from reader.store import open_store
from reader.ui.browser import SystemBrowser
from reader.ui.gateway import Gateway
from reader.ui.lane import Lane
from reader.ui.ports import ports
from tests.reader.ui.world import UNAVAILABLE, World, draft


@pytest.fixture
def gateway(world: World):  # type: ignore[no-untyped-def]
    one = Gateway(world.ports())
    yield one
    one.close()


async def test_reading_and_writing_have_a_thread_each(world: World) -> None:
    names = []
    lanes = [Lane("reads", world.open_library), Lane("writes", world.open_library)]
    for lane in lanes:
        names.append(await lane.run(lambda _library: threading.current_thread().name))
        lane.close()
    assert [name.partition("_")[0] for name in names] == ["reads", "writes"]


async def test_a_job_that_was_given_up_never_runs(world: World) -> None:
    lane = Lane("reads", world.open_library)
    go, ran = threading.Event(), []
    first = asyncio.ensure_future(lane.run(lambda _library: go.wait(5)))
    second = asyncio.ensure_future(lane.run(lambda _library: ran.append(2)))
    await asyncio.sleep(0.01)
    second.cancel()
    await asyncio.sleep(0.01)
    go.set()
    assert await first
    lane.close()
    assert ran == []
    assert second.cancelled()


async def test_a_lane_that_was_never_used_closes(world: World) -> None:
    Lane("reads", world.open_library).close()


async def test_a_library_that_cannot_be_opened_is_an_error_each_time(world: World) -> None:
    gateway = Gateway(world.ports())
    world.open_error = LibraryUnwritableError(world.folder, "disk full")
    for _ in range(2):
        with pytest.raises(LibraryUnwritableError):
            await gateway.start()
    gateway.close()


async def test_the_newest_question_is_answered(world: World, gateway: Gateway) -> None:
    world.let_go.clear()
    old = asyncio.ensure_future(gateway.search("drone"))
    await asyncio.sleep(0.01)
    new = asyncio.ensure_future(gateway.search("tram"))
    await asyncio.sleep(0.01)
    assert old.cancelled()
    world.let_go.set()
    view = await new
    assert list(view.ids) == world.ids("tram")


async def test_an_answer_that_nobody_waits_for_any_more_is_dropped(
    world: World, gateway: Gateway
) -> None:
    world.let_go.clear()
    asked = asyncio.ensure_future(gateway.search("drone"))
    await asyncio.sleep(0.01)
    asked.cancel()
    await asyncio.sleep(0)
    world.let_go.set()
    await asyncio.sleep(0.05)
    assert (await gateway.search("tram")).total == 1


async def test_an_error_of_the_search_is_raised(world: World, gateway: Gateway) -> None:
    world.search_error = UNAVAILABLE
    with pytest.raises(SearchUnavailableError):
        await gateway.search("drone")


async def test_unread_is_found_far_away_in_both_directions(world: World, gateway: Gateway) -> None:
    ids = list((await gateway.start()).ids)
    world.mark(ids, Mark.READ)
    many = ids * 200
    assert await gateway.find_unread(many, 0, 1) is None
    assert await gateway.find_unread(many, len(many) - 1, -1) is None
    assert await gateway.find_unread(many, len(many), 1) is None
    assert await gateway.find_unread([], 0, 1) is None
    world.mark(ids[2:3], Mark.UNREAD)
    assert await gateway.find_unread(many, 0, 1) == 2
    assert await gateway.find_unread(many, len(many) - 1, -1) == len(many) - 4
    assert await gateway.find_unread([*ids[:2] * 300, ids[2]], 0, 1) == 600


async def test_news_comes_only_when_there_is_some(world: World, gateway: Gateway) -> None:
    news = await gateway.news(None)
    assert news is not None
    assert await gateway.news(news.token) is None
    world.mark(world.ids("tram"), Mark.READ)
    later = await gateway.news(news.token)
    assert later is not None
    assert later.counts.unread == 5


async def test_indexing_is_asked_again_only_when_it_runs(world: World, gateway: Gateway) -> None:
    gateway.index_again()
    await gateway.start_processes(lambda _progress: None, nobody, has_feeds=False)
    gateway.index_again()
    assert world.indexing is not None
    assert (world.indexing.started, world.indexing.pokes) == (1, 1)


def nobody(_number: int, _told: Told) -> None:
    """Hears of nothing."""


async def test_orders_end_with_what_they_came_to(world: World, gateway: Gateway) -> None:
    await gateway.start_processes(lambda _progress: None, nobody, has_feeds=True)
    port = world.fetching
    assert port is not None
    assert port.started == 1
    # One ends before its number is known here, the next ones in another order.
    port.answers = [Trouble("at once")]
    assert await gateway.update_feeds(()) == Trouble("at once")
    save = asyncio.create_task(gateway.save_page("https://a.example/"))
    page = asyncio.create_task(gateway.read_full_text(7))
    while len(port.orders) < 3:
        await asyncio.sleep(0.001)
    numbers = {order: number for number, order in enumerate(port.orders, 1)}
    port.tell(BY_ITSELF, UpdateReport())
    port.tell(numbers["full text", 7], UpdateProgress(1, 2, 0, 0))
    port.tell(numbers["full text", 7], FullText(ArticleId(7), changed=True))
    assert await page == FullText(ArticleId(7), changed=True)
    port.tell(numbers["save", "https://a.example/"], Trouble("later"))
    assert await save == Trouble("later")
    await gateway.stop_fetching()
    assert port.stopped == 1


async def test_nothing_is_fetched_before_it_is_asked_for(world: World, gateway: Gateway) -> None:
    await gateway.stop_fetching()
    before = world.fetching
    assert before is None
    await gateway.start_processes(lambda _progress: None, nobody, has_feeds=False)
    assert world.fetching is not None
    assert not world.fetching.started


def test_the_ports_of_a_folder(tmp_path: Path) -> None:
    found = ports(tmp_path / "library")
    library = found.open_library()
    assert library.reading.counts().articles == 0
    library.close()
    search = found.start_search(lambda _answer: None)
    assert isinstance(search, SearchProcess)
    search.close()
    assert isinstance(found.start_index(lambda _progress: None), IndexProcess)
    assert isinstance(found.browser, SystemBrowser)
    fetching = found.start_fetch(nobody)
    assert isinstance(fetching, FetchProcess)
    fetching.close()


def no_browser() -> webbrowser.BaseBrowser:
    raise webbrowser.Error


def test_which_browsers_need_the_terminal() -> None:
    assert SystemBrowser(lambda: webbrowser.GenericBrowser(["true"])).needs_terminal
    assert not SystemBrowser(lambda: webbrowser.BackgroundBrowser(["true"])).needs_terminal
    assert not SystemBrowser(no_browser).needs_terminal
    assert not SystemBrowser(no_browser).open("https://a.example")


def test_the_address_is_one_argument(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    script = tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$1" > {noted}\n')
    script.chmod(0o755)
    browser = SystemBrowser(lambda: webbrowser.GenericBrowser([str(script), "%s"]))
    assert browser.open("https://a.example/?a=1&b=$(id);x")
    assert noted.read_text() == "1\nhttps://a.example/?a=1&b=$(id);x\n"


async def test_counts(world: World, gateway: Gateway) -> None:
    assert (await gateway.counts()).articles == 6


async def test_a_query_of_states_misses_nothing(world: World, gateway: Gateway) -> None:
    world.add(draft("Later", "Later on."), indexed=False)
    assert await gateway.count_missing("is:unread") == 0
    assert await gateway.count_missing("later") == 1


async def test_an_article_is_looked_at_in_one_moment(world: World, gateway: Gateway) -> None:
    seen: list[str] = []
    opening = world.open_library

    def noting() -> Library:
        library = opening()
        list_mentions = library.reading.list_mentions

        def behind_an_import(article_id: int, least: float = SURE) -> tuple[Mention, ...]:
            store = open_store(world.folder)
            store.entities.replace_mentions(article_id, [])
            store.close()
            seen.append("imported")
            return list_mentions(article_id, least=least)

        library.reading.list_mentions = behind_an_import  # type: ignore[method-assign]
        return library

    world.open_library = noting  # type: ignore[method-assign]
    one = Gateway(world.ports())
    opened = await one.open_article(world.access.index.order(Everything())[0])
    one.close()
    assert seen
    assert opened.mentions


async def test_an_article_tells_its_other_sources(world: World, gateway: Gateway) -> None:
    told = draft("Shared", "A story of the tide that two feeds tell.", day=9, source="Tide Times")
    world.add(told)
    for name in ("Kettle", "Anvil", "Kettle", "Tide Times"):
        world.add(replace(told, source=name))
    [article_id] = world.ids("title:shared")
    assert (await gateway.open_article(article_id)).also == ("Kettle", "Anvil")
