"""Building an index and its peer, and asking both: the stages of the search benchmark."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles

from benchmarks.corpus import Record
from benchmarks.libraries import SEED, read_corpus
from benchmarks.peer import Peer
from benchmarks.queries import Ask, make_asks, read_vocabulary
from index.api import Document, SearchIndex
from index.factory import open_index
from index.highlight import snippet
from index.query import And, IdSet, InSet

BATCH = 1_000
LIMIT = 50
"""Matches asked for: more than a screen shows at once."""

SCREEN = 20
"""Rows with snippets on one screen."""

_TAGGED_SHARE = 0.05
_SAMPLE = 4_000
_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)+")

Deed = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Pair:
    """One question to both; `theirs` is None where the peer cannot answer it."""

    ours: Deed
    theirs: Deed | None


def build_index(folder: str, corpus: str) -> Mapping[str, float]:
    """Put a corpus into an index."""
    index = open_index(Path(folder), create=True)
    used = _time_batches(corpus, index.apply)
    status = index.status()
    index.close()
    return {"documents": status.documents, "cpu": used, "size": status.size}


def build_peer(path: str, corpus: str) -> Mapping[str, float]:
    """Put a corpus into FTS5."""
    peer = Peer(Path(path))
    peer.create()
    used = _time_batches(corpus, peer.add)
    peer.close()
    return {"cpu": used, "size": Path(path).stat().st_size}


def ask_all(index_folder: str, peer_path: str, corpus: str, count: str) -> Mapping[str, float]:
    """Milliseconds of processor time for every kind of question, median and 95th percentile.

    Each question is asked once; one of its kind that is not counted comes before.
    """
    index, peer = open_index(Path(index_folder)), Peer(Path(peer_path))
    size = len(index.document_ids())
    tagged = IdSet(sorted(Random(SEED).sample(range(1, size + 1), int(size * _TAGGED_SHARE))))
    peer.tag(tagged)
    words = read_vocabulary(read_corpus(Path(corpus)), _SAMPLE)
    asks = make_asks(words, int(count) + 1, size)
    found: dict[str, float] = {}
    for kind, pairs in _pairs(index, peer, asks, tagged):
        name = re.sub(r"\W+", "_", kind)
        found |= _spread(f"{name}_ms", [_time(pair.ours) for pair in pairs][1:])
        theirs = [_time(pair.theirs) for pair in pairs if pair.theirs is not None][1:]
        found |= _spread(f"{name}_fts5_ms", theirs) if theirs else {}
    index.close()
    peer.close()
    return found


def _pairs(
    index: SearchIndex, peer: Peer, asks: Mapping[str, Sequence[Ask]], tagged: IdSet
) -> Iterator[tuple[str, list[Pair]]]:
    for kind, some in asks.items():
        yield kind, [_searching(index, peer, ask) for ask in some]
    common, frequent = asks["two words"], asks["frequent word"]
    yield "word and tag", [_filtering(index, peer, ask, tagged) for ask in frequent]
    yield "frequent word, all ids", [_ordering(index, peer, ask) for ask in frequent]
    yield "facets", [_counting(index, peer, ask) for ask in frequent]
    yield "snippets of a screen", [_cutting(index, peer, ask) for ask in common]


def _searching(index: SearchIndex, peer: Peer, ask: Ask) -> Pair:
    query = ask.query
    theirs = (lambda: peer.search(ask, LIMIT)) if ask.match is not None else None
    return Pair(lambda: index.search(query, sort=ask.sort, limit=LIMIT), theirs)


def _filtering(index: SearchIndex, peer: Peer, ask: Ask, tagged: IdSet) -> Pair:
    query = And((ask.query, InSet("tag:marked", tagged)))
    return Pair(
        lambda: index.search(query, limit=LIMIT), lambda: peer.search(ask, LIMIT, tagged=True)
    )


def _ordering(index: SearchIndex, peer: Peer, ask: Ask) -> Pair:
    query = ask.query
    return Pair(lambda: index.order(query), lambda: peer.order(ask))


def _counting(index: SearchIndex, peer: Peer, ask: Ask) -> Pair:
    query = ask.query
    return Pair(lambda: index.facets(query), lambda: peer.facets(ask, 20))


def _cutting(index: SearchIndex, peer: Peer, ask: Ask) -> Pair:
    query = ask.query
    ids = [match.id for match in index.search(query, limit=SCREEN).matches]
    texts = peer.texts(ids)
    return Pair(lambda: [snippet(query, text) for text in texts], lambda: peer.snippets(ask, ids))


def _time(deed: Deed) -> float:
    """Milliseconds of processor time."""
    began = time.process_time_ns()
    deed()
    return (time.process_time_ns() - began) / 1e6


def _spread(name: str, values: Sequence[float]) -> dict[str, float]:
    p95 = quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]
    return {name: round(median(values), 3), f"{name}_p95": round(p95, 3)}


def _time_batches(corpus: str, put: Callable[[Sequence[Document]], None]) -> float:
    """Processor seconds of handing over the documents, without those of reading the corpus."""
    documents, used = _documents(read_corpus(Path(corpus))), 0.0
    while batch := list(islice(documents, BATCH)):
        began = time.process_time()
        put(batch)
        used += time.process_time() - began
    return used


def _documents(records: Iterable[Record]) -> Iterator[Document]:
    """The records; runs of capitalised words stand for entities."""
    entities: dict[str, int] = {}
    for number, record in enumerate(records, start=1):
        moment = int(datetime.fromisoformat(record["published"]).timestamp())
        names = dict.fromkeys(_NAME.findall(record["text"]))
        yield Document(
            id=number,
            title=record["title"],
            text=record["text"],
            added=moment,
            published=moment,
            source=record["source"],
            authors=tuple(record["authors"]),
            entities=tuple(entities.setdefault(name, len(entities) + 1) for name in names),
        )
