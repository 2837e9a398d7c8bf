"""The benchmarks: `python -m benchmarks.run [NAME...] [--million]`, all of RUNS without a name.

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
from benchmarks.comparing import derive
from benchmarks.importing import measure_import
from benchmarks.libraries import Work
from benchmarks.naming import NameAmounts, measure_names
from benchmarks.peer import FTS5, TANTIVY, WHOOSH
from benchmarks.screen import Amounts, measure_screen
from benchmarks.searching import Size, measure_search
from benchmarks.sources import measure_sources
from benchmarks.stages import run_stage
from benchmarks.targets import judge
from benchmarks.triage import Doings, measure_triage
from benchmarks.triage_keys import Keys

RUNS = ("import", "sources", "screen", "triage", "entities", "search")

_QUICK = (FTS5, TANTIVY)
_SEARCHED = (
    # Plain Whoosh takes in a few hundred articles a second, so it is met at this size alone.
    Size(3_000, (*_QUICK, WHOOSH), whole=False),
    Size(10_000, _QUICK),
    Size(100_000, _QUICK),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    imported: int = 10_000
    files: int = 1_000
    feeds: int = 200
    entries: int = 6_500
    records: int = 100_000
    small: int = 10_000
    large: int = 100_000
    amounts: Amounts = field(default_factory=Amounts)
    doings: Doings = field(default_factory=Doings)
    names: NameAmounts = field(default_factory=NameAmounts)
    searched: tuple[Size, ...] = _SEARCHED


SMALL = Plan(
    imported=60,
    files=10,
    feeds=4,
    entries=20,
    records=60,
    small=80,
    large=160,
    amounts=Amounts(1, 5, 2, 3, 0.2, 1.0),
    doings=Doings(160, 20, 20, (10, 20), 20, 200, Keys(2, 2, 1, 1, 0.5)),
    names=NameAmounts(4, 8, 60, 1),
    searched=(
        Size(100, (WHOOSH,), questions=2, whole=False),
        Size(1_000, _QUICK, questions=2, rounds=2, openings=1),
    ),
)
"""Whether it runs at all; the numbers mean nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, record, judge; the exit code is 1 when a target was missed."""
    options = _parser().parse_args(arguments)
    plan = SMALL if options.small else _plan(options)
    folder = nullcontext(options.work) if options.work else TemporaryDirectory()
    with folder as work:
        for name in options.runs or RUNS:
            _measure(name, Work(Path(work)), plan, options.results)
    results = json.loads(options.results.read_text(encoding="utf-8"))
    met = judge(results)
    measure.record("targets", met, path=options.results)
    results = json.loads(options.results.read_text(encoding="utf-8"))
    if options.results == measure.RESULTS:
        report.write()
    print(report.tables(results))
    return 0 if all(met.values()) else 1


def _plan(options: argparse.Namespace) -> Plan:
    if options.articles:
        return Plan(searched=(Size(options.articles, _QUICK),))
    million = Size(1_000_000, _QUICK if options.peers else ())
    return Plan(searched=(*_SEARCHED, *[million] * options.million))


def _measure(name: str, work: Work, plan: Plan, results: Path) -> None:
    print(f"measuring: {name}", file=sys.stderr)
    match name:
        case "import":
            found = measure_import(work, plan.imported, plan.files)
            measure.record(name, found, path=results)
        case "sources":
            found = measure_sources(work, plan.feeds, plan.entries, plan.records)
            measure.record(name, found, path=results)
        case "screen":
            found = measure_screen(work, plan.small, plan.large, plan.amounts)
            measure.record(name, found, path=results)
        case "triage":
            found = measure_triage(work, plan.doings)
            measure.record(name, found, path=results)
        case "entities":
            found = measure_names(work, plan.names, run_stage)
            measure.record(name, found, path=results)
        case _:
            for size in plan.searched:
                _search(work, size, results)


def _search(work: Work, size: Size, path: Path) -> None:
    print(f"measuring: search, {size.articles:,} articles", file=sys.stderr)
    found = measure_search(work, size)
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    smaller = known.get(f"search_{size.articles // 10}")
    measure.record(f"search_{size.articles}", found | derive(found, smaller), path=path)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("runs", nargs="*", choices=[[], *RUNS], help="all when none is named")
    parser.add_argument("--million", action="store_true", help="search 1,000,000 articles too")
    parser.add_argument("--peers", action="store_true", help="with other engines at that size")
    parser.add_argument("--articles", type=int, help="search this many and no other size")
    parser.add_argument("--work", type=Path, help="folder in which corpora and libraries stay")
    parser.add_argument("--small", action="store_true", help="only see whether it all runs")
    parser.add_argument("--results", type=Path, default=measure.RESULTS, help="file to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
