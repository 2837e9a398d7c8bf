"""One stage of work in a process of its own: `python -m benchmarks.stages TASK ANSWER PATH...`.

The answer is a file of JSON: what the stage says, its processor seconds without those of
starting up, and the memory of the process in bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import measure
from benchmarks.asking import ask_all, ask_cold, open_cold
from benchmarks.building import add_some, build_index, build_peer, fill_library
from benchmarks.documents import Corpus
from benchmarks.naming import name_texts, open_model
from benchmarks.reader_path import follow_reader, use_reader
from benchmarks.taking_out import arrive, dump, export, make_facts, restore
from reader.service.indexing import IndexState
from reader.service.library import Library

Answer = Mapping[str, float]


def run_stage(task: str, answer: Path, *arguments: Path | int | str) -> dict[str, float]:
    """Run a stage in a process of its own; its answer stays. Raises RuntimeError when it fails."""
    words = [str(one) for one in (answer, *arguments)]
    used = measure.run([sys.executable, "-m", "benchmarks.stages", task, *words])
    if used.exit_code:
        raise RuntimeError(f"stage {task} ended with {used.exit_code}")
    return read_answer(answer)


def read_answer(path: Path) -> dict[str, float]:
    """The answer that a stage left."""
    found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _store(folder: str, corpus: str) -> Answer:
    """Import a file into a new library: read, clean, date, deduplicate, store."""
    library = Library.open(Path(folder))
    began = measure.cpu_seconds()
    report = library.importing.import_paths([Path(corpus)])
    used = measure.cpu_seconds() - began
    library.close()
    return {"articles": report.added, "cpu": used}


def _index(folder: str, anew: str) -> Answer:
    """Recognise and index what waits, or build the index anew with the entities that are known."""
    library = Library.open(Path(folder))
    began = measure.cpu_seconds()
    state = library.indexing.rebuild() if anew == "anew" else library.indexing.run()
    used = measure.cpu_seconds() - began
    report = library.indexing.status()
    library.close()
    if state is not IndexState.DONE or report.problem:
        raise RuntimeError(f"indexing came to {state}: {report}")
    return {"documents": report.documents, "cpu": used, "size": report.size}


def _write(folder: str, count: str) -> Answer:
    """Make up the articles of the search benchmark."""
    Corpus(Path(folder)).write(int(count))
    return {}


TASKS: Mapping[str, Callable[..., Answer]] = {
    "store": _store,
    "index": _index,
    "write": _write,
    "name": name_texts,
    "open-model": open_model,
    "fill-library": fill_library,
    "build-index": build_index,
    "build-peer": build_peer,
    "ask": ask_all,
    "ask-cold": ask_cold,
    "open": open_cold,
    "add": add_some,
    "follow-reader": follow_reader,
    "use-reader": use_reader,
    "arrive": arrive,
    "export": export,
    "make-facts": make_facts,
    "dump": dump,
    "restore": restore,
}


def main(arguments: list[str]) -> None:
    """Do the stage and write its answer."""
    task, answer, *rest = arguments
    found = TASKS[task](*rest)
    # A stage that has closed what it measured says itself what memory that took.
    Path(answer).write_text(json.dumps({**measure.memory(), **found}), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
