"""What follows from the figures of a search run: ratios between engines, sizes and ways."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from benchmarks.measure import Value
from benchmarks.peer import FTS5, INDEX, TANTIVY, WHOOSH

Run = Mapping[str, Value]
Figures = dict[str, Value]

RARE, RARE_ENOUGH = "rare_word", 0.3
"""A question so cheap that up to so many milliseconds are as good as none."""

WITH_TEXTS = ("rows_with_snippets", "snippets")
"""Kinds that read stored texts, which is no work of the index."""

NEWEST = "word_newest_first"


def kinds(run: Run, engine: str = INDEX) -> list[str]:
    """The kinds of question that were put to an engine, those that are cheap for the index
    first."""
    tail = f".{engine}.median"
    found = [name.removesuffix(tail) for name in run if name.endswith(tail)]
    return sorted(found, key=lambda kind: of(run, kind))


def reader_kinds(run: Run) -> list[str]:
    """The kinds of search that were put to the reader."""
    tail = ".reader.way"
    return [name.removesuffix(tail) for name in run if name.endswith(tail)]


def of(run: Run, kind: str, what: str = "median", engine: str = INDEX) -> float:
    """One figure of one kind."""
    return float(run[f"{kind}.{engine}.{what}"])


def derive(run: Run, smaller: Run | None = None) -> Figures:
    """The comparisons within a run, and with the run of a tenth of its articles."""
    found: Figures = {"size.kb": round(float(run[f"build.{INDEX}.size_bytes"]) / 1000, 3)}
    found["build.minutes"] = round(float(run[f"build.{INDEX}.cpu_s"]) / 60, 2)
    for engine in (FTS5, TANTIVY, WHOOSH):
        found |= _against(run, engine)
    if f"build.{FTS5}.facts_cpu_s" in run:
        found["build.whole_rate_to_fts5"] = _whole_rate(run)
    if f"build.{FTS5}.contentless_size_bytes" in run:
        found["size.to_contentless"] = _quotient(
            run, f"build.{INDEX}.size_bytes", f"build.{FTS5}.contentless_size_bytes"
        )
    asked = [kind for kind in kinds(run) if kind not in WITH_TEXTS]
    for what in ("median", "p95", "worst"):
        found |= _largest(f"all.{what}", {kind: of(run, kind, what) for kind in asked})
    if reader_kinds(run):
        found |= _reader(run)
    return found | (_growth(run, smaller) if smaller else {})


def _against(run: Run, engine: str) -> Figures:
    if f"build.{engine}.rate" not in run:
        return {}
    shared = kinds(run, engine)
    ratios = {kind: of(run, kind) / max(of(run, kind, engine=engine), 1e-4) for kind in shared}
    if of(run, RARE) <= RARE_ENOUGH:
        ratios.pop(RARE, None)
    return {
        **_largest(f"against.{engine}", ratios),
        f"against.{engine}.median": round(median(ratios.values()), 3),
        f"build.rate_to_{engine}": _quotient(run, f"build.{INDEX}.rate", f"build.{engine}.rate"),
    }


def _whole_rate(run: Run) -> float:
    """The rate of building against that of FTS5 when it does all that the index does: facts in
    tables beside the texts, and everything merged into one."""
    texts = float(run["articles"]) / float(run[f"build.{FTS5}.rate"])
    beside = (float(run[f"build.{FTS5}.{part}_cpu_s"]) for part in ("facts", "optimizing"))
    return round((texts + sum(beside)) / float(run[f"build.{INDEX}.cpu_s"]), 3)


def reader_ratios(run: Run, kind: str) -> tuple[float, float]:
    """How many times the index alone the reader takes: for a search without its rows and
    snippets, and for all ids."""
    way, rows = of(run, kind, "way", "reader"), of(run, kind, "rows", "reader")
    search = (way - rows) / of(run, kind, "engine", "reader")
    return search, of(run, kind, "view", "reader") / of(run, kind, "order", "reader")


def _reader(run: Run) -> Figures:
    ratios = {kind: reader_ratios(run, kind) for kind in reader_kinds(run)}
    if of(run, RARE, "view", "reader") <= RARE_ENOUGH:
        ratios.pop(RARE)
    search = {kind: one for kind, (one, _) in ratios.items()}
    view = {kind: one for kind, (_, one) in ratios.items()}
    return _largest("reader.search", search) | _largest("reader.view", view)


def _growth(run: Run, smaller: Run) -> Figures:
    shared = [kind for kind in kinds(run) if kind in kinds(smaller)]
    grown = {kind: of(run, kind) / max(of(smaller, kind), 1e-4) for kind in shared}
    return {**_largest("growth", grown), "growth.newest": round(grown[NEWEST], 3)}


def _largest(name: str, values: Mapping[str, float]) -> Figures:
    kind = max(values, key=lambda one: values[one])
    return {f"{name}.max": round(values[kind], 3), f"{name}.max_kind": kind}


def _quotient(run: Run, one: str, other: str) -> float:
    return round(float(run[one]) / float(run[other]), 3)
