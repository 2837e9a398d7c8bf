"""Learning weights: an averaged perceptron over label sequences, by python-crfsuite."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reader.entities.training.features import Featuriser, examples
from reader.entities.training.recipe import Part
from reader.entities.training.samples import KINDS

Example: TypeAlias = tuple[list[list[str]], list[str]]
Features: TypeAlias = dict[tuple[str, str], float]

_CARRIERS = ("0|w", "0|s", "0|c", "0|f", "0|F", "0|e", "g=", "G=", "-1|w", "+1|w")
"""Beginnings of the attributes that carry the habits of a set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn: rounds over the examples, how often an attribute has to be there at least, and
    the orders of the examples by their seeds. The weights of all orders are averaged."""

    rounds: int = 8
    least: int = 1
    seeds: tuple[int, ...] = (1,)
    kinds: tuple[str, ...] = KINDS


def make_examples(
    featuriser: Featuriser, parts: Iterable[Part], data: Path, kinds: Iterable[str] = KINDS
) -> list[Example]:
    """The sentences of some sets."""
    made: list[Example] = []
    for part in parts:
        found = examples(featuriser, part.read(data), frozenset(kinds))
        made += [_with_habits(example, part.habit) for example in found] * part.times
    return made


def _with_habits(example: Example, habit: str) -> Example:
    rows, labels = example
    if habit:
        rows = [
            [*row, *(f"{habit}{one}" for one in row if one.startswith(_CARRIERS))] for row in rows
        ]
    return rows, labels


def learn(
    made: Sequence[Example], settings: Settings, habits: Iterable[str]
) -> tuple[Features, Features]:
    """Weights by attribute and label, and by two labels that follow one another."""
    features: Features = defaultdict(float)
    transitions: Features = defaultdict(float)
    share = 1 / len(settings.seeds)
    marks = tuple(f"{habit}{one}" for habit in habits for one in _CARRIERS)
    for seed in settings.seeds:
        of_words, of_labels = _learn(made, settings, seed)
        for key, weight in of_words.items():
            if not key[0].startswith(marks):
                features[key] += weight * share
        for key, weight in of_labels.items():
            transitions[key] += weight * share
    return features, transitions


def _learn(made: Sequence[Example], settings: Settings, seed: int) -> tuple[Features, Features]:
    import pycrfsuite

    order = list(range(len(made)))
    random.Random(seed).shuffle(order)  # noqa: S311 - an order, no secret
    trainer = pycrfsuite.Trainer(algorithm="averaged-perceptron", verbose=False)
    trainer.set_params({"max_iterations": settings.rounds, "feature.minfreq": settings.least})
    for at in order:
        trainer.append(*made[at])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "weights")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        known = tagger.info()
        tagger.close()
    return dict(known.state_features), dict(known.transitions)
