"""Values as JSON can hold them, and back: dataclasses as lists of their fields, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def record_of(value: object) -> Any:
    """A value of dataclasses, tuples, texts, numbers, bytes, moments, enums of text and None."""
    if is_dataclass(value):
        return [record_of(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, tuple):
        return [record_of(one) for one in value]
    if isinstance(value, bytes):
        return value.hex()
    return value.isoformat() if isinstance(value, datetime) else value


def read_value(kind: Any, record: Any) -> Any:
    """The value of type `kind` that a record was made of: a dataclass, a `tuple` of any number
    of one type, an optional value or one of the plain types."""
    if record is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(read_value(get_args(kind)[0], one) for one in record)
    if is_dataclass(kind):
        return _read_dataclass(kind, record)
    if kind is datetime:
        return datetime.fromisoformat(record)
    if kind is bytes:
        return bytes.fromhex(record)
    return kind(record) if isinstance(kind, type) and issubclass(kind, Enum) else record


def _read_dataclass(kind: Any, record: Sequence[Any]) -> Any:
    pairs = zip(_types(kind), record, strict=True)
    return kind(*(read_value(one, value) for one, value in pairs))


@cache
def _types(kind: Any) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[one.name] for one in fields(kind))
