"""How well each label fits each word, as far as words and context tell: sums of weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

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
    attributes,
    case_of,
    cluster_names,
    names_of_bits,
)

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.intp]
K = TypeVar("K", int, str)

KEPT = 16_384
"""Words whose scores are kept; past that all are found anew."""

REACH = 2
"""How many neighbours on either side count."""

_STEPS = (0, -1, 1, -2, 2)
_GROUPED = len(_STEPS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text from `first` up to `last`, all in the sentence from `begin` up to `end`."""

    seen: Evidence
    first: int
    last: int
    begin: int
    end: int


class _Table(Generic[K]):
    """Rows of scores by key, each found when it is asked for the first time."""

    def __init__(self, width: int, fill: Callable[[Sequence[K]], Floats]) -> None:
        self._fill: Callable[[Sequence[K]], Floats] = fill
        self._numbers: dict[K, int] = {}
        self.rows: Floats = np.zeros((256, width), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._numbers)

    def take(self, keys: Sequence[K]) -> Ints:
        """The numbers of the rows of keys."""
        numbers = self._numbers
        new = [key for key in set(keys) if key not in numbers]
        if new:
            self._add(new)
        return np.array(list(map(numbers.__getitem__, keys)), dtype=np.intp)

    def clear(self) -> None:
        self._numbers.clear()

    def _add(self, new: Sequence[K]) -> None:
        first = len(self._numbers)
        last = first + len(new)
        if last > len(self.rows):
            more = np.zeros((last, self.rows.shape[1]), dtype=np.float32)
            self.rows = np.concatenate([self.rows, more])
        self._numbers.update(zip(new, range(first, last), strict=True))
        self.rows[first:last] = self._fill(new)


class Scorer:
    """Gives words their scores. What a word adds is kept, since texts repeat their words."""

    def __init__(self, model: Model) -> None:
        self._weights = model.weights
        self._known = model.knowledge
        self._width = len(model.weights.labels)
        self._cases: dict[str, Case] = {"": Case.EDGE}
        self._words: _Table[str] = _Table(self._width * len(SLOTS), self._score_words)
        self._contexts: list[_Table[int]] = [
            _Table(self._width, self._filler(names_of))
            for names_of in (_run_names, _marks_names, _document_names, self._listed_names)
        ]

    def scores(self, stretches: Iterable[Stretch]) -> Floats:
        """A row for each word of the stretches, one after the other, with a score for each label
        of the model."""
        if len(self._words) > KEPT:
            self._words.clear()
            self._cases = {"": Case.EDGE}
        words: list[str] = []
        centres: list[int] = []
        keys: list[tuple[int, int, int, int]] = []
        for stretch in stretches:
            around = _around(stretch)
            centres += range(len(words) + REACH, len(words) + len(around) - REACH)
            words += around
            keys += self._keys(stretch, around)
        if not centres:
            return np.zeros((0, self._width), dtype=np.float32)
        numbers = self._words.take(words)
        total = self._word_scores(numbers, np.array(centres, dtype=np.intp), words)
        for table, column in zip(self._contexts, zip(*keys, strict=True), strict=True):
            found = table.take(column)
            total += table.rows[found]
        return total

    def _word_scores(self, numbers: Ints, centres: Ints, words: Sequence[str]) -> Floats:
        by_slot = self._words.rows.reshape(len(self._words.rows), len(SLOTS), self._width)
        groups = np.array([GROUP_OF[self._cases[words[at]]] for at in centres], dtype=np.intp)
        total: Floats = by_slot[numbers[centres], 0]
        for slot, step in enumerate(_STEPS[1:], 1):
            total += by_slot[numbers[centres + step], slot]
        for slot, step in ((_GROUPED, -1), (_GROUPED + len(GROUPS), 1)):
            total += by_slot[numbers[centres + step], slot + groups]
        return total

    def _keys(self, stretch: Stretch, around: Sequence[str]) -> Iterable[tuple[int, int, int, int]]:
        """What is known of each word besides it and its neighbours, as numbers."""
        seen, cases = stretch.seen, [self._case(word) for word in around[1:-1]]
        for at in range(stretch.first, stretch.last):
            here = at - stretch.first + 1
            case, marks = cases[here], seen.marks[at]
            yield (
                cases[here - 1] << 6 | case << 3 | cases[here + 1],
                marks << 3 | case,
                -1 if case == Case.LOWER else seen.document[at] << 1 | marks & FIRST,
                seen.listed[at],
            )

    def _case(self, word: str) -> Case:
        case = self._cases.get(word)
        if case is None:
            case = self._cases[word] = case_of(word)
        return case

    # What is found once and kept

    def _score_words(self, words: Sequence[str]) -> Floats:
        named = [
            (number, name)
            for number, word in enumerate(words)
            for name in attributes(word, self._flags_of(word), self._clusters_of(word))
        ]
        return self._sum(named, len(words), self._words.rows.shape[1])

    def _filler(
        self, names_of: Callable[[int], Sequence[str]]
    ) -> Callable[[Sequence[int]], Floats]:
        def fill(keys: Sequence[int]) -> Floats:
            named = [(number, name) for number, key in enumerate(keys) for name in names_of(key)]
            return self._sum(named, len(keys), self._width)

        return fill

    def _sum(self, named: Sequence[tuple[int, str]], count: int, width: int) -> Floats:
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
        return np.asarray(summed.reshape(count, width), dtype=np.float32)

    def _flags_of(self, word: str) -> list[str]:
        return names_of_bits(self._known.flags.get(word, 0), self._known.flag_names)

    def _clusters_of(self, word: str) -> list[str]:
        return cluster_names(word, self._known.clusters)

    def _listed_names(self, listed: int) -> Sequence[str]:
        return listed_attributes(listed, self._known.gazetteer.topics)


def _around(stretch: Stretch) -> list[str]:
    """The words of a stretch with REACH words before and behind, "" beyond the sentence."""
    left, right = max(stretch.begin, stretch.first - REACH), min(stretch.end, stretch.last + REACH)
    before = [""] * (REACH - stretch.first + left)
    return [*before, *stretch.seen.words[left:right], *[""] * (REACH - right + stretch.last)]


def _run_names(key: int) -> Sequence[str]:
    return [run_attribute(key >> 6, key >> 3 & 7, key & 7)]


def _marks_names(key: int) -> Sequence[str]:
    return [marks_attribute(key >> 3, key & 7)]


def _document_names(key: int) -> Sequence[str]:
    return document_attributes(key >> 1, key & 1) if key >= 0 else ()
