"""What a question costs the index, and what the same one costs FTS5 in the same run."""

from __future__ import annotations

from pathlib import Path

from benchmarks import measure
from benchmarks.libraries import Work, index_format
from benchmarks.stages import read_answer, run_stage

_MB = 1_000_000


def measure_search(work: Work, articles: int, per_kind: int) -> dict[str, measure.Value]:
    """Milliseconds of processor time per kind of question, and of building, per article."""
    corpus = work.corpus(articles)
    folder = work.kept(f"search-{articles}-{index_format()}", lambda path: _build(path, corpus))
    answer = work.place("answer.json")
    asked = run_stage("ask", answer, folder / "index", folder / "peer", corpus, per_kind)
    index, peer = read_answer(folder / "index.json"), read_answer(folder / "peer.json")
    peak = asked.pop("peak")
    return {
        "articles": articles,
        "questions_of_a_kind": per_kind,
        "build_ms_per_article": round(1000 * index["cpu"] / articles, 3),
        "build_fts5_ms_per_article": round(1000 * peer["cpu"] / articles, 3),
        "build_peak_mb": round(index["peak"] / _MB),
        "index_mb": round(index["size"] / _MB, 1),
        "fts5_mb": round(peer["size"] / _MB, 1),
        "asking_peak_mb": round(peak / _MB),
        **asked,
    }


def _build(folder: Path, corpus: Path) -> None:
    folder.mkdir()
    run_stage("build-index", folder / "index.json", folder / "index", corpus)
    run_stage("build-peer", folder / "peer.json", folder / "peer", corpus)
