"""Dates, counts and the lines of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.model import Entity, EntityCount, EntityId, EntityKind, Precision, Published, Span
from reader.ui.format import (
    WIDE,
    Line,
    Row,
    entity_line,
    fit,
    format_count,
    format_date,
    format_date_long,
    pad,
    pad_left,
    row_height,
    row_lines,
    snippet_pieces,
)
from tests.reader.ui.samples import BAD, NOW, day, make_row
from tests.reader.ui.test_safety import CONTROLS

TOKYO = timezone(timedelta(hours=9))
texts = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from(BAD + "日本👩🏽‍🚒é")), max_size=60
)


def told(line: Line) -> str:
    return "".join(text for text, _ in line)


def at(precision: Precision, *parts: int) -> Published:
    return Published(datetime(*parts, tzinfo=UTC), precision)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(
    ("published", "short", "full"),
    [
        (None, "no date", "no date"),
        (at(Precision.YEAR, 1998, 1, 1), "1998", "1998"),
        (at(Precision.MONTH, 2023, 7, 1), "Jul 2023", "July 2023"),
        (at(Precision.DAY, 2023, 7, 3), "3 Jul 2023", "Monday, 3 July 2023"),
        (at(Precision.DAY, 2026, 11, 22), "today", "Sunday, 22 November 2026"),
        (
            at(Precision.SECOND, 2026, 11, 22, 9, 5, 59),
            "09:05",
            "Sunday, 22 November 2026, 09:05",
        ),
        (
            at(Precision.SECOND, 2026, 11, 21, 9, 5),
            "21 Nov 2026",
            "Saturday, 21 November 2026, 09:05",
        ),
    ],
)
def test_dates_say_what_is_known(published: Published | None, short: str, full: str) -> None:
    assert format_date(published, NOW) == short
    assert format_date_long(published, NOW) == full


def test_only_a_moment_is_told_in_the_zone_of_the_reader() -> None:
    now = NOW.astimezone(TOKYO)
    assert format_date(at(Precision.SECOND, 2026, 11, 21, 16, 0), now) == "01:00"
    assert format_date(at(Precision.DAY, 2023, 7, 23), now) == "23 Jul 2023"


def test_counts() -> None:
    assert format_count(1, "article", "articles") == "1 article"
    assert format_count(0, "article", "articles") == "0 articles"
    assert format_count(1204, "article", "articles") == "1,204 articles"


@given(texts, st.integers(0, 40))
@settings(max_examples=150)
def test_a_fitted_text_fits(text: str, width: int) -> None:
    text = text.replace("\ufe0f", "")
    assert cell_len(fit(text, width)) <= width
    assert cell_len(pad(text, width)) == width
    assert cell_len(pad_left(text, width)) == width


def test_fitting_keeps_what_fits_and_marks_what_does_not() -> None:
    assert fit("abc", 3) == "abc"
    assert fit("abcd", 3) == "ab…"
    assert fit("日本語", 4) == "日…"
    assert fit("a bcd", 3) == "a…"
    assert fit("abc", 0) == ""


@given(
    texts, texts, st.lists(texts, max_size=4), st.booleans(), st.booleans(), st.integers(10, 140),
)  # fmt: skip
@settings(max_examples=200)
def test_every_row_is_as_high_and_at_most_as_wide_as_its_list(
    title: str, source: str, tags: list[str], read: bool, derived: bool, width: int
) -> None:
    article = make_row(
        title=title, source=source, tags=tuple(tags), read=read, title_derived=derived,
        archived=read, starred=derived,
    )  # fmt: skip
    row = Row(article, title, (Span(1, 3),))
    for snippets in (False, True):
        lines = row_lines(row, width, NOW, snippets=snippets)
        assert len(lines) == row_height(width, snippets=snippets)
        for line in lines:
            assert cell_len(told(line)) <= width
            assert not CONTROLS.search(told(line))


@pytest.mark.parametrize("width", [30, 34, 46, 60, WIDE, 120])
def test_the_dates_of_all_rows_end_in_one_column(width: int) -> None:
    titles = ["Short", "A title so long that it will not fit into any list " * 4, "日本の内閣"]
    sources = ["", "Gazette", "The Evening Paper of the Northern Provinces", "共同通信"]
    dates = [None, day(2023, 7, 23), at(Precision.YEAR, 1998, 1, 1)]
    ends = set()
    for title in titles:
        for source in sources:
            for date in dates:
                article = make_row(
                    title=title, source=source, published=date, tags=("war", "grain")
                )
                lines = row_lines(Row(article), width, NOW, snippets=False)
                line = told(lines[-1])
                assert line.endswith(format_date(date, NOW))
                ends.add(cell_len(line))
    assert ends == {width - 2}


def test_marks_of_a_row() -> None:
    article = make_row(title="Deal", tags=("war", "black sea"), starred=True, archived=True)
    first, second = row_lines(Row(article), 60, NOW, snippets=False)
    assert first[0] == ("●", "unread-mark")
    assert ("Deal", "unread") in first
    assert second[0] == ("★", "star")
    assert ("#war", "tag") in second
    assert ("#black sea", "tag") in second
    assert ("archived", "archived") in second
    read = row_lines(Row(replace(article, read=True, starred=False)), 60, NOW, snippets=False)
    assert read[0][0] == (" ", "title")
    assert ("Deal", "title") in read[0]
    assert read[1][0] == (" ", "title")


def test_a_derived_title_and_a_missing_date_say_so() -> None:
    article = make_row(title="Words of the text", title_derived=True, published=None)
    for width in (40, 100):
        lines = row_lines(Row(article), width, NOW, snippets=False)
        assert ("~ ", "derived") in lines[0]
        assert ("no date", "unknown") in lines[-1]


def test_an_article_without_title_has_a_row() -> None:
    assert "(no title)" in told(row_lines(Row(make_row(title="")), 40, NOW, snippets=False)[0])


@pytest.mark.parametrize("width", [60, 100])
def test_tags_are_drawn_in_their_colours(width: int) -> None:
    def style(name: str) -> str:
        return "tag-red" if name == "war" else "tag"

    row = Row(make_row(title="Deal", tags=("war", "grain")))
    lines = row_lines(row, width, NOW, snippets=False, tag_style=style)
    pieces = [piece for line in lines for piece in line]
    assert ("#war", "tag-red") in pieces
    assert ("#grain", "tag") in pieces


def test_tags_give_way_before_the_title_in_a_wide_list() -> None:
    long = row_lines(Row(make_row(title="word " * 40, tags=("war",))), 100, NOW, snippets=False)[0]
    short = row_lines(Row(make_row(title="word", tags=("war",))), 100, NOW, snippets=False)[0]
    assert "#war" not in told(long)
    assert "#war" in told(short)
    assert cell_len(told(long)) == cell_len(told(short))


def test_a_snippet_shows_its_first_hit() -> None:
    text = "one two three four five six seven eight nine ten eleven twelve"
    start = text.index("ten")
    pieces = snippet_pieces(text, (Span(start, start + 3),), 30)
    assert ("ten", "hit") in pieces
    assert told(pieces).startswith("… ")
    assert cell_len(told(pieces)) <= 30
    head = snippet_pieces(text, (Span(0, 3),), 30)
    assert head[0] == ("one", "hit")
    assert head[-1] == ("…", "snippet")


def test_a_short_snippet_is_whole() -> None:
    assert told(snippet_pieces("in the deal", (Span(7, 11),), 40)) == "in the deal"
    assert told(snippet_pieces("", (), 40)) == ""


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
@settings(max_examples=150)
def test_a_snippet_shows_nothing_but_itself(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = tuple(Span(min(pair), max(pair)) for pair in pairs)
    pieces = snippet_pieces(text, spans, 24)
    assert cell_len(told(pieces)) <= 24
    assert all(piece for piece, _ in pieces)


def test_a_word_longer_than_the_snippet_is_cut_within() -> None:
    pieces = snippet_pieces("x" * 80 + "needle", (Span(80, 86),), 24)
    assert ("needle", "hit") in pieces


@pytest.mark.parametrize(("width", "last"), [(20, "7"), (30, "in 46"), (60, "in 46 articles")])
def test_an_entity_and_its_numbers(width: int, last: str) -> None:
    entity = Entity(EntityId(1), "Alexandra Example-Lastname of the North", EntityKind.PER)
    line = entity_line(EntityCount(entity, 7, 46), width)
    assert cell_len(told(line)) == width - 3
    assert told(line).endswith(last)
    assert ("  7", "mentions") in line
