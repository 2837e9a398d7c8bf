"""Several segments to one, without reading a text again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from index.query import TEXT_FIELDS
from index.whoosh_backend.arrays import DOC_BITS, Array, Ints, fewest_bits, run_places, starts_of
from index.whoosh_backend.building import write_segment
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.postings import FieldLists, Lists, Stems, WordReader, cuts
from index.whoosh_backend.records import Records
from index.whoosh_backend.schema import STEMMED
from index.whoosh_backend.sections import KEPT_BYTES
from index.whoosh_backend.segments import SegmentView
from index.whoosh_backend.storage import IndexStorage


@dataclass(frozen=True, slots=True)
class Source:
    """A segment to be merged, with the documents that were deleted from it when that began."""

    view: SegmentView
    deleted: Array


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of some segments: `numbers` has for each of them the new numbers of its
    documents, negative where one was deleted."""

    segment: ArraySegment
    numbers: Sequence[Ints]


def merge_segments(storage: IndexStorage, sources: Sequence[Source], name: str) -> Merged:
    """Write one segment of the documents of several, to a file called `name`."""
    rows = [_live_records(source) for source in sources]
    records = Records.joined(rows)
    order = np.lexsort((records.ids, records.when))
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    numbers = list(_new_numbers(sources, places))
    fields = {field: _merge_field(field, sources, numbers) for field in TEXT_FIELDS}
    segment = write_segment(storage, ArraySegment.new(), records.at(order), fields, name=name)
    return Merged(segment, numbers)


def _live_records(source: Source) -> Records:
    records = source.view.records.all()
    return records.at(np.delete(np.arange(len(records)), source.deleted))


def _new_numbers(sources: Sequence[Source], places: Ints) -> Iterator[Ints]:
    """The new numbers of the documents of each segment; `places` are those of the live ones."""
    first = 0
    for source in sources:
        numbers = np.full(source.view.size, -1, np.int64)
        live = np.delete(np.arange(source.view.size), source.deleted)
        numbers[live] = places[first : first + len(live)]
        first += len(live)
        yield numbers


def _merge_field(
    field: str, sources: Sequence[Source], numbers: Sequence[Ints]
) -> tuple[FieldLists, Stems | None]:
    """The lists of a field, a stretch of its terms after the other, and the stems of its terms."""
    readers = [source.view.words(field) for source in sources]
    rows = [reader.dictionary.terms(0, len(reader.dictionary)) for reader in readers]
    terms, ranks = _join_terms(rows)
    weights = sum(
        (
            np.bincount(rank, reader.sizes(0, len(rank)), minlength=len(terms))
            for reader, rank in zip(readers, ranks, strict=True)
        ),
        np.zeros(len(terms)),
    )
    parts = []
    for first, last in cuts(weights):
        read = [_read(*row, first, last) for row in zip(readers, ranks, numbers, strict=True)]
        parts.append(_join_rows(read, last - first))
        for source in sources:
            source.view.sections.forget_when_full(KEPT_BYTES)
    sizes = np.concatenate([np.zeros(0, np.int64), *(lists.sizes for lists, _ in parts)])
    held = sizes > 0  # a term that only deleted documents held is left out
    stems = _join_stems(sources, field, ranks, held) if field in STEMMED else None
    return _fields_of(terms, parts, held), stems


def _join_stems(
    sources: Sequence[Source], field: str, ranks: Sequence[Ints], held: NDArray[np.bool_]
) -> Stems:
    """The stems of those terms of a field that are `held`, from those of each segment."""
    rows = [source.view.stemmed(field).of_forms() for source in sources]
    terms, stem_ranks = _join_terms([row.terms for row in rows])
    of_forms = np.zeros(len(held), np.int64)
    for row, rank, stem_rank in zip(rows, ranks, stem_ranks, strict=True):
        of_forms[rank] = stem_rank[row.of_forms]
    used, of_forms = np.unique(of_forms[held], return_inverse=True)
    return Stems([terms[one] for one in used.tolist()], of_forms)


def _join_terms(rows: Sequence[Sequence[bytes]]) -> tuple[list[bytes], list[Ints]]:
    """The terms of some rising rows as one, and for each row the ranks of its own among them."""
    terms = list(dict.fromkeys(sorted(chain.from_iterable(rows))))
    ranks = {term: rank for rank, term in enumerate(terms)}
    return terms, [np.fromiter(map(ranks.__getitem__, row), np.int64, len(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class _Row:
    """The postings of some terms of one segment: `keys` are terms and new documents in one."""

    keys: Ints
    counts: Array
    places: Array


def _read(reader: WordReader, ranks: Ints, numbers: Ints, first: int, last: int) -> _Row:
    """The postings of the terms of which the ranks lie between two, without the deleted."""
    start, stop = np.searchsorted(ranks, (first, last)).tolist()
    lists, places = reader.lists(start, stop)
    docs = numbers[lists.docs]
    keys = np.repeat((ranks[start:stop] - first) << DOC_BITS, lists.sizes) | docs
    kept = docs >= 0
    if kept.all():
        return _Row(keys, lists.counts, places)
    return _Row(keys[kept], lists.counts[kept], places[np.repeat(kept, lists.counts)])


def _join_rows(rows: Sequence[_Row], terms: int) -> tuple[Lists, Array]:
    """The lists of some terms, with the places of all."""
    keys = np.concatenate([row.keys for row in rows])
    counts = np.concatenate([row.counts for row in rows])
    places = np.concatenate([row.places for row in rows])
    order = np.argsort(keys, kind="stable")
    places = places[run_places(starts_of(counts)[order], counts[order])]
    keys, counts = keys[order], counts[order]
    sizes = np.bincount(keys >> DOC_BITS, minlength=terms)
    return Lists(sizes, keys.astype(np.uint16), fewest_bits(counts)), fewest_bits(places)


def _fields_of(
    terms: Sequence[bytes], parts: Sequence[tuple[Lists, Array]], held: NDArray[np.bool_]
) -> FieldLists:
    """The lists of a field from those of stretches of its terms."""
    if not parts:
        nothing = np.zeros(0, np.int64)
        return FieldLists([], Lists(nothing, nothing.astype(np.uint16), nothing), nothing)
    return FieldLists(
        list(compress(terms, held.tolist())),
        Lists(
            np.concatenate([lists.sizes for lists, _ in parts])[held],
            np.concatenate([lists.docs for lists, _ in parts]),
            np.concatenate([lists.counts for lists, _ in parts]),
        ),
        np.concatenate([places for _, places in parts]),
    )
