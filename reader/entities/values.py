"""What recognising and linking give: values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from reader.model import EntityKind


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: code points, half open. `confidence` lies in 0..1."""

    start: int
    end: int
    kind: EntityKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Linked:
    """One entity of one article and every place that names it, in order.

    `key` is the one under which other articles name the same entity. `aliases` are the forms
    seen, `name` among them unless the curated lists gave it, without possessive.
    """

    key: str
    name: str
    kind: EntityKind
    mentions: tuple[Found, ...]
    aliases: tuple[str, ...]


class Recogniser(Protocol):
    """Finds names. `version` changes whenever the same text may give another answer."""

    name: str
    version: str

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        """The names of each text: sorted, not overlapping."""
        ...
