"""What a segment knows of each document besides its words.

Documents are numbered in the order of their time, then of their id: the newest have the highest
numbers, so that the order of a list is the order of the numbers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold
from index.api import FIRST_MOMENT, LAST_MOMENT, Document
from index.whoosh_backend.arrays import Array, Ints, fewest_bits, run_places, starts_of
from index.whoosh_backend.postings import FieldLists, add_values
from index.whoosh_backend.schema import from_term, to_term
from index.whoosh_backend.sections import Sections, SectionWriter

UNKNOWN = -(2**63)
"""Stands for a publication date that is not known."""

NO_MONTH = -(2**31)
"""Stands for the month of an unknown date."""

_SPARSE = 16
"""Ids in a row for each that is there, up to which a table of all is the quickest."""

_FEW = 16
"""Of so many titles one is wanted, up to which each is read alone."""


def moment_of(document: Document) -> int:
    """What a document is ordered by: published, else added."""
    return document.added if document.published is None else document.published


@dataclass(frozen=True, slots=True)
class Labels:
    """A short text for each document: `refs` are places in `table`."""

    table: Sequence[str]
    refs: Array

    @classmethod
    def of(cls, values: Iterable[str]) -> Labels:
        places: dict[str, int] = {}
        refs = [places.setdefault(value, len(places)) for value in values]
        return cls(list(places), np.array(refs, np.int64))

    @classmethod
    def joined(cls, parts: Sequence[Labels]) -> Labels:
        """Labels of several segments, one segment after the other."""
        tables = Labels.of(chain.from_iterable(part.table for part in parts))
        starts = starts_of(np.array([len(part.table) for part in parts]))
        rows = [tables.refs[start:][part.refs] for start, part in zip(starts, parts, strict=False)]
        return cls(tables.table, np.concatenate(rows))

    def at(self, docs: Array) -> Labels:
        """The labels of some documents, in the order given; what none of them has is left out."""
        return Labels.of(map(self.table.__getitem__, self.refs[docs].tolist()))


@dataclass(frozen=True, slots=True)
class Records:
    """Records by attribute, each in the order of the documents.

    Moments in seconds since 1970 UTC, lengths in tokens, titles folded and encoded. A document
    has as many of `entity_ids` as `entity_counts` says.
    """

    ids: Ints
    added: Ints
    published: Ints
    title_lengths: Array
    text_lengths: Array
    sources: Labels
    langs: Labels
    titles: Sequence[bytes]
    entity_counts: Array
    entity_ids: Ints

    @classmethod
    def of(
        cls, documents: Sequence[Document], title_lengths: Array, text_lengths: Array
    ) -> Records:
        return cls(
            ids=_ints(one.id for one in documents),
            added=_ints(one.added for one in documents),
            published=_ints(
                UNKNOWN if one.published is None else one.published for one in documents
            ),
            title_lengths=title_lengths,
            text_lengths=text_lengths,
            sources=Labels.of(one.source for one in documents),
            langs=Labels.of(one.lang for one in documents),
            titles=[to_term(fold(one.title)) for one in documents],
            entity_counts=_ints(len(one.entities) for one in documents),
            entity_ids=_ints(chain.from_iterable(one.entities for one in documents)),
        )

    @classmethod
    def joined(cls, parts: Sequence[Records]) -> Records:
        """The records of several segments, one segment after the other."""

        def column(name: str) -> Array:
            return np.concatenate([getattr(part, name) for part in parts])

        return cls(
            ids=column("ids"),
            added=column("added"),
            published=column("published"),
            title_lengths=column("title_lengths"),
            text_lengths=column("text_lengths"),
            sources=Labels.joined([part.sources for part in parts]),
            langs=Labels.joined([part.langs for part in parts]),
            titles=list(chain.from_iterable(part.titles for part in parts)),
            entity_counts=column("entity_counts"),
            entity_ids=column("entity_ids"),
        )

    def at(self, docs: Array) -> Records:
        """The records of some documents, in the order given."""
        entities = run_places(starts_of(self.entity_counts)[docs], self.entity_counts[docs])
        return Records(
            ids=self.ids[docs],
            added=self.added[docs],
            published=self.published[docs],
            title_lengths=self.title_lengths[docs],
            text_lengths=self.text_lengths[docs],
            sources=self.sources.at(docs),
            langs=self.langs.at(docs),
            titles=[self.titles[doc] for doc in docs.tolist()],
            entity_counts=self.entity_counts[docs],
            entity_ids=self.entity_ids[entities],
        )

    @property
    def when(self) -> Ints:
        """The moment each document is ordered by."""
        return np.where(self.published == UNKNOWN, self.added, self.published)

    def __len__(self) -> int:
        return len(self.ids)


def add_records(writer: SectionWriter, records: Records) -> None:
    """Write the records of a segment, and the posting lists of the fields of whole values."""
    writer.add("ids", records.ids)
    writer.add("added", records.added)
    writer.add("published", records.published)
    writer.add("title_lengths", records.title_lengths.astype(np.uint32))
    writer.add("text_lengths", records.text_lengths.astype(np.uint32))
    _add_labels(writer, "source", records.sources)
    _add_labels(writer, "language", records.langs)
    writer.add("titles", b"".join(records.titles))
    title_sizes = _ints(map(len, records.titles))
    writer.add("title_starts", starts_of(title_sizes).astype(np.uint32))
    different = {title: rank for rank, title in enumerate(sorted(set(records.titles)))}
    writer.add("title_ranks", _ints(map(different.__getitem__, records.titles)).astype(np.uint16))
    _add_entities(writer, records)
    docs = np.flatnonzero(_has_text(records.langs))
    numbers = records.langs.refs[docs]
    add_values(writer, "lang", FieldLists.of_tokens(records.langs.table, numbers, docs, docs))


def _add_entities(writer: SectionWriter, records: Records) -> None:
    """Write the entities twice: the documents of each, and those of each document."""
    ids, numbers = np.unique(records.entity_ids, return_inverse=True)
    docs = np.repeat(np.arange(len(records)), records.entity_counts)
    lists = FieldLists.of_tokens(list(map(str, ids.tolist())), numbers, docs, docs)
    values = _ints(int(from_term(term)) for term in lists.terms)
    ordinals = np.zeros(len(ids), np.int64)
    ordinals[np.searchsorted(ids, values)] = np.arange(len(ids))
    add_values(writer, "entity", lists)
    writer.add("entity_ids", values)
    writer.add("entity_refs", fewest_bits(ordinals[numbers]))
    writer.add("entity_starts", starts_of(records.entity_counts).astype(np.uint32))


class RecordsReader:
    """The records of a segment, read as they are asked for."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections

    def __len__(self) -> int:
        return len(self.ids)

    def all(self) -> Records:
        """All of them."""
        sections = self._sections
        refs = sections.array("entity_refs")
        return Records(
            ids=self.ids,
            added=self.added,
            published=self.published,
            title_lengths=self.title_lengths,
            text_lengths=self.text_lengths,
            sources=self.sources,
            langs=_read_labels(sections, "language"),
            titles=self.titles_of(np.arange(len(self))),
            entity_counts=np.diff(self.entity_starts.astype(np.int64)),
            entity_ids=self.entity_ids[refs],
        )

    def entity_refs(self, docs: Array) -> Array:
        """The entities of some rising documents, as places in `entity_ids`."""
        refs, starts = self._entity_refs, self.entity_starts
        if len(docs) == len(self):
            return refs
        sizes = starts[docs + 1] - starts[docs]
        return refs[run_places(starts[docs].astype(np.int64), sizes)]

    @cached_property
    def ids(self) -> Ints:
        return self._sections.array("ids")

    @cached_property
    def added(self) -> Ints:
        return self._sections.array("added")

    @cached_property
    def published(self) -> Ints:
        return self._sections.array("published")

    @cached_property
    def months(self) -> NDArray[np.int32]:
        """The month of publication of each document, counted from the first of 1970."""
        moments = self.published.clip(FIRST_MOMENT, LAST_MOMENT)  # or months would overflow
        months = moments.view("M8[s]").astype("M8[M]").view(np.int64)
        return np.where(self.published == UNKNOWN, NO_MONTH, months).astype(np.int32)

    @cached_property
    def when(self) -> Ints:
        return np.where(self.published == UNKNOWN, self.added, self.published)

    @cached_property
    def title_lengths(self) -> Array:
        return self._sections.array("title_lengths")

    @cached_property
    def text_lengths(self) -> Array:
        return self._sections.array("text_lengths")

    @cached_property
    def sources(self) -> Labels:
        return _read_labels(self._sections, "source")

    @cached_property
    def source_keys(self) -> list[str]:
        """What sources are sorted by, in the order of their table."""
        return [fold(source) for source in self.sources.table]

    @cached_property
    def source_ranks(self) -> Ints:
        """The rank of the source of each document among those of the segment."""
        ranks = {key: rank for rank, key in enumerate(sorted(set(self.source_keys)))}
        return _ints(map(ranks.__getitem__, self.source_keys))[self.sources.refs]

    def titles_of(self, docs: Ints) -> list[bytes]:
        """What some documents are sorted by where it is by title."""
        column = self._sections.column("titles")
        held = column if len(docs) * _FEW <= len(self) else column[:].tobytes()
        starts = self._title_starts
        spans = zip(starts[docs].tolist(), starts[docs + 1].tolist(), strict=True)
        return [bytes(held[start:stop]) for start, stop in spans]

    @cached_property
    def _title_starts(self) -> Array:
        return self._sections.array("title_starts")

    @cached_property
    def title_ranks(self) -> Array:
        """The rank of the title of each document among those of the segment."""
        return self._sections.array("title_ranks")

    @cached_property
    def entity_ids(self) -> Ints:
        """The different entities, in the order of their posting lists."""
        return self._sections.array("entity_ids")

    @cached_property
    def entity_starts(self) -> Array:
        return self._sections.array("entity_starts")

    @cached_property
    def _entity_refs(self) -> Array:
        return self._sections.array("entity_refs")

    def mask_of(self, ids: Ints) -> NDArray[np.bool_]:
        """Which documents have one of the rising `ids`."""
        first, last = self._id_span
        ids = ids[np.searchsorted(ids, first) : np.searchsorted(ids, last, "right")]
        if not len(ids):
            return np.zeros(len(self), bool)
        if last - first <= _SPARSE * len(self):
            table = np.zeros(last - first + 1, bool)
            table[ids - first] = True
            return np.take(table, self.ids - first)
        at = np.searchsorted(ids, self.ids)
        at[at == len(ids)] = 0
        return np.equal(ids[at], self.ids)

    @cached_property
    def _id_span(self) -> tuple[int, int]:
        return int(self.ids.min()), int(self.ids.max())

    @cached_property
    def date_span(self) -> tuple[int, int]:
        """The first and the last publication; UNKNOWN comes before all."""
        return int(self.published.min()), int(self.published.max())

    @cached_property
    def added_span(self) -> tuple[int, int]:
        return int(self.added.min()), int(self.added.max())


def _add_labels(writer: SectionWriter, name: str, labels: Labels) -> None:
    writer.add(f"{name}/table", json.dumps(list(labels.table)).encode())
    writer.add(f"{name}/refs", fewest_bits(labels.refs))


def _read_labels(sections: Sections, name: str) -> Labels:
    return Labels(sections.texts(f"{name}/table"), sections.array(f"{name}/refs"))


def _has_text(labels: Labels) -> NDArray[np.bool_]:
    held = np.array(list(map(bool, labels.table)), bool)
    return np.take(held, labels.refs)


def _ints(numbers: Iterable[int]) -> Ints:
    return np.fromiter(numbers, np.int64)
