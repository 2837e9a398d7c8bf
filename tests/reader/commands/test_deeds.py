"""What a rule does, as a line and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.commands.deeds import deeds_text, parse_deeds
from reader.errors import DeedsError
from reader.kept import Deeds
from reader.model import Mark


@pytest.mark.parametrize(
    ("text", "deeds"),
    [
        ("", Deeds()),
        ("+war", Deeds(add=("war",))),
        (" -draft  +war/east starred starred", Deeds(("war/east",), ("draft",), ("starred",))),
        ("+war +war", Deeds(add=("war",))),
        ("read notify  say  'it  twice' +x", Deeds(marks=("read",), notify="say  'it  twice' +x")),
        ("notify notify", Deeds(notify="notify")),
    ],
)
def test_a_line_says_what_is_done(text: str, deeds: Deeds) -> None:
    assert parse_deeds(text) == deeds


@pytest.mark.parametrize(
    ("text", "word"),
    [("war", "war"), ("+", "+"), ("+a notify ", "notify"), ("+b read -b", "-b"), ("-b +b", "+b")],
)
def test_other_words_are_refused(text: str, word: str) -> None:
    with pytest.raises(DeedsError) as caught:
        parse_deeds(text)
    assert caught.value.word == word


tags = st.lists(st.text("abc/", min_size=1), max_size=3, unique=True).map(tuple)


@given(
    tags, tags, st.lists(st.sampled_from(Mark), max_size=3, unique=True).map(tuple),
    st.text().map(str.strip),
)  # fmt: skip
def test_what_was_written_is_read_again(
    add: tuple[str, ...], remove: tuple[str, ...], marks: tuple[Mark, ...], notify: str
) -> None:
    remove = tuple(one for one in remove if one not in add)
    deeds = Deeds(add, remove, marks, notify)
    assert parse_deeds(deeds_text(deeds)) == deeds
    assert bool(deeds_text(deeds)) is bool(deeds)
