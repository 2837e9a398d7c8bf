"""The benchmarks run, and the page shows what they found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import report, run
from benchmarks.furnishing import furnished
from benchmarks.libraries import Work
from benchmarks.measure import RESULTS
from benchmarks.targets import ENTITIES, SCREEN, SOURCES, TARGETS, TRIAGE, judge
from benchmarks.triage import Doings, measure_folder

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@needs_proc
def test_import_and_screen_run_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"
    options = ["--small", "--work", str(tmp_path / "work"), "--results", str(results)]
    run.main(["import", "sources", "screen", *options])
    found = json.loads(results.read_text(encoding="utf-8"))
    assert set(found) == {"import", "machine", "screen", "sources", "targets"}
    measured = [one for one in SOURCES if one.is_measured(found)]
    assert len(measured) in (4, len(SOURCES))
    assert set(found["targets"]) == {one.name for one in (*SCREEN, *measured)}
    assert (found["sources"]["feeds"], found["sources"]["records"]) == (4, 60)
    assert found["import"]["articles"] == 60
    assert found["import"]["files"] == 10
    for name, limits in {
        "import": {"store_ms": (0.05, 50), "index_ms": (0.1, 100), "files_ms": (1, 500)},
        "screen": {"first_paint_large_s": (0.1, 10), "open_ms": (1, 1000), "memory_mb": (20, 400)},
    }.items():
        for value, (least, most) in limits.items():
            assert least < found[name][value] < most, value
    shown = capsys.readouterr().out
    assert "| index |" in shown
    assert "| opening an article of 800 words |" in shown


def test_what_changes_cost_is_measured_at_a_small_size(tmp_path: Path) -> None:
    doings = Doings(40, 8, 10, (1, 2), 5, 20)
    source = furnished(Work(tmp_path), doings.articles, doings.changes)
    found = measure_folder(source.folder, doings)
    assert 0 < found["tag_ms"] < 200
    assert 0 < found["events_ms"] < 50
    assert found["noted_ms"] > 0


@needs_proc
@pytest.mark.slow
def test_triage_runs_at_a_small_size(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.json"
    options = ["--small", "--work", str(tmp_path / "work"), "--results", str(results)]
    run.main(["triage", *options])
    found = json.loads(results.read_text(encoding="utf-8"))
    triage = found["triage"]
    assert set(found["targets"]) == {one.name for one in TRIAGE}
    assert (triage["articles"], triage["events"], triage["exported"]) == (160, 20, 20)
    assert 0.1 < triage["tag_ms"] < 200
    assert 0.01 < triage["events_ms"] < triage["history_ms"]
    assert 0 < triage["rules_many_ms"] < triage["history_first_ms"]
    assert 0 < triage["dump_few_lines"] < triage["dump_many_lines"]
    assert "| all 20 changes read |" in capsys.readouterr().out


def test_names_are_measured_at_a_small_size(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.json"
    options = ["--small", "--work", str(tmp_path / "work"), "--results", str(results)]
    run.main(["entities", *options])
    found = json.loads(results.read_text(encoding="utf-8"))
    names = found["entities"]
    assert (names["articles"], names["kept_articles"]) == (4, 8)
    assert 20 < names["mentions"] < 100
    parts = sum(names[f"{name}_ms"] for name in ("recognise", "decide", "store"))
    assert parts == pytest.approx(names["whole_ms"], abs=0.1)
    assert 1 < names["bytes_per_article"] < 100_000
    assert 10 < names["open_ms"] < names["cold_ms"] < 5_000
    assert "wheel_mb" not in names or 1 < names["wheel_mb"] < names["installed_mb"] < 40
    judged = {one.name for one in ENTITIES if one.is_measured(found)}
    assert set(found["targets"]) == judged
    shown = capsys.readouterr().out
    assert "### Names, 60 articles" in shown


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


def test_the_page_shows_the_last_results() -> None:
    text = report.PAGE.read_text(encoding="utf-8")
    assert report.renewed(text, RESULTS) == text
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    assert results["targets"] == judge(results)
    assert set(results["targets"]) <= {one.name for one in TARGETS}
