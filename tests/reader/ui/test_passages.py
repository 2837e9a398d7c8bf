"""Finding places in the article that is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from reader.config import ReadingSettings
from reader.model import Span
from reader.ui.actions import Place
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.samples import Stage, clock, make_article
from tests.reader.ui.world import World, draft

PARTS = ("First part", "Second part", "Third part")


def headed() -> tuple[str, tuple[Span, ...]]:
    """A text of three parts, each under a heading."""
    text = "\n\n".join(
        "\n\n".join((part, *(f"Line {n} of the {part.lower()} about a drone." for n in range(8))))
        for part in PARTS
    )
    return text, tuple(Span(text.index(part), text.index(part) + len(part)) for part in PARTS)


@pytest.fixture
def library(tmp_path: Path) -> World:
    text, headings = headed()
    world = World(tmp_path / "library")
    world.add(
        draft("Short", "Nothing to see.", day=1),
        draft("Parts of a whole", text, day=2, headings=headings),
    )
    return world


async def test_words_are_marked_while_they_are_typed(library: World) -> None:
    async with library.screen(110, 20) as desk:
        await desk.press("ctrl+f")
        assert desk.place() is Place.COMMAND
        await desk.type("second part about")
        assert "1 of 8" in desk.text()
        assert desk.shows("Line 0 of the second part")
        await desk.press("escape")
        assert desk.main.article.anchor == 0
        assert not desk.main.article.sought
        await desk.press("g", "slash")
        await desk.type("no such thing")
        assert "not in this article" in desk.text()
        await desk.press("enter")
        assert desk.status == "not in this article"
        assert not desk.main.article.sought


async def test_what_was_found_is_gone_through_and_esc_ends_it(library: World) -> None:
    async with library.screen(60, 20) as desk:
        # One pane: the article comes to the front.
        await desk.press("ctrl+f")
        await desk.type("DRONE")
        await desk.press("enter")
        assert desk.place() is Place.ARTICLE
        assert desk.status == "1 of 24"
        await desk.press("]", "]")
        assert desk.status == "3 of 24"
        await desk.press("[", "[", "[")
        assert desk.status == "24 of 24"
        await desk.press("f")
        assert desk.main.article.hit_place == (24, 24)
        await desk.press("escape")
        assert not desk.main.article.sought
        assert desk.place() is Place.ARTICLE
        await desk.press("]")
        assert desk.status == "no search hit in this article"
        await desk.press_line("find second")
        await desk.settle()
        await desk.press("escape", "escape", "j", "enter")
        assert desk.title == "Short"
        await desk.press(">")
        assert desk.status == "no headings in this article"


async def test_paragraphs_and_headings(library: World) -> None:
    async with library.screen(60, 14) as desk:
        await desk.press("enter", ")")
        assert desk.lines()[1].strip(" ▂▄▆▇█▁▃▅") == "First part"
        await desk.press(")", ")", "(")
        assert desk.lines()[1].strip(" ▂▄▆▇█▁▃▅") == "Line 0 of the first part about a drone."
        await desk.press(">")
        assert desk.lines()[2].strip(" ▂▄▆▇█▁▃▅") == "Second part"
        await desk.press(">", ">")
        assert desk.status == "no heading further down"
        await desk.press("<", "<", "<")
        assert desk.status == "no heading further up"
        await desk.press("g", "g", "(")
        assert desk.status == "this is the top of the article"
        await desk.press("G", ")")
        assert desk.status == "this is the end of the article"


async def test_a_key_costs_what_is_in_view() -> None:
    view = ArticleView(clock=clock)
    text = "\n\n".join("e and so on, as the harbour told the sea. " * 10 for _ in range(70))
    view.show(replace(make_article(), text=text), (), (), ())
    async with Stage(view).run_test(size=(100, 30)):
        assert view.find("e") == 1000
        assert view.has_more_hits
        began, rounds = process_time(), 20
        for _ in range(rounds):
            view.find("e")
            view.go_to_hit_from(0)
            for y in range(28):
                view.render_line(y)
        # Eight milliseconds are the aim; a loaded machine that counts coverage is slower.
        assert (process_time() - began) / rounds < 0.04


async def test_the_look_of_a_text_changes_where_it_stands() -> None:
    view = ArticleView(clock=clock)
    view.show(make_article(30), (), (), ())
    async with Stage(view).run_test(size=(60, 20)) as pilot:
        view.half(1)
        await pilot.pause()
        anchor, height = view.anchor, view.virtual_size.height
        view.set_look(ReadingSettings(line_spacing=1, paragraph_spacing=2))
        await pilot.pause()
        assert view.virtual_size.height > 1.7 * height
        assert view.anchor == anchor
        view.set_look(ReadingSettings(paragraph_spacing=0))
        await pilot.pause()
        assert view.virtual_size.height < height
        assert view.anchor == anchor
