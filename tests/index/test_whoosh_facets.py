"""Facets where many match, few match, and entities have numbers far apart."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.api import Document
from index.factory import open_index
from index.memory import MemoryIndex
from index.query import Everything, IdSet, InSet, Not, Term


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


def test_an_index_without_entities_has_none(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index", create=True)
    for number in range(3):
        index.apply([Document(number, "", "text", 0, source="Wire")])
    found = index.facets(Everything(), limit=5)
    assert found.entities == ()
    assert [(one.value, one.documents) for one in found.sources] == [("Wire", 3)]
