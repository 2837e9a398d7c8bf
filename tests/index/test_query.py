"""Sets of ids."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.query import IdSet, InSet

ids = st.lists(st.integers(-(2**63), 2**63 - 1))


@given(ids, ids)
def test_a_set_of_ids_is_a_set(one: list[int], other: list[int]) -> None:
    made = IdSet(one)
    assert list(made) == sorted(set(one))
    assert len(made) == len(set(one))
    assert all((i in made) == (i in one) for i in [*one, *other])
    assert (made == IdSet(other)) == (set(one) == set(other))
    assert hash(made) == hash(IdSet(reversed(one)))


def test_what_is_no_id_is_in_no_set() -> None:
    assert "1" not in IdSet((1,))
    assert IdSet((1,)) != {1}


def test_a_condition_shows_its_label_and_not_every_id() -> None:
    assert repr(InSet("tag:war", IdSet(range(5)))) == "InSet(label='tag:war', ids=IdSet(5 ids))"
