"""Pages follow one another, also when articles come and go between them."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import CursorError
from reader.service.cursor import make_cursor, start_after

ORDERS = st.lists(st.integers(1, 10**6), unique=True, max_size=40).map(lambda ids: array("q", ids))


@given(ids=ORDERS, size=st.integers(1, 7))
def test_pages_put_together_are_the_whole_order(ids: array[int], size: int) -> None:
    seen, cursor = array("q"), None
    while True:
        start = start_after(ids, cursor)
        seen += ids[start : start + size]
        cursor = make_cursor(ids[start : start + size], start, len(ids))
        if cursor is None:
            break
    assert seen == ids


def test_an_article_that_arrives_on_top_shifts_nothing() -> None:
    cursor = make_cursor(array("q", [5]), 0, 3)
    assert start_after(array("q", [9, 5, 4, 3]), cursor) == 2


def test_the_place_counts_when_the_article_is_gone() -> None:
    assert start_after(array("q", [4, 3]), "1.5") == 1
    assert start_after(array("q", [4, 3]), "99.5") == 2


def test_an_article_that_left_the_answer_keeps_its_place_in_the_order() -> None:
    unread, whole = array("q", [5, 4, 3, 2, 1]), array("q", [5, 4, 3, 2, 1])
    cursor = make_cursor(unread[:2], 0, 5)
    assert start_after(array("q", [3, 2, 1]), cursor, lambda: whole) == 0
    assert start_after(array("q", [5, 3, 1]), cursor, lambda: whole) == 1
    assert start_after(array("q", [5]), cursor, lambda: whole) == 1


@pytest.mark.parametrize(
    "cursor", ["", "x", "1", "1.", ".1", "-1.2", "1.2.3", "²." + "1", "1" * 41 + ".1"]
)
def test_what_was_never_handed_out_is_refused(cursor: str) -> None:
    with pytest.raises(CursorError):
        start_after(array("q", [1]), cursor)
