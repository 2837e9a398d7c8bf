"""Highlights and what is being selected, in the reading view."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from textual.strip import Strip

from reader.kept import Anchor, Note, NoteId
from reader.model import ArticleId, PlacedNote, Span
from reader.ui.quoting import Passages, Quote
from reader.ui.widgets.article_view import ArticleView
from tests.reader.ui.samples import (
    NOW,
    Stage,
    clock,
    make_article,
    mentions_in,
    painted,
    screen_text,
    spans_of,
)

HEAD = 4
"""Lines above the text of the sample article: a margin, title, origin, a margin."""


def placed(number: int, span: Span | None, quote: str, words: str = "") -> PlacedNote:
    anchor = Anchor(span.start if span else 0, span.end if span else 0, quote)
    return PlacedNote(Note(NoteId(number), ArticleId(1), anchor, words, NOW, NOW), span)


def make_view(notes: Sequence[PlacedNote], paragraphs: int = 3) -> ArticleView:
    view = ArticleView(clock=clock)
    article = make_article(paragraphs)
    view.show(article, mentions_in(article.text), [], [], notes=notes)
    return view


def current(view: ArticleView) -> PlacedNote | None:
    return view.current_note


def place_of(view: ArticleView) -> int | None:
    return view.place_in_view


def quote_of(view: ArticleView) -> Quote | None:
    return view.quote


TEXT = make_article(3).text
COST = Span(TEXT.index("the work had cost"), TEXT.index(" less than"))
LANE = Span(TEXT.index("second lane"), TEXT.index("second lane") + 11)
NOTES = (
    placed(1, COST, "the work had cost", "how much?"),
    placed(2, LANE, "second lane"),
    placed(3, Span(0, 0), "", "read again\nin May"),
    placed(4, None, "gone"),
)


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark"])
async def test_highlights_are_seen_in_the_text_and_notes_in_the_margin(theme: str) -> None:
    view = make_view(NOTES)
    app = Stage(view, theme=theme)
    async with app.run_test(size=(80, 24)):
        lines = screen_text(app)
        assert [line.strip() for line in lines[4:6]] == ["* read again", "in May"]
        cost = next(n for n, line in enumerate(lines) if "work had cost" in line)
        lane = next(n for n, line in enumerate(lines) if "second lane" in line)
        assert lines[cost].startswith("* The River Board")
        assert not lines[lane].startswith("*")
        plain, soft = painted(view, cost, " less than"), painted(view, cost, "the work had cost")
        assert plain != soft
        assert ("underline" in soft) is (theme == "ansi-dark")
        view.next_highlight(1)
        assert painted(view, cost, "the work had cost") not in (plain, soft)


async def test_highlights_are_visited_and_may_change() -> None:
    view = make_view(NOTES)
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        assert current(view) is None
        seen: list[PlacedNote | None] = []
        for _ in range(3):
            assert view.next_highlight(1)
            seen.append(current(view))
        assert seen == [NOTES[0], NOTES[1], NOTES[0]]
        changed = placed(1, COST, "the work had cost", "dear")
        view.update_notes([changed, NOTES[1]])
        assert current(view) == changed
        await pilot.pause()
        # The note on the whole article is gone from under the title.
        assert screen_text(app)[HEAD].strip().startswith("Jan Novak")
        view.update_notes([NOTES[1]])
        assert current(view) is None
        view.update_notes([])
        assert not view.next_highlight(-1)


async def test_a_click_goes_to_a_highlight() -> None:
    view = make_view(NOTES)
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        lines = screen_text(app)
        y = next(n for n, line in enumerate(lines) if "second lane" in line)
        await pilot.click(offset=(lines[y].index("second lane") + 2, y))
        assert current(view) == NOTES[1]


async def test_what_is_selected_is_drawn_and_kept_in_view() -> None:
    view = make_view((), 60)
    app = Stage(view, theme="ansi-dark")
    text = make_article(60).text
    async with app.run_test(size=(60, 12)) as pilot:
        before = [line.text for line in map(view.render_line, range(12))]
        view.set_quote(Quote(0, 9))
        assert "reverse" in painted(view, HEAD, "Jan Novak")
        assert "reverse" not in painted(view, HEAD, " opened")
        assert [line.text for line in map(view.render_line, range(12))] == before
        passages = Passages(text)
        quote = passages.over(0)
        assert quote is not None
        for _ in range(20):
            quote = passages.by_sentence(quote, 1)
            view.set_quote(quote)
        await pilot.pause()
        assert 0 < view.scroll_offset.y < view.max_scroll_y
        ends = [y for y in range(12) if "reverse" in str([s.style for s in view.render_line(y)])]
        assert ends
        view.set_quote(quote.exchanged())
        assert view.scroll_offset.y <= HEAD
        # Another text of it, another article: nothing is selected any more.
        view.show(make_article(60), [], [], [])
        assert quote_of(view) is not None
        view.show(make_article(3), [], [], [])
        assert quote_of(view) is None


async def test_selecting_begins_where_the_reader_is() -> None:
    view = make_view(NOTES, 60)
    text = make_article(60).text
    async with Stage(view).run_test(size=(60, 12)):
        assert view.stretch_in_view.start == 0
        assert place_of(view) is None
        view.next_mention(1)
        assert place_of(view) == mentions_in(text)[0].start
        view.end()
        seen = view.stretch_in_view
        assert seen.start > 1000
        assert seen.end == len(text)
        assert place_of(view) is None


async def test_two_hundred_highlights_cost_little() -> None:
    text = make_article(600).text
    spans = [*spans_of("the bridge", text), *spans_of("second lane", text)][:200]
    notes = [placed(n, span, "x", "x" * (n % 2)) for n, span in enumerate(spans)]
    view = make_view(notes, 600)
    passages = Passages(text)
    async with Stage(view).run_test(size=(80, 24)) as pilot:

        def press(number: int) -> None:
            view.next_highlight(1)
            quote = passages.over(view.stretch_in_view.start + number)
            view.set_quote(quote)
            for y in range(view.size.height):
                view.render_line(y)

        press(0)
        taken = []
        for number in range(40):
            began = time.process_time()
            press(number)
            taken.append(time.process_time() - began)
        await pilot.pause()
        # Under coverage and load; without either it is 2 ms.
        assert sorted(taken)[len(taken) // 2] < 0.02


class Counting(ArticleView):
    """Counts the lines that it draws."""

    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return super().render_line(y)


async def test_only_lines_that_change_are_drawn_anew() -> None:
    view = Counting(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        article = make_article(40)
        view.show(article, (), (), (), notes=NOTES)
        passages = Passages(article.text)
        quote = passages.over(0)
        assert quote is not None
        grown = passages.by_sentence(quote, 1)
        await pilot.pause()
        before = app.screen._compositor.render_strips()
        deeds: list[Callable[[], object]] = [
            lambda: view.next_highlight(1),
            lambda: view.next_highlight(1),
            lambda: view.set_quote(quote),
            lambda: view.set_quote(grown),
            lambda: view.set_quote(None),
        ]
        for deed in deeds:
            view.drawn = 0
            deed()
            await pilot.pause()
            # Two sentences, and the empty line between them.
            assert 0 < view.drawn <= 3
        assert app.screen._compositor.render_strips() == before
