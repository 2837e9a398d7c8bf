"""The articles of the search benchmark, one by one from a file: a corpus never lies in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.corpus import Record, articles
from benchmarks.libraries import SEED
from benchmarks.queries import Ask, Vocabulary, make_asks, read_vocabulary
from index.api import Document
from reader.model import Draft, Precision, Published

_NAME = re.compile(r"[A-Z]\w+(?: [A-Z]\w+)+")
_TAGGED_OF_100 = 5
_SAMPLE = 4_000

LATER = 500
"""How many articles come after those to index."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder with the articles to index, those that come after them, and words to ask for."""

    folder: Path

    def write(self, count: int) -> None:
        """Make up `count` articles with the numbers of their entities; runs of capitalised words
        stand for entities."""
        self.folder.mkdir()
        records = _numbered(articles(count + LATER, SEED))
        _write(self._articles, islice(records, count))
        _write(self._later, records)
        words = read_vocabulary(self.read(_SAMPLE))
        facts = {"articles": count, "words": asdict(words)}
        self._facts.write_text(json.dumps(facts), encoding="utf-8")

    def read(self, count: int | None = None) -> Iterator[Document]:
        """The articles or the first `count` of them, numbered from 1."""
        return _read(self._articles, 1, count)

    def read_later(self) -> Iterator[Document]:
        """The articles that come after them."""
        return _read(self._later, self.count + 1)

    @property
    def count(self) -> int:
        """How many articles there are to index."""
        return int(self._read_facts()["articles"])

    def draw_asks(self, count: int) -> dict[str, list[Ask]]:
        """`count` questions of every kind."""
        facts = self._read_facts()
        return make_asks(Vocabulary(**facts["words"]), count, facts["articles"])

    @property
    def _articles(self) -> Path:
        return self.folder / "articles.jsonl"

    @property
    def _later(self) -> Path:
        return self.folder / "later.jsonl"

    @property
    def _facts(self) -> Path:
        return self.folder / "facts.json"

    def _read_facts(self) -> Any:
        return json.loads(self._facts.read_text(encoding="utf-8"))


def draft_of(document: Document) -> Draft:
    """What the library stores of an article."""
    moment = datetime.fromtimestamp(document.published or 0, UTC)
    return Draft(
        title=document.title,
        text=document.text,
        published=Published(moment, Precision.SECOND),
        source=document.source,
        authors=document.authors,
        guid=str(document.id),
    )


def batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """The documents in lists of at most `size`."""
    rest = iter(documents)
    while batch := list(islice(rest, size)):
        yield batch


def is_tagged(document_id: int) -> bool:
    """Whether an article has the tag of the benchmark: 5 of 100, spread evenly."""
    return document_id * 2_654_435_761 % 2**32 < 2**32 * _TAGGED_OF_100 // 100


def _numbered(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    numbers: dict[str, int] = {}
    for record in records:
        names = dict.fromkeys(_NAME.findall(record["text"]))
        yield {**record, "entities": [numbers.setdefault(one, len(numbers) + 1) for one in names]}


def _write(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{encode(record)}\n" for record in records)


def _read(path: Path, first: int, count: int | None = None) -> Iterator[Document]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(islice(lines, count), start=first):
            yield _document(number, json.loads(line))


def _document(number: int, record: Mapping[str, Any]) -> Document:
    moment = int(datetime.fromisoformat(record["published"]).timestamp())
    return Document(
        id=number,
        title=record["title"],
        text=record["text"],
        added=moment,
        published=moment,
        source=record["source"],
        authors=tuple(record["authors"]),
        entities=tuple(record["entities"]),
    )
