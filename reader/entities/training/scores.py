"""How well a recogniser does on annotated texts: exact spans and kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.entities.training.samples import Name, Sample
from reader.entities.values import Found, Recogniser

SCORED = ("PER", "LOC", "ORG")
"""The kinds that every set has."""


@dataclass(slots=True)
class Score:
    """Counts per kind: names found that are right, names found, names there are."""

    right: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    true: Counter[str] = field(default_factory=Counter)

    def row(self, kinds: Iterable[str] = SCORED) -> tuple[float, float, float]:
        """Precision, recall and F1 in per cent over these kinds together."""
        chosen = list(kinds)
        right = sum(self.right[kind] for kind in chosen)
        found = sum(self.found[kind] for kind in chosen)
        true = sum(self.true[kind] for kind in chosen)
        f1 = 200 * right / max(found + true, 1)
        return 100 * right / max(found, 1), 100 * right / max(true, 1), f1

    def f1(self, kinds: Iterable[str] = SCORED) -> float:
        """F1 in per cent."""
        return self.row(kinds)[2]

    def add(self, found: frozenset[Name], true: frozenset[Name]) -> None:
        """Count the names of one text."""
        self.right.update(kind for _, _, kind in found & true)
        self.found.update(kind for _, _, kind in found)
        self.true.update(kind for _, _, kind in true)


def score(recogniser: Recogniser, samples: Sequence[Sample]) -> Score:
    """The names that a recogniser finds compared with those that are there."""
    result = Score()
    given = recogniser.recognise([sample.text for sample in samples])
    for sample, found in zip(samples, given, strict=True):
        result.add(names_of(found, sample), sample.names)
    return result


def names_of(found: Iterable[Found], sample: Sample) -> frozenset[Name]:
    """Found names as the sets have them, those outside of what is annotated left out."""
    return frozenset(
        (one.start, one.end, str(one.kind))
        for one in found
        if sample.scope is None or any(start <= one.start < end for start, end in sample.scope)
    )
