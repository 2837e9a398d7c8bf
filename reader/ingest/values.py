"""Values of JSON of a type that is expected, or a named refusal. Pure."""

from __future__ import annotations

from reader.errors import ImportItemError
from reader.ingest.reasons import Reason


def string_of(value: object, key: str | None = None) -> str:
    """Return a string, "" for None, the string under `key` of an object; refuse the rest."""
    if key is not None and isinstance(value, dict):
        value = value.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ImportItemError("", Reason.BAD_FIELD)
    return value


def list_of(value: object) -> list[object]:
    """Return a list, an empty one for None; refuse the rest."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ImportItemError("", Reason.BAD_FIELD)
    return value
