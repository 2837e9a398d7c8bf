"""An article laid out as one text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config import ReadingSettings
from reader.kept import Colour
from reader.model import Article, Precision, Published, Span
from reader.ui.widgets.page import DERIVED, RELATED, Page, make_page
from reader.ui.widgets.wrap import wrap
from tests.reader.ui.samples import BAD, NOW, make_article, make_row
from tests.reader.ui.test_safety import CONTROLS
from tests.reader.ui.test_wrap import each


def told(article: Article, width: int = 60) -> list[str]:
    page = make_page(article, NOW)
    lines = wrap(page.drawn, page.blocks, width)
    return [
        (" " * lines[n].indent + page.drawn[lines[n].start : lines[n].end]).replace("\u00a0", " ")
        for n in range(len(lines))
    ]


def test_other_sources_are_named_in_one_line() -> None:
    names = ["Quarry Post", BAD, "Tide Times", "Kettle", "Anvil"]
    page = make_page(make_article(), NOW, also=names[:1])
    assert "\nalso in: Quarry Post\n" in page.drawn
    line = next(one for one in make_page(make_article(), NOW, also=names).drawn.split("\n")
                if one.startswith("also in: Quarry Post, "))  # fmt: skip
    assert line.endswith(", Tide Times and 2 more")
    assert not CONTROLS.search(line)
    assert "also in" not in make_page(make_article(), NOW).drawn


def styles(page: Page, text: str) -> set[str]:
    at = page.drawn.index(text)
    return {paint.style for paint in page.paints if paint.start <= at < paint.end}


def test_a_page() -> None:
    row = make_row(title="The bridge", tags=("road works",), starred=True, archived=True)
    article = make_article(
        row=row, text="First.\n\nA heading\n\nSecond.", headings=(Span(8, 17),), place="Hamburg",
        agency="dpa", authors=("A. Author", "B. Writer"), related=("One more", "And another"),
    )  # fmt: skip
    assert told(article) == [
        "",
        "The bridge",
        "The Gazette · Sunday, 23 July 2023 · Hamburg · dpa",
        "By A. Author, B. Writer",
        " ★ starred   archived   #road works ",
        "",
        "First.",
        "",
        "A heading",
        "Second.",
        "",
        "",
        f"── {RELATED}",
        "   One more",
        "   And another",
    ]
    page = make_page(article, NOW)
    assert styles(page, "The bridge") == {"title"}
    assert styles(page, "A heading") == {"heading"}
    assert styles(page, "Second.") == set()
    assert styles(page, "One more") == {"related"}


def test_what_is_not_known_is_left_out_or_said() -> None:
    article = make_article(
        row=make_row(source="", published=None, title_derived=True), text="Text."
    )
    assert told(article)[1:] == ["Title 1", DERIVED, "no date", "", "Text."]


def test_an_agency_that_is_the_source_is_named_once() -> None:
    article = make_article(place="Hamburg", agency="The Gazette")
    assert "The Gazette · Sunday, 23 July 2023 · Hamburg" in told(article)


def test_a_date_is_never_finer_than_known() -> None:
    published = Published(NOW.replace(year=2023, month=7, day=1), Precision.MONTH)
    article = make_article(row=make_row(published=published))
    assert told(article)[2] == "The Gazette · July 2023"


def test_lines_are_paragraphs_where_no_empty_line_is() -> None:
    assert told(make_article(text="One.\nTwo."))[3:] == ["", "One.", "", "Two."]
    assert told(make_article(text="One.\nTwo.\n\nThree.\n"))[3:] == [
        "", "One.", "Two.", "", "Three.",
    ]  # fmt: skip


def test_an_article_without_text_has_a_page() -> None:
    article = replace(make_article(text=""), row=make_row(title=""))
    page = make_page(article, NOW)
    assert page.body.start == page.body.end == len(page.original)
    assert told(article)[1] == ""


@given(
    st.text(st.one_of(st.characters(codec=None), st.sampled_from(BAD + "\n\n\n ab")), max_size=120),
    st.integers(1, 40),
)
@settings(max_examples=150)
def test_offsets_of_the_article_hold_on_the_page(text: str, width: int) -> None:
    article = make_article(text=text, row=make_row(title=text, tags=(text,)), related=(text,))
    page = make_page(article, NOW)
    assert page.original[page.body.start : page.body.end] == text
    assert page.original[page.title.start : page.title.end] == text
    assert len(page.drawn) == len(page.original)
    assert not CONTROLS.search(page.drawn.replace("\n", ""))
    lines = wrap(page.drawn, page.blocks, width)
    for number in range(len(lines)):
        assert lines.line_of(lines.offset_of(number)) == number
        assert "\n" not in page.drawn[lines[number].start : lines[number].end]


@pytest.mark.parametrize("width", range(12, 60))
def test_no_line_of_the_origin_ends_with_a_mark(width: int) -> None:
    row = make_row(source="The Northgate Evening Courier")
    article = make_article(text="Body.", row=row, place="Kelmouth", agency="Meridian Wire")
    page = make_page(article, NOW)
    lines = wrap(page.drawn, page.blocks, width)
    told_lines = [page.drawn[line.start : line.end] for line in each(lines)]
    assert not [line for line in told_lines if line.endswith("·")]
    assert "Kelmouth" in " ".join(told_lines)


def test_a_tag_has_the_colour_it_was_given() -> None:
    article = make_article(row=make_row(tags=("calm", "war")))
    page = make_page(article, NOW, colour_of={"war": Colour.RED}.get)
    labels = {
        page.drawn[paint.start : paint.end].strip("\xa0"): paint.style
        for paint in page.paints
        if paint.style.startswith("tag")
    }
    assert labels == {"#calm": "tag", "#war": "tag-red"}


def test_paragraphs_that_no_empty_line_parts_are_indented() -> None:
    article = make_article(3)
    tight = make_page(article, NOW, look=ReadingSettings(paragraph_spacing=0))
    blocks = [block for block in tight.blocks if block.start in tight.paragraphs]
    assert [(block.before, block.indent) for block in blocks] == [(1, 0), (0, 2), (0, 2)]
    loose = make_page(article, NOW, look=ReadingSettings(line_spacing=1, paragraph_spacing=2))
    assert {(one.before, one.apart) for one in loose.blocks if one.apart} == {(1, 1), (3, 1)}


def test_a_long_article_tells_how_long_it_takes() -> None:
    text = " ".join(["word"] * 1000)
    page = make_page(make_article(text=text), NOW, look=ReadingSettings(words_per_minute=200))
    assert "5\xa0min" in page.drawn
    assert "min" not in make_page(make_article(text="word"), NOW).drawn
