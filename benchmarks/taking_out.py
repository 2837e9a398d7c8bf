"""Stages of triage that want a process of their own: rules on what arrives, export, dump, restore.

Seconds are of processor time.
"""

from __future__ import annotations

import time
from array import array
from pathlib import Path
from random import Random

from benchmarks.asking import cpu_ms
from benchmarks.libraries import SEED
from reader.model import Mark
from reader.service.exporting import ExportFormat
from reader.service.indexing import IndexProgress
from reader.service.library import Library

Figures = dict[str, float]


def arrive(folder: str, file: str) -> Figures:
    """Seconds of taking in the articles of a file, stored, named and indexed, and those of the
    rules that are run on them."""
    library = Library.open(Path(folder))
    told, changed = [0.0], [0]

    def progress(so_far: IndexProgress) -> None:
        # The rules' own report comes behind them.
        if so_far.rules is None:
            told[0] = time.thread_time()
        else:
            changed[0] += so_far.rules.changed

    ruled: list[float] = []
    began = time.process_time()
    added = library.importing.import_paths([Path(file)]).added
    library.indexing.run(
        progress=progress, indexed=lambda: ruled.append(time.thread_time() - told[0])
    )
    used = time.process_time() - began
    library.close()
    return {"added": added, "changed": changed[0], "cpu": used - ruled[0], "rules_cpu": ruled[0]}


def export(folder: str, file: str, count: str) -> Figures:
    """Milliseconds of an article of so many, written as Markdown into a file."""
    library = Library.open(Path(folder))
    ids = library.store.articles.ids()[: int(count)]
    used = cpu_ms(lambda: library.exporting.write(Path(file), ids, ExportFormat.MARKDOWN))
    library.close()
    return {"ms": used / len(ids), "bytes": Path(file).stat().st_size}


def make_facts(folder: str, count: str) -> Figures:
    """Mark, tag and highlight, so that there are about so many facts more to be dumped."""
    library = Library.open(Path(folder))
    ids = list(library.store.articles.ids())
    some = Random(SEED).sample(ids, min(len(ids), int(count) // 2))
    library.tagging.mark(some, Mark.READ)
    rest = int(count) - len(some)
    for number, start in enumerate(range(0, rest, max(1, len(ids) // 5))):
        tagged = array("q", ids[: min(len(ids) // 5, rest - start)])
        library.tagging.tag(tagged, [f"fact/{number}"], [])
    library.close()
    return {}


def dump(folder: str, file: str) -> Figures:
    """Seconds of a dump, and how many lines it has."""
    library, path = Library.open(Path(folder)), Path(file)
    began = time.process_time()
    lines = (f"{line}\n" for line in library.dumping.dump())
    library.exporting.write_text(path, lines, force=True)
    used = time.process_time() - began
    library.close()
    with path.open(encoding="utf-8") as written:
        return {"cpu": used, "lines": sum(1 for _ in written)}


def restore(folder: str, file: str) -> Figures:
    """Seconds of a restore in a library that has been told none of it."""
    library, path = Library.open(Path(folder)), Path(file)
    began = time.process_time()
    with path.open(encoding="utf-8") as lines:
        report = library.restoring.restore(lines, file)
    used = time.process_time() - began
    library.close()
    return {"cpu": used, "facts": report.facts, "changed": report.changed}
