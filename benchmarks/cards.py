"""What cards of entities, queries by name and facets cost: run as `python -m benchmarks.cards`.

A made-up library of `--count` articles (100,000) in which one entity is named in a fifth of all:
30 mentions of about 18 entities an article, 60,000 entities in all, drawn as words of a language
are. Names are stored and indexed straight away, nothing is recognised. Figures are milliseconds
of processor time, the median of `--times` runs; `cold` is the first time after
the library was opened, the least of OPENINGS. Prints one object of JSON.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import median

from benchmarks.asking import cpu_ms
from benchmarks.libraries import SEED, Work, index_format
from index.factory import open_index
from reader.model import (
    ArticleId,
    Draft,
    EntityId,
    EntityKind,
    Named,
    Precision,
    Published,
    StoredEntity,
)
from reader.service.library import Library
from reader.service.reading import FIRST

ENTITIES = 60_000
SHARE = 5
"""One article in so many names the most frequent entity."""

MIDDLING = 3000
"""The rank, by articles, of an entity of middling frequency."""

OPENINGS = 3
"""How often a question is asked for the first time; the least counts."""

PER_SENTENCE, SENTENCES = 3, 10
BATCH = 1000
START = datetime(2010, 1, 1, tzinfo=UTC)
KINDS = tuple(EntityKind)
TARGETS = {"query": 20.0, "card": 60.0, "facets": 20.0}


@dataclass(frozen=True, slots=True)
class Place:
    """One mention."""

    start: int
    end: int
    confidence: float = 1.0


def name_of(number: int) -> str:
    """The made-up name of an entity: three words that no other has together."""
    return f"Ansel{number % 97} Brook{number % 601} Carrow{number}"


def kind_of(number: int) -> EntityKind:
    return KINDS[number % len(KINDS)]


class Drawing:
    """Numbers of entities, those drawn in an article being rarer the higher they are."""

    def __init__(self) -> None:
        self._random = Random(SEED)
        # The first one is drawn apart.
        self._sums = list(accumulate(1 / (20 + number) for number in range(1, ENTITIES)))

    def article(self, number: int) -> list[int]:
        """The entities of the mentions of one article, in order."""
        pool = [self._one() for _ in range(17)]
        drawn = [self._random.choice(pool) for _ in range(PER_SENTENCE * SENTENCES)]
        if number % SHARE == 0:
            drawn[self._random.randrange(len(drawn))] = 0
        return drawn

    def _one(self) -> int:
        return 1 + bisect(self._sums, self._random.random() * self._sums[-1])


def text_of(numbers: Sequence[int]) -> tuple[str, dict[int, list[Place]]]:
    """A text that names entities, and where."""
    parts: list[str] = []
    places: dict[int, list[Place]] = {}
    at = 0
    for position, number in enumerate(numbers):
        name = name_of(number)
        places.setdefault(number, []).append(Place(at, at + len(name)))
        is_last = position % PER_SENTENCE == PER_SENTENCE - 1
        parts += [name, " came to the harbour.\n" if is_last else " spoke quietly with "]
        at += len(parts[-2]) + len(parts[-1])
    return "".join(parts), places


def make_library(path: Path, count: int) -> None:
    """Fill a library with articles, their names, and an index."""
    library = Library.open(path)
    drawing = Drawing()
    for first in range(0, count, BATCH):
        batch = range(first, min(first + BATCH, count))
        drawn = [text_of(drawing.article(number)) for number in batch]
        _store(library, batch, drawn)
    library.close()


def _store(
    library: Library, batch: range, drawn: Sequence[tuple[str, dict[int, list[Place]]]]
) -> None:
    store = library.store
    with store.transaction():
        ids = [
            store.articles.save(_draft(number, text))[0]
            for number, (text, _) in zip(batch, drawn, strict=True)
        ]
        named = [
            Named(one, None, "made up", tuple(_stored(places)))
            for one, (_, places) in zip(ids, drawn, strict=True)
        ]
        store.entities.replace_many(named)
    _index(library, ids)


def _draft(number: int, text: str) -> Draft:
    moment = START + timedelta(minutes=67 * number)
    return Draft(
        title=f"Report {number} from the harbour",
        text=text,
        source=f"Source {number % 40}",
        published=Published(moment, Precision.SECOND),
        file=b"%d" % number,
    )


def _stored(places: dict[int, list[Place]]) -> Iterator[StoredEntity]:
    for number, some in places.items():
        name = name_of(number)
        yield StoredEntity(name, kind_of(number), name.lower(), (), some)


def _index(library: Library, ids: Sequence[ArticleId]) -> None:
    index = open_index(library.folder / "index", create=True)
    index.apply(library.store.articles.documents(ids))
    index.merge()
    index.close()
    _rest(library)


def _rest(library: Library) -> None:
    """Let nothing wait: another version of the library lets all be indexed anew."""
    while waiting := library.store.outbox.take(BATCH):
        library.store.outbox.done(waiting)


def measure(folder: Path, times: int) -> dict[str, float]:
    """Milliseconds of every question."""
    found: dict[str, float] = {}
    for name, ask in _questions(folder).items():
        cold: list[float] = []
        warm: list[float] = []
        for _ in range(OPENINGS):
            library = Library.open(folder)
            library.store.counts()
            deed = partial(ask, library)
            cold.append(cpu_ms(deed))
            warm = warm or [cpu_ms(deed) for _ in range(times)]
            library.close()
        found[f"{name}.cold"] = round(min(cold), 2)
        found[name] = round(median(warm), 2)
    return found


def _questions(folder: Path) -> dict[str, Callable[[Library], object]]:
    library = Library.open(folder)
    _rest(library)
    first, *_ = library.cards.find(name_of(0))
    card = library.cards.card(first.id)
    other, rare = card.together[0].entity.id, card.together[-1].entity.id
    middle = library.browsing.list_entities(limit=MIDDLING)[-1].entity.name
    library.close()
    return {
        "query": lambda it: it.searching.view(f'entity:"{name_of(0)}"', FIRST),
        "query.whole": lambda it: it.searching.view(f'entity:"{name_of(0)}"'),
        "query.id": lambda it: it.searching.view(f'entity:"#{first.id}"', FIRST),
        "query.middle": lambda it: it.searching.view(f'entity:"{middle}"', FIRST),
        "find": lambda it: it.cards.find(middle),
        "card": lambda it: it.cards.card(first.id),
        "card.middle": lambda it: it.cards.card(it.cards.find(middle)[0].id),
        "articles": lambda it: it.cards.articles(first.id, 0, 20),
        "evidence": lambda it: it.cards.evidence(first.id, other),
        "evidence.rare": lambda it: it.cards.evidence(EntityId(first.id), rare),
        "facets": lambda it: it.searching.entity_facets(f'entity:"{name_of(0)}"'),
        "facets.all": lambda it: it.searching.entity_facets(""),
        "facets.words": lambda it: it.searching.entity_facets("harbour quietly"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--work", type=Path, default=Path("/tmp/dateline-benchmarks"))
    arguments = parser.parse_args()
    name = f"cards-{arguments.count}-{index_format()}"
    folder = Work(arguments.work).kept(name, lambda path: make_library(path, arguments.count))
    print(json.dumps(measure(folder, arguments.times) | {"targets": TARGETS}, indent=1))


if __name__ == "__main__":
    main()
