"""What changes are made of."""

from __future__ import annotations

from dataclasses import dataclass

from reader.store.entity_changes import EntityChanges
from reader.store.marks import Marks
from reader.store.row_changes import RowChanges
from reader.store.source_changes import SourceChanges
from reader.store.tags import Tags


@dataclass(frozen=True, slots=True)
class EventParts:
    """Where the values stand that an event sets, and sets back."""

    tags: Tags
    marks: Marks
    sources: SourceChanges
    entities: EntityChanges
    rows: RowChanges
