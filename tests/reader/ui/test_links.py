"""Addresses as they are shown, and the letters that lead to them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Attachment, Markup, MarkupKind
from reader.ui.actions import Place
from reader.ui.links import (
    LETTERS,
    letters_for,
    safe_url,
    shown_address,
    shown_host,
    shown_whole,
)
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.samples import BAD, Stage, clock, make_article, screen_text
from tests.reader.ui.test_safety import CONTROLS
from tests.reader.ui.world import World, draft

RIVER = "https://river.example/letters/2024/first?id=1"
BANK = "http://bank.example@evil.example/a"


@pytest.mark.parametrize(
    ("url", "host", "address", "whole"),
    [
        (RIVER, "river.example", "river.example/…/first", "river.example/letters/2024/first?id=1"),
        (BANK, "evil.example", "evil.example/a", "evil.example/a"),
        ("https://аpple.example/", "xn--pple-43d.example", "xn--pple-43d.example",
         "xn--pple-43d.example/"),
        ("https://u:secret@a.example:8080/x", "a.example", "a.example:8080/x",
         "a.example:8080/x"),
        ("https://a.example:port/x", "a.example", "a.example/x", "a.example/x"),
        ("http://[::1", "", "http://[::1", "http://[::1"),
        ("no address", "", "no address", "no address"),
    ],
)  # fmt: skip
def test_addresses_as_they_are_shown(url: str, host: str, address: str, whole: str) -> None:
    assert shown_host(url) == host
    assert shown_address(url) == address
    assert shown_whole(url) == whole


@given(st.text(max_size=60).map(lambda tail: f"https://a.example/{tail}") | st.text(max_size=40))
def test_no_address_is_shown_as_more_than_one_harmless_line(url: str) -> None:
    for shown in (shown_host(url), shown_address(url), shown_whole(url)):
        assert not CONTROLS.search(shown)
        assert "\n" not in shown


@given(st.integers(0, 800))
def test_letters_are_one_of_a_kind_and_no_beginning_of_each_other(number: int) -> None:
    letters = letters_for(number)
    assert len(letters) == len(set(letters)) == min(number, len(LETTERS) ** 2)
    assert len({len(one) for one in letters}) <= 1


def linked(*targets: str, wide: bool = False) -> tuple[str, tuple[Markup, ...]]:
    """A text of one-letter links with their targets."""
    word = "語" if wide else "x"
    text = " ".join(word for _ in targets)
    marks = [Markup(2 * n, 2 * n + 1, MarkupKind.LINK, target) for n, target in enumerate(targets)]
    return text, tuple(marks)


@pytest.fixture
def linking(tmp_path: Path) -> World:
    """A library of one article with links, one of which leads nowhere."""
    text = "Read the letters of the river, or run away, or stay."
    places = (("the letters", RIVER), ("run away", "javascript:alert(1)"), ("stay", BANK))
    marks = [
        Markup(text.index(word), text.index(word) + len(word), MarkupKind.LINK, target)
        for word, target in places
    ]
    far = "\n\n".join(["Further down."] * 40)
    attached = (Attachment("https://media.example/talk.mp3", "audio/mpeg"),)
    world = World(tmp_path / "library")
    world.add(
        draft("Without a link", far, day=1),
        draft("Links", f"{text}\n\n{far}", day=2, markup=tuple(marks), attachments=attached),
    )
    return world


async def test_letters_open_a_link(linking: World) -> None:
    async with linking.screen() as desk:
        await desk.press("semicolon")
        assert desk.place() is Place.LETTERS
        assert desk.shows("Read ahe letters")
        assert len(desk.main.article.links_in_view()) == 2
        assert desk.shows("run away")
        assert desk.shows("a–z open")
        await desk.press("a")
        assert linking.browser.opened == [RIVER]
        assert desk.status == "opening river.example/letters/2024/first?id=1"
        assert desk.place() is Place.LIST
        assert desk.shows("Read the letters")
        await desk.press("enter", "semicolon", "s")
        assert linking.browser.opened[1:] == [BANK]
        assert desk.status == "opening evil.example/a"
        assert desk.place() is Place.ARTICLE


async def test_without_links_that_is_said_and_the_footer_does_not_speak_of_them(
    linking: World,
) -> None:
    async with linking.screen(100, 24) as desk:
        await desk.press("enter")
        assert "; links" in desk.lines()[-1]
        await desk.press("J")
        assert "; links" not in desk.lines()[-1]
        await desk.press("semicolon")
        assert desk.status == "no links in this article"


async def test_capitals_copy_a_link(linking: World) -> None:
    async with linking.screen() as desk:
        await desk.press("enter", "semicolon", "A")
        assert desk.app.clipboard == RIVER
        assert desk.status == f"copied {RIVER}"
        assert linking.browser.opened == []


async def test_esc_other_letters_and_a_click_take_the_letters_away(linking: World) -> None:
    async with linking.screen() as desk:
        await desk.press("enter", "semicolon", "escape")
        assert desk.place() is Place.ARTICLE
        assert not desk.main.article.has_letters
        await desk.press("semicolon", "q")
        assert desk.status == "nothing has the letters q"
        assert desk.place() is Place.ARTICLE
        await desk.press("semicolon", "down")
        assert desk.place() is Place.LETTERS
        await desk.pilot.click("#rows", offset=(5, 3))
        await desk.settle()
        assert desk.place() is Place.LIST
        assert not desk.main.article.has_letters
        assert linking.browser.opened == []


async def test_attachments_and_what_is_out_of_view(linking: World) -> None:
    async with linking.screen(height=20) as desk:
        await desk.press("enter", "pagedown", "semicolon")
        assert desk.status == "no links in view, but further up or down"
        await desk.press("G", "semicolon", "a")
        assert linking.browser.opened == ["https://media.example/talk.mp3"]
        await desk.press("escape", "j", "semicolon")
        assert desk.status == "no links in this article"


async def test_where_one_pane_fits_the_article_comes_first(linking: World) -> None:
    async with linking.screen(60) as desk:
        await desk.press("semicolon")
        assert desk.place() is Place.LETTERS
        assert desk.shows("Read ahe letters")
        await desk.press("escape")
        assert desk.place() is Place.ARTICLE


async def test_an_article_that_changes_takes_its_letters_away(linking: World) -> None:
    async with linking.screen() as desk:
        await desk.press("enter", "semicolon")
        desk.main.article.show(make_article(), [], [], [])
        await desk.press("a")
        assert linking.browser.opened == []
        assert desk.place() is Place.ARTICLE


@pytest.mark.parametrize("wide", [False, True])
async def test_many_links_have_two_letters_each_and_every_one_is_reached(*, wide: bool) -> None:
    targets = [f"https://river.example/{n}" for n in range(40)]
    text, markup = linked(*targets, wide=wide)
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.show(replace(make_article(), text=text, markup=markup), [], [], [])
        links = view.links_in_view()
        letters = letters_for(len(links))
        before = [len(line) for line in screen_text(app)]
        view.show_letters({link.start: one for link, one in zip(links, letters, strict=True)})
        await pilot.pause()
        shown = "".join(screen_text(app))
        assert [one for one in letters if one in shown] == list(letters)
        assert before == [len(line) for line in screen_text(app)] or wide


async def test_hostile_links_are_drawn_harmlessly_and_never_followed() -> None:
    text, markup = linked(
        BAD, "http://a b", f"https://a.example/{BAD}", "file:///etc/passwd", RIVER
    )
    hostile = tuple(replace(mark, end=10**6) for mark in markup[:2])
    view = ArticleView(clock=clock)
    app = Stage(view, safe=True)
    async with app.run_test(size=(60, 20)):
        attached = (Attachment(BAD, BAD), Attachment("https://[::1", BAD))
        view.show(
            make_article(text=text, markup=(*markup, *hostile), attachments=attached), [], [], []
        )
        assert [link.target for link in view.links_in_view()] == [RIVER]
        assert not CONTROLS.search("".join(screen_text(app)))
        assert all(safe_url(link.target) for link in view.links_in_view())
