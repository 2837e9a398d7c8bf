"""What building and asking cost the index, and what the same costs other engines in one run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import measure
from benchmarks.libraries import Work
from benchmarks.peer import INDEX
from benchmarks.peers import why_missing
from benchmarks.stages import read_answer, run_stage

_MB = 1_000_000
_OPEN_WORD = "people"

Answer = Mapping[str, float]
Figures = dict[str, measure.Value]


@dataclass(frozen=True, slots=True)
class Size:
    """One size to measure: how many articles, which engines beside the index, how many questions
    of a kind, and how often to add to the index and to open it. `whole` asks also what only the
    index can tell: memory, adding, opening, the reader's own way."""

    articles: int
    peers: tuple[str, ...]
    questions: int = 25
    rounds: int = 20
    openings: int = 5
    whole: bool = True


def measure_search(work: Work, size: Size) -> Figures:
    """Everything at one size, as flat names and numbers."""
    place = _Place(work, size.articles)
    there = [name for name in size.peers if not why_missing(name)]
    found: Figures = {"articles": size.articles, "questions_of_a_kind": size.questions}
    found |= {f"missing.{name}": why_missing(name) for name in size.peers if name not in there}
    found |= _building(f"build.{INDEX}", place.build_index(), size.articles)
    for name in there:
        found |= _building(f"build.{name}", place.peer(name), size.articles)
    for name in (INDEX, *there):
        folder = str(place.peer_folder(name))
        found |= _questions(place.stage("ask", size.questions, name, folder))
    if size.whole:
        found |= _alone(place, size)
    return found


class _Place:
    """The files of one size: articles, library and other engines are made once and kept, the
    index is built in every run."""

    def __init__(self, work: Work, articles: int) -> None:
        self._work = work
        self._articles = articles
        self._answer = work.place("answer.json")
        self.corpus = work.kept(f"articles-{articles}", self._write)
        self.library = work.kept(f"library-{articles}", self._fill)

    def build_index(self) -> Answer:
        return run_stage("build-index", self._answer, self.library, self.corpus)

    def peer_folder(self, name: str) -> Path:
        return self._work.folder / f"{name}-{self._articles}" / "index"

    def peer(self, name: str) -> Answer:
        """What building another engine came to, when that was."""
        folder = self._work.kept(f"{name}-{self._articles}", lambda path: self._build(name, path))
        return read_answer(folder / "answer.json")

    def stage(self, task: str, *arguments: int | str) -> Answer:
        """A stage that asks the library something about its articles."""
        return run_stage(task, self._answer, self.library, self.corpus, *arguments)

    def opening(self) -> float:
        return run_stage("open", self._answer, self.library, _OPEN_WORD)["ms"]

    def adding(self, rounds: int) -> Answer:
        copy = self._work.place("added")
        return run_stage("add", self._answer, self.library, self.corpus, copy, rounds)

    def _write(self, path: Path) -> None:
        run_stage("write", self._answer, path, self._articles)

    def _fill(self, path: Path) -> None:
        run_stage("fill-library", self._answer, path, self.corpus)

    def _build(self, name: str, path: Path) -> None:
        path.mkdir()
        run_stage("build-peer", path / "answer.json", name, path / "index", self.corpus)


_APART = ("facts", "contentless", "optimizing", "contentless_optimizing")
"""Parts of the work of other engines that are no part of their rate."""


def _building(name: str, answer: Answer, articles: int) -> Figures:
    """Processor seconds, articles a second, bytes an article and peak memory. `rate` is of the
    texts alone where other parts are timed apart, and leaves out what is done at leisure."""
    used = answer["cpu"] - sum(answer.get(f"{part}_cpu", 0.0) for part in _APART)
    found: Figures = {
        f"{name}.rate": round(articles / max(used, 0.001), 1),
        f"{name}.peak_mb": round(answer["peak"] / _MB, 1),
    }
    if "contentless_cpu" in answer:
        found[f"{name}.contentless_rate"] = round(articles / max(answer["contentless_cpu"], 0.001))
    for part, value in answer.items():
        if part.endswith("cpu"):
            found[f"{name}.{part}_s"] = round(value, 3)
        elif part.endswith("size"):
            found[f"{name}.{part}_bytes"] = round(value / articles, 1)
        elif part == "segments":
            found[f"{name}.{part}"] = int(value)
    return found


def _alone(place: _Place, size: Size) -> Figures:
    """What concerns the index only."""
    cold = place.stage("ask-cold", size.questions)
    found: Figures = {name: value for name, value in cold.items() if name.endswith(".cold")}
    found |= _memory("asking", cold)
    openings = [place.opening() for _ in range(size.openings)]
    found |= {"open.median": round(median(openings), 2), "open.worst": round(max(openings), 2)}
    added = place.adding(size.rounds)
    found |= {f"add.{name}": round(added[name], 3) for name in _ADDING}
    found |= _questions(place.stage("follow-reader", min(10, size.questions)))
    return found | _memory("reader", place.stage("use-reader", min(10, size.questions)))


_ADDING = ("first", "median", "worst", "merging_per_article", "merging_worst", "segments")


def _questions(answer: Answer) -> Figures:
    return {name: value for name, value in answer.items() if name not in _MEMORY}


_MEMORY = ("peak", "resident", "anonymous", "resident_before")


def _memory(name: str, answer: Answer) -> Figures:
    return {f"{name}.{what}_mb": round(answer[what] / _MB, 1) for what in _in(answer, _MEMORY)}


def _in(answer: Answer, names: Iterable[str]) -> list[str]:
    return [name for name in names if name in answer]
