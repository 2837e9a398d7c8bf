"""One commit of the index, opened for reading."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from whoosh.index import TOC

from index.analysis.weights import Totals
from index.whoosh_backend.records import Records
from index.whoosh_backend.schema import INDEX_NAME
from index.whoosh_backend.segments import SegmentView, reading
from index.whoosh_backend.storage import IndexStorage


@dataclass(frozen=True)
class Part:
    """A segment as a commit sees it. `number` counts the parts of a snapshot."""

    number: int
    view: SegmentView
    segment: Any = field(repr=False)

    @property
    def records(self) -> Records:
        return self.view.records

    @cached_property
    def deleted(self) -> frozenset[int]:
        return frozenset(self.segment.deleted_docs())

    @cached_property
    def live(self) -> frozenset[int]:
        """The numbers of the documents that are there."""
        return frozenset(range(self.view.size)) - self.deleted


@dataclass(frozen=True)
class Snapshot:
    """The state of the index after the commit number `generation`."""

    generation: int
    parts: tuple[Part, ...]

    @cached_property
    def totals(self) -> Totals:
        title_tokens = text_tokens = 0
        for part in self.parts:
            title_tokens += _sum_live(part, part.records.title_lengths)
            text_tokens += _sum_live(part, part.records.text_lengths)
        return Totals(len(self), title_tokens, text_tokens)

    def __len__(self) -> int:
        return sum(part.view.size - len(part.deleted) for part in self.parts)

    def document_ids(self) -> Iterator[int]:
        for part in self.parts:
            yield from map(part.records.ids.__getitem__, part.live)

    def find(self, doc_id: int) -> tuple[Part, int] | None:
        """The part and number of a document."""
        for part in self.parts:
            doc = part.records.numbers_by_id.get(doc_id)
            if doc is not None and doc not in part.deleted:
                return part, doc
        return None


def open_snapshot(
    storage: IndexStorage, schema: Any, generation: int, known: Mapping[str, SegmentView]
) -> Snapshot:
    """Open a commit; segments among `known` views, by name, are not opened again.

    Raises FileNotFoundError when the commit has been replaced meanwhile.
    """
    with reading(storage.path):
        storage.check_toc(generation)
        segments = TOC.read(storage, INDEX_NAME, gen=generation, schema=schema).segments
    parts = []
    for number, segment in enumerate(segments):
        view = known.get(segment.segment_id()) or SegmentView(storage, schema, segment)
        parts.append(Part(number, view, segment))
    return Snapshot(generation, tuple(parts))


def check_files(storage: IndexStorage, snapshot: Snapshot) -> None:
    """Raises IndexDamagedError at the first file of a commit that is not as it was written, and
    FileNotFoundError when one is not there."""
    for part in snapshot.parts:
        for name, expected in part.segment.checksums.items():
            with reading(storage.path):
                if storage.checksum(name) != expected:
                    raise ValueError(f"{name} is damaged")


def _sum_live(part: Part, lengths: array[int]) -> int:
    return sum(lengths) - sum(lengths[doc] for doc in part.deleted)
