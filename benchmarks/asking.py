"""Asking the index and the engines beside it: the stages of the search benchmark.

Milliseconds are of processor time.
"""

from __future__ import annotations

import gc
import re
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import measure
from benchmarks.documents import Corpus
from benchmarks.engine import INDEX_FOLDER, Ours
from benchmarks.peer import INDEX, Deed, Engine
from benchmarks.peers import PEERS
from index.api import Document
from index.factory import open_index
from index.query import Term

Figures = dict[str, float]

_TIMED_MS = 1.0
"""A question is repeated until it has taken about this long: a single short one is noise."""

_MOST_REPEATS = 50


def ask_all(library: str, corpus: str, count: str, name: str, folder: str) -> Figures:
    """Every kind of question to one engine, in a process of its own: engines that share one
    drive each other's data and free memory away. All are asked once before anything is timed."""
    asks = Corpus(Path(corpus)).draw_asks(int(count))
    engine: Engine = Ours(Path(library)) if name == INDEX else PEERS[name].open(Path(folder))
    deeds = {kind: [engine.deed(ask) for ask in some] for kind, some in asks.items()}
    answered = {kind: [one for one in some if one] for kind, some in deeds.items()}
    found = _time_all(name, {kind: some for kind, some in answered.items() if some})
    engine.close()
    return found


def ask_cold(library: str, corpus: str, count: str) -> Figures:
    """The first time each question is asked in a process, and the memory of asking them all."""
    asks = Corpus(Path(corpus)).draw_asks(int(count))
    gc.collect()
    before = measure.memory()
    ours = Ours(Path(library))
    found: Figures = {}
    for kind, some in asks.items():
        deeds = [ours.deed(ask) for ask in some]
        found[f"{figure(kind, INDEX)}.cold"] = round(median(map(cpu_ms, deeds)), 4)
    memory = measure.memory()
    ours.close()
    return found | memory | {"resident_before": before.get("resident", 0.0)}


def open_cold(library: str, word: str) -> Figures:
    """Opening the index and asking it for the first time, in a process that has asked another
    index before, so that everything is imported."""
    folder = Path(library) / INDEX_FOLDER
    with TemporaryDirectory() as other:
        _open_and_ask(Path(other) / INDEX_FOLDER, word, create=True)
    return {"ms": cpu_ms(lambda: _open_and_ask(folder, word))}


def _open_and_ask(folder: Path, word: str, *, create: bool = False) -> None:
    index = open_index(folder, create=create)
    if create:
        index.apply([Document(id=1, title=word, text=word, added=0)])
    index.search(Term(word))
    index.close()


def figure(kind: str, engine: str) -> str:
    """The name under which the figures of one kind of question to one engine are kept."""
    return f"{re.sub(r'[^a-z0-9]+', '_', kind)}.{engine}"


def spread(name: str, values: Sequence[float]) -> Figures:
    """Median, 95th percentile and worst of some milliseconds."""
    p95 = quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    found = {"median": median(values), "p95": p95, "worst": max(values)}
    return {f"{name}.{what}": round(value, 4) for what, value in found.items()}


def cpu_ms(deed: Callable[[], object], times: int = 1) -> float:
    """Milliseconds of processor time of doing something once, as the mean of `times`."""
    began = time.process_time_ns()
    for _ in range(times):
        deed()
    return (time.process_time_ns() - began) / 1e6 / times


def repeats(milliseconds: float) -> int:
    """How often to do what takes so long, for its time to be told from noise."""
    return max(1, min(_MOST_REPEATS, round(_TIMED_MS / max(milliseconds, 0.001))))


def _time_all(engine: str, kinds: Mapping[str, Sequence[Deed]]) -> Figures:
    warm = {kind: [cpu_ms(deed) for deed in some] for kind, some in kinds.items()}
    found: Figures = {}
    for kind, some in kinds.items():
        gc.collect()
        timed = [cpu_ms(deed, repeats(ms)) for deed, ms in zip(some, warm[kind], strict=True)]
        found |= spread(figure(kind, engine), timed)
    return found
