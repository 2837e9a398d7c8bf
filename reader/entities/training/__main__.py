"""Train the model that is shipped: `python -m reader.entities.training DATA [--out FILE]`.

`DATA` is the folder of the public sets (docs/training.md). Prints scores on the development sets,
and with `--tests` on the sets that are looked at once.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reader.entities.model import Model, dump_model
from reader.entities.tokens import tokenise
from reader.entities.trained import TrainedRecogniser
from reader.entities.training.clusters import make_clusters
from reader.entities.training.compile import compile_model
from reader.entities.training.features import Featuriser
from reader.entities.training.learning import Settings, learn, make_examples
from reader.entities.training.lexicon import build_lexicon
from reader.entities.training.recipe import (
    PARTS,
    PUBLIC,
    SEED,
    TESTS,
    TRIALS,
    Part,
    Read,
    own_training,
)
from reader.entities.training.samples import gmb_rows
from reader.entities.training.scores import SCORED, score

MODEL = Path(__file__).resolve().parents[1] / "data" / "model.bin"
SETTINGS = Settings()
HEAT = 0.03
"""Makes confidence come true: of the names found with 0.8 on the development articles about four
in five are right."""


def unlabelled(data: Path) -> Iterator[list[str]]:
    """The words of all texts, sentence by sentence."""
    for sentence in gmb_rows(data):
        yield [row[1] for row in sentence]
    for read in (*(part.read for part in PUBLIC), own_training):
        for sample in read(data):
            for line in sample.text.splitlines():
                yield tokenise(line).words


def train(data: Path, parts: Iterable[Part] = PARTS, settings: Settings = SETTINGS) -> Model:
    """Make the model from the sets below `data` and from what lies beside this module."""
    lexicon = build_lexicon()
    clusters = make_clusters(unlabelled(data), SEED)
    made = make_examples(Featuriser(lexicon, clusters), parts, data, settings.kinds)
    features, transitions = learn(made, settings)
    return compile_model(features, transitions, lexicon, clusters, HEAT)


def report(model: Model, data: Path, sets: Mapping[str, Read]) -> None:
    """Print how well a model does."""
    recogniser = TrainedRecogniser(model)
    for name, read in sets.items():
        result = score(recogniser, list(read(data)))
        each = " ".join(f"{kind} {result.f1([kind]):.1f}" for kind in (*SCORED, "MISC"))
        print(
            f"{name:16} P {result.row()[0]:.1f} R {result.row()[1]:.1f} "
            f"F1 {result.f1():.1f}  {each}"
        )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="reader.entities.training", description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--tests", action="store_true")
    options = parser.parse_args(arguments)
    if not options.data.is_dir():
        print(f"{options.data}: no folder of annotated sets", file=sys.stderr)
        return 2
    began = time.process_time()
    model = train(options.data)
    data = dump_model(model)
    options.out.write_bytes(data)
    seconds = time.process_time() - began
    print(f"{options.out}: version {model.version}, {len(data):,} bytes, {seconds:.0f} s of CPU")
    report(model, options.data, TRIALS | (TESTS if options.tests else {}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
