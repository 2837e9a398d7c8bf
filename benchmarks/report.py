"""The tables of `docs/benchmarks.md`, from the file of results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from benchmarks.measure import RESULTS, Value
from benchmarks.targets import TARGETS, judge

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"

Run = Mapping[str, Value]
Results = Mapping[str, Run]

_IMPORT = (
    ("store_ms", "read, clean, date, deduplicate, store", "ms"),
    ("entities_ms", "recognise, link and store entities", "ms"),
    ("index_ms", "index", "ms"),
    ("together_ms", "together", "ms"),
    ("index_kb_per_article", "size of the index", "kB"),
    ("files_ms", "`dateline import` of {files:,} text files: stored, recognised, indexed", "ms"),
    ("store_peak_mb", "peak memory while storing", "MB in all"),
    ("indexing_peak_mb", "peak memory while recognising and indexing", "MB in all"),
)
_SCREEN = (
    ("first_paint_small_s", "first picture, {articles_small:,} articles, median", "s"),
    ("first_paint_small_min_s", "the same, least", "s"),
    ("first_paint_large_s", "first picture, {articles_large:,} articles, median", "s"),
    ("first_paint_large_min_s", "the same, least", "s"),
    ("first_paint_ratio", "ratio of the least", ""),
    ("key_ms", "a key in the list, held down", "ms"),
    ("key_with_preview_ms", "a key in the list, and the article under the cursor shown", "ms"),
    ("open_ms", "next unread article of 800 words opened and marked read", "ms"),
    ("idle_ms_per_second", "doing nothing, per second", "ms"),
    ("memory_mb", "memory of the screen process, {articles_large:,} articles", "MB"),
)
_BUILD = (
    ("build_ms_per_article", "build_fts5_ms_per_article", "building, per article", "ms"),
    ("index_mb", "fts5_mb", "size", "MB"),
)
_PEER = "_fts5_ms"


def tables(results: Results) -> str:
    """All tables as Markdown."""
    parts = [_machine(results["machine"]), _targets(results)]
    if "import" in results:
        head = f"Import of {results['import']['articles']:,} articles, per article"
        parts.append(_plain(head, _IMPORT, results["import"]))
    if "screen" in results:
        parts.append(_plain("Screen, 100 columns and 30 lines", _SCREEN, results["screen"]))
    searches = [run for name, run in results.items() if name.startswith("search_")]
    parts += [_search(run) for run in sorted(searches, key=lambda run: run["articles"])]
    return "\n\n".join(parts)


def write(page: Path = PAGE, results: Path = RESULTS) -> None:
    """Put the tables in their place on the page."""
    page.write_text(renewed(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def renewed(text: str, results: Path = RESULTS) -> str:
    """The text of the page with the tables of `results`."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    found: Results = json.loads(results.read_text(encoding="utf-8"))
    return f"{before}{BEGIN}\n\n{tables(found)}\n\n{END}{after}"


def _machine(run: Run) -> str:
    return (
        f"Measured on {run['cores']} cores of {run['processor']}, {run['memory_gib']} GiB,"
        f" {run['system']}, Python {run['python']}."
    )


def _targets(results: Results) -> str:
    met = judge(results)
    rows = [
        (
            target.what,
            f"{_number(results[target.run][target.value])} {target.unit}",
            f"{_number(target.limit)} {target.unit}",
            "yes" if met[f"{target.run}.{target.value}"] else "**no**",
        )
        for target in TARGETS
        if f"{target.run}.{target.value}" in met
    ]
    return "### Targets\n\n" + _table(("what", "measured", "at most", "met"), rows)


def _plain(head: str, lines: Iterable[tuple[str, str, str]], run: Run) -> str:
    rows = [(what.format(**run), f"{_number(run[name])} {unit}") for name, what, unit in lines]
    return f"### {head}\n\n" + _table(("what", "measured"), rows)


def _search(run: Run) -> str:
    rows: list[tuple[str, ...]] = [
        (what, f"{_number(run[ours])} {unit}", "", f"{_number(run[theirs])} {unit}", "",
         _ratio(run[ours], run[theirs]))
        for ours, theirs, what, unit in _BUILD
    ]  # fmt: skip
    rows += [_question(kind, run) for kind in _kinds(run)]
    head = ("question", "index", "p95", "FTS5", "p95", "ratio")
    return (
        f"### Search, {run['articles']:,} articles\n\n{_table(head, rows)}\n\n"
        f"Peak memory: {run['build_peak_mb']} MB while building,"
        f" {run['asking_peak_mb']} MB while asking."
    )


def _kinds(run: Run) -> Iterator[str]:
    """The kinds of question, the cheapest first."""
    names = [name for name in run if name.endswith("_ms") and not name.endswith(_PEER)]
    for name in sorted(names, key=lambda name: run[name]):
        yield name.removesuffix("_ms")


def _question(kind: str, run: Run) -> tuple[str, ...]:
    ours, theirs = run[f"{kind}_ms"], run.get(f"{kind}{_PEER}")
    cells = [kind.replace("_", " "), f"{_number(ours)} ms", _number(run[f"{kind}_ms_p95"])]
    if theirs is None:
        return (*cells, "", "", "")
    return (
        *cells, f"{_number(theirs)} ms", _number(run[f"{kind}{_PEER}_p95"]), _ratio(ours, theirs)
    )  # fmt: skip


def _ratio(ours: Value, theirs: Value) -> str:
    return _number(float(ours) / max(float(theirs), 0.001))


def _number(value: Value) -> str:
    """Three digits that count."""
    number = float(value)
    digits = 0 if number >= 100 else 1 if number >= 10 else 2
    return f"{number:,.{digits}f}" if number % 1 else f"{number:,.0f}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    align = ["---", *["---:"] * (len(names) - 1)]
    return "\n".join(f"| {' | '.join(line)} |" for line in (names, align, *rows))
