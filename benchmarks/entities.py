"""Scores of the recogniser on annotated texts: exact spans; run as `python -m benchmarks.entities`.

Sets lie outside the project, in `shared/data/ner` beside it; a set that is not there is named and
skipped. Options: `--set NAME` for one set, `--errors N` to print the first N differences.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable
from pathlib import Path

from reader.entities import Recogniser, load_recogniser
from reader.entities.training.recipe import TESTS, TRIALS, Read
from reader.entities.training.samples import KINDS, Name, Sample, voa_194
from reader.entities.training.scores import SCORED, Score, names_of, score

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "ner"
SETS: dict[str, Read] = {**TRIALS, **TESTS, "voa-194": voa_194}


def show_errors(recogniser: Recogniser, samples: Iterable[Sample], most: int) -> None:
    """Print the first differences."""
    left = most
    for sample in samples:
        found = names_of(recogniser.recognise([sample.text])[0], sample)
        for name in sorted(found ^ sample.names):
            if left > 0 and name[2] in SCORED:
                left -= 1
                _show(sample.text, name, "extra" if name in found else "missed")


def _show(text: str, name: Name, what: str) -> None:
    start, end, kind = name
    left, right = text[max(0, start - 50) : start], text[end : end + 40]
    print(f"{what:7}{kind:5}{left!r:>54} [{text[start:end]}] {right!r}")


def _table(name: str, result: Score, seconds: float) -> None:
    for kinds in (SCORED, *((kind,) for kind in KINDS)):
        precision, recall, f1 = result.row(kinds)
        label = "all" if kinds is SCORED else kinds[0]
        true = sum(result.true[kind] for kind in kinds)
        print(f"{name:12}{label:5}{true:7}{precision:8.1f}{recall:8.1f}{f1:8.1f}{seconds:9.2f}")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recogniser", default="")
    parser.add_argument("--set", action="append", choices=sorted(SETS))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args(arguments)
    recogniser = load_recogniser(options.recogniser)
    print(f"{'set':12}{'kind':5}{'names':>7}{'P':>8}{'R':>8}{'F1':>8}{'seconds':>9}")
    for name in options.set or SETS:
        try:
            samples = list(SETS[name](DATA))
        except FileNotFoundError as error:
            print(f"{name:12}skipped: no file {error.filename}")
            continue
        began = time.process_time()
        result = score(recogniser, samples)
        _table(name, result, time.process_time() - began)
        show_errors(recogniser, samples, options.errors)


if __name__ == "__main__":
    main()
