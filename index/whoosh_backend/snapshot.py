"""One commit of the index, opened for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from whoosh.index import TOC

from index.analysis.weights import Totals, text_norm, title_norm
from index.whoosh_backend.arrays import Array
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.schema import INDEX_NAME, make_schema
from index.whoosh_backend.segments import SegmentView, reading
from index.whoosh_backend.storage import IndexStorage


@dataclass(frozen=True)
class Part:
    """A segment as a commit sees it. `number` counts the parts of a snapshot."""

    number: int
    view: SegmentView
    segment: ArraySegment = field(repr=False)

    @property
    def size(self) -> int:
        """Documents, deleted ones among them."""
        return self.view.size

    @cached_property
    def deleted(self) -> Array:
        """The documents that are not there any more."""
        return self.segment.deleted

    @cached_property
    def live(self) -> Array:
        """A mask of the documents that are there."""
        live = np.ones(self.size, bool)
        live[self.deleted] = False
        return live

    @cached_property
    def totals(self) -> Totals:
        records = self.view.records
        lengths = records.title_lengths, records.text_lengths
        title, text = (int(row.sum()) - int(row[self.deleted].sum()) for row in lengths)
        return Totals(self.size - len(self.deleted), title, text)


@dataclass(frozen=True, slots=True)
class Norms:
    """What occurrences in each document of a part are divided by."""

    title: NDArray[np.float64]
    text: NDArray[np.float64]


@dataclass(frozen=True)
class Snapshot:
    """The state of the index after the commit number `generation`."""

    generation: int
    parts: tuple[Part, ...]

    @cached_property
    def totals(self) -> Totals:
        rows = [part.totals for part in self.parts]
        return Totals(
            sum(row.documents for row in rows),
            sum(row.title_tokens for row in rows),
            sum(row.text_tokens for row in rows),
        )

    def norms(self, part: Part) -> Norms:
        """The norms of one of the parts."""
        if part.number not in self._norms:
            records = part.view.records
            self._norms[part.number] = Norms(
                title_norm(self.totals, records.title_lengths.astype(float)),
                text_norm(self.totals, records.text_lengths.astype(float)),
            )
        return self._norms[part.number]

    @cached_property
    def _norms(self) -> dict[int, Norms]:
        return {}

    def document_ids(self) -> Iterator[Array]:
        """The ids of each part."""
        return (part.view.records.ids[part.live] for part in self.parts)


def open_snapshot(
    storage: IndexStorage, generation: int, known: Mapping[str, SegmentView]
) -> Snapshot:
    """Open a commit; segments among `known` views, by name, are not opened again.

    Raises FileNotFoundError when the commit has been replaced meanwhile.
    """
    with reading(storage.path):
        storage.check_toc(generation)
        toc = TOC.read(storage, INDEX_NAME, gen=generation, schema=make_schema())
        views = (known.get(one.file_name) or _open(storage, one) for one in toc.segments)
        parts = map(Part, range(len(toc.segments)), views, toc.segments)
        return Snapshot(generation, tuple(parts))


def check_files(storage: IndexStorage, snapshot: Snapshot) -> None:
    """Raises IndexDamagedError at the first file of a commit that is not as it was written, and
    FileNotFoundError when one is not there."""
    with reading(storage.path):
        for part in snapshot.parts:
            _open(storage, part.segment).sections.check()


def _open(storage: IndexStorage, segment: ArraySegment) -> SegmentView:
    return SegmentView(storage.path / segment.file_name, segment.checksum)
