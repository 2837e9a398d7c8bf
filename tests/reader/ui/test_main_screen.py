"""Moving, reading and going back, with keys."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from textual.events import Key

from reader.errors import IndexingError, LibraryDamagedError, Obstacle
from reader.model import Mark
from reader.service.indexing import IndexProgress, IndexState
from reader.ui.actions import Place
from reader.ui.screens import keys
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.world import DRAFTS, World, draft

TITLES = [one.title for one in DRAFTS]


async def test_first_picture(world: World) -> None:
    async with world.screen() as desk:
        lines = desk.lines()
        assert "dateline" in lines[0]
        assert "all articles" in lines[0]
        assert "6 articles · 6 unread" in lines[0]
        assert desk.shows("Harbour reopens after the storm")
        assert desk.shows("Mayor Ilse Brandt reopened the harbour")
        assert desk.shows("People")
        assert "Enter open" in lines[-1]


async def test_preview_follows_the_cursor_and_leaves_articles_unread(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j")
        assert desk.title == TITLES[1]
        await desk.press("j", "j", "j", "k")
        assert desk.title == TITLES[3]
        await desk.press("G")
        assert desk.title == TITLES[5]
        await desk.press("g", "g")
        assert desk.title == TITLES[0]
        assert world.ids("is:read") == []


async def test_arrows_and_page_keys_move_too(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("down", "down", "up")
        assert desk.main.rows.cursor == 1
        await desk.press("end")
        assert desk.main.rows.cursor == 5
        await desk.press("home")
        assert desk.main.rows.cursor == 0
        await desk.press("pagedown")
        assert desk.main.rows.cursor == 5
        await desk.press("ctrl+u")
        assert 0 <= desk.main.rows.cursor < 5
        await desk.press("ctrl+d", "pageup")
        assert desk.main.rows.cursor == 0


async def test_enter_opens_and_marks_read(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "enter")
        assert desk.place() is Place.ARTICLE
        assert world.ids("is:read") == world.ids('title:"drone survey"')
        assert desk.shows("5 unread")
        await desk.press("escape")
        assert desk.place() is Place.LIST


async def test_an_article_is_marked_read_once_only(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter", "m")
        assert world.ids("is:read") == []
        await desk.press("h", "l", "h", "j")
        assert world.ids("is:read") != []


async def test_l_and_h_go_through_the_panes(world: World) -> None:
    async with world.screen() as desk:
        places = []
        for key in ("l", "l", "l", "h", "h"):
            await desk.press(key)
            places.append(desk.main.place)
        assert places == [
            Place.ARTICLE,
            Place.ENTITIES,
            Place.ENTITIES,
            Place.ARTICLE,
            Place.LIST,
        ]
        # What was hidden comes, as with its own key.
        assert not desk.main.sources_shown
        await desk.press("left")
        assert desk.place() is Place.SOURCES
        assert desk.main.source_pane.display


async def test_tab_goes_round_the_panes_and_opens_nothing(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("tab")
        assert desk.place() is Place.ARTICLE
        await desk.press("tab")
        assert desk.place() is Place.ENTITIES
        await desk.press("tab")
        assert desk.place() is Place.LIST
        await desk.press("shift+tab")
        assert desk.place() is Place.ENTITIES
        assert world.ids("is:read") == []


async def test_space_reads_through_everything(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("space")
        assert (desk.main.place, desk.title) == (Place.ARTICLE, TITLES[0])
        await desk.press("space")
        assert desk.title == TITLES[1]
        await desk.press("space")
        assert desk.title == TITLES[2]
        await desk.press("space")
        assert desk.title == TITLES[2]
        assert desk.main.article.anchor > 0
        await desk.press(*["space"] * 20)
        assert desk.title == TITLES[5]
        assert len(world.ids("is:read")) == 6
        assert desk.status == "no more unread articles here"


async def test_reading_to_the_end_marks_read(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "tab")
        assert world.ids("is:read") == []
        await desk.press("G")
        assert len(world.ids("is:read")) == 1
        assert desk.shows("100%")


async def test_the_keys_of_the_list_move_in_the_article(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "enter")
        for key in ("j", "ctrl+d", "pagedown"):
            before = desk.main.article.scroll_offset.y
            await desk.press(key)
            assert desk.main.article.scroll_offset.y > before, key
        for key in ("k", "ctrl+u", "pageup"):
            before = desk.main.article.scroll_offset.y
            await desk.press(key)
            assert desk.main.article.scroll_offset.y < before, key
        await desk.press("G", "g", "g")
        assert desk.main.article.scroll_offset.y == 0
        assert desk.main.rows.cursor == 2


async def test_the_list_changes_while_an_unread_article_is_looked_for(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.mark(world.ids("drone"), Mark.READ)
    goes_on = Event(), Event()
    async with world.screen() as desk:
        await desk.press("/", *"drone", "enter", "j")
        reads = world.gateway.reads
        held = [asyncio.ensure_future(reads.run(lambda _: goes_on[0].wait(5)))]
        await desk.pilot.press("g", "a")
        held.append(asyncio.ensure_future(reads.run(lambda _: goes_on[1].wait(5))))
        await desk.pilot.press("n")
        for one in goes_on:
            one.set()
            await desk.pilot.pause(0.2)
        await asyncio.gather(*held)
        await desk.settle()
        assert desk.shows("6 articles")
        assert not desk.status.startswith("no more unread articles")
    assert caplog.messages == []


async def test_next_and_previous_unread(world: World) -> None:
    world.mark(world.ids("title:orchard OR title:museum"), Mark.READ)
    async with world.screen() as desk:
        await desk.press("n")
        assert desk.title == TITLES[2]
        await desk.press("n", "n")
        assert desk.title == TITLES[5]
        await desk.press("n")
        assert desk.status == "no more unread articles here; N goes to those passed by"
        await desk.press("N")
        assert desk.title == TITLES[3]
        assert desk.place() is Place.LIST


async def test_next_and_previous_article_read_or_not(world: World) -> None:
    world.mark(world.ids("title:orchard"), Mark.READ)
    async with world.screen(80, 24) as desk:
        await desk.press("J")
        assert (desk.main.rows.cursor, desk.place()) == (1, Place.LIST)
        await desk.press("K", "K")
        assert desk.status == "this is the first article of the list"
        await desk.press("enter", "J")
        assert (desk.place(), desk.title) == (Place.ARTICLE, TITLES[1])
        await desk.press("J", "K")
        assert desk.title == TITLES[1]
        assert len(world.ids("is:read")) == 3
        await desk.press("J", "J", "J", "J", "J")
        assert (desk.title, desk.status) == (TITLES[5], "this is the last article of the list")


async def test_the_place_in_an_article_is_remembered(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "enter", "pagedown", "pagedown")
        anchor = desk.main.article.anchor
        assert anchor > 0
        await desk.press("h", "k")
        assert desk.main.article.anchor == 0
        await desk.press("j")
        assert desk.main.article.anchor == anchor
        await desk.press("l", "pagedown")
        later = desk.main.article.anchor
        await desk.press("ctrl+q")
    async with world.screen() as desk:
        await desk.press("j", "j")
        assert desk.main.article.anchor == later


async def test_q_goes_back_level_by_level_and_then_quits(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "enter", "e")
        assert desk.place() is Place.ENTITIES
        await desk.press("q")
        assert desk.place() is Place.ARTICLE
        await desk.press("q")
        assert desk.place() is Place.LIST
        assert not desk.shows("all articles")
        await desk.press("q")
        assert desk.shows("all articles")
        assert desk.app.is_running
        await desk.press("escape")
        assert desk.app.is_running
        await desk.press("q")
        assert not desk.app.is_running


async def test_zen_shows_only_the_article(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("z")
        assert desk.shows("Mayor Ilse Brandt")
        assert not desk.shows("dateline")
        assert not desk.shows("Tram drivers")
        await desk.press("escape")
        assert desk.shows("Tram drivers")
        await desk.press("z", "z")
        assert desk.shows("dateline")
        await desk.press("enter", "z", "escape")
        assert desk.place() is Place.ARTICLE
        await desk.press("z", "e")
        assert desk.place() is Place.ENTITIES
        assert desk.shows("Organisations")
        assert desk.shows("dateline")
        await desk.press("z", "z")
        assert desk.place() is Place.ENTITIES


async def test_zen_hides_a_second_article_and_the_sources_too(world: World) -> None:
    async with world.screen(200, 50) as desk:
        await desk.press("s", "escape", "enter", "b", "z")
        main = desk.main
        assert main.is_zen
        assert main.article.size.width > 190
        assert not main.second.display


@pytest.mark.parametrize("keys", [("}",), ("e", "}"), ("slash", *"storm", "enter", "]")])
async def test_where_one_pane_fits_a_jump_shows_the_article(
    world: World, keys: tuple[str, ...]
) -> None:
    async with world.screen(60) as desk:
        await desk.press(*keys)
        assert desk.place() is Place.ARTICLE
        assert desk.shows("Mayor Ilse Brandt")
        assert desk.main.article._marked.current is not None


async def test_a_key_without_an_action_says_so_once(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("w")
        assert desk.status == "w does nothing here · ? shows the keys"
        assert not desk.main.status.is_error
        for letter in "XZ":
            desk.main.take_key(Key(letter, letter))
        assert desk.status.startswith("w does")
        desk.main._unbound_at -= 1
        await desk.press("g", "Z")
        assert desk.status.startswith("Z does nothing here")
        await desk.press("ctrl+x")
        assert desk.status.startswith("Z does nothing here")


async def test_hits_mentions_and_names(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("]")
        assert desk.status == "no search hit in this article"
        await desk.press("}", "}", "{")
        assert desk.status == (
            "Ilse Brandt, person: 2 mentions here · Enter: its card · c w: someone else"
        )
        await desk.press("e", "}")
        assert desk.status == "Ilse Brandt: 2 mentions here, in 1 article of the library"
        await desk.press("j", "{")
        assert desk.status == "Kelmouth: 1 mention here, in 3 articles of the library"
        await desk.press("G", "g", "g", "pagedown", "ctrl+u")
        await desk.press("escape", "escape", "G", "}")
        assert desk.status == "no names in this article"
        await desk.press("{")
        assert desk.status == "no names in this article"
        await desk.press("slash", *"drone", "enter", "]", "[")
        assert "no search hit" not in desk.status


async def test_slash_on_a_name_finds_its_articles(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("e", "j", "slash")
        assert world.asked[-1] == 'entity:"Kelmouth"'
        assert len(desk.main.rows._source) == 3
        assert desk.place() is Place.LIST
        assert desk.shows('entity:"Kelmouth"')
        await desk.press("escape")
        assert desk.shows("all articles")


async def test_e_shows_goes_to_and_hides_the_names(world: World) -> None:
    async with world.screen() as desk:
        assert desk.shows("Organisations")
        await desk.press("e")
        assert desk.place() is Place.ENTITIES
        await desk.press("e")
        assert not desk.shows("Organisations")
        assert desk.place() is Place.ARTICLE
        await desk.press("e")
        assert desk.shows("Organisations")


async def test_new_articles_are_announced_and_come_when_asked_for(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j")
        world.add(draft("Ferry late again", "The ferry was late.", day=9))
        await desk.main.listing.look_for_news()
        assert desk.shows("+1 new · r shows them")
        assert desk.shows("7 articles")
        assert desk.title == TITLES[1]
        assert not desk.shows("Ferry late again")
        await desk.press("r")
        assert desk.shows("Ferry late again")
        assert desk.title == TITLES[1]
        assert desk.main.rows.cursor == 2
        assert not desk.shows("new · r")
        world.add(draft("Lock gate stuck", "The gate was stuck.", day=10))
        await desk.press("equals_sign", "t")
        assert desk.main.listing.shown.asked.sort
        assert desk.shows("Lock gate stuck")
        await desk.main.listing.look_for_news()
        assert desk.shows("8 articles")
        assert not desk.shows("new · r")


async def test_a_list_with_conditions_tells_its_size_and_what_the_library_got(
    world: World,
) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter")
        assert "2 of 6 articles" in desk.lines()[0]
        world.add(draft("Ferry late again", "The ferry was late.", day=9))
        await desk.main.listing.look_for_news()
        assert desk.shows("+1 in the library")
        assert "2 of 7 articles" in desk.lines()[0]
        await desk.press("r")
        assert not desk.shows("in the library")
        await desk.press("escape")
        assert desk.shows("+1 new · r shows them")


async def test_changes_of_another_process_show_in_place(world: World) -> None:
    async with world.screen() as desk:
        await desk.main.listing.look_for_news()
        library = world.open_library()
        library.tagging.tag(world.ids("title:harbour"), ["quay"], [])
        library.close()
        await desk.main.listing.look_for_news()
        await desk.settle()
        assert desk.text().count("#quay") == 2
        assert desk.main.rows.cursor == 0


async def test_a_row_away_from_the_cursor_is_refreshed_too(world: World) -> None:
    async with world.screen() as desk:
        museum = world.ids("title:museum")[0]
        world.mark([museum], Mark.STARRED)
        await desk.main.listing.refresh(museum)
        await desk.settle()
        assert desk.text().count("★") == 1
        await desk.main.listing.refresh(999)
        assert desk.text().count("★") == 1


async def test_what_arrives_unindexed_is_indexed(world: World) -> None:
    async with world.screen() as desk:
        assert world.indexing is not None
        assert world.indexing.started == 1
        world.add(draft("Later", "Later on."), indexed=False)
        await desk.main.listing.look_for_news()
        assert world.indexing.pokes == 1


async def test_progress_of_indexing_stands_in_the_header(world: World) -> None:
    async with world.screen() as desk:
        assert world.indexing is not None
        world.indexing.tell(IndexProgress(1200, 3000, rebuilding=False))
        await desk.settle()
        assert "indexing 1,200/3,000" in desk.lines()[0]
        world.indexing.tell(IndexProgress(10, 3000, rebuilding=True))
        await desk.settle()
        assert "rebuilding the index 10/3,000" in desk.lines()[0]
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert "index" not in desk.lines()[0]


async def test_indexing_that_fails_stays_in_the_header_until_it_goes_on(world: World) -> None:
    async with world.screen() as desk:
        assert world.indexing is not None
        for _ in range(2):
            world.indexing.tell(IndexProgress(0, 9, rebuilding=False))
            world.indexing.tell(IndexingError(Obstacle.DISK_FULL))
            await desk.settle()
            assert "indexing stopped: no space left on the disk" in desk.lines()[0]
        assert desk.shows("it goes on when there is room")
        desk.main.say("something else")
        world.indexing.tell(IndexingError(Obstacle.DISK_FULL))
        world.indexing.tell(IndexProgress(0, 9, rebuilding=False))
        await desk.settle()
        assert "indexing stopped" in desk.lines()[0]
        assert desk.shows("something else")
        world.indexing.tell(IndexProgress(3, 9, rebuilding=False))
        await desk.settle()
        assert "indexing 3/9" in desk.lines()[0]
        world.indexing.tell(IndexingError(Obstacle.OTHER, "odd"))
        await desk.settle()
        assert "indexing stopped" in desk.lines()[0]
        world.indexing.tell(IndexState.DONE)
        await desk.settle()
        assert "index" not in desk.lines()[0]


async def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    empty = World(tmp_path / "empty")
    async with empty.screen() as desk:
        assert desk.shows("No articles yet")
        assert desk.shows(":import PATH")
        for key in ("j", "G", "enter", "space", "m", "f", "t", "n", "]", "}", "o", "y", "Y", "A"):
            await desk.press(key)
        assert desk.place() is Place.LIST
        for key in ("enter", "l", "space"):
            desk.main.say("")
            await desk.press(key)
            assert desk.place() is Place.LIST
            assert desk.status == "no articles yet: :add URL adds a feed"
        empty.add(*DRAFTS)
        await desk.press("r")
        assert desk.shows(TITLES[0])


async def test_a_library_that_cannot_be_opened_ends_the_screen(world: World) -> None:
    world.open_error = LibraryDamagedError(world.folder, "not a database")
    async with world.screen() as desk:
        assert not desk.app.is_running
    assert desk.app.return_value is world.open_error


async def test_an_article_that_is_gone_says_so(world: World) -> None:
    async with world.screen() as desk:
        gone = world.ids("title:orchard")[0]
        world.delete(gone)
        await desk.press("j")
        assert desk.shows(f"there is no article {gone}")
        await desk.press("m", "enter", "j")
        assert desk.app.is_running


async def test_a_fault_of_ours_is_told_and_kept_off_the_screen(world: World) -> None:
    async def fail() -> None:
        raise KeyError("[/b] a fault")

    async with world.screen() as desk:
        desk.main.work("test", fail)
        await desk.settle()
        assert desk.main.status.is_error
        assert "something went wrong" in desk.status
        assert desk.shows("[/b] a fault")
        await desk.press("j")
        assert desk.title == TITLES[1]


async def test_clicks(world: World) -> None:
    async with world.screen() as desk:
        await desk.pilot.click("#rows", offset=(5, 2))
        await desk.settle()
        assert desk.main.rows.cursor == 1
        await desk.pilot.click("#rows", offset=(5, 2))
        await desk.settle()
        assert desk.place() is Place.ARTICLE
        await desk.pilot.click("#names", offset=(5, 1))
        await desk.settle()
        assert desk.place() is Place.ENTITIES
        assert desk.status.startswith("Kelmouth")
        await desk.pilot.click("#rows", offset=(5, 0))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert desk.title == TITLES[0]


async def test_a_click_on_a_name_in_the_text_says_who_it_is(world: World) -> None:
    async with world.screen() as desk:
        lines = desk.lines()
        y = next(n for n, line in enumerate(lines) if "Mayor Ilse" in line)
        x = lines[y].index("Ilse")
        await desk.pilot.click(offset=(x, y))
        await desk.settle()
        assert desk.status.startswith("Ilse Brandt, person: 2 mentions")


async def test_a_sequence_shows_what_may_follow_and_can_be_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a machine that is busy the strip would take over from the footer.
    monkeypatch.setattr(keys, "HESITATION", 60.0)
    async with world.screen() as desk:
        await desk.press("j", "g")
        assert "g …" in desk.lines()[-1]
        assert "g the top" in desk.lines()[-1]
        await desk.press("escape")
        assert "Enter open" in desk.lines()[-1]
        await desk.press("g", "j")
        assert desk.main.rows.cursor == 2
        await desk.press("g", "g")
        assert desk.main.rows.cursor == 0


async def test_a_change_of_ours_hides_none_of_another_process(world: World) -> None:
    async with world.screen() as desk:
        await desk.main.listing.look_for_news()
        await desk.settle()
        world.mark(world.ids("title:valley"), Mark.STARRED)
        await desk.press("f")
        await desk.main.listing.look_for_news()
        await desk.settle()
        assert desk.text().count("★") == 3  # two rows, and the article


async def test_news_given_up_half_way_are_looked_at_again(world: World) -> None:
    async with world.screen() as desk:
        listing = desk.main.listing
        await listing.look_for_news()
        world.mark(world.ids("title:valley"), Mark.STARRED)
        looking = asyncio.ensure_future(listing.look_for_news())
        while listing.counts is not None and listing.counts.starred == 0:
            await asyncio.sleep(0)
        looking.cancel()
        assert await listing.gateway.news(listing._token) is not None


async def test_indexing_is_asked_again_while_articles_wait(world: World) -> None:
    async with world.screen() as desk:
        assert world.indexing is not None
        world.add(draft("Later", "Later on."), indexed=False)
        await desk.main.listing.look_for_news()
        world.indexing.tell(IndexState.BUSY)
        await desk.settle()
        before = world.indexing.pokes
        desk.main._poll()
        assert world.indexing.pokes == before + 1
        world.indexing.tell(IndexProgress(1, 2, rebuilding=False))
        await desk.settle()
        before = world.indexing.pokes
        desk.main._poll()
        assert world.indexing.pokes == before


async def test_a_scroll_heard_of_late_is_of_its_own_article(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j", "j", "enter")
        here = desk.main.reading.article_id
        other = world.ids("title:tram")[0]
        desk.main.article.post_message(ArticleView.Scrolled(other, 900))
        await desk.settle()
        desk.main.reading.remember()
        await desk.settle()
        library = world.open_library()
        assert [library.reading.get_position(one) for one in (here or 0, other)] == [0, 0]
        library.close()


async def test_a_newer_text_of_the_article_is_shown_with_the_search(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("j")
        changed = replace(DRAFTS[1], text="The orchard was moved. A drone saw it.")
        world.add(changed)
        await desk.press("slash", *"moved", "enter")
        assert desk.shows("The orchard was moved.")
        assert desk.main.article._article is not None
        text = desk.main.article._article.text
        assert [text[s.start : s.end] for s in desk.main.article._marked._text_hits] == ["moved"]
