"""Facets where many match, few match, and entities have numbers far apart."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.api import FIRST_MOMENT, LAST_MOMENT, Document
from index.factory import open_index
from index.memory import MemoryIndex
from index.query import Everything, IdSet, InSet, Not, Sort, Term


@pytest.mark.parametrize("apart", [1, 10**12])
@pytest.mark.parametrize("limit", [0, 1, 3, 1000])
def test_entities_of_several_parts_are_added_up(tmp_path: Path, apart: int, limit: int) -> None:
    rng = random.Random(apart)
    index, reference = open_index(tmp_path / "index", create=True), MemoryIndex()
    for commit in range(3):
        documents = [
            Document(
                id=commit * 100 + number,
                title="",
                text="rare" if number == 7 else "common",
                added=number,
                entities=tuple({apart * rng.randrange(1, 40) for _ in range(4)}),
            )
            for number in range(60)
        ]
        index.apply(documents, [commit * 50 + 3])
        reference.apply(documents, [commit * 50 + 3])
    one = InSet("id:5", IdSet([5]))
    for query in (Everything(), Term("common"), Term("rare"), Term("none"), one, Not(one)):
        assert index.facets(query, limit=limit) == reference.facets(query, limit=limit)


def test_moments_beyond_the_calendar_are_of_its_first_and_last_month(tmp_path: Path) -> None:
    moments = [*range(-5, 5), FIRST_MOMENT, LAST_MOMENT, FIRST_MOMENT - 1, LAST_MOMENT + 1]
    moments += [sign * 2**power for power in (31, 36, 40, 50, 62) for sign in (1, -1)]
    moments += [2**63 - 1, 1 - 2**63]
    documents = [Document(one, "", "", 0, moment) for one, moment in enumerate(moments)]
    index, reference = open_index(tmp_path / "index", create=True), MemoryIndex()
    index.apply(documents)
    reference.apply(documents)
    months = index.facets(Everything()).months
    assert months == reference.facets(Everything()).months
    assert (months[0].value, months[-1].value) == ("9999-12", "0001-01")
    for sort in Sort:
        assert index.order(Everything(), sort=sort) == reference.order(Everything(), sort=sort)


@pytest.mark.parametrize("beyond", [2**63, 2**64, 2**200, -(2**63) - 1])
def test_ids_beyond_64_bits_remove_nothing(tmp_path: Path, beyond: int) -> None:
    index = open_index(tmp_path / "index", create=True)
    ids = [-(2**63), -1, 0, 2**53 + 1, 2**63 - 1]
    index.apply([Document(one, "", "text", 0) for one in ids])
    index.apply([], [beyond])
    assert list(index.document_ids()) == ids
    index.apply([], [beyond, -1, 2**53 + 1])
    assert list(index.document_ids()) == [ids[0], 0, ids[-1]]


def test_an_index_without_entities_has_none(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    for number in range(3):
        index.apply([Document(number, "", "text", 0, source="Wire")])
    found = index.facets(Everything(), limit=5)
    assert found.entities == ()
    assert [(one.value, one.documents) for one in found.sources] == [("Wire", 3)]
