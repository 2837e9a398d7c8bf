"""Changes of the sets that tags and marks are."""

from __future__ import annotations

from array import array
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetChange:
    """Articles, ascending, that got (`added`) or lost the tag or mark `name`."""

    name: str
    added: bool
    ids: array[int]
