"""Counts beside an answer: by kind, under the entity that each is part of."""

from __future__ import annotations

import pytest

from reader.errors import SearchUnavailableError
from reader.model import EntityKind, NameCount
from reader.service import facets
from reader.service.library import Library
from tests.reader.service.naming import add, index_what_waits, the


@pytest.fixture
def world(fresh: Library) -> Library:
    add(
        fresh,
        "Fire: [PER:Anna Berg] told [ORG:Hill Fund] of [LOC:Odda].",
        "Fire: [PER:Anna Berg] left [LOC:Odda] for [LOC:Voss].",
        "Rain: [PER:Nils Lie] saw [LOC:Odda] and [MISC:Norwegian] ships.",
    )
    return fresh


def told(world: Library, text: str, limit: int = 8) -> list[tuple[str, str, int]]:
    found = world.searching.entity_facets(text, limit)
    return [(one.entity.kind.value, one.entity.name, one.articles) for one in found]


def test_each_kind_has_its_most_frequent_names(world: Library) -> None:
    assert told(world, "fire") == [
        ("PER", "Anna Berg", 2),
        ("LOC", "Odda", 2),
        ("LOC", "Voss", 1),
        ("ORG", "Hill Fund", 1),
    ]
    assert told(world, "", 1) == [
        ("PER", "Anna Berg", 2),
        ("LOC", "Odda", 3),
        ("ORG", "Hill Fund", 1),
        ("MISC", "Norwegian", 1),
    ]
    assert told(world, "nothing-of-this") == []


def test_a_query_in_the_making_is_counted_as_it_is_shown(world: Library) -> None:
    assert told(world, "fire (", 1) == told(world, "fire", 1)


def test_more_is_looked_at_where_a_kind_is_missing(
    world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "FIRST", 1)
    monkeypatch.setattr(facets, "MOST", 2)
    assert told(world, "") == [("PER", "Anna Berg", 2), ("LOC", "Odda", 3)]
    monkeypatch.setattr(facets, "MOST", 100)
    assert len(told(world, "")) == 6


def test_enough_is_enough(world: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    add(world, "Fire: [MISC:Norwegian] and [ORG:Hill Fund].")
    monkeypatch.setattr(facets, "FIRST", 4)
    monkeypatch.setattr(facets, "MOST", 0)
    assert len(told(world, "", 1)) == 4


def test_what_was_corrected_counts_as_it_is_now(world: Library) -> None:
    voss, odda = the(world, "Voss"), the(world, "Odda")
    world.correcting.merge(voss, odda)
    world.correcting.ignore(the(world, "Nils Lie"))
    index_what_waits(world)
    assert told(world, "") == [
        ("PER", "Anna Berg", 2),
        ("LOC", "Odda", 3),
        ("ORG", "Hill Fund", 1),
        ("MISC", "Norwegian", 1),
    ]
    counts = world.searching.facets("*").entities
    assert [(one.entity.name, one.articles) for one in counts][:2] == [
        ("Odda", 3),
        ("Anna Berg", 2),
    ]


def test_an_index_that_lags_behind_shows_no_name_twice(world: Library) -> None:
    world.correcting.merge(the(world, "Voss"), the(world, "Odda"))
    assert [name for kind, name, _ in told(world, "fire") if kind == "LOC"] == ["Odda"]
    world.correcting.ignore(the(world, "Odda"))
    assert [name for kind, name, _ in told(world, "fire") if kind == "LOC"] == []


def test_an_article_counts_once_before_the_index_has_heard(world: Library) -> None:
    world.correcting.merge(the(world, "Voss"), the(world, "Odda"))
    assert ("LOC", "Odda", 3) in told(world, "")
    assert world.searching.facets("*").entities[0].articles == 3
    index_what_waits(world)
    world.history.undo()
    world.correcting.merge(the(world, "Nils Lie"), the(world, "Anna Berg"))
    index_what_waits(world)
    world.history.undo()
    assert [one for one in told(world, "rain") if one[0] == "PER"] == []


def test_all_counts_at_once(world: Library) -> None:
    world.tagging.tag([1, 2], ["burning"], [])
    view = world.searching.facets("fire", limit=1)
    assert view.tags == (NameCount("burning", 2),)
    assert [one.entity.kind for one in view.entities] == [EntityKind.PER]
    assert (view.sources, view.months) == ((), ())


def test_without_an_index_there_are_no_counts(fresh: Library) -> None:
    with pytest.raises(SearchUnavailableError):
        fresh.searching.entity_facets("")
