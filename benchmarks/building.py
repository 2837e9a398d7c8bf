"""Putting articles into the index, the library and the other engines: what it costs."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from benchmarks.asking import cpu_ms
from benchmarks.documents import Corpus, batches, draft_of, is_tagged
from benchmarks.engine import INDEX_FOLDER
from benchmarks.peers import PEERS
from benchmarks.queries import TAG
from index.api import Document, SearchIndex
from index.factory import destroy_index, open_index
from index.query import Term
from reader.service.draining import COMMIT
from reader.service.library import Library

Figures = dict[str, float]

NEW = 20
"""Articles of one small addition to a full index."""


class Meter:
    """Processor seconds by part, and of everything but the reading of the articles.

    What other threads do meanwhile belongs to the building, so only the time of this thread is
    taken for reading.
    """

    def __init__(self) -> None:
        self._began = time.process_time()
        self._reading = 0.0
        self.parts: dict[str, float] = {}

    @property
    def total(self) -> float:
        return time.process_time() - self._began - self._reading

    def batches(self, corpus: Corpus) -> Iterator[list[Document]]:
        """The articles in batches of the reader's service."""
        rest = batches(corpus.read(), COMMIT)
        while True:
            began = time.thread_time()
            batch = next(rest, None)
            self._reading += time.thread_time() - began
            if batch is None:
                return
            yield batch

    def run(self, part: str, deed: Callable[[], object]) -> None:
        """Do something that belongs to a part."""
        began = time.process_time()
        deed()
        self.parts[part] = self.parts.get(part, 0.0) + time.process_time() - began


def fill_library(folder: str, corpus: str) -> Figures:
    """Store the articles in a new library, and tag some; nothing waits for the index.

    Raises RuntimeError when an article does not get the number it has in the index.
    """
    library, meter = Library.open(Path(folder)), Meter()
    store = library.store
    for batch in meter.batches(Corpus(Path(corpus))):
        with store.transaction():
            for document in batch:
                if store.articles.save(draft_of(document))[0] != document.id:
                    raise RuntimeError(f"article {document.id} has got another number")
        store.outbox.done(store.outbox.take(len(batch)))
    used = meter.total
    count = library.reading.counts().articles
    library.tagging.tag(filter(is_tagged, range(1, count + 1)), [TAG], [])
    library.close()
    return {"articles": count, "cpu": used}


def build_index(library: str, corpus: str) -> Figures:
    """Put the articles into a new index and merge while there is cause to, as the reader's service
    does; it merges beside the writing, which takes the same processor time."""
    folder = Path(library) / INDEX_FOLDER
    destroy_index(folder)
    index, meter = open_index(folder, create=True), Meter()
    for batch in meter.batches(Corpus(Path(corpus))):
        index.apply(batch)
        meter.run("merging", partial(_merge_all, index))
    used, status = meter.total, index.status()
    index.close()
    return {
        "documents": status.documents,
        "cpu": used,
        "merging_cpu": meter.parts["merging"],
        "size": status.size,
        "segments": status.segments,
    }


def build_peer(name: str, folder: str, corpus: str) -> Figures:
    """Put the articles into another engine; every part of the work is timed apart."""
    builder, meter = PEERS[name].create(Path(folder)), Meter()
    parts = builder.parts()
    for batch in meter.batches(Corpus(Path(corpus))):
        for part, put in parts.items():
            meter.run(part, partial(put, batch))
    for part, end in builder.endings().items():
        meter.run(part, end)
    builder.close()
    used = {f"{part}_cpu": seconds for part, seconds in meter.parts.items()}
    return {"cpu": meter.total, **used, **PEERS[name].sizes(Path(folder))}


def add_some(library: str, corpus: str, work: str, rounds: str) -> Figures:
    """Milliseconds of adding a few articles to a copy of the full index until they are found,
    and of the merging that follows."""
    folder = Path(work)
    shutil.copytree(Path(library) / INDEX_FOLDER, folder)
    index = open_index(folder)
    adding, merging = [], []
    turns = islice(batches(Corpus(Path(corpus)).read_later(), NEW), int(rounds) + 1)
    for turn, documents in enumerate(turns):
        batch = [replace(one, text=f"{one.text} newcomer{turn}") for one in documents]
        gc.collect()
        adding.append(cpu_ms(partial(_add, index, batch, turn)))
        merging.append(cpu_ms(partial(_merge_all, index)))
    segments = index.status().segments
    index.close()
    shutil.rmtree(folder)
    # The first round opens what the later ones find open: it says nothing of a reader in use.
    return {
        "first": adding[0],
        "median": median(adding[1:]),
        "worst": max(adding[1:]),
        "merging_per_article": sum(merging) / (len(merging) * NEW),
        "merging_worst": max(merging),
        "segments": segments,
    }


def _add(index: SearchIndex, batch: list[Document], turn: int) -> None:
    index.apply(batch)
    if index.search(Term(f"newcomer{turn}")).total != len(batch):
        raise RuntimeError("what was added is not found")


def _merge_all(index: SearchIndex) -> None:
    while index.merge():
        pass
