"""The texts of the benchmark of names."""

from __future__ import annotations

from pathlib import Path

from benchmarks import news
from reader.entities import load_recogniser


def test_a_later_round_has_other_names_in_the_same_words(tmp_path: Path) -> None:
    texts = list(news.news(news.WHOLE + 2))
    assert texts == list(news.news(news.WHOLE + 2))
    first, again = texts[0], texts[news.WHOLE]
    assert first != again
    assert news.WORDS <= len(first.split()) < 2 * news.WORDS
    shared = set(first.split()) & set(again.split())
    assert len(shared) > len(set(first.split())) / 2
    path = tmp_path / "drafts"
    news.write_drafts(path, 2)
    assert [draft.text for draft in news.read_drafts(path)] == texts[:2]


def test_most_names_of_a_later_round_are_others() -> None:
    texts = list(news.news(2 * news.WHOLE))
    first, again = texts[:10], texts[news.WHOLE :][:10]
    recogniser = load_recogniser()
    for before, after in zip(first, again, strict=True):
        names = [
            {text[one.start : one.end] for one in recogniser.recognise([text])[0]}
            for text in (before, after)
        ]
        assert 0 < len(names[0] & names[1]) < len(names[1])


def test_texts_have_no_marks() -> None:
    assert not any("[PER" in text or "===" in text for text in news.news(news.WHOLE))
