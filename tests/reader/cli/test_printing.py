"""Texts of articles on the command line."""

from __future__ import annotations

from reader.cli.printing import text_lines
from reader.model import Markup, MarkupKind


def lines_of(text: str, *marks: tuple[str, MarkupKind]) -> list[str]:
    """The lines of a text in which each given part has a kind."""
    return list(
        text_lines(
            text,
            [Markup(text.index(part), text.index(part) + len(part), kind) for part, kind in marks],
        )
    )


def test_paragraphs_are_wrapped_and_apart() -> None:
    assert lines_of("word " * 20 + "end\n\nnext") == [
        ("word " * 15).strip(), "word word word word word end", "", "next",
    ]  # fmt: skip


def test_items_stand_below_their_mark() -> None:
    text = "• " + "word " * 16 + "\n  10. " + "deep " * 16
    assert lines_of(text, (text, MarkupKind.ITEM)) == [
        "• " + ("word " * 15).strip(), "  word", "  10. " + ("deep " * 14).strip(),
        "      deep deep",
    ]  # fmt: skip


def test_further_lines_of_an_item_stand_below_its_first_word() -> None:
    text = "10. One.\n    " + "more " * 16
    assert lines_of(text, (text, MarkupKind.ITEM)) == [
        "10. One.", "    " + ("more " * 14).strip(), "    more more",
    ]  # fmt: skip


def test_tables_and_code_stay_as_they_are() -> None:
    code = "if a:\n\treturn   b" + " " * 90 + "c"
    assert lines_of(code, (code, MarkupKind.PRE)) == [
        "if a:", "    return   b" + " " * 90 + "c",
    ]  # fmt: skip


def test_quotes_stand_behind_a_bar() -> None:
    text = "Said:\n\nOne.\n\nTwo.\n\nEnd."
    assert lines_of(text, ("One.\n\nTwo.", MarkupKind.QUOTE)) == [
        "Said:", "", "│ One.", "│", "│ Two.", "", "End.",
    ]  # fmt: skip
