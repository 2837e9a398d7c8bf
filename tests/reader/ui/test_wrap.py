"""Wrapping, and the way from offsets to lines and back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.ui.widgets.message_lines import message_lines
from reader.ui.widgets.wrap import Block, Lines, TextLine, offset_in_cells, wrap

words = st.text(st.sampled_from("ab é日本👩🏽‍🚒、 "), max_size=80)
widths = st.integers(2, 30)


def wrapped(text: str, width: int, *, indent: int = 0, hanging: int = 0) -> list[str]:
    lines = wrap(text, [Block(0, len(text), indent=indent, hanging=hanging)], width)
    return [" " * line.indent + text[line.start : line.end] for line in each(lines)]


def each(lines: Lines) -> list[TextLine]:
    return [lines[number] for number in range(len(lines))]


def blocks_of(text: str, before: int) -> list[Block]:
    found, at = [], 0
    for part in text.split("\n"):
        found.append(Block(at, at + len(part), before))
        at += len(part) + 1
    return found


def test_words_go_to_the_next_line_whole() -> None:
    assert wrapped("one two three", 7) == ["one two", "three"]
    assert wrapped("one two three", 8) == ["one two", "three"]
    assert wrapped("one two three", 13) == ["one two three"]
    assert wrapped("", 10) == [""]


def test_a_word_too_wide_is_cut() -> None:
    assert wrapped("abcdefgh ij", 3) == ["abc", "def", "gh", "ij"]
    assert wrapped("a bcdefgh", 4) == ["a", "bcde", "fgh"]


def test_scripts_without_spaces_break_anywhere_but_before_a_stop() -> None:
    assert wrapped("日本語。東京", 6) == ["日本", "語。東", "京"]
    assert wrapped("日本", 1) == ["日", "本"]


def test_indents() -> None:
    assert wrapped("one two three", 7, indent=2, hanging=3) == [
        "  one",
        "   two",
        "   thre",
        "   e",
    ]


def test_empty_lines_stand_between_blocks() -> None:
    lines = wrap("ab\n\ncd", [Block(0, 2), Block(4, 6, 1)], 10)
    assert each(lines) == [TextLine(0, 2), TextLine(3, 3), TextLine(4, 6)]


@given(words, widths)
@settings(max_examples=200)
def test_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = each(wrap(text, [Block(0, len(text))], width))
    for line in lines:
        assert cell_len(text[line.start : line.end].rstrip(" ")) <= max(width, 2)
    kept = {at for line in lines for at in range(line.start, line.end)}
    assert all(text[at] == " " for at in range(len(text)) if at not in kept)


@given(st.text(st.sampled_from("ab 日\n"), max_size=80), widths, st.integers(0, 2))
@settings(max_examples=200)
def test_an_offset_has_one_line_and_its_start_leads_back(text: str, width: int, gap: int) -> None:
    lines = wrap(text, blocks_of(text, gap), width)
    for number in range(len(lines)):
        line = lines[number]
        first = lines.line_of(lines.offset_of(number))
        assert first == number or (gap > 1 and line.start == line.end and first == number - 1)
        for at in range(line.start, line.end):
            assert lines.line_of(at) == number
            assert lines.offset_at(number, line.indent + at - line.start) == at


def test_outside_of_the_lines() -> None:
    lines = wrap("one two", [Block(0, 7, indent=2)], 5)
    assert lines.line_of(-5) == 0
    assert lines.line_of(99) == len(lines) - 1
    assert lines.offset_of(99) == lines.offset_of(len(lines) - 1)
    assert lines.offset_at(99, 0) == 7
    assert lines.offset_at(0, 0) == 0
    assert lines.offset_at(0, 99) == 3
    empty = Lines(())
    assert (empty.line_of(3), empty.offset_of(3), empty.offset_at(0, 3)) == (0, 0, 0)


@pytest.mark.parametrize(("cell", "offset"), [(-1, -1), (0, 0), (1, 1), (2, 1), (3, 2), (9, 3)])
def test_the_character_under_a_cell(cell: int, offset: int) -> None:
    assert offset_in_cells("a日b", cell) == offset


def test_a_message_is_centred_and_fits() -> None:
    lines = message_lines("Nothing found\nTry fewer words\x1b[31m", 20, 10)
    assert lines[:2] == ["", ""]
    assert lines[2] == "   Nothing found"
    assert all(cell_len(line) <= 20 for line in lines)
    assert "\x1b" not in "".join(lines)
    assert message_lines("", 20, 1) == [" " * 10]


def test_lines_stand_apart_and_offsets_stay_with_their_text() -> None:
    lines = wrap("one two\n\nthree", [Block(0, 7, apart=1), Block(9, 14, before=3, apart=1)], 4)
    assert [(line.start, line.end) for line in each(lines)] == [
        (0, 3), (0, 0), (4, 7), (7, 7), (8, 8), (8, 8), (9, 13), (9, 9), (13, 14),
    ]  # fmt: skip
    assert [lines.line_of(at) for at in (0, 4, 7, 8, 9)] == [0, 2, 3, 4, 6]
    assert lines.offset_of(1) == 0
