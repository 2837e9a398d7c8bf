"""Annotated samples as the trainer takes them: a list of attributes per word, and labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reader.entities.evidence import (
    FIRST,
    Evidence,
    Observer,
    document_attributes,
    listed_attributes,
    marks_attribute,
    run_attribute,
)
from reader.entities.labels import OUTSIDE, labels_for
from reader.entities.trained import cues
from reader.entities.training.lexicon import FLAGS, Lexicon
from reader.entities.training.samples import Name, Sample
from reader.entities.words import (
    GROUP_OF,
    GROUPS,
    SLOTS,
    Case,
    attributes,
    case_of,
    cluster_names,
    names_of_bits,
    seen_from,
)

Clusters = Mapping[str, Sequence[int]]


@dataclass(slots=True)
class Featuriser:
    """Makes the attributes of the words of texts."""

    lexicon: Lexicon
    clusters: Clusters
    _made: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _observer: Observer = field(init=False)

    def __post_init__(self) -> None:
        self._observer = Observer(self.lexicon.gazetteer, self.lexicon.flags, cues(FLAGS))

    def read(self, text: str) -> Evidence:
        return self._observer.read(text)

    def of_word(self, word: str) -> dict[str, list[str]]:
        """The attributes of a word by slot, each with the slot in front."""
        made = self._made.get(word)
        if made is None:
            known = attributes(word, self.flags_of(word), self.clusters_of(word))
            made = self._made[word] = {
                slot: [f"{slot}|{one}" for one in seen_from(slot, known)] for slot in SLOTS
            }
        return made

    def flags_of(self, word: str) -> list[str]:
        return names_of_bits(self.lexicon.flags.get(word, 0), FLAGS)

    def clusters_of(self, word: str) -> list[str]:
        return cluster_names(word, self.clusters)

    def sequence(self, seen: Evidence, first: int, last: int) -> list[list[str]]:
        """The attributes of the words of a sentence."""
        words = [*seen.words[first:last]]
        cases = [case_of(word) for word in words]
        topics = self.lexicon.gazetteer.topics
        rows: list[list[str]] = []
        for at, word in enumerate(words):
            row = [*self.of_word(word)["0"]]
            group = GROUPS[GROUP_OF[cases[at]]]
            for step in (-2, -1, 1, 2):
                there = words[at + step] if 0 <= at + step < len(words) else ""
                slot = f"{step:+d}"
                row += self.of_word(there)[slot]
                if abs(step) == 1:
                    row += self.of_word(there)[slot + group]
            before = cases[at - 1] if at else Case.EDGE
            after = cases[at + 1] if at + 1 < len(words) else Case.EDGE
            row.append(run_attribute(before, cases[at], after))
            row.append(marks_attribute(seen.marks[first + at], cases[at]))
            if cases[at] != Case.LOWER:
                due = seen.marks[first + at] & FIRST
                row += document_attributes(seen.document[first + at], due)
            listed = seen.listed[first + at]
            row += listed_attributes(listed, topics)
            rows.append(row)
        return rows


def labels_of(seen: Evidence, first: int, last: int, names: Sequence[Name]) -> list[str]:
    """The labels of the words of a sentence."""
    labels = [OUTSIDE] * (last - first)
    for start, end, kind in names:
        inside = [
            at for at in range(first, last) if seen.starts[at] < end and seen.ends[at] > start
        ]
        if inside:
            labels[inside[0] - first : inside[-1] + 1 - first] = labels_for(len(inside), kind)
    return labels


def examples(
    featuriser: Featuriser,
    samples: Iterable[Sample],
    kinds: frozenset[str],
) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Sentences with attributes and labels."""
    for sample in samples:
        seen = featuriser.read(sample.text)
        names = sorted(name for name in sample.names if name[2] in kinds)
        for first, last in seen.sentences:
            start, end = seen.starts[first], seen.ends[last - 1]
            if sample.scope is not None and not any(
                begin < end and stop > start for begin, stop in sample.scope
            ):
                continue
            here = [name for name in names if name[0] < end and name[1] > start]
            yield (
                featuriser.sequence(seen, first, last),
                labels_of(seen, first, last, here),
            )
