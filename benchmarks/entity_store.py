"""What names cost in the library: `python -m benchmarks.entity_store [--articles N] [--json]`.

Articles of 400 words with 30 mentions of 18 entities out of 60,000, drawn after Zipf so that the
first is in a fifth of the articles; half of the people are also called by a surname. They are
written as the worker writes them, a thousand at once, without a recogniser.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.measure import Value
from reader.model import ArticleId, Draft, EntityKind, Named, StoredEntity
from reader.store import Store, open_store

ARTICLES = 100_000
ENTITIES = 60_000
BATCH = 1000
SHARE = 0.2
PER_ARTICLE = 18
MENTIONS = 30
SENTENCES = 20
SENTENCE_WORDS = 20
EXPONENT = 0.7
TABLES = ("naming", "article_entity", "form", "together", "entity", "alias", "alias_word")
_KINDS = (EntityKind.PER, EntityKind.ORG, EntityKind.LOC, EntityKind.MISC)
_SYLLABLES = ("ka", "ro", "mi", "ten", "sol", "va", "der", "lin", "bra", "gos", "tur", "wick")


@dataclass(frozen=True, slots=True)
class Place:
    """One mention."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An entity of the benchmark: its names as articles write them."""

    kind: EntityKind
    forms: tuple[str, ...]


def figures(count: int, rng: Random) -> list[Figure]:
    """Entities of two or three words."""

    def word() -> str:
        return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 3))).title()

    made = []
    for number in range(count):
        kind = _KINDS[(0, 0, 1, 1, 2, 2, 3)[number % 7]]
        words = [word() for _ in range(2 if kind is EntityKind.PER else rng.randint(1, 3))]
        forms = (" ".join(words), words[-1]) if kind is EntityKind.PER and number % 2 else ()
        made.append(Figure(kind, forms or (f"{' '.join(words)} {word()}",)))
    return made


class Corpus:
    """Articles made one after another, the same for every run."""

    def __init__(self, seed: int = 1) -> None:
        self._rng = Random(seed)
        self.figures = figures(ENTITIES, self._rng)
        self._sums = list(accumulate((rank + 1) ** -EXPONENT for rank in range(ENTITIES)))

    def article(self) -> tuple[str, tuple[StoredEntity, ...]]:
        """A text, and what a recogniser would find in it."""
        rng = self._rng
        named = self._choose()
        slots = sorted(rng.choices(range(SENTENCES), k=MENTIONS))
        order = [*named, *rng.choices(named, k=MENTIONS - len(named))]
        rng.shuffle(order)
        words: list[str] = []
        length = 0
        places: dict[int, list[Place]] = {}
        at = 0
        for sentence in range(SENTENCES):
            inside = []
            while at < MENTIONS and slots[at] == sentence:
                inside.append(order[at])
                at += 1
            for number in range(SENTENCE_WORDS - 2 * len(inside)):
                words.append("word" if number else "Word")
                length += 5
            for one in inside:
                form = rng.choice(self.figures[one].forms)
                sure = round(rng.uniform(0.5, 1), 2)
                places.setdefault(one, []).append(Place(length, length + len(form), sure))
                words.append(form)
                length += len(form) + 1
            words.append("stands.")
            length += 8
        found = tuple(self._stored(one, places[one]) for one in places)
        return " ".join(words), found

    def _choose(self) -> list[int]:
        rng = self._rng
        named = [0] if rng.random() < SHARE else []
        while len(named) < PER_ARTICLE:
            (one,) = rng.choices(range(ENTITIES), cum_weights=self._sums)
            if one and one not in named:
                named.append(one)
        return named

    def _stored(self, one: int, places: list[Place]) -> StoredEntity:
        figure = self.figures[one]
        keys = tuple(form.lower() for form in figure.forms)
        return StoredEntity(figure.forms[0], figure.kind, keys[0], keys, places)


def fill(store: Store, articles: int) -> float:
    """Store articles and their names; seconds of processor time that the names took."""
    corpus, spent = Corpus(), 0.0
    for first in range(0, articles, BATCH):
        made = [corpus.article() for _ in range(min(BATCH, articles - first))]
        ids = _save(store, first, [text for text, _ in made])
        batch = [
            Named(one, None, "bench 1", found) for one, (_, found) in zip(ids, made, strict=True)
        ]
        began = process_time()
        store.entities.replace_many(batch)
        spent += process_time() - began
        store.outbox.done(store.outbox.take(BATCH))
    return spent


def _save(store: Store, first: int, texts: list[str]) -> list[ArticleId]:
    with store.transaction():
        return [
            store.articles.save(Draft(f"Title {number}", text, source="Bench", guid=str(number)))[0]
            for number, text in enumerate(texts, first)
        ]


def sizes(store: Store) -> dict[str, int]:
    """Bytes of each table of entities with its indexes."""
    rows = store._database.rows(
        "SELECT m.tbl_name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema m ON m.name = d.name"
        " GROUP BY 1"
    )
    return {name: size for name, size in rows if name in TABLES}


def _milliseconds(call: Callable[[], object], times: int = 5) -> float:
    best = float("inf")
    for _ in range(times):
        began = process_time()
        call()
        best = min(best, process_time() - began)
    return round(best * 1000, 2)


def measure_names(folder: Path, articles: int) -> dict[str, Value]:
    """Milliseconds of processor time, and bytes."""
    store = open_store(folder)
    spent = fill(store, articles)
    tables = sizes(store)
    top = [one.entity for one in store.entities.list_counts(None, 3)]
    values: dict[str, Value] = {
        "articles": articles,
        "store_ms_per_article": round(spent / articles * 1000, 3),
        "bytes_per_article": round(sum(tables.values()) / articles),
        **{f"bytes_{name}": round(size / articles) for name, size in sorted(tables.items())},
        "frequent_articles": store.entities.get(top[0].id).articles,
        **dict(_questions(store, top[0].id, top[0].name)),
        "merge_ms": _milliseconds(lambda: store.corrections.merge(top[1].id, top[0].id), 1),
        "undo_ms": _milliseconds(store.events.undo, 1),
        "redo_ms": _milliseconds(store.events.redo, 1),
    }
    store.close()
    return values


def _questions(store: Store, frequent: int, name: str) -> Iterator[tuple[str, Value]]:
    entities = store.entities
    middle = [one.entity.id for one in entities.list_counts(None, 2000)]
    articles = list(entities.article_ids(frequent, 50))
    questions: dict[str, Callable[[], object]] = {
        "find_ms": lambda: entities.find_ids(name),
        "find_word_ms": lambda: entities.find_ids(name.split()[-1]),
        "forms_ms": lambda: entities.forms(frequent, 10),
        "together_ms": lambda: entities.together(frequent, 10),
        "together_places_ms": lambda: entities.together(frequent, 10, EntityKind.LOC),
        "together_middle_ms": lambda: entities.together(middle[600], 10),
        "article_ids_ms": lambda: entities.article_ids(frequent),
        "places_ms": lambda: entities.list_places(articles, [frequent]),
        "documents_ms": lambda: store.articles.documents(articles),
        "top_ms": lambda: entities.list_counts(None, 50),
    }
    for key, question in questions.items():
        yield key, _milliseconds(question)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        values = measure_names(Path(place), options.articles)
    print(
        json.dumps(values)
        if options.json
        else "\n".join(f"{name:<24}{value}" for name, value in values.items())
    )


if __name__ == "__main__":
    main()
