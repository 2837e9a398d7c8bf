"""Nothing a terminal would obey passes the last filter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import ControlType, Segment
from rich.style import Style
from textual.color import Color
from textual.widgets import Static

from reader.ui.safety import NOTHING, SafeFilter, shown, shown_line
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.row_list import RowList
from tests.reader.ui.samples import (
    BAD,
    Rows,
    Stage,
    clock,
    make_article,
    mentions_in,
    screen_text,
    spans_of,
)

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]")
BLACK = Color(0, 0, 0)
texts = st.text(st.one_of(st.characters(codec=None), st.sampled_from(BAD + "\n\ufe0f\U0001f3fd")))


@given(st.lists(texts))
@settings(max_examples=100)
def test_no_segment_keeps_a_control(parts: list[str]) -> None:
    segments = SafeFilter().apply([Segment(part, Style(bold=True)) for part in parts], BLACK)
    assert not any(CONTROLS.search(segment.text) for segment in segments)
    assert all(segment.style == Style(bold=True) for segment in segments)


def test_a_harmless_segment_is_not_copied() -> None:
    segment = Segment("plain", None, [(ControlType.BELL,)])
    assert SafeFilter().apply([segment], BLACK)[0] is segment


def test_filters_are_alike() -> None:
    assert SafeFilter() == SafeFilter()
    assert len({SafeFilter(), SafeFilter()}) == 1
    assert SafeFilter() != "a filter"


@given(texts)
@settings(max_examples=200)
def test_what_is_shown_keeps_every_offset(text: str) -> None:
    drawn = shown(text)
    assert len(drawn) == len(text)
    assert not CONTROLS.search(drawn.replace("\n", ""))
    assert [n for n, c in enumerate(drawn) if c == "\n"] == [
        n for n, c in enumerate(text) if c == "\n"
    ]


@given(texts)
@settings(max_examples=200)
def test_one_row_keeps_every_offset(text: str) -> None:
    drawn = shown_line(text)
    assert len(drawn) == len(text)
    assert not CONTROLS.search(drawn)
    assert not re.search("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]", drawn)


@pytest.mark.parametrize(
    ("text", "drawn"),
    [("plain", "plain"), ("a\tb", "a b"), ("a\x1bb", f"a{NOTHING}b"), ("a\u202eb", f"a{NOTHING}b")],
)
def test_unsafe_characters_take_no_room(text: str, drawn: str) -> None:
    assert shown(text) == drawn
    assert cell_len(NOTHING) == 0


async def test_any_widget_is_safe_behind_the_filter() -> None:
    app = Stage(Static(BAD, markup=False), safe=True)
    async with app.run_test(size=(60, 5)):
        assert not CONTROLS.search("".join(screen_text(app)))


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-dark"])
async def test_no_colour_is_none_and_meaning_survives(
    theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    text = make_article().text
    view, listing = ArticleView(clock=clock), RowList(clock=clock)
    view.show(make_article(), mentions_in(text), [], spans_of("bridge", text))
    listing.set_source(Rows(3), 1)
    app = Stage(listing, view, theme=theme, safe=True)
    async with app.run_test(size=(120, 10)) as pilot:
        listing.focus()
        await pilot.pause()
        segments = [
            segment for strip in app.screen._compositor.render_strips() for segment in strip
        ]
        assert {
            colour.is_default
            for segment in segments
            if segment.style
            for colour in (segment.style.color, segment.style.bgcolor)
            if colour
        } == {True}
        looks = {segment.text: str(segment.style) for segment in segments}
        assert "reverse" in looks["bridge"]
        assert "reverse" in looks["Title 1"]
        assert "underline" in looks["Jan Novak"]
