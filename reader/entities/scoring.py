"""How well each label fits each word, as far as words and context tell: sums of weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from reader.entities.evidence import (
    FIRST,
    Evidence,
    document_attributes,
    listed_attributes,
    marks_attribute,
    run_attribute,
)
from reader.entities.model import Model, hash_of
from reader.entities.words import (
    GROUP_OF,
    GROUPS,
    SLOTS,
    Case,
    case_number,
    cluster_attribute,
    cluster_name,
    groups_of,
    names_of_bits,
    own_attributes,
    shapes_of,
    shared_attributes,
)

Floats: TypeAlias = NDArray[np.float32]
Sums: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.intp]
Shared: TypeAlias = tuple[str, str, int]
"""The shapes of a word and its flags."""

K = TypeVar("K")

KEPT = 16_384
"""Words whose scores are kept; past that the older half is found anew when it comes again."""

REACH = 2
"""How many neighbours on either side count."""

_STEPS = (0, -1, 1, -2, 2)
_GROUPED = len(_STEPS)
_GROUPS = np.array(GROUP_OF, dtype=np.intp)
_AT_ONCE = 2048
"""New words that are scored together: more take more memory and no less time."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text from `first` up to `last`, all in the sentence from `begin` up to `end`."""

    seen: Evidence
    first: int
    last: int
    begin: int
    end: int


class _Table(Generic[K]):
    """Rows of sums of weights by key, each found when it is asked for the first time."""

    def __init__(
        self, width: int, fill: Callable[[Sequence[K]], Sums], kind: type[np.floating[Any]]
    ) -> None:
        self._fill: Callable[[Sequence[K]], Sums] = fill
        self._numbers: dict[K, int] = {}
        self.rows: NDArray[Any] = np.zeros((256, width), dtype=kind)

    def __len__(self) -> int:
        return len(self._numbers)

    def take(self, keys: Sequence[K]) -> Ints:
        """The numbers of the rows of keys."""
        numbers = self._numbers
        new = [key for key in dict.fromkeys(keys) if key not in numbers]
        if new:
            self._add(new)
        return np.array(list(map(numbers.__getitem__, keys)), dtype=np.intp)

    def forget(self, count: int) -> None:
        """Drop the rows that were found first; the numbers of the others change."""
        left = len(self._numbers) - count
        kept = self.rows[count : count + left].copy()
        self.rows = np.zeros((max(left, count), self.rows.shape[1]), dtype=self.rows.dtype)
        self.rows[:left] = kept
        self._numbers = {
            key: number - count for key, number in self._numbers.items() if number >= count
        }

    def _add(self, new: Sequence[K]) -> None:
        first = len(self._numbers)
        last = first + len(new)
        if last > len(self.rows):
            # What is not written to takes no memory yet.
            more = np.zeros((last + last // 2, self.rows.shape[1]), dtype=self.rows.dtype)
            more[:first] = self.rows[:first]
            self.rows = more
        self.rows[first:last] = self._fill(new)
        self._numbers.update(zip(new, range(first, last), strict=True))


class Scorer:
    """Gives words their scores. What a word adds is kept, since texts repeat their words."""

    def __init__(self, model: Model) -> None:
        self._weights = model.weights
        self._known = model.knowledge
        self._width = len(model.weights.labels)
        whole = self._width * len(SLOTS)
        self._words: _Table[str] = _Table(whole, self._score_words, np.float32)
        # Sums of half-precision weights are exact in these, in whatever order they are added.
        self._shared: _Table[Shared] = _Table(
            whole, self._filler(self._shared_names, whole), np.float64
        )
        self._groups: _Table[tuple[int, int]] = _Table(
            whole, self._filler(_group_names, whole), np.float64
        )
        self._contexts: list[_Table[int]] = [
            _Table(self._width, self._filler(names_of, self._width), np.float32)
            for names_of in (_run_names, _marks_names, _document_names, self._listed_names)
        ]

    def scores(self, stretches: Iterable[Stretch]) -> Floats:
        """A row for each word of the stretches, one after the other, with a score for each label
        of the model."""
        if len(self._words) > KEPT:
            self._words.forget(len(self._words) - KEPT // 2)
        words: list[str] = []
        centres: list[int] = []
        marks: list[int] = []
        document: list[int] = []
        listed: list[int] = []
        for stretch in stretches:
            seen, first, last = stretch.seen, stretch.first, stretch.last
            begun = len(words) + REACH
            centres += range(begun, begun + last - first)
            words += _around(stretch)
            marks += seen.marks[first:last]
            document += seen.document[first:last]
            listed += seen.listed[first:last]
        if not centres:
            return np.zeros((0, self._width), dtype=np.float32)
        places = np.array(centres, dtype=np.intp)
        cases = np.array(list(map(case_number, words)), dtype=np.intp)
        total = self._word_scores(self._words.take(words), places, cases)
        keys = (*_context_keys(places, cases, np.array(marks), np.array(document)), listed)
        for table, column in zip(self._contexts, keys, strict=True):
            found = table.take(column)
            total += table.rows[found]
        return total

    def _word_scores(self, numbers: Ints, centres: Ints, cases: Ints) -> Floats:
        by_slot = self._words.rows.reshape(-1, self._width)
        firsts, groups = numbers * len(SLOTS), _GROUPS[cases[centres]]
        total: Floats = by_slot[firsts[centres]]
        for slot, step in enumerate(_STEPS[1:], 1):
            total += by_slot[firsts[centres + step] + slot]
        for slot, step in ((_GROUPED, -1), (_GROUPED + len(GROUPS), 1)):
            total += by_slot[firsts[centres + step] + slot + groups]
        return total

    # What is found once and kept

    def _score_words(self, words: Sequence[str]) -> Sums:
        whole = self._words.rows.shape[1]
        parts = [
            self._score_some(words[at : at + _AT_ONCE]) for at in range(0, len(words), _AT_ONCE)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, whole))

    def _score_some(self, words: Sequence[str]) -> Sums:
        named = [
            (number, name) for number, word in enumerate(words) for name in own_attributes(word)
        ]
        total = self._sum(named, len(words), self._words.rows.shape[1])
        flags = self._known.flags
        written = [(number, word) for number, word in enumerate(words) if word]
        shared = [(*shapes_of(word), flags.get(word, 0)) for _, word in written]
        numbers = self._shared.take(shared)
        total[[number for number, _ in written]] += self._shared.rows[numbers]
        for owners, groups in self._grouped(written):
            numbers = self._groups.take(groups)
            total[owners] += self._groups.rows[numbers]
        return total

    def _grouped(
        self, words: Iterable[tuple[int, str]]
    ) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
        """For each grouping the numbers of the words it has, and their groups."""
        clusters = self._known.clusters
        found = [
            (number, groups) for number, word in words if (groups := groups_of(word, clusters))
        ]
        owners = [number for number, _ in found]
        for grouping, column in enumerate(zip(*(groups for _, groups in found), strict=True)):
            yield owners, [(grouping, group) for group in column]

    def _filler(
        self, names_of: Callable[[K], Sequence[str]], width: int
    ) -> Callable[[Sequence[K]], Sums]:
        def fill(keys: Sequence[K]) -> Sums:
            named = [(number, name) for number, key in enumerate(keys) for name in names_of(key)]
            return self._sum(named, len(keys), width)

        return fill

    def _sum(self, named: Sequence[tuple[int, str]], count: int, width: int) -> Sums:
        """For each number below `count` the sum of the weights of its attributes."""
        weights = self._weights
        wanted = np.array([hash_of(name) for _, name in named], dtype=np.uint32)
        rows = np.searchsorted(weights.hashes, wanted)
        rows[rows == len(weights.hashes)] = 0
        known = weights.hashes[rows] == wanted if len(weights.hashes) else rows == -1
        owners = np.array([number for number, _ in named], dtype=np.intp)[known]
        starts = weights.starts[rows[known]].astype(np.intp)
        lengths = weights.starts[rows[known] + 1].astype(np.intp) - starts
        before = np.cumsum(lengths) - lengths
        at = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
        places = np.repeat(owners * width, lengths) + weights.places[at]
        summed = np.bincount(places, weights=weights.values[at], minlength=count * width)
        return np.asarray(summed.reshape(count, width), dtype=np.float64)

    def _shared_names(self, key: Shared) -> Sequence[str]:
        short, long, bits = key
        return shared_attributes(short, long, names_of_bits(bits, self._known.flag_names))

    def _listed_names(self, listed: int) -> Sequence[str]:
        return listed_attributes(listed, self._known.gazetteer.topics)


def _context_keys(
    centres: Ints, cases: Ints, marks: Ints, document: Ints
) -> tuple[list[int], list[int], list[int]]:
    """What is known of each word besides it and its neighbours, as numbers."""
    here = cases[centres]
    runs = cases[centres - 1] << 6 | here << 3 | cases[centres + 1]
    said = np.where(here == Case.LOWER, -1, document << 1 | marks & FIRST)
    return runs.tolist(), (marks << 3 | here).tolist(), said.tolist()


def _around(stretch: Stretch) -> list[str]:
    """The words of a stretch with REACH words before and behind, "" beyond the sentence."""
    left, right = max(stretch.begin, stretch.first - REACH), min(stretch.end, stretch.last + REACH)
    before = [""] * (REACH - stretch.first + left)
    return [*before, *stretch.seen.words[left:right], *[""] * (REACH - right + stretch.last)]


def _group_names(key: tuple[int, int]) -> Sequence[str]:
    return [cluster_attribute(cluster_name(*key))]


def _run_names(key: int) -> Sequence[str]:
    return [run_attribute(key >> 6, key >> 3 & 7, key & 7)]


def _marks_names(key: int) -> Sequence[str]:
    return [marks_attribute(key >> 3, key & 7)]


def _document_names(key: int) -> Sequence[str]:
    return document_attributes(key >> 1, key & 1) if key >= 0 else ()
