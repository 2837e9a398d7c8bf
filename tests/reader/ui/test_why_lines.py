"""Why an article is here, and what a rule would change, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from reader.feeds import Feed, FeedId
from reader.kept import Anchor, Deeds, Note, NoteId, RuleDeed, SavedId, SavedSearch
from reader.model import Duplicate
from reader.service.explaining import Condition, FoundWord, TagOrigin, TagSince, Why
from reader.ui.format import Line
from reader.ui.why_lines import why_lines
from tests.reader.ui.samples import BAD, NOW, make_row
from tests.reader.ui.test_safety import CONTROLS

ROW = make_row(1)
NOTE = Note(NoteId(1), ROW.id, Anchor(), "so it is", NOW, NOW)
WHY = Why(
    row=ROW,
    conditions=(
        Condition("any of:\n  the word 'tram'\n  the word 'bus'", True, (FoundWord("tram", 3),)),
        Condition("is unread", False),
        Condition("the word 'x'", None, tuple(FoundWord(f"w{n}", 1) for n in range(8))),
    ),
    deeds=(
        RuleDeed(SavedId(1), "War", "+war", NOW),
        RuleDeed(SavedId(1), "War", "starred", NOW, taken_back=True),
        RuleDeed(SavedId(2), "Quiet", "", NOW - timedelta(days=2)),
    ),
    answers=(SavedSearch(SavedId(1), "War", "war", 0, Deeds(("war",))),),
    feed=Feed(FeedId(1), "Kettle", "https://kettle.example/feed?key=secret", folder="News"),
    file="/in/news.txt",
    places=(Duplicate("https://other.example/a", "Other Post", "", NOW),),
    tags=(
        TagSince("war", TagOrigin.RULE, NOW, "War"),
        TagSince("wet", TagOrigin.RUN, NOW, "Storms {at}"),
        TagSince("old", TagOrigin.UNKNOWN),
    ),
    notes=(NOTE, replace(NOTE, words="")),
)


def said(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def test_everything_that_is_known_is_told_plainly() -> None:
    lines = said(why_lines(WHY, NOW))
    for told in (
        "  ✓ any of:  tram ×3",
        "      the word 'tram'",
        "  · is unread",
        "  ? the word 'x'  w0, w1, w2, w3, w4, w5, and 2 more",
        "  War: +war starred (taken back)  today, 14:30",
        "  Quiet: nothing was left to do  20 November 2026, 14:30",
        "  War  rule: +war",
        "  #wet  by the rule Storms {at}, run by you, today, 14:30",
        "  read from /in/news.txt",
        "  also found: Other Post  today, 14:30",
        "  #war  by the rule War, today, 14:30",
        "  #old  longer ago than is written down",
        "  1 note, 1 highlight",
    ):
        assert told in lines, told
    assert not any("secret" in line for line in lines)


def test_what_there_is_nothing_to_say_of_is_left_out() -> None:
    bare = Why(replace(ROW, source="", published=None), (), (), (), None, "", (), (), ())
    lines = said(why_lines(bare, NOW))
    assert "  everything: no condition is set" in lines
    assert "  no source" in lines
    assert not {"Tags", "Notes", "What rules did to it"} & set(lines)


def test_hostile_texts_stay_in_their_lines() -> None:
    row = replace(ROW, title=BAD, source=BAD)
    why = replace(WHY, row=row, file=BAD, tags=(TagSince(BAD, TagOrigin.READER, NOW, BAD),))
    for line in why_lines(why, NOW):
        text = "".join(piece for piece, _ in line)
        assert not CONTROLS.search(text)
        assert "\n" not in text
