"""Small values and stand-ins that the tests of the library share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reader.model import Draft, EntityKind, Precision, Published, StoredEntity
from reader.store import Store
from reader.store.database import Database

NOON = datetime(2023, 7, 23, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_time(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass(frozen=True, slots=True)
class Place:
    start: int
    end: int
    confidence: float = 1.0


def draft(name: str, **known: Any) -> Draft:
    """An article of its own, called `name`."""
    values: dict[str, Any] = {
        "title": f"Title {name}",
        "text": f"Text of {name}.",
        "source": "Gazette",
        "guid": name,
    }
    return Draft(**(values | known))


def published(*date: int, precision: Precision = Precision.DAY) -> Published:
    return Published(datetime(*date, tzinfo=UTC), precision)  # type: ignore[arg-type, misc]


def entity(
    name: str, *places: tuple[int, int], kind: EntityKind = EntityKind.PER, aliases: str = ""
) -> StoredEntity:
    """An entity whose key is its name in small letters; `aliases` are separated by commas."""
    keys = tuple(alias.strip() for alias in aliases.split(",") if alias)
    return StoredEntity(name, kind, name.lower(), keys, tuple(Place(*place) for place in places))


def add(store: Store, *names: str, **known: Any) -> list[int]:
    """Save drafts of these names."""
    return [store.articles.save(draft(name, **known))[0] for name in names]


def database_of(store: Store) -> Database:
    return store._database


def entities_of(store: Store) -> dict[int, str]:
    """The name of every entity there ever was, by id."""
    return dict(database_of(store).rows("SELECT id, name FROM entity"))


def dump(store: Store) -> list[str]:
    """The whole file as SQL."""
    return list(database_of(store)._connection.iterdump())
