"""What holds for every text that is read as HTML, and how long hostile ones take."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean_text
from reader.ingest.html import HTML_LIMIT, Reading, read_html
from reader.ingest.html.elements import KNOWN, VOID
from reader.model import MarkupKind

NAMES = sorted(KNOWN | VOID | {"q", "sup", "rt", "x-own"})
AWKWARD = [
    *" \t\n\r\x0b\x00\x07\x1b\x7f\x85\x9b",
    "\x1b[31m",
    "\x9d0;title\x07",
    "\u0301",
    "e",
    "\u1100",
    "\u1161",
    "\u11a8",
    "\u09be",
    "\u0f71\u0f72",
    "\u202e",
    "\u2028",
    "\u200b",
    "\ufeff",
    "\ufdd0",
    "\ud800",
    "\udc00",
    "\xa0",
    "漢",
    "😀",
    "&amp;",
    "&nbsp;",
    "&#x301;",
    "&#27;",
    "&#xd800;",
    "&#8232;",
    "&#x202e;",
    "&lt;b&gt;",
    "<",
    ">",
    '"',
    "'",
    "-->",
    "<!--",
    "]]>",
    "</",
]
words = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=6), st.sampled_from(["word", "two w"]))
attributes = st.sampled_from(
    [
        "",
        "",
        ' href="https://a.example/b"',
        ' href="/b"',
        " href='javascript:x'",
        " hidden",
        ' style="display: none"',
        " colspan=3",
        " start=7",
        ' src="c.png" alt="A dog runs"',
        ' alt="😀"',
        ' title="',
        " /",
    ]
)
opening = st.builds("<{}{}>".format, st.sampled_from(NAMES), attributes)
closing = st.builds("</{}>".format, st.sampled_from(NAMES))
soup = st.lists(st.one_of(words, words, opening, opening, closing), max_size=40).map("".join)
trees = st.recursive(
    words,
    lambda inner: st.builds(
        lambda name, values, parts: f"<{name}{values}>{''.join(parts)}</{name}>",
        st.sampled_from(NAMES),
        attributes,
        st.lists(inner, max_size=5),
    ),
    max_leaves=30,
)


def check(reading: Reading) -> None:
    text = reading.text
    assert clean_text(text) == text
    assert text == text.strip("\n")
    assert "\n\n\n" not in text
    starts = [(mark.start, -mark.end) for mark in reading.markup]
    assert starts == sorted(starts)
    for mark in reading.markup:
        assert 0 <= mark.start < mark.end <= len(text)
        inside = text[mark.start : mark.end]
        assert not (inside[0].isspace() and mark.kind is not MarkupKind.PRE)
        assert not inside.endswith("\n")
        if mark.kind not in (MarkupKind.QUOTE, MarkupKind.PRE, MarkupKind.TABLE):
            assert "\n\n" not in inside
        assert (mark.kind is MarkupKind.LINK) == bool(mark.target)
    end = 0
    for heading in reading.headings:
        assert end <= heading.start < heading.end <= len(text)
        assert text[: heading.start].endswith("\n\n") or heading.start == 0
        assert text[heading.end :].startswith("\n\n") or heading.end == len(text)
        end = heading.end


@settings(max_examples=300, deadline=None)
@given(st.one_of(trees, soup, st.text()))
def test_what_is_read_is_clean_and_marks_lie_in_it(html: str) -> None:
    check(read_html(html, base="https://a.example/"))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["word", "é", "漢", " ", "&amp;"]), max_size=8).map("".join))
def test_words_are_kept_whatever_they_stand_in(words: str) -> None:
    html = f"<div><p>{words}</p><ul><li><b>{words}</b></ul>"
    kept = read_html(html).text.replace("•", "").split()
    assert kept == words.replace("&amp;", "&").split() * 2


REPEATED = {
    "brackets": "<",
    "open tags without an end": "<a ",
    "quotes that nobody closes": '<a b="> ',
    "both quotes": "<a b='\"> <a c=\"'> ",
    "nested blocks": "<div>",
    "nested quotes": "<blockquote>x",
    "nested lists": "<ul><li>x",
    "nested tables": "<table><tr><td>x",
    "nested emphasis": "<b><i>x",
    "emphasis and paragraphs": "<b>x<p>",
    "unfinished end tags": "</",
    "end tags of what is open": "<b></i>",
    "comments that nobody closes": "<!--",
    "closed comments": "<!---->",
    "scripts that nobody closes": "<svg>",
    "hidden ones": "<div hidden>",
    "hidden ones of many names": "<x1 hidden><div hidden></div>",
    "references": "&#1;&amp",
    "spaces": " \t",
    "marks of one letter": "\u0301",
    "marks in elements": "<b>\u0301</b>",
    "breaks": "x<br>",
    "lines": "<pre>x\n \n<b>",
    "blank lines": "<pre>\n ",
    "links": '<a href="/x">y</a> ',
    "cells": "<td>x",
    "rows": "<table><tr><td>x",
    "terms": "<dl><dt>x<dd>y",
    "attributes": "<p a=b c d='e' hidden=x",
}


def seconds(call: Callable[[], object]) -> float:
    before = time.process_time()
    call()
    return time.process_time() - before


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED.keys())
def test_hostile_texts_take_time_linear_in_their_length(piece: str) -> None:
    html = piece * (100_000 // len(piece))
    check(read_html(html, base="https://a.example/"))
    assert seconds(lambda: read_html(html, base="https://a.example/")) < 2


def test_a_million_brackets_and_a_hundred_thousand_nested_blocks_keep_their_text() -> None:
    assert read_html("<" * 1_000_000 + "b>end").text.endswith("end")
    assert read_html("<div>" * 100_000 + "end" + "</div>" * 100_000).text == "end"
    assert read_html("<ul><li>" * 50_000 + "end").text.endswith("• end")


def test_a_text_without_end_is_cut() -> None:
    assert len(read_html("<p>" + "x" * HTML_LIMIT).text) == HTML_LIMIT - 3
    assert read_html("<b>" + "<i>" * HTML_LIMIT).text == ""
