"""What is said of highlights and notes."""

from __future__ import annotations

from rich.cells import cell_len

from reader.kept import Anchor, Note, NoteId
from reader.model import ArticleId, PlacedNote, Span
from reader.ui.format import Line
from reader.ui.note_words import (
    NoteEntry,
    from_one_line,
    in_one_line,
    note_lines,
    quote_with_source,
    tell_about,
    tell_kept,
    tell_notes,
    tell_place,
)
from tests.reader.ui.samples import BAD, NOW, make_row, said
from tests.reader.ui.test_safety import CONTROLS


def make_note(quote: str = "the bridge", words: str = "", number: int = 1) -> Note:
    anchor = Anchor(0, len(quote), quote)
    return Note(NoteId(number), ArticleId(1), anchor, words, NOW, NOW)


def text(line: Line) -> str:
    return "".join(piece for piece, _ in line)


def test_a_note_of_several_lines_is_edited_in_one() -> None:
    words = "tides\n\nand winds"
    assert in_one_line(words) == "tides ⏎  ⏎ and winds"
    assert from_one_line(in_one_line(words)) == words
    assert from_one_line("  ⏎ tides⏎winds ⏎ ") == "tides\nwinds"


def test_what_highlighting_did() -> None:
    told = [
        tell_kept(make_note(), is_different=True),
        tell_kept(make_note(words="x"), is_different=True),
        tell_kept(make_note("", "x"), is_different=True),
        tell_kept(make_note(), is_different=False),
        tell_kept(make_note("", "x"), is_different=False),
    ]
    assert [said(one) for one in told] == [
        "highlighted · u undoes",
        "noted · u undoes",
        "noted on the whole article · u undoes",
        "that is highlighted already",
        "nothing to change",
    ]


def test_what_is_written_on_is_told_without_marks_in_marks() -> None:
    assert tell_about("the bridge") == "on “the bridge”: "
    assert tell_about("“No,” he said.") == "on “No,” he said.: "
    assert tell_about("") == "on the whole article: "
    assert quote_with_source(" the bridge ", "The Gazette") == "“the bridge”\nThe Gazette"


def test_which_of_the_highlights_has_been_gone_to() -> None:
    notes = [PlacedNote(make_note(number=n), Span(n, n + 1)) for n in (1, 2)]
    assert tell_place(notes, notes[1], 0) == "highlight 2 of 2"
    gone = "1 highlight no longer in the text: g n lists them"
    assert said(tell_place(notes, notes[0], 1)) == f"highlight 1 of 2 · {gone}"
    assert said(tell_place((), None, 1)) == gone


def test_the_heading_of_a_list() -> None:
    assert tell_notes(1, of_article=True, query="", wanted="") == "1 note in this article"
    assert (
        tell_notes(2, of_article=False, query="", wanted="x") == "2 notes in the library with “x”"
    )
    told = tell_notes(2, of_article=False, query="tag:war", wanted="")
    assert told == "2 notes in articles that answer tag:war"


def test_the_lines_of_a_note_fit_and_obey_nothing() -> None:
    for note in (make_note(BAD * 9, BAD * 9), make_note(""), make_note(BAD)):
        for width in (20, 60):
            lines = note_lines(NoteEntry(note, make_row(title=BAD * 9)), width, NOW)
            assert len(lines) == 3
            assert all(cell_len(text(line)) <= width for line in lines)
            assert not CONTROLS.search("".join(map(text, lines)))


def test_the_lines_of_a_note() -> None:
    lines = note_lines(NoteEntry(make_note(words="tides\nwinds"), make_row()), 70, NOW)
    assert [text(line) for line in lines] == [
        "“the bridge”",
        "* tides ⏎ winds",
        "  23 Jul 2023 · The Gazette · Title 1",
    ]
    lost = note_lines(NoteEntry(make_note(), make_row(), is_lost=True), 70, NOW)
    assert text(lost[0]) == "“the bridge”  no longer in the text"
    assert text(lost[2]) == ""
