"""Changes of the sets that tags and marks are."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace

MARK_SIGN = ":"
"""Stands before the name of a mark where both may be named: no tag holds it."""


@dataclass(frozen=True, slots=True)
class SetChange:
    """Articles, ascending, that got (`added`) or lost the tag or mark `name`."""

    name: str
    added: bool
    ids: array[int]

    def as_mark(self) -> SetChange:
        """The change of a mark for an event that may change tags too."""
        return replace(self, name=MARK_SIGN + self.name)
