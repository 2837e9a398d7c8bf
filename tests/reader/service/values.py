"""Made-up values of cards."""

from __future__ import annotations

from datetime import UTC

from hypothesis import strategies as st

from reader.model import (
    ArticleId,
    ArticleRow,
    Entity,
    EntityCard,
    EntityId,
    EntityKind,
    Evidence,
    NameCount,
    NameForm,
    Precision,
    Published,
    Span,
    Together,
)
from reader.service.facets import EntityFacet

ids = st.integers(1, 2**62)
numbers = st.integers(0, 2**40)
moments = st.datetimes(timezones=st.just(UTC))
entities = st.builds(Entity, ids.map(EntityId), st.text(), st.sampled_from(EntityKind))
published = st.builds(Published, moments, st.sampled_from(Precision))
rows = st.builds(
    ArticleRow,
    id=ids.map(ArticleId),
    title=st.text(),
    title_derived=st.booleans(),
    source=st.text(),
    published=st.none() | published,
    added=moments,
    read=st.booleans(),
    starred=st.booleans(),
    archived=st.booleans(),
    tags=st.lists(st.text(), max_size=2).map(tuple),
)
spans = st.builds(Span, numbers, numbers)
evidence = st.builds(Evidence, rows, st.text(), st.lists(spans, max_size=2).map(tuple), numbers)
facets = st.builds(EntityFacet, entities, numbers)


def some(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(values, max_size=2).map(tuple)


counts = some(st.builds(NameCount, st.text(), numbers))
together = some(st.builds(Together, entities, numbers))
cards = st.builds(
    EntityCard,
    entity=entities,
    articles=numbers,
    mentions=numbers,
    forms=some(st.builds(NameForm, st.text(), numbers)),
    first=st.none() | rows,
    last=st.none() | rows,
    months=counts,
    together=together,
    places=together,
    tags=counts,
    related=some(entities),
)
