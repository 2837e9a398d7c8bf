"""Words of a text, and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import fold, forms, places, stem, tokens
from index.analysis.sequences import follow, gather
from index.analysis.tokens import VALUE_GAP
from index.analysis.weights import Totals, rarity, saturate, text_norm, title_norm
from index.analysis.words import (
    CloseTo,
    Fits,
    FormIs,
    StartsWith,
    StemIs,
    is_weighed,
    rank_spellings,
    searched_fields,
    spelling_test,
    value_test,
    within,
    word_tests,
)
from index.query import Fuzzy, Near, Phrase, Prefix, Term, Wildcard

PIECES = (
    "U.S.", "U.S.-led", "don’t", "Russia’s", "naïve", "ﬁne", "İstanbul", "Straße", "1,000.5",
    "3.5bn", "covid-19", "e\u0301te\u0301", "東京が", "हिन्दी", "co\u00adop", "J.K.", "½", "ʼ", "ͺ",
    "_", "…", "—", " ", "\n", "'", "’s", ".", ",", "a", "S", "9", "ﷺ", "👍🏽", "Ꭰ", "ſ", "ß's",
    "\U00013000",
)  # fmt: skip
texts = st.text(max_size=40) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S.-led talks", ["the", "us", "led", "talks"]),
        ("US and U.S. and U.S", ["us", "and", "us", "and", "us"]),
        ("Russia’s and Russia's", ["russia", "and", "russia"]),
        ("the U.S.’s envoy", ["the", "us", "envoy"]),
        ("don't DON’T don‘t", ["don't"] * 3),
        ("workers' 'quoted'", ["workers", "quoted"]),
        ("covid-19", ["covid", "19"]),
        ("1,000 1,000.50 3.5bn 12,34", ["1000", "1000.50", "3.5", "bn", "12", "34"]),
        ("10:30 on 2023-07-23", ["10", "30", "on", "2023", "07", "23"]),
        ("G7 F16 1990s 5th", ["g7", "f16", "1990s", "5th"]),
        ("café CAFE\u0301 naïve", ["cafe", "cafe", "naive"]),
        ("Łódź Ærø Erdoğan Sıla", ["lodz", "aero", "erdogan", "sila"]),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁnance co\u00adoperate", ["finance", "cooperate"]),
        ("東京 ab 大", ["東", "京", "ab", "大"]),
        ("हिन्दी", ["हिन्दी"]),
        ("J.K. Rowling a.b.com U.S.Army", ["jk", "rowling", "a", "b", "com", "u", "s", "army"]),
        ("snake_case — … 👍", ["snake", "case"]),
        ("x" * 100, ["x" * 100]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert [token.form for token in tokens(text)] == expected
    assert forms(text) == expected


@given(texts)
@settings(max_examples=300)
def test_a_token_is_what_its_stretch_of_the_text_folds_to(text: str) -> None:
    end = 0
    for position, token in enumerate(tokens(text)):
        assert end <= token.start < token.end <= len(text)
        end = token.end
        stretch = text[token.start : token.end]
        assert token.position == position
        assert token.form
        assert token.stem == stem(token.form)
        assert [again.form for again in tokens(stretch)] == [token.form]
        if not set(stretch) & set(".,"):
            assert token.form == (fold(stretch) or stretch)


@given(texts)
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_stems() -> None:
    assert stem("strikes") == stem("striking") == "strike"


def test_values_of_one_field_lie_apart() -> None:
    assert places(("Ann Lee", "Lee")) == {"ann": [0], "lee": [1, 2 + VALUE_GAP]}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[1, 5, 9]], [1, 5, 9]),
        ([[1, 5], [2, 3], [3, 7]], [1]),
        ([[1, 2, 3], [2, 3, 4]], [1, 2, 3]),
        ([[1], [3]], []),
    ],
)
def test_following_words(rows: list[list[int]], expected: list[int]) -> None:
    assert follow(rows) == expected


@pytest.mark.parametrize(
    ("rows", "distance", "expected"),
    [
        ([[4]], 0, [4]),
        ([[1, 9], [3]], 2, [1, 3]),
        ([[1, 9], [3]], 1, []),
        ([[1, 2, 8], [3, 30]], 5, [1, 2, 3, 8]),
        ([[1], [2], [9]], 8, [1, 2, 9]),
        ([[1], [2], [9]], 7, []),
    ],
)
def test_near_words(rows: list[list[int]], distance: int, expected: list[int]) -> None:
    assert gather(rows, distance) == expected


@given(st.lists(st.sets(st.integers(0, 12), min_size=1), min_size=1, max_size=3), st.integers(0, 6))
def test_near_words_by_trying_every_window(rows: list[set[int]], distance: int) -> None:
    expected: set[int] = set()
    for start in range(13):
        window = set(range(start, start + distance + 1))
        if all(row & window for row in rows):
            expected.update(position for row in rows for position in row & window)
    disjoint = [row - set().union(*rows[:at]) for at, row in enumerate(rows)]
    if disjoint == [set(row) for row in rows]:
        assert gather([sorted(row) for row in rows], distance) == sorted(expected)


def edits(one: str, other: str) -> int:
    """Optimal string alignment by the whole table."""
    table = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            best = table[i - 1][j - 1] + (one[i - 1] != other[j - 1])
            best = min(best, table[i - 1][j] + 1, table[i][j - 1] + 1)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                best = min(best, table[i - 2][j - 2] + 1)
            table[i][j] = best
    return table[-1][-1]


near_words = st.text("abc", max_size=6)


@given(near_words, near_words, st.integers(0, 3))
@settings(max_examples=300)
def test_edits_are_counted_as_by_the_whole_table(one: str, other: str, distance: int) -> None:
    assert within(one, other, distance) == (edits(one, other) <= distance)


@pytest.mark.parametrize(
    ("leaf", "accepted", "refused"),
    [
        (Term("strikes"), "striking", "stroke"),
        (Term("Strikes", exact=True), "strikes", "strike"),
        (Term("Strikes", "source"), "strikes", "strike"),
        (Prefix("Nuc"), "nuclear", "nutmeg"),
        (Wildcard("te?t"), "text", "teest"),
        (Wildcard("T*t"), "tt", "ta"),
        (Wildcard("caf\u00e9?"), "cafes", "cafe"),
        (Wildcard("don’*"), "don't", "done"),
        (Fuzzy("lukashenka"), "lukashenko", "ukashenka"),
        (Fuzzy("abcd", 2), "abdce", "abxyz"),
    ],
)
def test_a_leaf_of_one_word(leaf: Term, accepted: str, refused: str) -> None:
    (test,) = word_tests(leaf)
    assert test.accepts(accepted)
    assert not test.accepts(refused)


def test_leaves_of_several_words() -> None:
    assert word_tests(Term("U.S.-led", exact=True)) == (FormIs("us"), FormIs("led"))
    assert word_tests(Phrase(("grain", "—", "deals"))) == (StemIs("grain"), StemIs("deal"))
    assert word_tests(Near(("deal", "deals"), 3)) == (StemIs("deal"),)
    assert word_tests(Prefix("U.S.-l")) == (FormIs("us"), StartsWith("l"))
    assert word_tests(Fuzzy("al-qaida")) == (CloseTo("al", 1, "a"), CloseTo("qaida", 1, "q"))
    first, second = word_tests(Wildcard("al-q?eda-*"))
    assert first == FormIs("al")
    assert isinstance(second, Fits)
    assert (second.pattern, second.lead) == ("q?eda", "q")


@pytest.mark.parametrize(
    "leaf",
    [Term("—"), Phrase(()), Near((), 2), Near(("a",), -1), Prefix("-"), Wildcard("*"), Fuzzy("")],
)
def test_a_leaf_of_no_word(leaf: Term) -> None:
    assert word_tests(leaf) == ()


@pytest.mark.parametrize(
    ("leaf", "accepted", "refused"),
    [
        (Term("en", "lang"), "en", "EN"),
        (Phrase(("a", "b"), "entity"), "a b", "a"),
        (Near(("a", "b"), 1, "entity"), "a b", "b a"),
        (Prefix("e", "lang"), "en", "En"),
        (Wildcard("e?", "lang"), "en", "eng"),
        (Wildcard("*n", "lang"), "en", "EN"),
        (Fuzzy("en", 1, "lang"), "eo", "de"),
    ],
)
def test_whole_values(leaf: Term, accepted: str, refused: str) -> None:
    assert value_test(leaf).accepts(accepted)
    assert not value_test(leaf).accepts(refused)


def test_fields_of_leaves() -> None:
    assert searched_fields(Term("a")) == ("title", "text")
    assert searched_fields(Term("a", "lang")) == ("lang",)
    with pytest.raises(ValueError, match="tag"):
        searched_fields(Term("a", "tag"))
    assert is_weighed(Phrase(("a",), "title"))
    assert not is_weighed(Term("a", "author"))
    assert not is_weighed(Prefix("a"))


def test_spellings() -> None:
    assert spelling_test("two words") is None
    test = spelling_test("Grian")
    assert test == CloseTo("grian", 2, "g")
    assert test is not None
    known = {"grain": 1, "grin": 2, "groin": 9, "grian": 99, "green": 7}
    assert rank_spellings(test, known, 3) == ["grin", "grain", "groin"]


def test_weights() -> None:
    totals = Totals(documents=10, title_tokens=50, text_tokens=1000)
    idf = rarity(totals, 2)
    assert idf == pytest.approx(1.4816045)  # ln(1 + 8.5 / 2.5)
    # One place in a title of average length weighs 3, so 3 / 4.2 of the idf.
    assert saturate(idf, 3 / title_norm(totals, 5.0)) == pytest.approx(idf * 3 / 4.2)
    assert saturate(idf, 1 / text_norm(totals, 100.0)) == pytest.approx(idf * 1 / 2.2)
    assert text_norm(totals, 300.0) > text_norm(totals, 100.0)
    assert rarity(Totals(3, 0, 0), 3) > 0
    assert title_norm(Totals(), 0.0) > 0
