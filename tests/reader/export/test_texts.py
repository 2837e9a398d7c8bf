"""Articles as Markdown and HTML."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.export.flow import BlockKind, flow_of
from reader.export.html import article_body, article_html, page_foot, page_head
from reader.export.markdown import article_markdown, escape, notes_markdown
from reader.model import ArticleId, Markup, MarkupKind
from tests.reader.export.samples import NOTES, RICH, TEXT, article, marked, note

KINDS = st.sampled_from(list(MarkupKind))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Markup, ...]:
    found = []
    for _ in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(TEXT) - 1))
        end = draw(st.integers(start + 1, len(TEXT)))
        found.append(
            Markup(start, end, draw(KINDS), draw(st.sampled_from(["", "https://a.example"])))
        )
    return tuple(found)


@given(stretches(), st.lists(st.sampled_from(["ferry", "left at noon", "at noon & came back."])))
def test_nothing_of_the_text_is_lost_or_told_twice(
    markup: tuple[Markup, ...], quotes: list[str]
) -> None:
    flow = flow_of(article(markup=markup), [note(quote) for quote in quotes])
    told = "\n".join(block.text for block in flow.blocks)
    assert [line for line in told.split("\n") if line] == [
        line for line in TEXT.split("\n") if line
    ]
    ET.fromstring(f"<div>{article_body(flow, 'a1')}</div>")
    assert article_markdown(flow).endswith("\n\n")


def test_blocks_are_what_their_markup_says() -> None:
    kinds = [block.kind for block in flow_of(RICH).blocks]
    assert kinds == [
        BlockKind.PARAGRAPH,
        BlockKind.HEADING,
        BlockKind.ITEM,
        BlockKind.ITEM,
        BlockKind.QUOTE,
        BlockKind.PRE,
        BlockKind.PARAGRAPH,
    ]


def test_footnotes_of_two_articles_in_one_file_are_told_apart() -> None:
    other = replace(RICH, row=replace(RICH.row, id=ArticleId(2)))
    texts = [article_markdown(flow_of(one, NOTES)) for one in (RICH, other)]
    assert [text.count(label) for text in texts for label in ("[^7-1]", "[^2-1]")] == [2, 0, 0, 2]


def test_markdown() -> None:
    text = article_markdown(flow_of(RICH, NOTES))
    assert text.split("\n\n") == [
        r"# Ferry & tide \[again\]",
        r"Quay Notes · 2023-07-23 · Orrin · \#sea",
        "<https://quay.example/a?b=1&c=2>",
        "> Read this again.\n> Twice.",
        r"The ferry \<Orrin\> ==**left at** ***noon***==[^7-1] *& came* back.",
        "## Who pays",
        "- one\\_two crew\n- tide\\* table",
        r"> \> ==said the master==",
        "```\na = 1\n  b == 2\n```",
        r"1\. That is all, and a link to [the quay](<https://quay.example/%3Cx%3E>).",
        "[^7-1]: Which noon?",
        "> gone words",
        "*(no longer in the text)*",
        r"Kept \<all\> the same",
        "",
    ]


def test_highlights_that_overlap_are_one_and_keep_their_footnotes() -> None:
    words = "The Belarusian leader left at noon."
    text = article(words, (marked(MarkupKind.STRONG, "Belarusian", text=words),))
    quotes = (("The Bela", "first"), ("Belarusian leader", ""), ("leader", "third"))
    flow = flow_of(text, [note(quote, said, text=words) for quote, said in quotes])
    assert "\n\n==The **Bela**[^7-1]**rusian** leader==[^7-3] left at noon.\n\n" in (
        article_markdown(flow)
    )
    page = article_body(flow, "a7")
    assert [page.count(f'href="#a7-n{number}"') for number in (1, 2, 3)] == [1, 1, 1]
    bare = flow_of(text, [note("The Bela", text=words), note("Belarusian", text=words)])
    assert "==The **Belarusian**== leader" in article_markdown(bare)


def test_notes_alone() -> None:
    text = notes_markdown(flow_of(RICH, NOTES))
    assert text.startswith("## Ferry & tide")
    assert "> left at noon\n\nWhich noon?" in text
    assert notes_markdown(flow_of(RICH)) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- no list", r"\- no list"),
        ("+ nor this", r"\+ nor this"),
        ("2) nor this", r"2\) nor this"),
        ("2023 was", "2023 was"),
        ("=====", r"\=\=\=\=="),
        ("AT&amp;T & co", r"AT\&amp;T & co"),
        ("a == b", r"a \=\= b"),
    ],
)
def test_text_is_shown_literally(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_code_with_fences_in_it() -> None:
    text = "```\n````x\n```"
    pre = article(text, (Markup(0, len(text), MarkupKind.PRE),))
    assert f"`````\n{text}\n`````" in article_markdown(flow_of(pre))
    code = article("use ``a` now", (Markup(4, 8, MarkupKind.CODE),))
    assert "use ``` ``a` ``` now" in article_markdown(flow_of(code))


def test_a_page_of_html_loads_and_runs_nothing() -> None:
    hostile = article("<script>x</script>\n\nfine", title='"><img src=x onerror=y>')
    parts = [*page_head("<b>", [("a7", hostile.row.title)])]
    parts.append(article_html(flow_of(hostile, NOTES[:1]), "a7"))
    page = "".join([*parts, article_html(flow_of(RICH, NOTES), "a8"), page_foot()])
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert re.findall(r"(?:src|href)=\"(?!#|https?://)", page) == []
    assert "Content-Security-Policy" in page
    assert "<mark><strong>left at </strong>" in page
    assert '<li id="a8-n1">' in page
    assert "no longer in the text" in page


def test_very_many_links_take_time_in_proportion() -> None:
    def cost(links: int) -> float:
        text = "word word\n" * links
        places = range(0, 10 * links, 10)
        link, target = MarkupKind.LINK, "https://a.example"
        marks = tuple(Markup(at, at + 4, link, target) for at in places)
        began = time.process_time()
        article_markdown(flow_of(article(text, marks)))
        return time.process_time() - began

    assert min(cost(8000) for _ in range(3)) < 16 * min(cost(1000) for _ in range(3)) + 0.05
