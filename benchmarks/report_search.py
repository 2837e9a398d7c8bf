"""The tables of the search benchmark: one set for every size that was measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.comparing import kinds, of, reader_kinds, reader_ratios
from benchmarks.measure import Value
from benchmarks.peer import ENGINES, FTS5, INDEX, TANTIVY, WHOOSH
from benchmarks.tables import number, ratio, table

Run = Mapping[str, Value]

TITLES = {INDEX: "index", FTS5: "FTS5", TANTIVY: "tantivy", WHOOSH: "Whoosh"}

_BUILDING = (
    ("rate", "articles a second", ""),
    ("peak_mb", "peak memory", " MB"),
    ("size_bytes", "bytes an article", ""),
    ("index_size_bytes", "of these without stored texts", ""),
    ("facts_size_bytes", "facts in tables beside it, apart", ""),
    ("contentless_size_bytes", "contentless, with positions", ""),
    ("contentless_rate", "contentless, articles a second", ""),
    ("facts_cpu_s", "seconds for the facts, apart", " s"),
    ("optimizing_cpu_s", "seconds of optimizing, apart", " s"),
    ("cpu_s", "seconds of everything", " s"),
    ("merging_cpu_s", "of these merging", " s"),
    ("segments", "segments", ""),
)
_ALONE = (
    ("open.median", "opening and the first question, in a new process", "ms"),
    ("open.worst", "the same, worst", "ms"),
    ("add.median", "20 new articles until a question finds them", "ms"),
    ("add.worst", "the same, worst", "ms"),
    ("add.first", "the same, first time after opening", "ms"),
    ("add.merging_per_article", "merging after that, per new article", "ms"),
    ("add.merging_worst", "merging after one addition, worst", "ms"),
    ("asking.resident_mb", "resident memory (VmRSS) after all questions", "MB"),
    ("asking.anonymous_mb", "of it without mapped files (RssAnon)", "MB"),
    ("asking.resident_before_mb", "resident memory before the index is opened", "MB"),
    ("reader.resident_mb", "resident memory of the reader's service after its searches", "MB"),
    ("reader.anonymous_mb", "of it without mapped files", "MB"),
    ("reader.peak_mb", "the most it was (VmHWM)", "MB"),
)
_WAYS = ("way", "engine", "rows", "view", "order")


def search_tables(run: Run, smaller: Run | None) -> str:
    """All tables of one size; `smaller` is a run of a tenth of it."""
    engines = [name for name in ENGINES if f"build.{name}.rate" in run]
    parts = [
        f"### Search, {run['articles']:,} articles",
        *_missing(run),
        _building(run, engines),
        f"Milliseconds of {run['questions_of_a_kind']} questions of a kind: median / p95 / worst.",
        _questions(run, engines, smaller),
    ]
    alone = [(what, f"{number(run[name])} {unit}") for name, what, unit in _ALONE if name in run]
    if alone:
        parts.append(table(("the index by itself", "measured"), alone))
    if reader_kinds(run):
        parts.append(_reader(run))
    return "\n\n".join(parts)


def _missing(run: Run) -> Iterator[str]:
    for engine in ENGINES:
        if f"missing.{engine}" in run:
            yield f"{TITLES[engine]} is not compared with: {run[f'missing.{engine}']}."


def _building(run: Run, engines: list[str]) -> str:
    rows = []
    for name, what, unit in _BUILDING:
        found = [run.get(f"build.{engine}.{name}") for engine in engines]
        if any(value is not None for value in found):
            cells = ["" if value is None else f"{number(value)}{unit}" for value in found]
            rows.append((what, *cells))
    return table(("building", *(TITLES[engine] for engine in engines)), rows)


def _questions(run: Run, engines: list[str], smaller: Run | None) -> str:
    head = ["question", TITLES[INDEX]]
    for engine in engines[1:]:
        head += [TITLES[engine], "ratio"]
    cold = any(name.endswith(".cold") for name in run)
    head += ["first time"] * cold + ["growth"] * bool(smaller)
    return table(head, [_question(kind, run, engines, cold, smaller) for kind in kinds(run)])


def _question(
    kind: str, run: Run, engines: list[str], cold: bool, smaller: Run | None
) -> list[str]:
    cells = [kind.replace("_", " "), _spread(run, kind, INDEX)]
    for engine in engines[1:]:
        if f"{kind}.{engine}.median" in run:
            times = ratio(of(run, kind), of(run, kind, engine=engine))
            cells += [_spread(run, kind, engine), times]
        else:
            cells += ["", ""]
    if cold:
        cells.append(number(run[f"{kind}.{INDEX}.cold"]))
    if smaller:
        known = f"{kind}.{INDEX}.median" in smaller
        cells.append(ratio(of(run, kind), of(smaller, kind)) if known else "")
    return cells


def _spread(run: Run, kind: str, engine: str) -> str:
    return " / ".join(number(of(run, kind, what, engine)) for what in ("median", "p95", "worst"))


def _reader(run: Run) -> str:
    rows = []
    for kind in reader_kinds(run):
        way, engine, rest, view, order = (number(of(run, kind, w, "reader")) for w in _WAYS)
        search, ids = map(number, reader_ratios(run, kind))
        rows.append((kind.replace("_", " "), way, rest, engine, search, view, order, ids))
    head = (
        "search of the reader", "ms to 50 rows", "of it rows and snippets", "index alone", "ratio",
        "ms to all ids", "index alone", "ratio",
    )  # fmt: skip
    return table(head, rows)
