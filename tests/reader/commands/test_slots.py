"""What of a line is completed from the library."""

from __future__ import annotations

import pytest

from reader.commands.parse import offers
from reader.commands.slots import Kind, Slot, scope_of, slot_at


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("tag +wa", "wa"),
        ("tag +x -wa", "wa"),
        ("tag wa", "wa"),
        ("  tag +wa", "wa"),
        ("tag +", ""),
        ("tag +x |+y", ""),
        ("tag +wa|r +y", "war"),
        ("tag +x -- |", None),
        ("tag --", None),
        ("rule +gr", "gr"),
        ("rule starred -gr", "gr"),
        ("rule st", None),
        ("rule +x notify say +y", None),
        ("retag war con", "con"),
        ("retag wa|r con", "war"),
        ("retag war conflict x", None),
        ("colour wa", "wa"),
        ("colour war re", None),
        ("quick wa", "wa"),
        ("quick", None),
        ("tags +wa", None),
    ],
)
def test_tags_of_a_line(line: str, written: str | None) -> None:
    cursor = line.index("|") if "|" in line else len(line)
    line = line.replace("|", "")
    slot = slot_at(line, cursor)
    tag = line[slot.start : slot.end] if slot is not None and slot.kind is Kind.TAG else None
    assert tag == written


def test_queries_and_names_of_a_line() -> None:
    assert slot_at("tag +war on is:un", 17) == Slot(Kind.QUERY, 12, 17)
    assert slot_at("tag +war on is:un", 7) == Slot(Kind.TAG, 5, 8)
    assert slot_at("card Put", 8) == Slot(Kind.NAME, 5, 8)
    assert slot_at("entity split Put", 16) == Slot(Kind.FORM, 13, 16)
    assert slot_at("tag ", 4) == Slot(Kind.TAG, 4, 4, is_bare=True)
    assert slot_at("mark read", 9) is None


@pytest.mark.parametrize(
    ("line", "query"),
    [
        ("tag +war on grain deal", "grain deal"),
        (" mark read -- is:unread ", "is:unread"),
        ("export html x.html on tag:war", "tag:war"),
        ("tag +war on ", ""),
        ("tag +war", ""),
        ("search on war", ""),
    ],
)
def test_what_a_line_is_about(line: str, query: str) -> None:
    assert scope_of(line) == query


def test_words_behind_the_first_are_offered() -> None:
    assert offers("colour war re") == ("colour war red",)
    assert offers("rule +war st") == ("rule +war starred",)
    assert offers("rule unr") == ("rule unread",)
    assert len(offers("colour war ")) > 5
