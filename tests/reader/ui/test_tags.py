"""Tags, marks, undo and redo, links and citations, with keys."""

from __future__ import annotations

import pytest
from textual.events import Key

from index.errors import IndexBusyError
from reader.commands.tag_line import TagEdit, complete, last_word, matching, parse_tags
from reader.model import Mark
from reader.ui.actions import Place
from reader.ui.links import safe_url
from tests.reader.ui.world import DRAFTS, World, draft


async def test_tags_are_set_shown_and_undone(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t")
        assert desk.place() is Place.TAGS
        assert desk.shows("no tags yet")
        await desk.type("+war quay")
        await desk.press("enter")
        assert desk.status == "tagged 1 +war +quay · u undoes"
        assert desk.shows("#quay")
        first = world.ids("title:harbour")[0]
        assert set(world.tags(first)) == {"war", "quay"}
        await desk.press("u")
        assert desk.status == "undid: tagged +war +quay: 1 article"
        assert world.tags(first) == ()
        assert not desk.shows("#quay")
        await desk.press("U")
        assert desk.status.startswith("did again: tagged +war +quay")
        assert desk.shows("#quay")


async def test_a_sign_opens_the_line_of_tags_with_itself(world: World) -> None:
    world.tag(world.ids("title:harbour"), "quay")
    async with world.screen(80, 24) as desk:
        await desk.press("plus")
        assert desk.main.tag_editor.text == "+"
        await desk.type("war")
        await desk.press("enter", "enter", "minus")
        assert desk.main.tag_editor.text == "-"
        await desk.type("qu")
        await desk.press("tab", "enter")
        assert desk.place() is Place.ARTICLE
        assert world.tags(world.ids("title:harbour")[0]) == ("war",)


async def test_undo_reaches_back_beyond_this_session(world: World) -> None:
    world.mark(world.ids("tram"), Mark.STARRED)
    async with world.screen() as desk:
        assert desk.shows("★")
        await desk.press("u")
        assert desk.status == "undid: marked starred: 1 article"
        assert not desk.shows("★")
        await desk.press("u")
        assert desk.status == "nothing to undo"
        await desk.press("U", "U")
        assert desk.status == "nothing to redo"


async def test_tags_complete_by_how_often_they_are_used(world: World) -> None:
    library = world.open_library()
    library.tagging.tag(world.ids("kelmouth"), ["water"], [])
    library.tagging.tag(world.ids("tram"), ["war", "wage/hours"], [])
    library.close()
    async with world.screen() as desk:
        await desk.press("G", "t")
        await desk.type("w")
        assert "Tab: +water +wage/hours +war" in desk.text() or "Tab: +water +war" in desk.text()
        await desk.press("tab")
        assert desk.main.tag_editor.text == "+water "
        await desk.press("tab")
        assert desk.main.tag_editor.text in ("+war ", "+wage/hours ")
        await desk.press("enter")
        assert len(world.ids("tag:water")) == 3


async def test_what_an_article_has_is_offered_for_removal(world: World) -> None:
    library = world.open_library()
    library.tagging.tag(world.ids("title:harbour"), ["quay", "storm"], [])
    library.tagging.tag(world.ids("tram"), ["quarrel"], [])
    library.close()
    async with world.screen() as desk:
        await desk.press("t")
        assert desk.shows("#quay #storm")
        assert desk.shows("Tab: +quarrel")
        await desk.type("-q")
        assert desk.shows("Tab: -quay")
        await desk.press("tab")
        await desk.press("enter")
        assert desk.status == "tagged 1 -quay · u undoes"
        assert world.ids("tag:quay") == []


async def test_tags_that_change_nothing_and_tags_that_cannot_be(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t")
        await desk.type("-nowhere")
        await desk.press("enter")
        assert desk.status == "-nowhere: nothing to change"
        await desk.press("t", "tab", "tab", "down", "enter")
        assert desk.place() is Place.LIST
        await desk.press("t")
        await desk.type("+bad,name:(")
        await desk.press("enter")
        assert desk.place() is Place.TAGS
        assert desk.main.tag_editor.text == "+bad,name:("
        assert "cannot be a tag" in desk.text()
        await desk.press("escape", "t")
        await desk.type("+war")
        await desk.press("escape")
        assert world.ids("is:tagged") == []


async def test_a_mistake_in_a_tag_is_put_right_in_the_line(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t", *'+war/black "x', "enter", "backspace", "backspace", *"x f")
        assert desk.main.tag_editor.text == "+war/black x f"
        assert not desk.shows("cannot be a tag")
        assert world.ids("is:tagged") == []
        await desk.press("enter")
        assert desk.place() is Place.LIST
        assert desk.status == "tagged 1 +war/black +x +f · u undoes"
        assert world.ids("is:starred") == []


async def test_keys_behind_a_tag_line_count_once_it_is_closed(world: World) -> None:
    async with world.screen() as desk:
        for key in ("t", *"sea", "enter", "enter", "f"):
            desk.app.post_message(Key(key, key if len(key) == 1 else None))
        await desk.settle()
        assert len(world.ids("tag:sea is:starred")) == 1
        assert desk.place() is Place.ARTICLE


async def test_escape_behind_a_tag_line_drops_what_was_typed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t", *"sea")
        desk.main.sorting_out.accept()
        desk.main.sorting_out.accept()
        desk.main.take_key(Key("f", "f"))
        desk.main.take_key(Key("escape", None))
        await desk.press("t")
        assert desk.place() is Place.TAGS
        assert world.ids("is:starred") == []
        assert not desk.main.holds_keys


async def test_a_mistake_in_a_query_is_no_fault(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("colon", *"tag +moon -- (bad", "enter")
        assert desk.main.status.is_error
        assert "bracket" in desk.status
        assert not desk.app._notifications
        desk.main.complain(IndexBusyError(world.folder))
        assert not desk.app._notifications


async def test_the_tag_line_opens_where_one_reads_and_returns_there(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("enter", "t")
        await desk.type("sea")
        await desk.press("enter")
        assert desk.place() is Place.ARTICLE
        assert len(world.ids("tag:sea")) == 1


async def test_words_that_become_several_tags_are_told_as_they_are_typed(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t")
        await desk.type("to read")
        await desk.settle()
        assert desk.shows("2 tags: to, read · to-read would be one")


async def test_a_click_elsewhere_gives_the_tag_line_up(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("t")
        await desk.type("+war")
        await desk.pilot.click("#rows", offset=(5, 4))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert not desk.main.tag_editor.is_open
        assert world.ids("is:tagged") == []


@pytest.mark.parametrize(
    ("key", "query", "first", "second"),
    [
        ("m", "is:read", "marked 1 read · u undoes", "marked 1 unread · u undoes"),
        ("f", "is:starred", "starred 1 · u undoes", "unstarred 1 · u undoes"),
        (
            "a",
            "is:archived",
            "archived 1 · read too · u undoes",
            "brought 1 back from the archive · u undoes",
        ),
    ],
)
async def test_marks_go_on_and_off(
    world: World, key: str, query: str, first: str, second: str
) -> None:
    async with world.screen() as desk:
        await desk.press(key)
        assert desk.status == first
        assert len(world.ids(query)) == 1
        await desk.press(key)
        assert desk.status == second
        assert world.ids(query) == []


async def test_a_whole_list_is_marked_read_and_back(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("slash", *"drone", "enter", "A")
        assert desk.status == "marked 2 read · u undoes"
        assert len(world.ids("is:read")) == 2
        assert "2 of 6 articles" in desk.lines()[0]
        await desk.press("A")
        assert desk.status == "all of them are read already"
        await desk.press("u")
        assert world.ids("is:read") == []


async def test_links(world: World) -> None:
    async with world.screen() as desk:
        await desk.press("o")
        assert world.browser.opened == ["https://news.example/harbour?id=1"]
        assert desk.status == "opening news.example/harbour?id=1"
        assert world.ids("is:read") == []
        await desk.press("y")
        assert desk.app.clipboard == "https://news.example/harbour?id=1"
        world.browser.works = False
        await desk.press("o")
        assert desk.status.startswith("there is no browser")
        await desk.press("G", "o")
        assert desk.status == "this article has no link"
        assert len(world.browser.opened) == 2


async def test_a_browser_in_the_terminal_gets_the_terminal(world: World) -> None:
    world.browser.needs_terminal = True
    async with world.screen() as desk:
        await desk.press("o")
        # No terminal stands behind this screen: that is said, and nothing falls.
        assert desk.main.status.is_error
        await desk.press("j")
        assert desk.app.is_running


async def test_a_citation_is_clean_text(world: World) -> None:
    world.add(
        draft("Bad \x1b]52;c;aGk=\x07 title", "Text.", day=9, url="javascript:alert(1)"),
    )
    async with world.screen() as desk:
        await desk.press("Y")
        assert "\x1b" not in desk.app.clipboard
        assert "title" in desk.app.clipboard
        await desk.press("o", "j", "Y")
        assert world.browser.opened == []
        assert desk.app.clipboard == (
            "Nora Field, “Harbour reopens after the storm”, Northgate Courier, "
            "Friday, 8 March 2024, https://news.example/harbour?id=1"
        )
        await desk.press("G", "Y")
        assert desk.app.clipboard == f"[{DRAFTS[-1].title}]"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "--help",
        "https://a.example/ b",
        "https://a.example/\x1b[2J",
        "https://[bad",
        "https://a.example/" + "x" * 5000,
    ],
)
def test_what_no_browser_gets(url: str) -> None:
    assert safe_url(url) == ""


def test_what_a_browser_gets() -> None:
    assert safe_url(" http://a.example/x?y=1#z ") == "http://a.example/x?y=1#z"


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("", TagEdit()),
        ("+a -b c", TagEdit(("a", "c"), ("b",))),
        ("+a -a", TagEdit((), ("a",))),
        ("-a a", TagEdit(("a",), ())),
        ("+ - --x", TagEdit((), ("x",))),
    ],
)
def test_what_a_tag_line_asks_for(text: str, edit: TagEdit) -> None:
    assert parse_tags(text) == edit
    assert bool(edit) is bool(edit.add or edit.remove)


def test_completing_a_word() -> None:
    assert last_word("+a -b") == ("-", "b")
    assert last_word("+a wor") == ("", "wor")
    assert last_word("+a ") == ("", "")
    assert complete("+a wor", "world") == "+a +world "
    assert complete("-b", "ball") == "-ball "
    assert matching(("Ball", "cat"), "b") == ("Ball",)
