"""What brings how much: `python -m reader.entities.training.experiments DATA [NAME...]`.

Trains once for each row of the table in docs/training.md and prints the row. A row leaves one thing
out or takes a part of the annotation; scores are F1 over PER, LOC and ORG on the development sets.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from reader.entities.trained import TrainedRecogniser
from reader.entities.training.__main__ import HEAT, unlabelled
from reader.entities.training.clusters import make_clusters
from reader.entities.training.compile import compile_model
from reader.entities.training.features import Clusters, Featuriser
from reader.entities.training.learning import Example, Settings, learn, make_examples
from reader.entities.training.lexicon import Lexicon, build_lexicon
from reader.entities.training.recipe import OURS, PARTS, PUBLIC, SEED, TRIALS, Part
from reader.entities.training.samples import KINDS, Sample
from reader.entities.training.scores import SCORED, score
from reader.entities.words import SLOTS


@dataclass(frozen=True, slots=True)
class Experiment:
    """A way to train that differs from the one shipped: other sets, a share of each of our own, no
    attributes that begin in certain ways, fewer kinds."""

    name: str
    parts: tuple[Part, ...] = PARTS
    share: float = 1.0
    without: tuple[str, ...] = ()
    kinds: tuple[str, ...] = KINDS


def _of_words(kind: str) -> tuple[str, ...]:
    """How the attributes of words that are of a kind begin, wherever they are looked at from."""
    return tuple(f"{slot}|{kind}" for slot in SLOTS)


EXPERIMENTS = (
    Experiment("as shipped"),
    Experiment("public sets alone", PUBLIC),
    Experiment("our annotation alone", OURS),
    Experiment("an eighth of our annotation", share=0.125),
    Experiment("a quarter of it", share=0.25),
    Experiment("half of it", share=0.5),
    Experiment("no word lists", without=("g=", "G=", *_of_words("f="), *_of_words("F="))),
    Experiment("no groups of words", without=_of_words("c=")),
    Experiment("no evidence of the document", without=("d=", "D=")),
    Experiment("three kinds", kinds=SCORED),
)


def parts_of(experiment: Experiment) -> list[Part]:
    """The sets of an experiment, ours cut to its share: the same order for every share."""
    return [part if part in PUBLIC else _cut(part, experiment.share) for part in experiment.parts]


def _cut(part: Part, share: float) -> Part:
    def read(data: Path) -> Sequence[Sample]:
        samples = list(part.read(data))
        random.Random(SEED).shuffle(samples)  # noqa: S311 - an order, no secret
        return samples[: round(len(samples) * share)]

    return replace(part, read=read)


def run(experiment: Experiment, data: Path, lexicon: Lexicon, clusters: Clusters) -> str:
    """A row of the table."""
    featuriser = Featuriser(lexicon, clusters)
    made = make_examples(featuriser, parts_of(experiment), data, experiment.kinds)
    made = [_without(example, experiment.without) for example in made]
    features, transitions = learn(made, Settings(kinds=experiment.kinds))
    model = compile_model(features, transitions, lexicon, clusters, HEAT)
    recogniser = TrainedRecogniser(model)
    cells = [experiment.name, f"{len(made):,}"]
    for read in TRIALS.values():
        result = score(recogniser, list(read(data)))
        each = "/".join(f"{result.f1([kind]):.0f}" for kind in SCORED)
        cells.append(f"{result.f1():.1f} ({each})")
    return f"| {' | '.join(cells)} |"


def _without(example: Example, left_out: tuple[str, ...]) -> Example:
    rows, labels = example
    if left_out:
        rows = [[one for one in row if not one.startswith(left_out)] for row in rows]
    return rows, labels


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args(arguments)
    lexicon = build_lexicon()
    clusters = make_clusters(unlabelled(options.data), SEED)
    print(f"| training | sentences | {' | '.join(TRIALS)} |")
    print(f"|---|---|{'---|' * len(TRIALS)}")
    for experiment in EXPERIMENTS:
        if not options.names or experiment.name in options.names:
            print(run(experiment, options.data, lexicon, clusters), flush=True)


if __name__ == "__main__":
    main()
