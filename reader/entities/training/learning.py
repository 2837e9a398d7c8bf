"""Learning weights: an averaged perceptron over label sequences, by python-crfsuite."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from reader.entities.training.features import Featuriser, examples
from reader.entities.training.recipe import Part
from reader.entities.training.samples import KINDS

Example: TypeAlias = tuple[list[list[str]], list[str]]
Features: TypeAlias = dict[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to learn: rounds over the examples, how often an attribute has to be there at least, and
    the order of the examples by its seed."""

    rounds: int = 8
    least: int = 1
    seed: int = 1
    kinds: tuple[str, ...] = KINDS


def make_examples(
    featuriser: Featuriser, parts: Iterable[Part], data: Path, kinds: Iterable[str] = KINDS
) -> list[Example]:
    """The sentences of some sets."""
    made: list[Example] = []
    for part in parts:
        made += list(examples(featuriser, part.read(data), frozenset(kinds))) * part.times
    return made


def learn(made: Sequence[Example], settings: Settings) -> tuple[Features, Features]:
    """Weights by attribute and label, and by two labels that follow one another."""
    import pycrfsuite

    order = list(range(len(made)))
    random.Random(settings.seed).shuffle(order)  # noqa: S311 - an order, no secret
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
