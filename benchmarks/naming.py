"""What names cost from raw text to stored mentions, how large all of it is, and how right.

Articles are those of `benchmarks.news`. The stages at the end run in processes of their own, as
`benchmarks.stages` has them.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from benchmarks import cards, linking, measure, news
from benchmarks.entity_store import sizes
from benchmarks.libraries import Work, index_format
from reader.entities import Found, Recogniser, load_recogniser
from reader.model import EntityKind, OutboxItem
from reader.service.batches import read_texts
from reader.service.draining import BATCH, COMMIT, ROUND
from reader.service.naming import Naming
from reader.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
BEFORE = "e07f346"
"""The commit before there was a trained recogniser."""

ROUNDS = 2
"""How often the texts of the timed run come, the second time with other names."""

REPEATS = 3
"""Runs of which the quickest counts."""

MB = 1_000_000

Run = Callable[..., Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class NameAmounts:
    """Articles to time, to weigh, and of the library whose cards are asked for."""

    timed: int = ROUNDS * news.WHOLE
    kept: int = 20_000
    cards: int = 100_000
    questions: int = 9


def measure_names(work: Work, amounts: NameAmounts, run: Run) -> dict[str, measure.Value]:
    """Articles of 400 words a processor second, milliseconds, bytes and scores; `run` runs a
    stage of `benchmarks.stages`."""
    answer = work.place("answer.json")
    found: dict[str, measure.Value] = {"rounds": ROUNDS}
    timed = [
        run("name", answer, work.place("named"), _drafts(work, amounts.timed))
        for _ in range(REPEATS)
    ]
    found |= _speed(min(timed, key=lambda one: one["cpu"]))
    large = run("name", answer, work.place("named"), _drafts(work, amounts.kept))
    work.place("named")
    found |= {
        "kept_articles": int(large["articles"]),
        "kept_mentions": round(large["mentions"] / large["standard"], 1),
        "bytes_per_article": round(large["bytes"] / large["standard"]),
        **{
            name: round(size / large["standard"])
            for name, size in large.items()
            if name.startswith("bytes.")
        },
        "kept_ms": _each(large["cpu"], large),
        "peak_mb": round(large["peak"] / MB),
        "early_peak_mb": round(large["early_peak"] / MB),
    }
    opened = [run("open-model", answer) for _ in range(REPEATS)]
    for name in ("numpy", "open"):
        found[f"{name}_ms"] = round(1000 * min(one[name] for one in opened), 1)
    found["cold_ms"] = round(1000 * min(one["numpy"] + one["open"] for one in opened), 1)
    name = f"cards-{amounts.cards}-{index_format()}"
    library = work.kept(name, lambda path: cards.make_library(path, amounts.cards))
    found |= {f"cards.{one}": ms for one, ms in cards.measure(library, amounts.questions).items()}
    found["card_articles"] = amounts.cards
    return found | measure_scores() | measure_package()


def _drafts(work: Work, amount: int) -> Path:
    return work.kept(f"news-{amount}.jsonl", lambda path: news.write_drafts(path, amount))


def _speed(one: Mapping[str, float]) -> dict[str, measure.Value]:
    stages = {f"{name}_ms": _each(one[name], one) for name in ("recognise", "decide", "store")}
    return {
        "articles": int(one["articles"]),
        "mentions": round(one["mentions"] / one["standard"], 1),
        "articles_a_second": round(one["standard"] / one["cpu"]),
        "whole_ms": _each(one["cpu"], one),
        **stages,
    }


def _each(seconds: float, one: Mapping[str, float]) -> float:
    """Milliseconds for 400 words."""
    return round(1000 * seconds / one["standard"], 2)


def measure_scores() -> dict[str, measure.Value]:
    """B-cubed of linking on found mentions, and F1 of exact spans on the four documents, of
    persons, places and organisations; what is not there is left out."""
    recogniser = load_recogniser()
    found: dict[str, measure.Value] = {}
    for name, pages in linking.read_pages(("held",)).items():
        score = linking.score(pages, lambda _: recogniser)
        found[f"linking_{name}"] = round(100 * score.figures()["f1"], 1)
    if documents := linking.read_documents():
        found["documents_f1"] = round(100 * _spans_f1(documents, recogniser), 1)
    return found


def _spans_f1(page: Sequence[linking.Marked], recogniser: Recogniser) -> float:
    both = total = 0
    for one, found in zip(page, recogniser.recognise([each.text for each in page]), strict=True):
        true, got = _spans([name for name, _ in one.names]), _spans(found)
        both += len(true & got)
        total += len(true) + len(got)
    return 2 * both / total if total else 1.0


def _spans(found: Sequence[Found]) -> set[tuple[int, int, EntityKind]]:
    return {(one.start, one.end, one.kind) for one in found if one.kind is not EntityKind.MISC}


def measure_package(tree: Path = ROOT, before: str = BEFORE) -> dict[str, measure.Value]:
    """By how many megabytes the package has grown since a commit, packed and unpacked; nothing
    where that commit is not at hand."""
    git = ["git", "-C", str(tree), "archive", before]
    archive = subprocess.run(git, capture_output=True, check=False)
    if archive.returncode:
        return {}
    with TemporaryDirectory() as place:
        old = Path(place) / "before"
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as packed:
            packed.extractall(old, filter="data")
        sizes = [wheel_sizes(one, Path(place)) for one in (old, tree)]
    (packed_before, open_before), (packed_now, open_now) = sizes
    return {
        "wheel_mb": round(packed_now / MB, 2),
        "wheel_growth_mb": round((packed_now - packed_before) / MB, 2),
        "installed_mb": round(open_now / MB, 2),
        "installed_growth_mb": round((open_now - open_before) / MB, 2),
    }


def wheel_sizes(tree: Path, place: Path) -> tuple[int, int]:
    """Bytes of the wheel made from a tree, and of its files."""
    with TemporaryDirectory(dir=place) as into:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", into]
        subprocess.run(build, cwd=tree, check=True, capture_output=True)
        [wheel] = Path(into).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            return wheel.stat().st_size, sum(one.file_size for one in packed.infolist())


# The stages


class _Timed:
    """A recogniser that counts its processor seconds."""

    def __init__(self, recogniser: Recogniser) -> None:
        self._recogniser = recogniser
        self.name, self.version = recogniser.name, recogniser.version
        self.seconds = 0.0

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        began = process_time()
        found = self._recogniser.recognise(texts)
        self.seconds += process_time() - began
        return found


def name_texts(folder: str, drafts: str) -> Mapping[str, float]:
    """Store articles, then find and store their names as the worker does, batch by batch.

    `standard` is how many articles of 400 words they are. Opening the model is left out, which
    is told apart.
    """
    store = open_store(Path(folder))
    words = _save(store, Path(drafts))
    recogniser = _Timed(load_recogniser())
    naming = Naming(store, recogniser)
    spent = {"batch": 0.0, "store": 0.0}
    early = 0.0
    done = 0
    while items := [item for item in store.outbox.take(COMMIT) if item.needs_entities][:ROUND]:
        done += len(items)
        _name_round(store, naming, items, spent)
        store.outbox.done(store.outbox.take(COMMIT)[: len(items)])
        if done >= _EARLY and not early:
            early = measure.memory()["peak"]
    began = process_time()
    naming.relink()
    spent["store"] += process_time() - began
    tables = sizes(store)
    answer = {
        "articles": done,
        "standard": words / news.WORDS,
        "mentions": store.entities.totals()[1],
        "recognise": recogniser.seconds,
        "decide": spent["batch"] - recogniser.seconds,
        "store": spent["store"],
        "cpu": spent["batch"] + spent["store"],
        **{f"bytes.{name}": size for name, size in tables.items()},
        "bytes": sum(tables.values()),
        "early_peak": early or measure.memory()["peak"],
    }
    store.close()
    return answer


_EARLY = 5_000
"""Articles after which memory is looked at too: from there on it should not grow."""


def _save(store: Store, drafts: Path) -> int:
    """Store articles; how many words they have."""
    words = 0
    with store.transaction():
        for draft in news.read_drafts(drafts):
            store.articles.save(draft)
            words += len(draft.text.split())
    return words


def _name_round(
    store: Store, naming: Naming, items: Sequence[OutboxItem], spent: dict[str, float]
) -> None:
    while items:
        began = process_time()
        named = naming.batch(items[:BATCH], read_texts(store, items[:BATCH]))
        middle = process_time()
        store.entities.replace_many(named)
        spent["batch"] += middle - began
        spent["store"] += process_time() - middle
        items = items[len(named) :]


def open_model() -> Mapping[str, float]:
    """Processor seconds of importing numpy, and then of opening the model in a new process."""
    code = (
        "from time import process_time as now; a = now(); import numpy; b = now();"
        "from reader.entities import load_recogniser; c = now(); load_recogniser();"
        "print(b - a, now() - c)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    numpy, opening = map(float, told.stdout.split())
    return {"numpy": numpy, "open": opening}
