"""Cleaning: what must go, what must stay, and that it stays cheap."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.clean import clean_line, clean_text, has_unsafe, strip_unsafe

ESC = "\x1b"
NASTY = st.sampled_from(
    [
        ESC,
        "[",
        "]",
        "P",
        "\\",
        "\x07",
        "\x9b",
        "\x9c",
        "\x9d",
        "31m",
        "52;c;",
        "\r",
        "\n",
        "\t",
        "\x85",
        "\u2028",
        "\u202e",
        "\u2066",
        "\u200e",
        "\ufe0f",
        "\u0301",
        "\u0327",
        "\u0344",
        "\u0301" * 20,
        "e",
        "\u1100",
        "\u1161",
        "\U0001f3f4",
        "\U000e0067",
        "\U000e007f",
        "\ud800",
        "\ufffe",
        "\u00a0",
        "\u200d",
        " ",
        "é",
    ]
)
HOSTILE = st.one_of(
    st.lists(NASTY, max_size=40).map("".join),
    st.text(alphabet=st.characters(), max_size=60),
)


def is_harmless(char: str) -> bool:
    category = unicodedata.category(char)
    return char in "\n\t" or category not in {"Cc", "Cs", "Zl", "Zp"}


@given(HOSTILE)
def test_no_control_survives_cleaning(s: str) -> None:
    text, line, edge = clean_text(s), clean_line(s), strip_unsafe(s)
    assert all(map(is_harmless, text))
    assert not has_unsafe(text)
    assert all(map(is_harmless, line + edge))
    assert not set(line + edge) & set("\n\t")
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in text + edge)


@given(HOSTILE)
def test_cleaning_twice_changes_nothing(s: str) -> None:
    text, line, edge = clean_text(s), clean_line(s, 30), strip_unsafe(s)
    assert clean_text(text) == text
    assert clean_line(line, 30) == line
    assert strip_unsafe(edge) == edge
    assert clean_line(clean_text(s)) == clean_line(s)
    assert unicodedata.is_normalized("NFC", text)
    assert unicodedata.is_normalized("NFC", line)


@given(st.text(alphabet="abc XYZ.,:;'\"!?-“”‘’—…äéñøżЖя東京0123\n\t", max_size=200))
def test_plain_text_stays_as_it_is(s: str) -> None:
    assert clean_text(s) == s
    assert not has_unsafe(s)


@given(HOSTILE, st.integers(min_value=1, max_value=40))
def test_line_is_never_longer_than_asked(s: str, limit: int) -> None:
    assert len(clean_line(s, limit)) <= limit


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (f"a{ESC}[31mred{ESC}[0m b", "ared b"),
        ("a\x9b1;2Hb", "ab"),
        (f"a{ESC}]52;c;cHduZWQ={ESC}\\b", "ab"),
        (f"a{ESC}]8;;http://x.test\x07link{ESC}]8;;\x07b", "alinkb"),
        ("a\x9d0;title\x9cb", "ab"),
        (f"a{ESC}Pq#0{ESC}\\b{ESC}_Gf=1{ESC}\\c{ESC}^pm\x9cd{ESC}Xsos\x9ce", "abcde"),
        (f"a{ESC}]52;c;" + "x" * 4097 + "\x07b", "a52;c;" + "x" * 4097 + "b"),
        (f"a{ESC}[12", "a12"),
        (f"{ESC}{ESC}[1m{ESC}c", "c"),
        ("â\x80\x9dkept words â\x80\x9c", "âkept words â"),
        ("a\x00b\x08c\x7fd\x81e", "abcde"),
        ("a\r\nb\rc\x85d\u2028e\u2029f", "a\nb\nc\nd\ne\nf"),
        ("a\ud800b", "a\ufffdb"),
        ("a\ufdd0b\uffffc\U0010fffed", "abcd"),
        ("user\u202egnp.exe\u202c \u2066x\u2069", "usergnp.exe x"),
        ("שלום\u200f a\u200db", "שלום\u200f a\u200db"),
        ("cafe\u0301", "café"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
    ],
)
def test_clean_text(given: str, wanted: str) -> None:
    assert clean_text(given) == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("  a\t\tb\n\nc\u00a0 d ", "a b c d"),
        ("zero\u200bwidth\u2060 \ufeffso\u00adft\u180e", "zerowidth soft"),
        ("a\u200eb\u200fc\u061cd", "abcd"),
        ("heart \u2764\ufe0f thumb \U0001f44d\U0001f3fd", "heart \u2764 thumb \U0001f44d"),
        ("x\U000e0041\U000e0042y", "xy"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f!",
            "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f!",
        ),
        ("x" + "\u0323" * 20 + "y", "x" + "\u0323" * 8 + "y"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("", ""),
        ("\u200b\n", ""),
    ],
)
def test_clean_line(given: str, wanted: str) -> None:
    assert clean_line(given) == wanted


def test_long_line_ends_in_an_ellipsis() -> None:
    assert clean_line("word " * 100, 12) == "word word w…"
    assert clean_line("x" * 300) == "x" * 300
    assert len(clean_line("x" * 301)) == 300
    assert clean_line("aaaz\u0323\u0323b", 5) == "aaa…"


def test_screen_edge_takes_everything_that_moves_the_cursor() -> None:
    assert strip_unsafe("a\nb\tc\x1b[1m\x9b\u202e\u200f\u2028d\udc80") == "abc[1md\ufffd"
    assert strip_unsafe("a\udc80") == "a\ufffd"
    plain = "plain “text”"
    assert strip_unsafe(plain) is plain


@pytest.mark.parametrize(
    "unit",
    [
        ESC,
        ESC + "[",
        ESC + "]",
        ESC + "P" + ESC + "\x1b",
        "\x9d",
        "\x9b0",
        ESC + "[" + "0" * 500,
        ESC + "]" + "x" * 500,
        "\u0301\u0327",
        "\U0001f3f4\U000e0067",
        "\r",
        "Ж",
    ],
)
def test_time_grows_with_length_not_faster(unit: str) -> None:
    def cpu(size: int) -> float:
        s = "a" + unit * (size // len(unit))
        started = time.process_time()
        clean_text(s)
        clean_line(s)
        return time.process_time() - started

    cpu(1000)
    # Quadratic work would take minutes for the larger one.
    small, large = cpu(50_000), cpu(1_000_000)
    assert large < max(20 * small * 5, 2.0)


@settings(max_examples=50)
@given(st.text(alphabet="\u0301\u0327\u0344\u0308ae\u1100\u1161\u09c7\u09be", max_size=120))
def test_heaps_of_marks_keep_the_line_composed(s: str) -> None:
    for cleaned in (clean_text(s), clean_line(s)):
        assert unicodedata.is_normalized("NFC", cleaned)
    assert clean_line(clean_line(s)) == clean_line(s)
    assert clean_text(clean_text(s)) == clean_text(s)
