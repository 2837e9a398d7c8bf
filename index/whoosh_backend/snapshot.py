"""One commit of the index, opened for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.analysis.weights import Totals, text_norm, title_norm
from index.whoosh_backend.arrays import Array
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.segments import SegmentView, reading
from index.whoosh_backend.shape import check_shape
from index.whoosh_backend.storage import IndexStorage
from index.whoosh_backend.toc import toc_name, unpack_toc

Key = tuple[str, int]
"""The name of a file and its checksum."""


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

    def views(self) -> dict[Key, SegmentView]:
        """What is open, for opening the next commit."""
        return {_key(part.segment): part.view for part in self.parts}

    def check_sizes(self) -> None:
        """Raises DamagedFileError for a file that has been cut short since it was opened. To
        read what is missing would end the process."""
        for part in self.parts:
            part.view.sections.check_size()

    def document_ids(self) -> Iterator[Array]:
        """The ids of each part."""
        return (part.view.records.ids[part.live] for part in self.parts)


def open_snapshot(
    storage: IndexStorage, generation: int, known: Mapping[Key, SegmentView]
) -> Snapshot:
    """Open a commit; segments among `known` views are not opened again.

    Raises FileNotFoundError when the commit has been replaced meanwhile.
    """
    with reading(storage.path):
        segments = unpack_toc(generation, (storage.path / toc_name(generation)).read_bytes())
        views = (known.get(_key(one)) or _open(storage, one) for one in segments)
        parts = map(Part, range(len(segments)), views, segments)
        return Snapshot(generation, tuple(parts))


def check_files(storage: IndexStorage, generation: int) -> None:
    """Raises IndexDamagedError at the first file of a commit that is not as it was written, and
    FileNotFoundError when one is not there."""
    with reading(storage.path):
        for part in open_snapshot(storage, generation, {}).parts:
            part.view.sections.check()


def _open(storage: IndexStorage, segment: ArraySegment) -> SegmentView:
    view = SegmentView(storage.path / segment.file_name, segment.checksum)
    check_shape(view.sections, segment.doc_count_all())
    return view


def _key(segment: ArraySegment) -> Key:
    return segment.file_name, segment.checksum
