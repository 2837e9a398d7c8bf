"""Rows of entities as values, in the name and kind that are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reader.model import Entity, EntityCount, EntityId, EntityKind
from reader.store.database import Database, Row, json_ids
from reader.store.naming import Naming
from reader.store.together import unpacked

SHOWN = """
    e.id, coalesce(e.reader_name, e.name), coalesce(e.reader_kind, e.kind), e.mentions, e.articles
"""
"""What `entity_of` and `counts_of` read, of the entity `e`."""


def entity_of(row: Row) -> Entity:
    return Entity(EntityId(row[0]), row[1], EntityKind(row[2]))


def counts_of(rows: Iterable[Row]) -> tuple[EntityCount, ...]:
    return tuple(EntityCount(entity_of(row), row[3], row[4]) for row in rows)


def namings_of(database: Database, article_ids: Collection[int]) -> dict[int, Naming]:
    """The mentions of those of these articles that have any, by article."""
    rows = database.rows(
        "SELECT article_id, mentions FROM naming"
        " WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id",
        (json_ids(article_ids),),
    )
    namings = unpacked(database, (packed for _, packed in rows))
    return dict(zip((article_id for article_id, _ in rows), namings, strict=True))


def shown_entities(database: Database, ids: Collection[int]) -> dict[int, EntityCount]:
    """What each of these ids stands for, with the counts of the library; ignored ones are left
    out."""
    rows = database.rows(
        f"SELECT {SHOWN}, o.id FROM entity o"  # noqa: S608
        " CROSS JOIN entity e ON e.id = coalesce(o.root, o.id)"
        " WHERE o.id IN (SELECT value FROM json_each(?)) AND NOT e.ignored",
        (json_ids(ids),),
    )
    return dict(zip((row[-1] for row in rows), counts_of(rows), strict=True))


def shown_ids(database: Database, article_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """The entities that some articles name, as they are shown, ascending."""
    named = {
        article_id: set(naming.counted())
        for article_id, naming in namings_of(database, article_ids).items()
    }
    rows = database.rows(
        "SELECT o.id, e.id FROM entity o CROSS JOIN entity e ON e.id = coalesce(o.root, o.id)"
        " WHERE o.id IN (SELECT value FROM json_each(?)) AND NOT e.ignored",
        (json_ids(set().union(*named.values())),),
    )
    shown: dict[int, int] = dict(rows)
    return {
        article_id: tuple(sorted({shown[one] for one in ids if one in shown}))
        for article_id, ids in named.items()
    }
