"""The same documents in an index of ours and in one that Whoosh wrote itself."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.codec.whoosh3 import W3Codec
from whoosh.fields import ID, KEYWORD, TEXT, Schema
from whoosh.index import FileIndex, create_in, open_dir
from whoosh.util.numeric import byte_to_length, length_to_byte

from index.analysis import forms
from index.analysis.tokens import VALUE_GAP
from index.api import Document
from index.factory import open_index
from index.memory import MemoryIndex
from index.whoosh_backend.records import moment_of
from index.whoosh_backend.schema import STEMMED

SEGMENTS, SIZE = 3, 100
DELETED = range(5, SEGMENTS * SIZE, 17)

SYLLABLES = ("ba", "be", "dor", "fi", "ga", "kul", "lé", "mi", "no", "tra")
WORDS = [*map("".join, islice(product(SYLLABLES, repeat=2), 0, 100, 3)), "ba", "東", "10"]
WORDS += [f"{word}{ending}" for word in WORDS[:25] for ending in ("s", "ing", "ta", "tas")]
# Whoosh keeps lengths in one byte: these are kept as they are.
LENGTHS = [n for n in range(1, 40) if byte_to_length(length_to_byte(n)) == n]
SOURCES = ("Babe Wire", "Fidor Post", "Kulmi", "")
AUTHORS = ("Ann Lee", "Bo Babe", "Cy Dor")
LANGS = ("en", "de", "")


class Forms(Analyzer):  # type: ignore[misc]
    """The words of our own analysis; values stand in lines."""

    def __call__(self, value: str, **_: object) -> Iterator[Token]:
        position = 0
        for line in value.split("\n"):
            for form in forms(line):
                yield Token(text=form, pos=position, boost=1.0, stopped=False)
                position += 1
            position += VALUE_GAP


@dataclass(frozen=True, slots=True)
class Pair:
    """The same documents in both kinds of index."""

    folder: Path
    ours: FileIndex
    theirs: FileIndex
    reference: MemoryIndex


def make_batches() -> Iterator[list[Document]]:
    """Documents of made-up words, some frequent and most rare, in the order that ours has."""
    rng = random.Random(11)
    weights = [1 / (rank + 2) for rank in range(len(WORDS))]
    for first in range(0, SEGMENTS * SIZE, SIZE):
        batch = [
            Document(
                doc,
                title=" ".join(rng.choices(WORDS, weights, k=rng.randint(1, 10))),
                text=" ".join(rng.choices(WORDS, weights, k=rng.choice(LENGTHS))),
                added=1000 + doc * 37 % 5000,
                published=rng.choice((None, rng.randrange(10_000))),
                source=rng.choice(SOURCES),
                authors=tuple(rng.sample(AUTHORS, rng.randint(0, 2))),
                place=rng.choice(("", "Mino", "Babe Mino")),
                lang=rng.choice(LANGS),
                entities=tuple(rng.sample(range(30), rng.randint(0, 4))),
            )
            for doc in range(first, first + SIZE)
        ]
        yield sorted(batch, key=lambda one: (moment_of(one), one.id))


def make_pair(folder: Path, batches: Sequence[list[Document]], deleted: Sequence[int]) -> Pair:
    """Index each batch as a segment, ours first."""
    index, reference = open_index(folder / "ours", create=True), MemoryIndex()
    for batch in batches:
        index.apply(batch)
        reference.apply(batch)
    for backend in (index, reference):
        backend.apply([], deleted)
    index.close()
    (folder / "theirs").mkdir()
    theirs = create_in(str(folder / "theirs"), make_their_schema())
    for batch in batches:
        writer = theirs.writer(codec=W3Codec())
        for document in batch:
            writer.add_document(**make_their_document(document))
        writer.commit(merge=False)
    writer = theirs.writer()
    for doc in deleted:
        writer.delete_by_term("id", str(doc))
    writer.commit(merge=False)
    return Pair(folder / "ours", open_dir(str(folder / "ours")), theirs, reference)


def make_their_schema() -> Schema:
    fields: dict[str, Any] = {}
    for name in ("title", "text", "source", "author", "place"):
        fields[name] = TEXT(analyzer=Forms())
        fields[name].scorable = name in STEMMED
    return Schema(id=ID(stored=True), lang=ID, entity=KEYWORD, **fields)


def make_their_document(document: Document) -> dict[str, str]:
    values = {
        "id": str(document.id),
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "author": "\n".join(document.authors),
        "place": document.place,
        "lang": document.lang,
        "entity": " ".join(map(str, document.entities)),
    }
    return {name: value for name, value in values.items() if value}
