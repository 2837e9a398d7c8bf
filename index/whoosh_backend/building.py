"""Documents to segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from index.analysis.bulk import Vocabulary
from index.analysis.tokens import VALUE_GAP
from index.api import Document
from index.query import TEXT_FIELDS
from index.whoosh_backend.arrays import DOC_BITS, Array, Ints, join, starts_of
from index.whoosh_backend.codec import ArraySegment
from index.whoosh_backend.postings import FieldLists, Stems, add_words, rank_words
from index.whoosh_backend.records import Records, add_records, moment_of
from index.whoosh_backend.schema import STEMMED
from index.whoosh_backend.sections import SectionWriter
from index.whoosh_backend.storage import IndexStorage

MOST_DOCUMENTS = 1 << DOC_BITS
"""Documents of one segment at most."""

MOST_TOKENS = 1 << 26
"""Tokens of one segment at most, unless a single document has more."""

TOKENS_AT_ONCE = 1 << 22
"""Tokens gathered in memory before they become a segment: about 150 MB at the peak."""

_TEXTS_AT_ONCE = 250
_MOST_WORDS = 400_000


class SegmentBuilder:
    """Makes segments of documents; what it learns of words makes the next ones cheaper."""

    def __init__(self) -> None:
        self._words = Vocabulary()
        self._names = Vocabulary()

    def build(
        self,
        storage: IndexStorage,
        documents: Iterable[Document],
        *,
        tokens_at_once: int = TOKENS_AT_ONCE,
    ) -> Iterator[ArraySegment]:
        """Write documents as segments, one for each `tokens_at_once`."""
        ordered = sorted(documents, key=lambda one: (moment_of(one), one.id))
        batch = _Batch(self._words, self._names)
        for start in range(0, len(ordered), _TEXTS_AT_ONCE):
            batch.add(ordered[start : start + _TEXTS_AT_ONCE])
            if batch.tokens >= tokens_at_once or batch.size + _TEXTS_AT_ONCE > MOST_DOCUMENTS:
                yield batch.write(storage)
                self._forget_when_full()
                batch = _Batch(self._words, self._names)
        if batch.size:
            yield batch.write(storage)
        self._forget_when_full()

    def _forget_when_full(self) -> None:
        if len(self._words) + len(self._names) > _MOST_WORDS:
            self._words, self._names = Vocabulary(), Vocabulary()


class _Batch:
    """Documents that will be one segment, in the order of their time."""

    def __init__(self, words: Vocabulary, names: Vocabulary) -> None:
        self._documents: list[Document] = []
        self._fields = {
            field: _Tokens(words if field in STEMMED else names) for field in TEXT_FIELDS
        }

    @property
    def size(self) -> int:
        return len(self._documents)

    @property
    def tokens(self) -> int:
        return self._fields["text"].size

    def add(self, documents: Sequence[Document]) -> None:
        first = len(self._documents)
        self._documents += documents
        for field, tokens in self._fields.items():
            tokens.add([_values(document, field) for document in documents], first)

    def write(self, storage: IndexStorage) -> ArraySegment:
        lengths = (self._fields[field].lengths(self.size) for field in STEMMED)
        records = Records.of(self._documents, *lengths)
        fields = {
            field: tokens.lists(stemmed=field in STEMMED) for field, tokens in self._fields.items()
        }
        return write_segment(storage, ArraySegment.new(), records, fields)


class _Tokens:
    """The tokens of one field of some documents."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._numbers: list[Array] = []
        self._docs: list[Array] = []
        self._places: list[Array] = []
        self.size = 0

    def add(self, rows: Sequence[tuple[str, ...]], first: int) -> None:
        """Read the values of documents, the first of which is number `first`."""
        numbers, lengths = self._vocabulary.read(list(chain.from_iterable(rows)))
        counts = np.array(list(map(len, rows)), np.int64)
        docs = np.repeat(np.arange(first, first + len(rows)), counts)
        self._numbers.append(numbers)
        self._docs.append(np.repeat(docs, lengths).astype(np.int32))
        self._places.append(_places(lengths, counts))
        self.size += len(numbers)

    def lengths(self, documents: int) -> Array:
        """How many tokens each document has."""
        return np.bincount(join(self._docs, np.int32), minlength=documents)

    def lists(self, *, stemmed: bool) -> tuple[FieldLists, Stems | None]:
        """The posting lists of the field, and the stems of its terms."""
        words = self._vocabulary
        numbers = join(self._numbers, np.int32)
        docs, places = join(self._docs, np.int32), join(self._places, np.int64)
        forms = rank_words(words.forms, numbers)
        made = FieldLists.of_ranked(forms.terms, forms.ranks, docs, places)
        if not stemmed:
            return made, None
        stems = rank_words(words.stems, words.stem_numbers[forms.numbers])
        return made, Stems(stems.terms, stems.ranks)


Fields = Mapping[str, tuple[FieldLists, Stems | None]]
"""The lists of each field of words, with the stems of its terms where it is stemmed."""


def write_segment(
    storage: IndexStorage,
    segment: ArraySegment,
    records: Records,
    fields: Fields,
    *,
    name: str | None = None,
) -> ArraySegment:
    """Write a segment to its file, or to one called `name` that is to be renamed."""
    with storage.writing(name or segment.file_name) as file:
        writer = SectionWriter(file)
        add_records(writer, records)
        for field, (lists, stems) in fields.items():
            add_words(writer, field, lists, stems)
        segment.checksum = writer.finish()
    segment.set_doc_count(len(records))
    return segment


def _values(document: Document, field: str) -> tuple[str, ...]:
    """The texts of a field of words."""
    if field == "author":
        return document.authors
    text: str = getattr(document, field)
    return (text,)


def _places(lengths: Ints, counts: Ints) -> Ints:
    """The places of all tokens: values have `lengths`, and documents `counts` of values. Each
    value begins VALUE_GAP places after the one before it ends."""
    begins = starts_of(lengths + VALUE_GAP)[:-1]
    of_document = starts_of(counts)[:-1]
    begins -= np.repeat(begins[of_document[counts > 0]], counts[counts > 0])
    return np.arange(lengths.sum()) - np.repeat(starts_of(lengths)[:-1] - begins, lengths)
