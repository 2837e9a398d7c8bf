"""The text of an article with its markup: blocks, looks and links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.model import Attachment, Markup, MarkupKind, Span
from reader.ui.highlight import merge
from reader.ui.widgets.article_view import ArticleView
from reader.ui.widgets.body import lay_out_body
from reader.ui.widgets.wrap import wrap
from tests.reader.ui.samples import BAD, Stage, clock, make_article, painted, screen_text
from tests.reader.ui.test_safety import CONTROLS

GOOD = "https://river.example/letters?id=1"


def marked(text: str, *marks: tuple[str, MarkupKind]) -> tuple[Markup, ...]:
    """Markup over the first place of each stretch."""
    places = [(text.index(part), part, kind) for part, kind in marks]
    return tuple(Markup(at, at + len(part), kind, GOOD) for at, part, kind in places)


def drawn(text: str, markup: tuple[Markup, ...], width: int = 30) -> list[str]:
    """The lines of a text as they are drawn, gutters and indents included."""
    body = lay_out_body(text, (), markup, 0)
    lines = wrap(text, body.blocks, width)
    return [
        lines[n].gutter.lead.ljust(lines[n].indent - len(lines[n].gutter.mark))
        + lines[n].gutter.mark
        + text[lines[n].start : lines[n].end]
        for n in range(len(lines))
    ]


def test_a_quote_has_a_bar_through_its_paragraphs() -> None:
    text = "Before.\n\nA first word of it, and more\n\nand a second.\n\nAfter."
    quote = marked(text, ("A first word of it, and more\n\nand a second.", MarkupKind.QUOTE))
    assert drawn(text, quote, 20) == [
        "Before.", "", "│ A first word of", "│ it, and more", "│ ", "│ and a second.", "", "After.",
    ]  # fmt: skip


def test_a_quote_in_a_quote_has_a_second_bar_and_no_more_than_three() -> None:
    text = "outer\n\ninner\n\ndeepest"
    whole = Markup(0, len(text), MarkupKind.QUOTE)
    inner = Markup(7, len(text), MarkupKind.QUOTE)
    deepest = [Markup(14, len(text), MarkupKind.QUOTE)] * 5
    assert drawn(text, (whole, inner, *deepest)) == [
        "│ outer", "│ ", "│ │ inner", "│ │ ", "│ │ │ deepest",
    ]  # fmt: skip


def test_items_hang_behind_their_marks_and_stand_close() -> None:
    text = "• one that is long enough to wrap\n  ◦ below it, and this wraps too\n10. last\nof all"
    items = marked(
        text,
        ("• one that is long enough to wrap", MarkupKind.ITEM),
        ("  ◦ below it, and this wraps too", MarkupKind.ITEM),
        ("10. last\nof all", MarkupKind.ITEM),
    )
    assert drawn(text, items, 20) == [
        "• one that is long", "  enough to wrap", "  ◦ below it, and", "    this wraps too",
        "10. last", "    of all",
    ]  # fmt: skip


def test_code_keeps_its_lines_and_spaces_and_is_broken_where_they_are_full() -> None:
    text = "Run:\n\nif x:\n    y = 1\n\n    return y + 1234567890\n\nDone."
    code = marked(text, ("if x:\n    y = 1\n\n    return y + 1234567890", MarkupKind.PRE))
    body = lay_out_body(text, (), code, 0)
    lines = wrap(text, body.blocks, 21)
    filled = [text[line.start : line.end] for line in map(lines.__getitem__, range(len(lines)))
              if line.gutter.fill]  # fmt: skip
    assert filled == ["if x:", "    y = 1", "", "    return y + 12345", "67890"]
    assert [
        line.gutter.mark for line in map(lines.__getitem__, range(len(lines))) if line.gutter.fill
    ] == ["", "", "", "", "↪ "]


def test_tables_keep_their_columns() -> None:
    text = "year   cars\n2024  1,200"
    table = (Markup(0, len(text), MarkupKind.TABLE),)
    assert drawn(text, table) == ["year   cars", "2024  1,200"]


CARS = """\
Name   What became of it     Built
Rover  sold to a collector   1961
Alma                         1970"""


def test_a_table_wider_than_the_pane_tells_its_cells_behind_their_headers() -> None:
    table = (Markup(0, len(CARS), MarkupKind.TABLE),)
    headers = marked(
        CARS,
        ("Name", MarkupKind.STRONG),
        ("What became of it", MarkupKind.STRONG),
        ("Built", MarkupKind.STRONG),
    )
    assert drawn(CARS, (*table, *headers), 40) == CARS.split("\n")
    assert drawn(CARS, (*table, *headers), 30) == [
        "Name   What became of it", "  Built",
        "", "Name: Rover", "What became of it: sold to a", "  collector", "Built: 1961",
        "", "Name: Alma", "Built: 1970",
    ]  # fmt: skip
    assert drawn(CARS, table, 30) == [
        "Name", "  What became of it", "  Built",
        "", "Rover", "  sold to a collector", "  1961",
        "", "Alma", "  1970",
    ]  # fmt: skip


def test_a_table_of_records_is_broken_between_words() -> None:
    text = "Name: Rover\nWhat became of it: sold to a collector\n\nName: Alma"
    table = (Markup(0, len(text), MarkupKind.TABLE),)
    assert drawn(text, table, 24) == [
        "Name: Rover", "What became of it: sold", "  to a collector", "", "Name: Alma",
    ]  # fmt: skip


def test_further_paragraphs_of_an_item_stand_under_its_first() -> None:
    text = "1. one\n  more of it\n  and code\n    deeper\n10. ten\n  more"
    items = marked(
        text,
        ("1. one\n  more of it\n  and code\n    deeper", MarkupKind.ITEM),
        ("10. ten\n  more", MarkupKind.ITEM),
    )
    assert drawn(text, items) == [
        "1. one", "   more of it", "   and code", "     deeper", "10. ten", "    more",
    ]  # fmt: skip


def test_text_without_markup_stands_as_it_did() -> None:
    text = "One.\nTwo."
    assert drawn(text, ()) == ["One.", "", "Two."]
    assert drawn(text, marked(text, ("One", MarkupKind.STRONG))) == ["One.", "Two."]


def test_links_that_lead_nowhere_are_plain_text() -> None:
    text = "a b c d e"
    targets = (GOOD, "javascript:alert(1)", "mailto:a@b.example", BAD, "http://x y")
    markup = tuple(
        Markup(2 * n, 2 * n + 1, MarkupKind.LINK, target) for n, target in enumerate(targets)
    )
    body = lay_out_body(text, (), markup, 100)
    assert [(link.start, link.end, link.target) for link in body.links] == [(100, 101, GOOD)]
    assert [(paint.start, paint.style) for paint in body.paints] == [(100, "link")]


KINDS = st.sampled_from(list(MarkupKind))
PLACES = st.integers(-5, 80)
MARKUP = st.builds(Markup, PLACES, PLACES, KINDS, st.sampled_from((GOOD, "", BAD)))
TEXTS = st.text(st.sampled_from("ab •-1. \n日"), max_size=70)


@given(TEXTS, st.lists(MARKUP, max_size=12), st.lists(st.builds(Span, PLACES, PLACES)))
def test_whatever_the_markup_says_the_text_is_drawn_once(
    text: str, markup: list[Markup], headings: list[Span]
) -> None:
    body = lay_out_body(text, headings, markup, 0)
    assert all(0 <= link.start < link.end <= len(text) for link in body.links)
    assert all(0 <= paint.start < paint.end <= len(text) for paint in body.paints)
    runs = list(merge(len(text), [body.paints]))
    assert "".join(text[run.start : run.end] for run in runs) == text
    for width in (1, 7, 40):
        lines = wrap(text, body.blocks, width)
        shown = [text[lines[n].start : lines[n].end] for n in range(len(lines))]
        assert "".join("".join(shown).split()) == "".join(text.split())
        starts = [lines[n].start for n in range(len(lines))]
        assert starts == sorted(set(starts))
        assert all(lines[n].indent <= width // 2 for n in range(len(lines)))


async def test_looks_of_markup() -> None:
    text = "Some plain, loud, leaning, coded and linked words."
    markup = marked(
        text,
        ("loud", MarkupKind.STRONG),
        ("leaning", MarkupKind.EMPHASIS),
        ("coded", MarkupKind.CODE),
        ("linked", MarkupKind.LINK),
    )
    for theme in ("textual-dark", "ansi-dark"):
        view = ArticleView(clock=clock)
        app = Stage(view, theme=theme)
        async with app.run_test(size=(80, 12)):
            view.show(make_article(text=text, markup=markup), [], [], [])
            assert "bold" in painted(view, 4, "loud")
            assert "italic" in painted(view, 4, "leaning")
            assert "underline" in painted(view, 4, "linked")
            styles = [painted(view, 4, word) for word in ("plain", "coded", "linked")]
            assert len(set(styles)) == 3


async def test_what_goes_with_an_article_stands_at_its_foot() -> None:
    attachments = (
        Attachment("https://media.example/pods/2026/episode-12.mp3", "audio/mpeg"),
        Attachment("javascript:alert(1)", BAD),
        Attachment("https://media.example/"),
    )
    view = ArticleView(clock=clock, summary_note="Only a summary: O reads on.")
    app = Stage(view, safe=True)
    async with app.run_test(size=(80, 30)):
        view.show(make_article(1, attachments=attachments, partial=True), [], [], [])
        text = "\n".join(screen_text(app))
        assert "Only a summary: O reads on." in text
        assert "audio/mpeg  media.example/…/episode-12.mp3" in text
        assert not CONTROLS.search(text.replace("\n", ""))
        targets = [link.target for link in view.links_in_view()]
        assert targets == [attachments[0].url, attachments[2].url]
        view.show(make_article(1, attachments=attachments), [], [], [])
        assert "Only a summary" not in "\n".join(screen_text(app))


@pytest.mark.parametrize(
    ("width", "line"), [(34, "What became…: sold to a"), (22, "What b…: sold to a")]
)
async def test_a_header_gives_way_to_its_cells(width: int, line: str) -> None:
    markup = (
        Markup(0, len(CARS), MarkupKind.TABLE),
        *marked(CARS, ("Name   What became of it     Built", MarkupKind.STRONG)),
    )
    view = ArticleView(clock=clock)
    app = Stage(view)
    async with app.run_test(size=(width, 24)):
        view.show(make_article(text=CARS, markup=markup), [], [], [])
        assert line in [one.strip() for one in screen_text(app)]
