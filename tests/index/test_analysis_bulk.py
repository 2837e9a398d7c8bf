"""Reading many texts at once finds the words that reading one finds."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.analysis.bulk import Vocabulary
from index.analysis.tokens import forms

PIECES = st.sampled_from(
    [
        "Strike", "the", "U.S.", "u.s", "U.S._x", "U.S.-led", "1,000", "1,000.5", "3.5.1", "don't",
        "don’t", "’tis", "‘quoted’", "Putin’s", "boss's's", "ʼokina", "covid-19", "a_b", "_", ".",
        ",", "...", "…", "“", "”", "—", "–", "\x00", "\xff", "\xa0", "\u2003", "\u200d", "\u00ad",
        "Zürich", "Straße", "I\u0307stanbul", "İ", "ﬁn", "日本", "東京都", "e\u0301", "\ud800",
        "Łódź",
        "\u0915\u094d\u0937", "K", "ſ", "x.y", "9.", "9,", ".5", " ", "\n", "\t", "\x1c", "\x85",
        "and/or", "100%", "$5", "a@b.c", "＇", "３", "²", "x\u0301.y", "a.b.c", "a.b.c.de",
    ]
)  # fmt: skip
TEXTS = st.lists(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join), max_size=6)


@settings(max_examples=400)
@given(TEXTS)
@example(["", "", ""])
@example(["Said the U.S.", "’"])
def test_many_texts_at_once_have_the_words_of_each(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    vocabulary.read(["seen", "before 1,2 a.b"])
    numbers, lengths = vocabulary.read(texts)
    found = [vocabulary.forms[number] for number in numbers.tolist()]
    assert found == [form for text in texts for form in forms(text)]
    assert lengths.tolist() == [len(forms(text)) for text in texts]


def test_a_form_has_one_number() -> None:
    vocabulary = Vocabulary()
    numbers, _ = vocabulary.read(["Grain grain GRAIN, grain. “grain” grain's grain-grain"])
    assert set(numbers.tolist()) == {vocabulary.number("grain")}


def test_the_size_is_that_of_different_chunks() -> None:
    vocabulary = Vocabulary()
    before = len(vocabulary)
    vocabulary.read(["a b a", "b c. 5."])
    assert len(vocabulary) == before + 4
