"""The search benchmark compares like with like, judges what it found, and shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from benchmarks import asking, building, report, run
from benchmarks.comparing import derive
from benchmarks.documents import Corpus, batches, is_tagged
from benchmarks.engine import Ours
from benchmarks.measure import Value
from benchmarks.peer import FTS5, TANTIVY, WHOOSH, Engine
from benchmarks.peers import PEERS, why_missing
from benchmarks.queries import Ask, Task, Vocabulary, make_asks
from benchmarks.targets import SEARCH, TARGETS, Target, judge
from benchmarks.vocabulary import make_words

ARTICLES = 300
BY_WRITTEN_WORD = {"prefix", "wildcard", "spelling"}
"""Kinds that meet stems in other engines."""

ENGINES = [name for name in (FTS5, TANTIVY, WHOOSH) if not why_missing(name)]
WORDS = Vocabulary(
    ["rarely", "seldom"], ["bridge", "storm", "budget"], ["minister", "people", "today"],
    ["grain deal", "storm front"],
)  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus, its library with the index, and every engine there is."""
    folder = tmp_path_factory.mktemp("search")
    corpus, library = str(folder / "corpus"), str(folder / "library")
    Corpus(Path(corpus)).write(ARTICLES)
    building.fill_library(library, corpus)
    building.build_index(library, corpus)
    for name in ENGINES:
        building.build_peer(name, str(folder / name), corpus)
    return folder


@pytest.fixture
def ours(place: Path) -> Iterator[Ours]:
    engine = Ours(place / "library")
    yield engine
    engine.close()


@pytest.mark.timeout(400)
def test_everything_runs_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"
    options = ["--small", "--work", str(tmp_path / "work"), "--results", str(results)]
    run.main(["search", *options])
    found = json.loads(results.read_text(encoding="utf-8"))
    assert set(found) == {"machine", "search_100", "search_1000", "targets"}
    assert found["targets"] == {}
    small, large = found["search_100"], found["search_1000"]
    assert small["build.whoosh.rate"] > 0
    assert "build.whoosh.rate" not in large
    assert large["build.fts5.contentless_size_bytes"] < large["build.fts5.size_bytes"]
    _expect_whole(large)
    _expect_shown(capsys.readouterr().out)


def _expect_whole(run: dict[str, Value]) -> None:
    """Every figure of every kind is there and possible."""
    for kind in make_asks(WORDS, 1, 1_000):
        name = asking.figure(kind, "index")
        median, p95, worst = (float(run[f"{name}.{what}"]) for what in ("median", "p95", "worst"))
        assert 0 < median <= p95 <= worst < 10_000, kind
        assert float(run[f"{name}.cold"]) > 0
    for name in (
        "open.median", "add.median", "add.worst", "asking.peak_mb", "reader.peak_mb",
        "build.index.peak_mb", "build.index.segments", "reader.view.max", "reader.search.max",
        "against.fts5.max", "growth.max", "growth.newest", "size.kb", "size.to_contentless",
        "word_and_unread.reader.way", "unread_half_read.reader.order",
    ):  # fmt: skip
        assert float(run[name]) > 0, name


def _expect_shown(text: str) -> None:
    for line in (
        "### Search, 1,000 articles", "| building | index | FTS5 |", "| rows with snippets |",
        "| opening and the first question, in a new process |", "| word and unread half read |",
    ):  # fmt: skip
        assert line in text, line


@pytest.mark.parametrize("name", ENGINES)
def test_engines_are_asked_the_same(name: str, place: Path, ours: Ours) -> None:
    other = PEERS[name].open(place / name)
    for kind, asks in Corpus(place / "corpus").draw_asks(10).items():
        if asks[0].task is not Task.SEARCH or kind in BY_WRITTEN_WORD:
            continue
        totals = [pair for ask in asks if (pair := _totals(ask, ours, other))]
        assert sum(one == two for one, two in totals) >= len(totals) * 0.6, (kind, totals)
        assert not totals or any(one for one, _ in totals), kind
    other.close()


def _totals(ask: Ask, ours: Engine, other: Engine) -> tuple[int, int] | None:
    deeds = ours.deed(ask), other.deed(ask)
    if deeds[0] is None or deeds[1] is None:
        return None
    found = deeds[0](), deeds[1]()
    assert isinstance(found[0], tuple)
    assert isinstance(found[1], tuple)
    return found[0][0], found[1][0]


@pytest.mark.parametrize("name", [name for name in ENGINES if name != WHOOSH])
def test_engines_find_the_same_newest(name: str, place: Path, ours: Ours) -> None:
    other = PEERS[name].open(place / name)
    (ask,) = Corpus(place / "corpus").draw_asks(1)["word newest first"]
    deeds = ours.deed(ask), other.deed(ask)
    assert deeds[1] is not None
    assert deeds[0]() == deeds[1]()
    other.close()


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_does_every_task_it_has(name: str, place: Path) -> None:
    other = PEERS[name].open(place / name)
    done = {
        ask.task
        for asks in Corpus(place / "corpus").draw_asks(1).values()
        for ask in asks
        if (deed := other.deed(ask)) is not None and deed()
    }
    snippets = set() if name == WHOOSH else {Task.ROWS, Task.SNIPPETS}
    assert done == {Task.SEARCH, Task.ORDER, Task.FACETS} | snippets
    other.close()


def test_questions_are_the_same_every_time_and_different() -> None:
    words = [one for one in make_words(Random(1), 400) if len(one) > 4]
    phrases = [f"{one} deal" for one in words]
    vocabulary = Vocabulary(words, words, words, phrases)
    first = make_asks(vocabulary, 5, ARTICLES)
    assert make_asks(vocabulary, 5, ARTICLES) == first
    for kind, asks in first.items():
        assert len({ask.text for ask in asks}) == 5, kind


def test_a_corpus_is_numbered_and_goes_on(place: Path) -> None:
    corpus = Corpus(place / "corpus")
    assert [one.id for one in corpus.read()] == list(range(1, ARTICLES + 1))
    assert next(corpus.read_later()).id == ARTICLES + 1
    assert corpus.count == ARTICLES
    assert all(one.entities for one in corpus.read(20))
    assert [len(batch) for batch in batches(corpus.read(25), 10)] == [10, 10, 5]
    assert 0.045 < sum(map(is_tagged, range(1, 10_001))) / 10_000 < 0.055


def test_short_questions_are_repeated_and_long_ones_are_not() -> None:
    assert [asking.repeats(one) for one in (0.0, 0.1, 1.0, 80.0)] == [50, 10, 1, 1]
    values = [float(one) for one in range(1, 101)]
    Random(1).shuffle(values)
    assert asking.spread("x", values) == {"x.median": 50.5, "x.p95": 95.05, "x.worst": 100.0}
    assert asking.spread("x", [3.0]) == {"x.median": 3.0, "x.p95": 3.0, "x.worst": 3.0}


def _made_up(**kinds: tuple[float, float]) -> dict[str, Value]:
    """A run in which the index and FTS5 took so many milliseconds for each kind."""
    found: dict[str, Value] = {
        "articles": 100, "questions_of_a_kind": 1, "build.index.size_bytes": 2_000.0,
        "build.index.cpu_s": 120.0, "build.index.rate": 500.0, "build.fts5.rate": 1_000.0,
        "build.fts5.contentless_size_bytes": 1_600.0,
    }  # fmt: skip
    for kind, (one, two) in kinds.items():
        for what in ("median", "p95", "worst"):
            found |= {f"{kind}.index.{what}": one, f"{kind}.fts5.{what}": two}
    return found


def test_ratios_are_of_the_slowest_kind_and_a_cheap_rare_word_is_let_off() -> None:
    run = _made_up(rare_word=(0.2, 0.01), phrase=(3.0, 2.0), snippets=(50.0, 100.0))
    found = derive(run)
    assert (found["against.fts5.max"], found["against.fts5.max_kind"]) == (1.5, "phrase")
    assert found["against.fts5.median"] == 1.0
    assert (found["build.rate_to_fts5"], found["build.minutes"]) == (0.5, 2.0)
    assert (found["size.kb"], found["size.to_contentless"]) == (2.0, 1.25)
    assert found["all.worst.max"] == 3.0
    dear = derive(_made_up(rare_word=(0.4, 0.1), phrase=(3.0, 2.0)))
    assert dear["against.fts5.max_kind"] == "rare_word"


def test_the_reader_is_compared_without_its_rows() -> None:
    run = _made_up(rare_word=(0.2, 0.1), phrase=(3.0, 2.0))
    for kind, times in {"rare_word": (0.25, 0.1, 0.1), "tag": (5.0, 1.0, 3.0)}.items():
        for what, value in zip(("way", "engine", "rows"), times, strict=True):
            run[f"{kind}.reader.{what}"] = value
        run |= {f"{kind}.reader.view": 0.3, f"{kind}.reader.order": 0.25}
    found = derive(run)
    assert (found["reader.search.max"], found["reader.search.max_kind"]) == (2.0, "tag")
    assert found["reader.view.max"] == 1.2


def test_growth_is_against_a_tenth() -> None:
    kinds = {"rare_word": (0.1, 0.1), "word_newest_first": (1.0, 1.0)}
    grown = {"rare_word": (0.8, 0.1), "word_newest_first": (1.2, 1.0)}
    found = derive(_made_up(**grown), _made_up(**kinds))
    assert (found["growth.max"], found["growth.newest"]) == (8.0, 1.2)
    assert found["growth.max_kind"] == "rare_word"


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_a_target_is_met_or_missed(target: Target) -> None:
    worse = 0.99 if target.least else 1.01
    for value, met in ((target.limit, True), (target.limit * worse, False)):
        assert judge({target.run: {target.value: value}}) == {target.name: met}
    assert judge({}) == {}


def test_a_size_may_be_enough_in_another_way() -> None:
    (target,) = [one for one in SEARCH if one.name == "search_100000.size.kb"]
    for share, met in ((0.9, True), (1.1, False)):
        values = {"size.kb": 3.0, "size.to_contentless": share}
        assert judge({target.run: values}) == {target.name: met}


def test_the_page_says_which_engine_is_not_there() -> None:
    run = _made_up(rare_word=(0.2, 0.01))
    results = {"machine": _MACHINE, "search_100": {**run, "missing.tantivy": "not installed"}}
    assert "tantivy is not compared with: not installed." in report.tables(results)


def test_the_page_names_the_kind_that_missed_a_target() -> None:
    run = _made_up(rare_word=(0.2, 0.01), phrase=(3.0, 2.0))
    results = {"machine": _MACHINE, "search_100000": run | derive(run)}
    shown = report.tables(results)
    assert "1.50 × (phrase) | ≤ 1 × | **no** |" in shown
    assert "2 kB, 1.25 × FTS5 contentless | ≤ 2.50 kB | yes |" in shown
    assert "| first picture, 10,000 articles | not measured | ≤ 0.70 s |  |" in shown


_MACHINE: dict[str, Value] = {
    "cores": 2, "processor": "made up", "memory_gib": 1.0, "system": "Linux", "python": "3.11",
}  # fmt: skip
