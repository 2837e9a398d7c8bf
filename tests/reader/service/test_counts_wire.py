"""Counts of saved searches on the way."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.kept import Deeds, SavedCount, SavedId, SavedSearch
from reader.service.counts_wire import (
    CountsAnswer,
    CountsQuestion,
    are_all,
    counts_answer_line,
    counts_question_line,
    read_counts_answer,
    read_counts_question,
)
from reader.service.wire import Question, question_line

some_words = st.lists(st.text(), max_size=2).map(tuple)
deeds = st.builds(Deeds, some_words, some_words, some_words, st.text())
searches = st.builds(
    SavedSearch,
    st.integers(0, 2**40).map(SavedId),
    st.text(),
    st.text(),
    st.integers(0, 2**40),
    deeds,
    st.booleans(),
)
numbers = st.none() | st.integers(0, 2**40)
counts = st.builds(SavedCount, searches, numbers, numbers, st.text())


@settings(max_examples=30)
@given(st.lists(counts, max_size=3).map(tuple), st.integers(0, 9), st.text())
def test_an_answer_comes_as_it_was_sent(
    some: tuple[SavedCount, ...], total: int, problem: str
) -> None:
    answer = CountsAnswer(some, total, problem)
    assert read_counts_answer(counts_answer_line(answer)) == answer


def test_a_question_is_told_from_others() -> None:
    assert read_counts_question(
        json.loads(counts_question_line(CountsQuestion(7)))
    ) == CountsQuestion(7)
    assert read_counts_question(json.loads(question_line(Question(1, "counts", None)))) is None


def test_when_all_have_come() -> None:
    one = SavedCount(SavedSearch(SavedId(1), "a", "b", 0))
    assert are_all([one], CountsAnswer((one,), 1))
    assert not are_all([one], CountsAnswer((one,), 2))
    assert are_all([one], CountsAnswer((), 2))
    assert are_all([], CountsAnswer((), 2, "broken"))
