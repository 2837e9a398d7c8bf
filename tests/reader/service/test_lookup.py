"""Names in a query: by any name, by number, of a kind."""

from __future__ import annotations

import pytest

from reader.model import EntityKind
from reader.service import lookup
from reader.service.library import Library
from reader.service.lookup import StoreLookup, find_named
from reader.service.resolve import numbered
from tests.reader.service.naming import add, index_what_waits, the


@pytest.fixture
def world(fresh: Library) -> Library:
    add(
        fresh,
        "[PER:Anna Berg] met [LOC:Odesa].",
        "[PER:Anna Berg|Berg] left. [ORG:Berg] pays.",
        "[LOC:Odesa] slept; [PER:Anna Berg|Berg] too.",
    )
    return fresh


@pytest.mark.parametrize(
    ("name", "number"),
    [("#12", 12), (" #7 ", 7), ("12", None), ("#", None), ("#1a", None), ("#" + "9" * 30, None)],
)
def test_a_number_in_place_of_a_name(name: str, number: int | None) -> None:
    assert numbered(name) == number


def test_what_looks_like_an_id_names_nobody(world: Library) -> None:
    assert find_named(world.store, "berg")
    assert find_named(world.store, " #berg") == ()
    assert ids(world, 'entity:"#berg"') == []


def ids(world: Library, text: str) -> list[int]:
    return sorted(world.searching.view(text).ids)


def test_by_any_name(world: Library) -> None:
    assert ids(world, "who:berg") == ids(world, 'who:"anna berg"') == [1, 2, 3]
    assert ids(world, "org:berg") == [2]
    assert ids(world, "entity:berg") == [1, 2, 3]
    assert ids(world, "-entity:berg") == []
    assert ids(world, "where:ode*") == [1, 3]
    assert ids(world, "where:berg") == []


def test_by_number_as_exactly_one(world: Library) -> None:
    berg = the(world, "Anna Berg")
    assert ids(world, f'entity:"#{berg}"') == ids(world, f"who:#{berg}") == [1, 2, 3]
    assert ids(world, f"org:#{berg}") == []
    assert ids(world, f'-entity:"#{berg}"') == []
    assert ids(world, "entity:#99") == []


def test_by_what_the_reader_calls_it(world: Library) -> None:
    world.correcting.rename(the(world, "Anna Berg"), "Kiev Odesa")
    index_what_waits(world)
    asked = StoreLookup(world.store)
    for name in ("kiev odesa", "Odesa", "berg"):
        assert the(world, "Kiev Odesa") in list(asked.named(name, EntityKind.PER)), name
    assert find_named(world.store, "odesa", EntityKind.LOC) == (the(world, "Odesa"),)


def test_a_correction_holds_before_the_index_has_heard(
    world: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    berg, odesa = the(world, "Anna Berg"), the(world, "Odesa")
    world.correcting.merge(berg, odesa)
    assert ids(world, "where:odesa") == ids(world, f"entity:#{berg}") == [1, 2, 3]
    assert ids(world, "slept where:odesa") == [3]
    index_what_waits(world)
    world.history.undo()
    assert ids(world, 'who:"anna berg"') == [1, 2, 3]
    assert ids(world, "where:odesa") == ids(world, f"entity:#{odesa}") == [1, 3]
    assert ids(world, "-where:odesa") == [2]
    # Of very many nothing is looked up but in the index, which has the merged one everywhere.
    monkeypatch.setattr(lookup, "MANY", 0)
    assert ids(world, "where:odesa") == [1, 2, 3]


def test_counts_of_an_answer_count_once(world: Library) -> None:
    (berg,) = (one for one in world.browsing.list_entities() if one.entity.name == "Anna Berg")
    assert (berg.articles, berg.mentions) == (3, 3)
    world.correcting.merge(the(world, "Berg"), berg.entity.id)
    index_what_waits(world)
    within = world.searching.ids("entity:berg")
    (merged,) = (
        one for one in world.browsing.list_entities(within) if one.entity.id == berg.entity.id
    )
    assert (merged.articles, merged.mentions) == (3, 4)
    assert len(world.browsing.list_entities()) == 2
    assert ids(world, "org:berg") == []
