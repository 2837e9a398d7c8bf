"""A long article is laid out in a thread, and looks like any other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from textual.pilot import Pilot

from reader.config import ReadingSettings
from reader.kept import Colour
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.typesetting import LONG, Laid, Setting, Typesetter
from tests.reader.ui.samples import SENTENCES, Stage, clock, make_article, make_row, screen_text

ARTICLE = make_article(LONG // len(SENTENCES[0]))


async def settled(pilot: Pilot[None], view: ArticleView) -> None:
    """Wait until what has been begun is shown."""
    await pilot.pause()
    await view.workers.wait_for_complete()
    await pilot.pause()


async def test_a_long_article_looks_as_if_it_had_been_laid_out_at_once() -> None:
    view, plain = ArticleView(clock=clock), ArticleView(clock=clock)
    app = Stage(view, plain)
    async with app.run_test(size=(120, 20)) as pilot:
        plain.show(ARTICLE, (), (), (), 5000)
        view.show(ARTICLE, (), (), (), 5000, laid=await view.prepare(ARTICLE))
        await settled(pilot, view)
        assert [view.render_line(y).text for y in range(20)] == [
            plain.render_line(y).text for y in range(20)
        ]
        top, before = view.anchor, view.render_line(0).text.strip()
        await pilot.resize_terminal(80, 12)
        await settled(pilot, view)
        after = view.render_line(0).text.strip()
        assert view.anchor == top
        assert before.startswith(after)
        assert len(after) < len(before)


async def test_what_changes_in_a_long_article_is_laid_out_beside_the_keys() -> None:
    view = ArticleView(clock=clock)
    view.colour_of = lambda _tag: Colour.RED
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        view.show(ARTICLE, (), (), (), laid=await view.prepare(ARTICLE))
        await settled(pilot, view)
        assert view.find("lane") > 100
        view.update_row(make_row(tags=("war",), starred=True))
        assert "#war" not in "".join(screen_text(app))
        # Another width before the first change is there: both are in the end.
        view.set_look(ReadingSettings(measure=40))
        await settled(pilot, view)
        seen = screen_text(app)
        assert "#war" in "".join(seen)
        assert max(len(line.strip()) for line in seen) < 50
        assert view.sought == "lane"
        assert view.next_hit(1)


async def test_what_was_prepared_in_another_look_gets_the_one_of_now() -> None:
    view, plain = ArticleView(clock=clock), ArticleView(clock=clock)
    article = replace(ARTICLE, row=make_row(tags=("war",)))
    async with Stage(view, plain).run_test(size=(120, 20)) as pilot:
        laid = await view.prepare(article)
        for one in (view, plain):
            one.colour_of = lambda _tag: Colour.RED
            one.set_look(ReadingSettings(line_spacing=1))
        plain.show(article, (), (), ())
        view.show(article, (), (), (), laid=laid)
        await settled(pilot, view)
        assert [view.render_line(y) for y in range(20)] == [plain.render_line(y) for y in range(20)]


async def test_what_came_too_late_is_not_shown() -> None:
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        view.show(ARTICLE, (), (), (), laid=await view.prepare(ARTICLE))
        view.update_row(make_row(tags=("war",)))
        view.show(replace(make_article(2), row=make_row(2)), (), (), ())
        await settled(pilot, view)
        assert "Title 2" in "".join(screen_text(app))
        assert "#war" not in "".join(screen_text(app))
        view.show(ARTICLE, (), (), (), laid=await view.prepare(ARTICLE))
        view.update_row(make_row(tags=("war",)))
        view.show_message("nothing")
        await settled(pilot, view)
        assert [line.strip() for line in screen_text(app) if line.strip()] == ["nothing"]


async def test_a_short_one_is_not_prepared() -> None:
    view = ArticleView(clock=clock)
    assert await view.prepare(make_article(3)) is None
    laid: list[Laid | None] = []

    async def ahead() -> None:
        laid.append(await view.prepare(ARTICLE))

    # The loop goes on meanwhile.
    task = asyncio.create_task(ahead())
    await asyncio.sleep(0)
    assert not laid
    await task
    assert laid[0] is not None
    assert laid[0].folded is not None


async def test_what_waits_when_the_program_ends_is_not_laid_out() -> None:
    typesetter = Typesetter()
    setting = Setting(ARTICLE, clock(), "", (), (), ReadingSettings(), {}, 80)
    waiting = [asyncio.create_task(typesetter.lay_out(setting)) for _ in range(20)]
    await asyncio.sleep(0)
    typesetter.close()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(results[-1], asyncio.CancelledError)
