"""What the measurements have to come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.measure import Value

Results = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Target:
    """The largest value one measurement may have, or the smallest where `least`.

    `enough` is another measurement and its largest value, which does as well.
    """

    run: str
    value: str
    limit: float
    unit: str
    what: str
    least: bool = False
    enough: tuple[str, float] | None = None

    @property
    def name(self) -> str:
        """How the verdict is called in the results."""
        return f"{self.run}.{self.value}"

    def is_measured(self, results: Results) -> bool:
        """Whether the results have what it takes to judge."""
        return self.value in results.get(self.run, {})

    def is_met(self, results: Results) -> bool:
        """Whether the results, which have the value, come up to it."""
        run = results[self.run]
        value = float(run[self.value])
        if value >= self.limit if self.least else value <= self.limit:
            return True
        if self.enough is None or self.enough[0] not in run:
            return False
        return float(run[self.enough[0]]) <= self.enough[1]


_WITH_WHOOSH, _LARGE, _MILLION = "search_3000", "search_100000", "search_1000000"

SCREEN = (
    Target("screen", "first_paint_small_s", 0.7, "s", "first picture, 10,000 articles"),
    Target("screen", "first_paint_large_s", 0.7, "s", "first picture, 100,000 articles"),
    Target("screen", "first_paint_ratio", 1.2, "", "first picture, 100,000 to 10,000 articles"),
    Target("screen", "key_ms", 8, "ms", "a key in the list, 100,000 articles"),
    Target("screen", "open_ms", 50, "ms", "opening an article of 800 words"),
    Target("screen", "memory_mb", 150, "MB", "memory of the screen, 100,000 articles"),
)

TRIAGE = (
    Target("triage", "key_ms", 8, "ms", "a key in the list of a library much worked in"),
    Target("triage", "key_selected_ms", 8, "ms", "the same with 100,000 articles selected"),
    Target("triage", "select_ms", 8, "ms", "selecting an article and going down"),
    Target("triage", "select_all_ms", 8, "ms", "selecting 100,000 articles, or nothing"),
    Target("triage", "key_sources_ms", 8, "ms", "a key in the left pane, 750 rows"),
    Target("triage", "pane_ms", 8, "ms", "from one pane to the next"),
    Target("triage", "fold_ms", 8, "ms", "folding a section of the left pane"),
    Target("triage", "key_noted_ms", 8, "ms", "a key in a long article, 200 highlights"),
    Target("triage", "find_ms", 8, "ms", "a key of a word looked for in it"),
    Target("triage", "tag_ms", 200, "ms", "tagging 1,000 of 100,000 articles at once"),
    Target("triage", "events_ms", 50, "ms", "the list of 10,000 changes"),
    Target("triage", "history_first_ms", 50, "ms", "`:history` opened for the first time"),
    Target("triage", "history_ms", 50, "ms", "`:history` opened again"),
    Target("triage", "palette_first_ms", 50, "ms", "the palette opened for the first time"),
    Target("triage", "palette_key_ms", 30, "ms", "a key in the palette, 100,000 articles"),
)

SOURCES = (
    Target("sources", "first_cpu_s", 20, "s", "200 feeds with 6,500 entries fetched and stored"),
    Target("sources", "unchanged_cpu_s", 1, "s", "the same feeds asked when nothing is new"),
    Target("sources", "record_ms", 0.5, "ms", "a record of JSON Lines stored, of 100,000"),
    Target("sources", "records_peak_mb", 200, "MB", "peak memory of storing them"),
    Target("sources", "title_percent", 97, "%", "titles of feeds of other projects", least=True),
    Target("sources", "link_percent", 97, "%", "their links", least=True),
    Target("sources", "id_percent", 97, "%", "their ids", least=True),
    Target("sources", "date_percent", 97, "%", "their dates", least=True),
    Target("sources", "text_percent", 90, "%", "their texts, present or not", least=True),
    Target("sources", "count_percent", 98, "%", "their numbers of entries", least=True),
)

ENTITIES = (
    Target(
        "entities", "articles_a_second", 150, "",
        "articles of 400 words a second, from text to stored mentions", least=True,
    ),
    Target("entities", "open_ms", 50, "ms", "opening the model of names"),
    Target("entities", "bytes_per_article", 1024, "bytes", "names stored, for 400 words"),
    Target("entities", "peak_mb", 250, "MB", "peak memory of naming, 20,000 articles"),
    Target("entities", "wheel_growth_mb", 15, "MB", "growth of the package, packed"),
    Target("entities", "installed_growth_mb", 15, "MB", "growth of the package, installed"),
    Target("entities", "cards.query.cold", 20, "ms", "query by entity, first time, 100,000"),
    Target("entities", "cards.card.cold", 60, "ms", "card of an entity, first time, 100,000"),
    Target("entities", "cards.card", 60, "ms", "card of an entity, 100,000"),
    Target("entities", "cards.facets.cold", 20, "ms", "facets of names, first time, 100,000"),
    Target("entities", "linking_held", 93, "%", "linking, B-cubed, own pages", least=True),
    Target("entities", "linking_documents", 97, "%", "linking, four documents", least=True),
    Target("entities", "documents_f1", 95, "%", "names of four documents, F1", least=True),
)  # fmt: skip

_COMPARED = (
    Target(_LARGE, "against.fts5.max", 1.0, "×", "every kind of question, against FTS5, 100,000"),
    Target(
        _LARGE, "against.tantivy.median", 2.0, "×", "median of the kinds, against tantivy, 100,000"
    ),
    Target(
        _LARGE, "against.tantivy.max", 6.0, "×", "every kind of question, against tantivy, 100,000"
    ),
    Target(
        _LARGE, "build.rate_to_fts5", 1.0, "×", "articles a second, against FTS5, 100,000",
        least=True,
    ),
    Target(
        _LARGE, "build.whole_rate_to_fts5", 1.0, "×",
        "the same with the facts and the merging of FTS5, 100,000", least=True,
    ),
    Target(
        _WITH_WHOOSH, "build.rate_to_whoosh", 15, "×", "articles a second, against Whoosh, 3,000",
        least=True,
    ),
    Target(
        _LARGE, "size.kb", 2.5, "kB", "size an article, or that of FTS5 contentless, 100,000",
        enough=("size.to_contentless", 1.0),
    ),
    Target(_LARGE, "reader.search.max", 1.5, "×", "reader against the index, 100,000"),
    Target(_LARGE, "reader.view.max", 1.5, "×", "ids of the reader against the index, 100,000"),
)  # fmt: skip

_AT_A_MILLION = (
    Target(_MILLION, "all.median.max", 40, "ms", "median of every kind, 1,000,000"),
    Target(_MILLION, "all.p95.max", 80, "ms", "95th percentile of every kind, 1,000,000"),
    Target(_MILLION, "all.worst.max", 150, "ms", "worst of every kind, 1,000,000"),
    Target(
        _MILLION, "rows_with_snippets.index.median", 60, "ms", "50 rows with snippets, 1,000,000"
    ),
    Target(_MILLION, "growth.max", 10, "×", "every kind, 1,000,000 against 100,000"),
    Target(_MILLION, "growth.newest", 1.5, "×", "first screen by date, 1,000,000 against 100,000"),
    Target(_MILLION, "build.minutes", 15, "min", "building 1,000,000"),
    Target(_MILLION, "build.index.peak_mb", 800, "MB", "peak memory of building 1,000,000"),
    Target(
        _MILLION, "size.kb", 2.5, "kB", "size an article, or that of FTS5 contentless, 1,000,000",
        enough=("size.to_contentless", 1.0),
    ),
    Target(_MILLION, "add.median", 60, "ms", "20 new articles until they are found, 1,000,000"),
    Target(_MILLION, "open.median", 100, "ms", "opening, with the first question, 1,000,000"),
    Target(_MILLION, "reader.resident_mb", 400, "MB", "memory of the reader in use, 1,000,000"),
    Target(_MILLION, "reader.search.max", 1.5, "×", "reader against the index, 1,000,000"),
    Target(_MILLION, "reader.view.max", 1.5, "×", "ids of the reader against the index, 1,000,000"),
)  # fmt: skip

SEARCH = _COMPARED + _AT_A_MILLION
TARGETS = SOURCES + SCREEN + TRIAGE + ENTITIES + SEARCH


def judge(results: Results) -> dict[str, Value]:
    """For every target that was measured, whether it is met."""
    return {
        target.name: target.is_met(results) for target in TARGETS if target.is_measured(results)
    }
