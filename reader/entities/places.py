"""Names of places compared, as keys. Pure."""

from __future__ import annotations

from functools import cache

from reader.entities.bodies import country_of
from reader.entities.names import fold_name, name_key
from reader.entities.variants import load_variants
from reader.model import EntityKind

SITES = frozenset({"prison", "airport", "stadium", "jail"})
"""What a short form of the name of a site leaves out."""


def within_state(key: str, state: str) -> str | None:
    """The key of a city of this state that is called as a greater one elsewhere ("Paris,
    Texas"), or None if it is no such city or the other name no state."""
    if key in _keys("namesake") and state in _keys("state"):
        return f"{key} {state}"
    return None


def home_of(name: str) -> str | None:
    """The key of the country that a name as written tells: its own name or nationality, a town
    of it or one of the states of America; None when cities of two countries are called so."""
    key = fold_name(name)
    return country_of(key) or _towns().get(key)


@cache
def _towns() -> dict[str, str | None]:
    lists = load_variants()
    states = [("United States", row) for row in lists.rows["state"]]
    table: dict[str, str | None] = {}
    for country, towns in (*lists.cities, *states):
        # Some rows are those of a part of the world.
        if home := country_of(fold_name(country)):
            for town in map(fold_name, towns):
                table[town] = home if table.get(town, home) == home else None
    for country, towns in lists.capitals:
        table |= dict.fromkeys(map(fold_name, towns), country_of(fold_name(country)))
    return table


@cache
def _keys(kind: str) -> frozenset[str]:
    names = (name for row in load_variants().rows[kind] for name in row)
    return frozenset(name_key(name, EntityKind.LOC) for name in names)
