"""HTML with facts beside it as an article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.ingest.bodies import make_html_draft
from reader.ingest.headers import Meta
from reader.model import Draft

LATEST = datetime(2026, 11, 24, tzinfo=UTC)
SHOWN = "<p><img src='https://news.example/boat.png' alt='A boat in the ice'></p>"
FIRST = "<p>BERGEN, July 23, 2023 (Coast Press) — The <b>ship</b> is free. All left.</p>"


def draft_of(html: str) -> Draft:
    return make_html_draft(Meta(), html, latest=LATEST)


@pytest.mark.parametrize("before", ["", SHOWN, SHOWN * 2])
def test_a_picture_before_the_text_hides_neither_title_nor_dateline(before: str) -> None:
    draft = draft_of(f"{before}{FIRST}<h2>After</h2><p>More</p>")
    words = "[A boat in the ice]\n\n" * before.count("img")
    assert draft.text == f"{words}The ship is free. All left.\n\nAfter\n\nMore"
    assert (draft.title, draft.place) == ("The ship is free", "Bergen")
    marked = [draft.text[mark.start : mark.end] for mark in draft.markup if not mark.target]
    assert marked == ["ship"]
    assert [draft.text[one.start : one.end] for one in draft.headings] == ["After"]


def test_the_words_for_a_picture_give_the_title_where_there_are_no_others() -> None:
    assert draft_of(SHOWN).title == "A boat in the ice"
    assert draft_of(f"{SHOWN}<p>The ship is free.</p>").title == "The ship is free"
    assert draft_of("<p>[1] A note</p>").title == "[1] A note"
