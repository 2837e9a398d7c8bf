"""What the network is needed for, ordered with keys and told in the lines of the screen."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reader.feeds import FeedFailure, UpdateProgress, UpdateReport
from reader.model import ArticleId, Outcome, iso_second
from reader.service.fetching import (
    BY_ITSELF,
    Added,
    FetchProcess,
    FullText,
    Moved,
    Saved,
    Told,
    Trouble,
)
from reader.store import open_store
from reader.ui.actions import Place
from tests.reader.ui.samples import BAD
from tests.reader.ui.test_safety import CONTROLS
from tests.reader.ui.world import LONG, NOW, Desk, ToldFetching, World, draft

LONGER = "Only a teaser.\n\nAnd all the rest of it, which only the page tells."


@pytest.fixture
def feeds(world: World) -> World:
    """Six articles and a feed, one article of which is a summary."""
    world.subscribe("Kettle")
    url = world.feed("Kettle").url
    page = "https://kettle.example/whole"
    world.add(draft("Teaser", "Only a teaser.", day=9, feed=url, partial=True, url=page))
    return world


def port_of(world: World) -> ToldFetching:
    assert world.fetching is not None
    return world.fetching


async def tell(desk: Desk, world: World, number: int, *told: Told) -> None:
    """Say something in the name of the process."""
    for one in told:
        port_of(world).tell(number, one)
    for _ in range(3):
        await desk.pilot.pause(0.01)


async def begin(desk: Desk, *keys: str) -> None:
    """Press keys that set off what does not end by itself."""
    for key in keys:
        await desk.pilot.press(key)
    for _ in range(5):
        await desk.pilot.pause(0.01)


def head(desk: Desk) -> str:
    return desk.lines()[0]


async def test_asking_all_feeds_shows_how_far_it_is_and_what_it_came_to(feeds: World) -> None:
    async with feeds.screen() as desk:
        await begin(desk, "R")
        assert port_of(feeds).orders == [("update",)]
        assert "asking all feeds" in head(desk)
        await tell(desk, feeds, 1, UpdateProgress(12, 200, 3, 41))
        assert "asking 12/200 · 3 failed · 41 new" in head(desk)
        await begin(desk, "R")
        assert desk.status == "asking 12/200 · 3 failed · 41 new · :stop ends it"
        assert len(port_of(feeds).orders) == 1
        failed = (FeedFailure("Quarry Post", "https://q.example", "no connection"),)
        await tell(desk, feeds, 1, UpdateReport(asked=200, added=41, failed=failed))
        await desk.settle()
        assert desk.status == (
            "asked 200 feeds: 41 new · 1 of 200 failed: Quarry Post (no connection)"
        )
        assert desk.main.status.is_error
        assert "asking" not in head(desk)
        await begin(desk, "R")
        assert len(port_of(feeds).orders) == 2


async def test_what_arrives_is_announced_and_enters_when_asked(feeds: World) -> None:
    async with feeds.screen() as desk:
        await begin(desk, "R")
        feeds.add(draft("Brand new", "It has just come.", day=10))
        before = list(desk.main.listing.shown.ids)
        await tell(desk, feeds, 1, UpdateReport(asked=1, added=1))
        await desk.settle()
        assert list(desk.main.listing.shown.ids) == before
        assert desk.shows("+1 new · r shows them")
        port_of(feeds).answers = [UpdateReport(asked=1)]
        await desk.press("r")
        assert len(desk.main.listing.shown.ids) == len(before) + 1


async def test_stopping(feeds: World) -> None:
    async with feeds.screen() as desk:
        await desk.press_line("stop")
        await desk.settle()
        assert desk.status == "nothing is being fetched"
        await begin(desk, "R")
        await desk.press("colon")
        await desk.type("stop")
        await begin(desk, "enter")
        assert port_of(feeds).stopped == 1
        assert desk.status == "stopping"
        await tell(desk, feeds, 1, UpdateReport(asked=2, interrupted=True))
        await desk.settle()
        assert desk.status == "asked 2 feeds, then stopped: nothing new"


async def test_what_is_stopped_is_no_failure(feeds: World) -> None:
    async with feeds.screen() as desk:
        await begin(desk, "O")
        await desk.press("colon")
        await desk.type("stop")
        await begin(desk, "enter")
        await tell(desk, feeds, 1, Trouble("https://kettle.example/whole: interrupted"))
        await desk.settle()
        assert desk.status == "stopped"
        assert not desk.main.status.is_error
        await begin(desk, "O")
        await tell(desk, feeds, 2, Trouble("no such host"))
        await desk.settle()
        assert desk.status == "no such host"
        assert desk.main.status.is_error


async def test_what_is_done_by_itself_is_told_quietly(feeds: World) -> None:
    async with feeds.screen() as desk:
        await tell(desk, feeds, BY_ITSELF, UpdateProgress(0, 0, 0, 0))
        assert "asking" not in head(desk)
        await tell(desk, feeds, BY_ITSELF, UpdateProgress(1, 2, 0, 0))
        assert "asking 1/2" in head(desk)
        await begin(desk, "R")
        assert port_of(feeds).orders == [("update",)]
        failed = (FeedFailure("Kettle", "", "no connection"),)
        await tell(desk, feeds, 1, UpdateReport(asked=1))
        await desk.settle()
        said = desk.status
        await tell(desk, feeds, BY_ITSELF, UpdateProgress(1, 2, 0, 0))
        await tell(desk, feeds, BY_ITSELF, UpdateReport(asked=2, failed=failed))
        assert desk.status == said
        assert "asking" not in head(desk)


async def test_adding_a_feed(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        await desk.press_line('add "anvil.example/feed?key=secret" Tools/Heavy Ones')
        await begin(desk)
        assert port_of(feeds).orders == [
            ("add", "anvil.example/feed?key=secret", "Tools/Heavy Ones")
        ]
        assert "looking at anvil.example" in head(desk)
        assert not desk.shows("secret")
        feeds.subscribe("Anvil", "Tools/Heavy Ones")
        await tell(desk, feeds, 1, Added("Anvil", 2, ("https://anvil.example/other",)))
        await desk.settle()
        assert desk.status == (
            "added Anvil, 2 articles · u undoes · the page also names anvil.example/other"
        )
        row = desk.main.source_pane.current
        assert row is not None
        assert row.name == "Anvil"
        assert desk.shows("Heavy Ones")


async def test_moving_a_feed(feeds: World) -> None:
    async with feeds.screen(160, 40) as desk:
        port_of(feeds).answers = [Moved("Kettle", "https://new.example/feed")]
        await desk.press("s", "j")
        await desk.press_line("source move https://new.example/feed")
        await desk.settle()
        assert port_of(feeds).orders == [("move", "Kettle", "https://new.example/feed")]
        assert desk.status == "Kettle asks the new address from now on · u undoes"


async def test_saving_a_page(feeds: World) -> None:
    async with feeds.screen() as desk:
        port_of(feeds).answers = [
            Saved(ArticleId(1), Outcome.ADDED),
            Trouble(f"no such host {BAD}"),
        ]
        await desk.press_line("save https://kettle.example/page")
        await desk.settle()
        assert port_of(feeds).orders == [("save", "https://kettle.example/page")]
        assert desk.status == "saved; r shows it"
        await desk.press_line("save https://kettle.example/page")
        await desk.settle()
        assert desk.status.startswith("no such host")
        assert desk.main.status.is_error
        assert not CONTROLS.search(desk.text().replace("\n", ""))


def told_whole(world: World) -> int:
    """Keep the full text of the teaser, as the process would."""
    [article_id] = world.ids("title:teaser")
    store = open_store(world.folder, clock=lambda: NOW)
    store.articles.replace_text(ArticleId(article_id), draft("Teaser", LONGER, day=9))
    store.close()
    return article_id


async def test_the_full_text_takes_the_place_of_the_summary(feeds: World) -> None:
    async with feeds.screen() as desk:
        assert desk.title == "Teaser"
        assert desk.shows("This is only a summary: O reads the full")
        await begin(desk, "enter", "O")
        assert "reading kettle.example" in head(desk)
        article_id = told_whole(feeds)
        assert port_of(feeds).orders == [("full text", article_id)]
        await tell(desk, feeds, 1, FullText(ArticleId(article_id), changed=True))
        await desk.settle()
        assert desk.status == "the full text of the page"
        opened = desk.main.reading.opened
        assert opened is not None
        assert opened.article.text == LONGER
        assert desk.shows("And all the rest of it")
        assert not desk.shows("only a summary")
        assert desk.place() is Place.ARTICLE


async def test_a_page_that_holds_no_more_changes_nothing(feeds: World) -> None:
    async with feeds.screen() as desk:
        port_of(feeds).answers = [FullText(ArticleId(1), changed=False)]
        await desk.press("O")
        assert desk.status == "the page holds no more than this"


async def test_the_text_of_the_feed_and_the_full_one_take_turns(feeds: World) -> None:
    article_id = told_whole(feeds)
    async with feeds.screen() as desk:
        assert desk.shows("And all the rest of it")
        await desk.press("enter", "O")
        assert desk.status == "the feed's own text, O shows the full one"
        assert desk.shows("Only a teaser.")
        assert not desk.shows("And all the rest of it")
        await desk.press("f")
        assert desk.shows("★\u00a0starred")
        assert not desk.shows("And all the rest of it")
        await desk.press("O")
        assert desk.status == "the full text of the page"
        assert desk.shows("And all the rest of it")
        await desk.press("O", "h", "j", "k")
        assert desk.shows("And all the rest of it")
        await desk.press("O")
        feeds.tag([article_id], "war")
        await desk.main.listing.look_for_news()
        assert not desk.shows("And all the rest of it")
        assert port_of(feeds).orders == []
    library = feeds.open_library()
    article = library.reading.get_article(article_id)
    library.close()
    assert (article.text, article.version) == (LONGER, 2)


async def test_where_the_full_text_was_left_is_kept(feeds: World) -> None:
    [article_id] = feeds.ids("title:teaser")
    with closing(open_store(feeds.folder, clock=lambda: NOW)) as store:
        store.articles.replace_text(ArticleId(article_id), draft("Teaser", LONG, day=9))
    async with feeds.screen() as desk:
        await desk.press("enter", "pagedown")
        place = desk.main.article.anchor
        assert place > 0
        await desk.press("O", "pagedown", "G", "O")
        assert desk.main.article.anchor == place
        await desk.press("O", "h", "j")
    library = feeds.open_library()
    assert library.reading.get_position(article_id) == place
    library.close()


async def test_without_a_link_there_is_no_full_text(feeds: World) -> None:
    async with feeds.screen() as desk:
        await desk.press("G")
        await desk.press("O")
        assert desk.status == "this article has no link to a page"
        await desk.press_line("search tag:nothing")
        await desk.settle()
        await desk.press("O")
        assert port_of(feeds).orders == []


async def test_another_key_is_named_under_a_summary(feeds: World) -> None:
    async with feeds.screen(keys={"article.full_text": "X"}) as desk:
        assert desk.shows("only a summary: X reads the full")


async def test_keys_are_answered_while_an_order_is_under_way(feeds: World) -> None:
    async with feeds.screen() as desk:
        await begin(desk, "R")
        for done in range(200):
            port_of(feeds).tell(1, UpdateProgress(done, 200, 0, done))
        await begin(desk, "j", "enter")
        assert desk.place() is Place.ARTICLE
        assert desk.main.rows.cursor == 1
        await desk.pilot.press("q", "q")


async def test_a_process_that_is_gone_is_told_of(feeds: World, tmp_path: Path) -> None:
    def start(on_news):  # type: ignore[no-untyped-def]
        return FetchProcess(tmp_path / "no such folder", 0, on_news)

    ports = feeds.ports()
    feeds.ports = lambda: replace(ports, start_fetch=start)  # type: ignore[method-assign]
    async with feeds.screen() as desk:
        await begin(desk, "R")
        for _ in range(200):
            if desk.main.status.is_error:
                break
            await desk.pilot.pause(0.05)
        assert "the process that fetches ended" in desk.status
        assert "asking" not in head(desk)
        assert iso_second(NOW) not in desk.status
