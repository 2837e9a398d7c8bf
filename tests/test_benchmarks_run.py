"""The benchmarks run, compare like with like, and the page shows what they found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import report, run
from benchmarks.asking import build_index, build_peer
from benchmarks.libraries import Work, read_corpus
from benchmarks.measure import RESULTS
from benchmarks.peer import Peer
from benchmarks.queries import Ask, make_asks, read_vocabulary
from benchmarks.targets import TARGETS, judge
from index.factory import open_index

ARTICLES = 200

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    return Work(tmp_path_factory.mktemp("work"))


@needs_proc
def test_everything_runs_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"
    run.main(["--small", "--work", str(tmp_path / "work"), "--results", str(results)])
    found = json.loads(results.read_text(encoding="utf-8"))
    assert set(found) == {"import", "machine", "screen", "search_300", "targets"}
    assert set(found["targets"]) == {f"{one.run}.{one.value}" for one in TARGETS}
    assert found["import"]["articles"] == 60
    assert found["import"]["files"] == 10
    for name, limits in {
        "import": {"store_ms": (0.05, 50), "index_ms": (0.1, 100), "files_ms": (1, 500)},
        "screen": {"first_paint_large_s": (0.1, 10), "open_ms": (1, 1000), "memory_mb": (20, 400)},
        "search_300": {"rare_word_ms": (0.001, 100), "facets_fts5_ms": (0.001, 100)},
    }.items():
        for value, (least, most) in limits.items():
            assert least < found[name][value] < most, value
    assert "| facets |" in capsys.readouterr().out


def test_the_index_and_its_peer_are_asked_the_same(work: Work, tmp_path: Path) -> None:
    corpus = str(work.corpus(ARTICLES))
    build_index(str(tmp_path / "index"), corpus)
    build_peer(str(tmp_path / "peer"), corpus)
    index, peer = open_index(tmp_path / "index"), Peer(tmp_path / "peer")
    words = read_vocabulary(read_corpus(Path(corpus)), ARTICLES)
    asks = make_asks(words, 10, ARTICLES)
    for kind in asks.keys() - {"prefix"}:  # those of FTS5 match stems
        totals = [
            (index.search(ask.query, sort=ask.sort).total, peer.search(ask, 1)[0])
            for ask in asks[kind]
            if ask.match is not None
        ]
        assert sum(ours == theirs for ours, theirs in totals) >= len(totals) * 0.6, (kind, totals)
        assert not totals or any(ours for ours, _ in totals), kind
    index.close()
    peer.close()


def test_questions_are_the_same_every_time_and_different(work: Work) -> None:
    corpus = work.corpus(ARTICLES)

    def draw() -> dict[str, list[Ask]]:
        return make_asks(read_vocabulary(read_corpus(corpus), ARTICLES), 5, ARTICLES)

    first = draw()
    assert draw() == first
    for asks in first.values():
        assert len({ask.text for ask in asks}) == 5


def test_what_is_kept_is_made_once_and_whole(tmp_path: Path) -> None:
    work = Work(tmp_path)

    def fail(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        work.kept("thing", fail)
    assert not (tmp_path / "thing").exists()
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("whole", encoding="utf-8")

    assert work.kept("thing", make).read_text(encoding="utf-8") == "whole"
    assert work.kept("thing", make) == tmp_path / "thing"
    assert len(made) == 1


def test_a_target_is_met_or_missed() -> None:
    target = TARGETS[0]
    for value, met in ((target.limit, True), (target.limit * 1.01, False)):
        name = f"{target.run}.{target.value}"
        assert judge({target.run: {target.value: value}}) == {name: met}
    assert judge({}) == {}


def test_the_page_shows_the_last_results() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert report.renewed(text, RESULTS) == text
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert results["targets"] == judge(results)
    assert set(results["targets"]) == {f"{one.run}.{one.value}" for one in TARGETS}
