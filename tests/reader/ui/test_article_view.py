"""The reading view, driven as a person drives it."""

from __future__ import annotations

import time

import pytest
from textual.pilot import Pilot

from reader.config import ReadingSettings
from reader.model import EntityId, EntityKind, Mention, Span
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.samples import (
    BAD,
    Stage,
    clock,
    make_article,
    make_row,
    mentions_in,
    painted,
    screen_text,
    spans_of,
)
from tests.reader.ui.test_safety import CONTROLS

HEAD = 4
"""Lines above the text of the sample article: a margin, title, origin, a margin."""


def make_view(paragraphs: int = 3, position: int = 0, hit: str = "bridge") -> ArticleView:
    view = ArticleView(clock=clock)
    article = make_article(paragraphs)
    hits = spans_of(hit, article.text)
    view.show(article, mentions_in(article.text), [Span(0, 5)], hits, position)
    return view


def clicked(app: Stage) -> list[int]:
    return [m.entity_id for m in app.posted if isinstance(m, ArticleView.EntityClicked)]


def top(app: Stage) -> str:
    return screen_text(app)[0].strip()


async def test_an_article_is_set_at_a_readable_measure() -> None:
    app = Stage(make_view())
    async with app.run_test(size=(120, 20)) as pilot:
        lines = screen_text(app)
        left = len(lines[1]) - len(lines[1].lstrip())
        assert left == (119 - 76) // 2
        assert max(len(line.rstrip()) for line in lines) <= left + 76
        app.query_one(ArticleView).set_look(ReadingSettings(measure=40))
        await pilot.pause()
        lines = screen_text(app)
        assert len(lines[1]) - len(lines[1].lstrip()) == (119 - 40) // 2
        assert max(len(line.rstrip()) for line in lines) <= (119 - 40) // 2 + 40


async def test_looks_of_the_text() -> None:
    view = make_view()
    app = Stage(view)
    async with app.run_test(size=(80, 20)):
        person, place = painted(view, HEAD, "Jan Novak"), painted(view, HEAD, "Elbe")
        plain, hit = painted(view, HEAD, "opened"), painted(view, HEAD, "bridge")
        assert "underline" in person
        assert "italic" in place
        assert len({person, place, plain, hit}) == 4
        assert "bold" in painted(view, 1, "Title")
        assert painted(view, 1, "Title") != painted(view, 1, "1")


async def test_kinds_and_hits_differ_without_colour() -> None:
    view = make_view(hit="Jan")
    app = Stage(view, theme="ansi-dark")
    async with app.run_test(size=(80, 20)) as pilot:
        kinds = [(HEAD, "Elbe"), (HEAD, "Monday"), (HEAD + 2, "River Board"), (HEAD, " Novak")]
        flags = ("underline", "italic", "bold", "reverse")
        looks = [tuple(flag in painted(view, y, text) for flag in flags) for y, text in kinds]
        assert len(set(looks)) == 4
        hit = painted(view, HEAD, "Jan")
        assert "reverse" in hit
        assert "underline" in hit
        view.next_hit(1)
        view.next_hit(1)
        await pilot.pause()
        assert "bold" in painted(view, HEAD, "Jan")


async def test_pages_lines_and_ends() -> None:
    view = make_view(40)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        assert view.progress == 0
        assert not view.page(-1)
        assert view.page(1)
        assert view.scroll_offset.y == 10
        view.line(1)
        view.half(1)
        assert view.scroll_offset.y == 17
        view.half(-1)
        view.line(-1)
        assert view.page(-1)
        assert view.scroll_offset.y == 0
        view.end()
        assert view.progress == 100
        assert not view.page(1)
        view.home()
        await pilot.pause()
        assert top(app) == ""
        assert view.anchor == 0


async def test_a_short_article_is_read_at_once() -> None:
    view = make_view(1)
    app = Stage(view)
    async with app.run_test(size=(80, 20)):
        assert view.progress == 100
        assert not view.page(1)
        assert view.anchor == 0


async def test_a_position_is_taken_up_and_told() -> None:
    article = make_article(60)
    position = article.text.index("Traders", 900)
    view = make_view(60, position)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        assert top(app).startswith("Traders")
        assert view.anchor == position
        assert app.posted == []
        view.line(2)
        await pilot.pause()
        told = [m.anchor for m in app.posted if isinstance(m, ArticleView.Scrolled)]
        assert told == [view.anchor]
        assert view.anchor > position
        view.show(article, [], [], [], 10**9)
        assert view.progress == 100
        view.show(article, [], [], [])
        assert view.scroll_offset.y == 0


async def test_what_is_read_stays_at_the_top_through_resizes() -> None:
    article = make_article(60)
    position = article.text.index("Traders", 1500)
    view = make_view(60, position)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        for size in ((50, 20), (120, 8), (34, 30), (80, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "Traders" in top(app)
            assert view.anchor == position


async def test_hits_are_visited_in_order_around_the_end() -> None:
    view = make_view(40)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        hits = len(spans_of("bridge", make_article(40).text)) + 1
        seen = []
        for _ in range(hits):
            assert view.next_hit(1)
            await pilot.pause()
            seen.append(current(view))
            assert marked_in_view(view)
        assert seen == sorted(set(seen))
        view.next_hit(1)
        assert current(view) == seen[0]
        view.next_hit(-1)
        assert current(view) == seen[-1]
        view.next_hit(-1)
        assert current(view) == seen[-2]
        view.home()
        view.next_hit(1)
        assert current(view) == seen[0]


def current(view: ArticleView) -> int:
    assert view._marked.current is not None
    return view._marked.current.start


def marked_in_view(view: ArticleView) -> bool:
    styles = (str(s.style) for y in range(view.size.height) for s in view.render_line(y))
    mark = str(view._ink("text", "hit", "current-hit"))
    title = str(view._ink("text", "title", "hit", "current-hit"))
    return any(style.startswith((mark, title)) for style in styles)


async def test_mentions_and_entities() -> None:
    view = make_view(40)
    app = Stage(view)
    text = make_article(40).text
    async with app.run_test(size=(80, 12)):
        body = view._marked.page.body.start
        mentions = mentions_in(text)
        novaks = [m.start + body for m in mentions if m.entity_id == 1]
        assert view.next_mention(1)
        assert current(view) == min(m.start for m in mentions) + body
        assert view.next_mention(-1)
        assert current(view) == max(m.start for m in mentions) + body
        assert view.jump_to_entity(EntityId(1))
        assert current(view) == novaks[0]
        for start in [*novaks[1:], novaks[0]]:
            view.jump_to_entity(EntityId(1))
            assert current(view) == start
        assert not view.jump_to_entity(EntityId(99))


async def test_nothing_to_go_to() -> None:
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(80, 12)):
        assert not view.next_hit(1)
        assert not view.next_mention(-1)
        view.show(make_article(), [], [], [])
        assert not view.next_hit(-1)


async def test_hits_may_change_under_the_reader() -> None:
    view = make_view(40)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        view.next_hit(1)
        text = make_article(40).text
        view.update_hits([], spans_of("lane", text))
        current_hit = view._marked.current
        assert current_hit is None
        assert "bold" in painted(view, 1, "Title 1")
        view.next_mention(1)
        view.update_hits([], [])
        view.update_mentions(mentions_in(text))
        await pilot.pause()
        assert view._marked.current is not None
        assert not view.next_hit(1)
        view.update_mentions(())
        assert view.current_mention is None
        assert not view.next_mention(1)


async def test_tags_may_change_under_the_reader() -> None:
    article = make_article(60)
    position = article.text.index("Traders", 1500)
    view = make_view(60, position)
    app = Stage(view)
    async with app.run_test(size=(80, 12)) as pilot:
        view.next_hit(1)
        place = current(view) - view._marked.page.body.start
        at = top(app)
        view.update_row(make_row(tags=("war",), starred=True))
        await pilot.pause()
        assert top(app) == at
        assert current(view) - view._marked.page.body.start == place
        view.home()
        await pilot.pause()
        assert any("#war" in line for line in screen_text(app))
        view.next_hit(1)
        view.update_row(make_row())
        await pilot.pause()
        assert not any("#war" in line for line in screen_text(app))
        view.show_message("gone")
        view.update_row(make_row(tags=("war",)))
        await pilot.pause()
        assert "war" not in "".join(screen_text(app))


async def test_a_click_on_a_mention_tells_its_entity() -> None:
    view = make_view()
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        column = screen_text(app)[HEAD].index("Elbe")
        await pilot.click(ArticleView, offset=(column, HEAD))
        await pilot.click(ArticleView, offset=(column + 3, HEAD))
        assert clicked(app) == [2, 2]
        assert "reverse" in painted(view, HEAD, "Elbe")
        for offset in ((column - 1, HEAD), (column + 4, HEAD), (0, HEAD), (column, 19), (9, 0)):
            await pilot.click(ArticleView, offset=offset)
        assert clicked(app) == [2, 2]


async def test_a_click_finds_its_mention_behind_wide_characters() -> None:
    text = "日本から Jan Novak が来た"
    view = ArticleView(clock=clock)
    view.show(make_article(text=text), mentions_in(text), [], [])
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        left = view._margin
        await pilot.click(ArticleView, offset=(left + 9, HEAD))
        assert clicked(app) == [1]
        await pilot.click(ArticleView, offset=(left + 8, HEAD))
        assert clicked(app) == [1]


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(ArticleView, offset=start)
    await pilot.hover(ArticleView, offset=end)
    await pilot.mouse_up(ArticleView, offset=end)
    await pilot.pause()


async def test_selecting_copies_the_text_as_it_stands_in_the_article() -> None:
    article = make_article(text="A long paragraph that is wrapped over lines.\n\nThe next one.")
    view = ArticleView(clock=clock)
    view.show(article, [], [], [])
    app = Stage(view)
    async with app.run_test(size=(44, 20)) as pilot:
        left = view._margin
        await drag(pilot, (left, HEAD), (left + 2, HEAD + 3))
        assert app.screen.get_selected_text() == (
            "A long paragraph that is wrapped over lines.\n\nThe"
        )
        assert "on" in painted(view, HEAD + 1, "lines")
        await drag(pilot, (left, HEAD), (left + 5, HEAD))
        assert app.screen.get_selected_text() == "A long"
        view.show(article, [], [], [])
        assert not app.screen.selections


async def test_all_of_an_article_may_be_selected() -> None:
    view = make_view(1)
    app = Stage(view)
    async with app.run_test(size=(60, 20)) as pilot:
        view.text_select_all()
        await pilot.pause()
        text = app.screen.get_selected_text()
        assert text is not None
        assert text.strip().startswith("Title 1\nThe Gazette")
        assert text.endswith("on Monday.")


async def test_a_selection_across_a_mention_is_no_click_and_two_clicks_select_nothing() -> None:
    view = make_view()
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        column = screen_text(app)[HEAD].index("Elbe")
        await drag(pilot, (column - 9, HEAD), (column + 1, HEAD))
        assert clicked(app) == []
        await pilot.double_click(ArticleView, offset=(3, HEAD))
        assert not app.screen.selections


async def test_a_message_stands_in_place_of_an_article() -> None:
    view = make_view(40)
    app = Stage(view)
    async with app.run_test(size=(40, 10)) as pilot:
        view.end()
        view.show_message(f"Nothing to read {BAD}")
        await pilot.pause()
        assert "Nothing to read" in "".join(screen_text(app))
        assert not CONTROLS.search("".join(screen_text(app)))
        assert view.scroll_offset.y == 0
        assert view.anchor == 0
        view.end()
        assert not view.page(1)


async def test_a_change_of_theme_is_drawn() -> None:
    view = make_view()
    app = Stage(view)
    async with app.run_test(size=(80, 20)) as pilot:
        dark = painted(view, HEAD, "Jan Novak")
        app.theme = "textual-light"
        await pilot.pause()
        assert painted(view, HEAD, "Jan Novak") != dark


@pytest.mark.parametrize("size", [(12, 4), (40, 20), (120, 40)])
async def test_a_hostile_article_is_drawn_harmlessly(size: tuple[int, int]) -> None:
    text = f"{BAD} one\n\n{BAD * 3}\n\n" + "x" * 500
    article = make_article(
        text=text, related=(BAD, ""), authors=(BAD,), place=BAD, agency=BAD,
        headings=(Span(0, 9), Span(-3, 10**6)),
        row=make_row(title=BAD, source=BAD, tags=(BAD, ""), title_derived=True),
    )  # fmt: skip
    mentions = [
        Mention(start, end, BAD, EntityKind.ORG, EntityId(7), BAD)
        for start, end in ((0, 8), (5, 3), (-4, 2), (len(text) - 2, len(text) + 40))
    ]
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=size) as pilot:
        view.show(article, mentions, [Span(-1, 999)], [Span(0, 10**6), Span(3, 1)], -5)
        for _ in range(5):
            await pilot.pause()
            assert not CONTROLS.search("".join(screen_text(app)))
            await pilot.click(ArticleView, offset=(3, 2))
            view.next_hit(1)
            view.next_mention(1)
            if not view.page(1):
                break
        view.text_select_all()
        selected = app.screen.get_selected_text()
        assert selected is not None
        assert not CONTROLS.search(selected.replace("\n", "").replace("\t", ""))
        assert app.is_running


async def test_opening_an_article_is_cheap() -> None:
    article = make_article(80)
    mentions = mentions_in(article.text)[:60]
    hits = spans_of("bridge", article.text)
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(100, 30)):
        best = 1e9
        for _ in range(5):
            start = time.process_time()
            view.show(article, mentions, [], hits)
            for y in range(30):
                view.render_line(y)
            best = min(best, time.process_time() - start)
    assert best < 0.05
