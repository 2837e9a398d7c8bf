"""The made-up news is the same everywhere and looks like news; measurements measure."""

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from itertools import islice, pairwise
from pathlib import Path

import pytest

from benchmarks import measure
from benchmarks.corpus import Record, articles, main

SAMPLE = 300


@pytest.fixture(scope="module")
def sample() -> list[Record]:
    return list(articles(SAMPLE, seed=1))


def test_a_smaller_count_is_the_beginning_of_a_larger_one(sample: list[Record]) -> None:
    assert list(articles(20, seed=1)) == sample[:20]
    assert list(articles(0, seed=1)) == []


def test_another_process_makes_the_same_articles(sample: list[Record], tmp_path: Path) -> None:
    out = tmp_path / "news.jsonl"
    argv = [sys.executable, "-m", "benchmarks.corpus", "5", "--seed", "1", "--out", str(out)]
    subprocess.run(argv, check=True, cwd=Path(__file__).resolve().parents[1])
    lines = out.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == sample[:5]


def test_another_seed_makes_other_articles(
    sample: list[Record], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["2", "--seed", "2"])
    others = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(others) == 2
    assert all(other["text"] != mine["text"] for other, mine in zip(others, sample, strict=False))


def test_articles_have_about_400_words_in_paragraphs(sample: list[Record]) -> None:
    lengths = [len(record["text"].split()) for record in sample]
    assert 370 <= sum(lengths) / SAMPLE <= 430
    assert min(lengths) >= 100
    assert max(lengths) <= 900
    assert all(3 <= len(record["text"].split("\n\n")) <= 30 for record in sample)


def test_word_frequencies_fall_as_in_a_language(sample: list[Record]) -> None:
    counts = Counter(re.findall(r"\w+", " ".join(r["text"] for r in sample).lower()))
    assert counts.most_common(1)[0][0] == "the"
    total = counts.total()
    assert 0.04 <= counts["the"] / total <= 0.09
    once = sum(1 for count in counts.values() if count == 1)
    assert 0.25 <= once / len(counts) <= 0.7


def test_phrases_recur(sample: list[Record]) -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    for record in sample:
        found = [word for word in re.findall(r"\w+", record["text"]) if len(word) > 4]
        pairs.update(set(pairwise(found)))
    assert sum(1 for count in pairs.values() if count >= 5) >= 50


def test_the_main_name_comes_whole_first_and_short_later(sample: list[Record]) -> None:
    seen = 0
    for record in sample:
        quoted = re.findall(r"“[^”]+,” (\w+) (?:said|told)", record["text"])
        for name in set(quoted):
            whole = re.search(rf"[A-Z]\w+ {name}\b", record["text"])
            seen += whole is not None
    assert seen >= SAMPLE // 3


def test_fields(sample: list[Record]) -> None:
    assert len({record["url"] for record in sample}) == SAMPLE
    assert len({record["source"] for record in sample}) >= 10
    for record in sample:
        when = datetime.fromisoformat(record["published"])
        assert when.tzinfo == UTC
        assert f"{when:%Y/%m/%d}" in record["url"]
        assert re.fullmatch(r"https://[a-z-]+\.example/[0-9/]+", record["url"])
        assert 1 <= len(record["authors"]) <= 2
        assert record["title"] == record["title"].strip()
        assert ",." not in record["text"]
        assert "\n" not in record["title"]


def test_articles_come_one_at_a_time() -> None:
    assert len(list(islice(articles(10**9, seed=1), 3))) == 3


def test_cpu_seconds_grow_with_work_and_not_with_sleep() -> None:
    before = measure.cpu_seconds()
    assert sum(range(3_000_000)) > 0
    assert measure.cpu_seconds() > before


def test_a_program_is_measured_without_the_memory_of_its_starter() -> None:
    ballast = bytearray(b"x" * 150_000_000)
    small = measure.run([sys.executable, "-S", "-c", "pass"])
    del ballast
    assert small.exit_code == 0
    assert 1_000_000 < small.peak_bytes < 60_000_000
    assert 0 < small.cpu_seconds < 5
    assert small.wall_seconds > 0


def test_a_program_that_takes_memory_and_fails() -> None:
    code = "import sys; x = b'x' * 80_000_000; sys.exit(3)"
    used = measure.run([sys.executable, "-S", "-c", code])
    assert used.exit_code == 3
    assert used.peak_bytes > 80_000_000
    with pytest.raises(subprocess.CalledProcessError):
        measure.run(["/nonexistent/program"])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_a_running_process_is_measured() -> None:
    code = "import sys; sum(range(5_000_000)); print(flush=True); sys.stdin.read()"
    argv = [sys.executable, "-S", "-c", code]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        used = measure.live_usage(child.pid)
        assert used.cpu_seconds > 0
        assert 1_000_000 < used.rss_bytes <= used.peak_bytes
        child.communicate()
    with pytest.raises((FileNotFoundError, ProcessLookupError)):
        measure.live_usage(child.pid)


def test_the_memory_of_this_process_is_told() -> None:
    ballast = bytearray(b"x" * 60_000_000)
    used = measure.memory()
    del ballast
    assert used["peak"] > 60_000_000
    assert 60_000_000 < used.get("anonymous", 6e7 + 1) <= used.get("resident", 6e7 + 1)


def test_the_results_of_a_run_take_the_place_of_its_earlier_ones(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    measure.record("search", {"ratio": 1.5, "articles": 10}, path=path)
    measure.record("import", {"cpu_seconds": 0.25}, path=path)
    measure.record("search", {"ratio": 1.25}, path=path)
    results = json.loads(path.read_text(encoding="utf-8"))
    assert results["search"] == {"ratio": 1.25}
    assert results["import"] == {"cpu_seconds": 0.25}
    assert list(results) == sorted(results)
    assert [p.name for p in tmp_path.iterdir()] == ["results.json"]


def test_the_machine_is_described_without_its_name() -> None:
    described = measure.machine()
    assert set(described) == {"cores", "memory_gib", "processor", "python", "system"}
    assert all(described.values())
