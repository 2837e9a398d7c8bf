"""Copies of annotated texts with other names in them, so that a model learns from what stands
around names and not the names by heart.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from reader.entities.training.lexicon import listed_names, listed_words
from reader.entities.training.samples import Name, Sample

KEPT = 0.5
"""The share of organisations and places that keep their names."""

_SHORTEST = 3


@cache
def _given() -> list[str]:
    return [word for word in listed_words("given_names.tsv") if _is_plain(word)]


@cache
def _family() -> list[str]:
    return [word for word in listed_words("surnames.tsv") if _is_plain(word)]


@cache
def _bodies() -> list[str]:
    return [name for name in listed_names("organisations.tsv") if not name.isupper()]


@cache
def _towns() -> list[str]:
    return list(listed_names("cities.tsv"))


def _is_plain(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper()


def renamed(samples: Iterable[Sample], seed: int) -> Iterator[Sample]:
    """A copy of each text, its people and about half of its organisations and places under other
    names, each under the same one wherever it stands. What is in capitals keeps its name."""
    generator = random.Random(seed)  # noqa: S311 - no secret
    for sample in samples:
        others = _Others(generator)
        yield _replaced(sample, others.name)


class _Others:
    """Other names for those of one text."""

    def __init__(self, generator: random.Random) -> None:
        self._generator = generator
        self._known: dict[tuple[str, str], str] = {}

    def name(self, name: str, kind: str) -> str:
        if name.isupper() or kind == "MISC":
            return name
        if kind == "PER":
            words = name.split(" ")
            return " ".join(self._word(word, at, len(words)) for at, word in enumerate(words))
        known = self._known.get((kind, name))
        if known is None:
            keeps = self._generator.random() < KEPT
            others = _bodies() if kind == "ORG" else _towns()
            known = name if keeps else self._generator.choice(others)
            self._known[kind, name] = known
        return known

    def _word(self, word: str, at: int, length: int) -> str:
        if not word[:1].isupper() or word.endswith("."):
            return word
        known = self._known.get(("PER", word))
        if known is None:
            first = at == 0 and length > 1
            known = self._generator.choice(_given() if first else _family())
            self._known["PER", word] = known
        return known


def _replaced(sample: Sample, other: Callable[[str, str], str]) -> Sample:
    parts: list[str] = []
    names: list[Name] = []
    behind = length = 0
    for start, end, kind in sorted(sample.names):
        before, name = sample.text[behind:start], other(sample.text[start:end], kind)
        first = length + len(before)
        length = first + len(name)
        parts += [before, name]
        names.append((first, length, kind))
        behind = end
    parts.append(sample.text[behind:])
    return Sample("".join(parts), frozenset(names))
