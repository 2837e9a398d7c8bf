"""Values as JSON and back."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Evidence
from reader.service.facets import EntityFacet
from reader.service.value_wire import read_value, record_of
from tests.reader.service.values import cards, evidence, facets


def through(kind: object, value: object) -> object:
    return read_value(kind, json.loads(json.dumps(record_of(value))))


@settings(max_examples=30)
@given(cards)
def test_cards_come_back_as_they_were(card: object) -> None:
    assert through(type(card), card) == card


@given(st.none() | evidence)
def test_what_may_be_missing(found: Evidence | None) -> None:
    assert through(Evidence | None, found) == found


@given(st.lists(facets, max_size=3).map(tuple))
def test_any_number_of_values(found: tuple[EntityFacet, ...]) -> None:
    assert through(tuple[EntityFacet, ...], found) == found
