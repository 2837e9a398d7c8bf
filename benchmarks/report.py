"""The tables of `docs/benchmarks.md`, from the file of results."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.measure import RESULTS, Value
from benchmarks.report_search import search_tables
from benchmarks.tables import number, table
from benchmarks.targets import TARGETS, Target

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
_SOURCES = (
    ("first_cpu_s", "{feeds:,} feeds with {entries:,} entries fetched, read and stored", "s"),
    ("unchanged_cpu_s", "asked again, nothing new", "s"),
    ("tenth_changed_cpu_s", "asked again, every tenth has other texts", "s"),
    ("peak_mb", "largest process of the first", "MB"),
    ("record_ms", "a record of JSON Lines stored, of {records:,}, without names and index", "ms"),
    ("records_peak_mb", "peak memory of that", "MB"),
)
_SCORES = (
    ("title_percent", "titles", "%"),
    ("link_percent", "links", "%"),
    ("id_percent", "ids", "%"),
    ("date_percent", "dates", "%"),
    ("text_percent", "text present or not", "%"),
    ("count_percent", "numbers of entries", "%"),
    ("pages_f1_percent", "text of pages, F1 of runs of four words", "%"),
    ("page_ms", "a page read", "ms"),
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

_TRIAGE = (
    ("key_ms", "a key in the list, held down", "ms"),
    ("key_selected_ms", "the same with all selected", "ms"),
    ("select_ms", "`v`, held down", "ms"),
    ("select_all_ms", "`*`: all selected, or nothing", "ms"),
    ("key_sources_ms", "a key in the left pane, held down", "ms"),
    ("pane_ms", "`Tab` from one pane to the next, held down", "ms"),
    ("fold_ms", "a section of the left pane folded and unfolded, each", "ms"),
    ("key_noted_ms", "a key in an article of 6,600 words with 200 highlights, held down", "ms"),
    ("note_ms", "to its next highlight, and a note shown or taken away", "ms"),
    ("find_ms", "a key of a word looked for in it", "ms"),
    ("find_letter_ms", "a letter looked for that stands there thousands of times", "ms"),
    ("key_long_ms", "a line down in a text of four million characters, held down", "ms"),
    ("page_long_ms", "a page further in it", "ms"),
    ("quote_long_ms", "text in it selected, or no more", "ms"),
    ("find_long_ms", "a key of a word looked for in it", "ms"),
    ("palette_ms", "the palette opened", "ms"),
    ("palette_first_ms", "the same for the first time", "ms"),
    ("palette_key_ms", "a key in the palette", "ms"),
    ("history_first_ms", "`:history` opened for the first time, {events:,} changes", "ms"),
    ("history_ms", "the same again", "ms"),
    ("help_first_ms", "`?`, all keys, opened for the first time", "ms"),
    ("help_ms", "the same again", "ms"),
    ("events_ms", "all {events:,} changes read", "ms"),
    ("jump_ms", "going back over 100 changes", "ms"),
    ("jump_forward_ms", "and forward again", "ms"),
    ("tag_ms", "1,000 articles tagged at once", "ms"),
    ("tag_all_ms", "all tagged at once", "ms"),
    ("undo_all_ms", "that taken back", "ms"),
    ("retag_ms", "a tag renamed with five below it, of 1,000 articles each", "ms"),
    ("undo_ms", "that taken back", "ms"),
    ("noted_ms", "a query for words of 1,000 notes", "ms"),
    ("counts_first_ms", "20 saved searches counted for the first time", "ms"),
    ("counts_ms", "the same again", "ms"),
)
_OUT = (
    ("rules_few_ms", "ten rules on an article of a thousand that arrive", "ms"),
    ("rules_few_percent", "against storing, naming and indexing it", "%"),
    ("rules_many_ms", "ten rules on an article of {arriving:,} that arrive", "ms"),
    ("rules_many_percent", "against storing, naming and indexing it", "%"),
    ("export_ms", "an article of {exported:,} exported as Markdown", "ms"),
    ("export_peak_mb", "peak memory of that", "MB"),
    ("dump_few_s", "a dump of {dump_few_lines:,} lines", "s"),
    ("dump_few_peak_mb", "peak memory of that", "MB"),
    ("restore_few_s", "it restored", "s"),
    ("restore_few_peak_mb", "peak memory of that", "MB"),
    ("dump_many_s", "a dump of {dump_many_lines:,} lines", "s"),
    ("dump_many_peak_mb", "peak memory of that", "MB"),
    ("restore_many_s", "it restored", "s"),
    ("restore_many_peak_mb", "peak memory of that", "MB"),
)

_ENTITIES = (
    ("articles_a_second", "articles of 400 words a second, from text to stored mentions", ""),
    ("whole_ms", "an article of 400 words", "ms"),
    ("recognise_ms", "of it recognising", "ms"),
    ("decide_ms", "of it linking, and deciding which entity of the library each is", "ms"),
    ("store_ms", "of it storing", "ms"),
    ("mentions", "mentions in 400 words", ""),
    ("kept_ms", "an article of 400 words, of {kept_articles:,}", "ms"),
    ("kept_mentions", "mentions in 400 words of these", ""),
    ("bytes_per_article", "tables and indexes of names, for 400 words of these", "bytes"),
    ("bytes.naming", "of it mentions, packed", "bytes"),
    ("bytes.article_entity", "of it articles by entity", "bytes"),
    ("bytes.entity", "of it entities", "bytes"),
    ("bytes.alias", "of it names by which they are found", "bytes"),
    ("bytes.alias_word", "of it words of these", "bytes"),
    ("bytes.form", "of it names as they are written", "bytes"),
    ("bytes.together", "of it who is named together", "bytes"),
    ("peak_mb", "peak memory of naming these", "MB"),
    ("early_peak_mb", "the same after a quarter of them", "MB"),
    ("open_ms", "opening the model, numpy imported", "ms"),
    ("cold_ms", "the same with importing numpy", "ms"),
    ("wheel_mb", "size of the package, packed", "MB"),
    ("wheel_growth_mb", "growth since word lists alone told names", "MB"),
    ("installed_mb", "size of the package, installed", "MB"),
    ("installed_growth_mb", "growth of that", "MB"),
    ("documents_f1", "names of the four documents, F1 of exact spans", "%"),
    ("linking_documents", "linking there, B-cubed F1 of found mentions", "%"),
    ("linking_held", "linking on own pages with namesakes", "%"),
)
_CARDS = (
    ("query", "query by the name of an entity in a fifth of the articles, 50 rows"),
    ("query.whole", "the same, all ids"),
    ("query.middle", "query by the name of a middling entity"),
    ("find", "entities of a name"),
    ("card", "card of the entity in a fifth of the articles"),
    ("card.middle", "card of a middling entity"),
    ("articles", "20 articles of the card with their sentences"),
    ("evidence", "a sentence that names two entities"),
    ("evidence.rare", "the same of a rare one"),
    ("facets", "people, organisations, places of the articles of an entity"),
    ("facets.all", "of all articles"),
    ("facets.words", "of two words"),
)


def tables(results: Results) -> str:
    """All tables as Markdown."""
    parts = [_machine(results["machine"]), _targets(results)]
    if "import" in results:
        head = f"Import of {results['import']['articles']:,} articles, per article"
        parts.append(_plain(head, _IMPORT, results["import"]))
    if "sources" in results:
        parts.append(_plain("Sources, processor time", _SOURCES, results["sources"]))
        parts.append(_plain("Documents of other projects", _SCORES, results["sources"]))
    if "screen" in results:
        parts.append(_plain("Screen, 100 columns and 30 lines", _SCREEN, results["screen"]))
    if "triage" in results:
        head = f"Triage, {results['triage']['articles']:,} articles, processor time"
        parts.append(_plain(head, _TRIAGE, results["triage"]))
        parts.append(_plain("Rules, export, dump", _OUT, results["triage"]))
    if "entities" in results:
        parts.append(_plain("Names, processor time", _ENTITIES, results["entities"]))
        parts.append(_cards(results["entities"]))
    searches = [run for name, run in results.items() if name.startswith("search_")]
    for run in sorted(searches, key=lambda run: run["articles"]):
        smaller = results.get(f"search_{int(run['articles']) // 10}")
        parts.append(search_tables(run, smaller))
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
    rows = [_target(target, results) for target in TARGETS]
    return "### Targets\n\n" + table(("what", "measured", "target", "met"), rows)


def _target(target: Target, results: Results) -> tuple[str, ...]:
    limit = f"{'≥' if target.least else '≤'} {_with_unit(target.limit, target.unit)}"
    if not target.is_measured(results):
        return target.what, "not measured", limit, ""
    run = results[target.run]
    measured = _with_unit(run[target.value], target.unit)
    # The kind of question that a largest value is of.
    if kind := run.get(f"{target.value}_kind"):
        measured += f" ({str(kind).replace('_', ' ')})"
    if target.enough and target.enough[0] in run:
        measured += f", {number(run[target.enough[0]])} × FTS5 contentless"
    return target.what, measured, limit, "yes" if target.is_met(results) else "**no**"


def _with_unit(value: Value, unit: str) -> str:
    return f"{number(value)} {unit}".strip()


def _cards(run: Run) -> str:
    rows = [
        (what, _with_unit(run[f"cards.{name}"], "ms"), _with_unit(run[f"cards.{name}.cold"], "ms"))
        for name, what in _CARDS
    ]
    head = f"### Names, {run['card_articles']:,} articles"
    return f"{head}\n\n" + table(("what", "median", "first time"), rows)


def _plain(head: str, lines: Iterable[tuple[str, str, str]], run: Run) -> str:
    rows = [
        (what.format(**run), f"{number(run[name])} {unit}".strip())
        for name, what, unit in lines
        if name in run
    ]
    return f"### {head}\n\n" + table(("what", "measured"), rows)
