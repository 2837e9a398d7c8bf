"""What it costs to bring articles in: stored, entities recognised, indexed; alone and together."""

from __future__ import annotations

import os
import sys

from benchmarks import measure
from benchmarks.libraries import Work
from benchmarks.stages import run_stage
from reader.service.library import Library

MB = 1_000_000


def measure_import(work: Work, articles: int, files: int) -> dict[str, measure.Value]:
    """Milliseconds of processor time per article and stage; peak memory in megabytes."""
    library, answer = work.place("imported"), work.place("answer.json")
    stored = run_stage("store", answer, library, work.corpus(articles))
    both = run_stage("index", answer, library, "waiting")
    alone = run_stage("index", answer, library, "anew")
    count = stored["articles"]
    work.place("imported")
    return {
        "articles": int(count),
        "store_ms": _per_article(stored["cpu"], count),
        "entities_ms": _per_article(both["cpu"] - alone["cpu"], count),
        "index_ms": _per_article(alone["cpu"], count),
        "together_ms": _per_article(stored["cpu"] + both["cpu"], count),
        "store_peak_mb": round(stored["peak"] / MB),
        "indexing_peak_mb": round(both["peak"] / MB),
        "index_kb_per_article": round(alone["size"] / 1000 / count, 2),
        **_measure_files(work, files),
    }


def _measure_files(work: Work, files: int) -> dict[str, measure.Value]:
    """`dateline import` of a folder of text files, the start of the program included."""
    folder = work.place("imported-files")
    environment = {**os.environ, "DATELINE_CONFIG": str(work.place("no-settings"))}
    command = [sys.executable, "-m", "reader", "--library", str(folder), "import"]
    used = measure.run([*command, str(work.files(files))], env=environment)
    if used.exit_code:
        raise RuntimeError(f"the import of {files} files ended with {used.exit_code}")
    library = Library.open(folder)
    stored = library.reading.counts().articles
    library.close()
    work.place("imported-files")
    return {
        "files": stored,
        "files_ms": _per_article(used.cpu_seconds, stored),
        "files_peak_mb": round(used.peak_bytes / MB),
    }


def _per_article(seconds: float, count: float) -> float:
    return round(1000 * seconds / count, 3)
