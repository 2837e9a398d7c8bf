"""The benchmarks: `python -m benchmarks.run [import] [screen] [search] [--large] [--work DIR]`.

Writes `results.json` and the tables of `docs/benchmarks.md`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import measure, report
from benchmarks.importing import measure_import
from benchmarks.libraries import Work
from benchmarks.screen import Amounts, measure_screen
from benchmarks.searching import measure_search
from benchmarks.targets import judge

RUNS = ("import", "screen", "search")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    imported: int = 10_000
    files: int = 1_000
    small: int = 10_000
    large: int = 100_000
    amounts: Amounts = field(default_factory=Amounts)
    searched: tuple[int, ...] = (10_000,)
    questions: int = 25


SMALL = Plan(
    imported=60,
    files=10,
    small=80,
    large=160,
    amounts=Amounts(1, 5, 2, 3, 0.2, 1.0),
    searched=(300,),
    questions=2,
)
"""Whether it runs at all; the numbers mean nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, record, judge; the exit code is 1 when a target was missed."""
    options = _parser().parse_args(arguments)
    plan = SMALL if options.small else Plan(searched=(10_000, *[100_000] * options.large))
    folder = nullcontext(options.work) if options.work else TemporaryDirectory()
    with folder as work:
        for name in options.runs or RUNS:
            _measure(name, Work(Path(work)), plan, options.results)
    results = json.loads(options.results.read_text(encoding="utf-8"))
    met = judge(results)
    measure.record("targets", met, path=options.results)
    if options.results == measure.RESULTS:
        report.write()
    print(report.tables(results))
    return 0 if all(met.values()) else 1


def _measure(name: str, work: Work, plan: Plan, results: Path) -> None:
    print(f"measuring: {name}", file=sys.stderr)
    match name:
        case "import":
            found = measure_import(work, plan.imported, plan.files)
            measure.record(name, found, path=results)
        case "screen":
            found = measure_screen(work, plan.small, plan.large, plan.amounts)
            measure.record(name, found, path=results)
        case _:
            for articles in plan.searched:
                found = measure_search(work, articles, plan.questions)
                measure.record(f"{name}_{articles}", found, path=results)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("runs", nargs="*", choices=[[], *RUNS], help="all when none is named")
    parser.add_argument("--large", action="store_true", help="search 100,000 articles too")
    parser.add_argument("--work", type=Path, help="folder in which corpora and libraries stay")
    parser.add_argument("--small", action="store_true", help="only see whether it all runs")
    parser.add_argument("--results", type=Path, default=measure.RESULTS, help="file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
