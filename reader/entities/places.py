"""Names of places compared, as keys. Pure."""

from __future__ import annotations

from functools import cache

from reader.entities.names import name_key
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


@cache
def _keys(kind: str) -> frozenset[str]:
    names = (name for row in load_variants().rows[kind] for name in row)
    return frozenset(name_key(name, EntityKind.LOC) for name in names)
