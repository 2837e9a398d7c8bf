"""How well mentions are gathered into entities: B-cubed; run as `python -m benchmarks.linking`.

Pages in `tests/data/linking` hold a few short articles each, with every mention marked
`[KIND:entity name]`; an entity's name holds within its page. Each page is a library of its own,
named through the service and the store as in use. Scored are mentions given as marked ("gold") and
mentions the recogniser finds ("predicted": those whose span is marked too). The four articles
behind `tests/data/entities` are one more page. Options: `--pages dev|held`, `--errors` to print
what went wrong, `--json FILE`.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from reader.entities import Found, Recogniser, link, load_recogniser
from reader.ingest import FoundFile, discover, read_file
from reader.model import Draft, EntityKind
from reader.service.naming import Naming
from reader.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "tests" / "data" / "linking"
DOCUMENTS = ROOT / "tests" / "data" / "entities"
ARTICLES = ROOT.parent / "shared" / "seeds"

_MARK = re.compile(r"\[(PER|LOC|ORG|MISC):(\w+) ([^\]\n]+)\]")
_HEAD = re.compile(r"^=== .*\n", re.MULTILINE)
Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """An article, with the places that name something: their kind, and what they name."""

    text: str
    names: tuple[tuple[Found, str], ...]


@dataclass(slots=True)
class Score:
    """Sums over mentions; `missed` are marked places that no mention has exactly."""

    mentions: int = 0
    missed: int = 0
    precision: float = 0.0
    recall: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float | int]:
        """B-cubed precision, recall and F1 in 0..1."""
        precision = self.precision / max(self.mentions, 1)
        recall = self.recall / max(self.mentions, 1)
        total = precision + recall
        return {
            "mentions": self.mentions,
            "not_found": self.missed,
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / total if total else 0.0, 4),
        }


class Given:
    """A recogniser that finds what is marked."""

    name, version = "given", "1"

    def __init__(self, page: Iterable[Marked]) -> None:
        self._names = {one.text: [found for found, _ in one.names] for one in page}

    def recognise(self, texts: Sequence[str]) -> list[list[Found]]:
        return [self._names[text] for text in texts]


def read_page(written: str) -> tuple[Marked, ...]:
    """The articles of a page."""
    return tuple(_marked(one.strip()) for one in _HEAD.split(written) if one.strip())


def _marked(written: str) -> Marked:
    parts: list[str] = []
    names: list[tuple[Found, str]] = []
    length = position = 0
    for mark in _MARK.finditer(written):
        before = written[position : mark.start()]
        start = length + len(before)
        length = start + len(mark[3])
        parts += (before, mark[3])
        names.append((Found(start, length, EntityKind(mark[1]), 1.0), mark[2]))
        position = mark.end()
    return Marked("".join((*parts, written[position:])), tuple(names))


def read_documents() -> tuple[Marked, ...]:
    """The four real articles; () when they are not there."""
    entities = json.loads((PAGES / "documents.json").read_text(encoding="utf-8"))
    page = []
    for annotation in sorted(DOCUMENTS.glob("*.json")):
        path = ARTICLES / f"{annotation.stem}.txt"
        if not path.exists():
            return ()
        [draft] = [
            one
            for found in discover([path])
            if isinstance(found, FoundFile)
            for one in read_file(found)
            if isinstance(one, Draft)
        ]
        names = json.loads(annotation.read_text(encoding="utf-8"))["names"]
        found = [
            (Found(start, end, EntityKind(kind), 1.0), entities[f"{kind} {' '.join(name.split())}"])
            for start, end, kind, name in names
        ]
        page.append(Marked(draft.text, tuple(found)))
    return tuple(page)


def read_pages(names: Iterable[str]) -> dict[str, list[tuple[Marked, ...]]]:
    """Sets of pages by name, and the four articles if they are there."""
    sets = {
        name: [read_page(path.read_text(encoding="utf-8")) for path in PAGES.glob(f"{name}-*.txt")]
        for name in names
    }
    if documents := read_documents():
        sets["documents"] = [documents]
    return sets


def name_page(page: Sequence[Marked], recogniser: Recogniser, at_once: int) -> dict[Place, int]:
    """The entity of each place: number of the article, start, end. Articles are named so many
    at once, and again at the end where an owner has come."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        try:
            return _stored(store, page, recogniser, at_once)
        finally:
            store.close()


def _stored(
    store: Store, page: Sequence[Marked], recogniser: Recogniser, at_once: int
) -> dict[Place, int]:
    for number, one in enumerate(page):
        store.articles.save(Draft(f"Article {number}", one.text))
    naming = Naming(store, recogniser)
    items = store.outbox.take(len(page))
    numbers = {one.text: number for number, one in enumerate(page)}
    for start in range(0, len(items), at_once):
        some = items[start : start + at_once]
        texts = store.articles.get_texts([item.article_id for item in some])
        store.entities.replace_many(naming.batch(some, texts))
    naming.relink()
    texts = store.articles.get_texts([item.article_id for item in items])
    return {
        (numbers[text], mention.start, mention.end): mention.entity_id
        for article, text in texts.items()
        for mention in store.entities.list_mentions(article, least=0)
    }


def score(pages: Iterable[Sequence[Marked]], found: Callable[[Sequence[Marked]], Recogniser],
          at_once: int = 1000) -> Score:  # fmt: skip
    """B-cubed over the mentions of all pages, each page by itself."""
    result = Score()
    for page in pages:
        gold = {
            (number, name.start, name.end): entity
            for number, one in enumerate(page)
            for name, entity in one.names
        }
        got = name_page(page, found(page), at_once)
        _add(result, page, gold, {place: got[place] for place in got.keys() & gold.keys()})
    return result


def _add(
    result: Score, page: Sequence[Marked], gold: dict[Place, str], got: dict[Place, int]
) -> None:
    result.missed += len(gold) - len(got)
    result.mentions += len(got)
    both = Counter((gold[place], got[place]) for place in got)
    true, made = Counter(gold[place] for place in got), Counter(got.values())
    for (entity, number), count in both.items():
        result.precision += count * count / made[number]
        result.recall += count * count / true[entity]
    result.wrong += _wrong(page, gold, got)


def _wrong(page: Sequence[Marked], gold: dict[Place, str], got: dict[Place, int]) -> Iterator[str]:
    names: dict[tuple[str, int], list[str]] = defaultdict(list)
    for place in sorted(got):
        number, start, end = place
        names[gold[place], got[place]].append(f"{number}:{page[number].text[start:end]}")
    parts = Counter(entity for entity, _ in names)
    wholes = Counter(number for _, number in names)
    for (entity, number), some in sorted(names.items()):
        if parts[entity] > 1 or wholes[number] > 1:
            yield f"{page[0].text[:24]!r:28}{entity:12}{number:4}  {', '.join(some)}"


def link_ms(pages: Iterable[Sequence[Marked]], words: int = 400) -> float:
    """CPU milliseconds of linking for an article of so many words, least of five."""
    every = [one for page in pages for one in page]
    length = sum(len(one.text.split()) for one in every)
    times = []
    for _ in range(5):
        began = time.process_time()
        for one in every:
            link(one.text, [found for found, _ in one.names])
        times.append(time.process_time() - began)
    return round(1000 * min(times) * words / length, 3)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", choices=("dev", "held"), action="append")
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--recogniser", default="")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    recogniser = load_recogniser(options.recogniser) if options.recogniser else load_recogniser()
    sets = read_pages(options.pages or ("dev", "held"))
    figures: dict[str, object] = {
        "at": datetime.now(UTC).date().isoformat(),
        "recogniser": f"{recogniser.name} {recogniser.version}",
        "link_ms_per_400_words": link_ms(page for pages in sets.values() for page in pages),
    }
    for name, pages in sets.items():
        results = {
            "gold": score(pages, Given),
            "gold_one_by_one": score(pages, Given, 1),
            "predicted": score(pages, lambda _: recogniser),
        }
        figures[name] = {"pages": len(pages)} | {
            how: result.figures() for how, result in results.items()
        }
        if options.errors:
            for how in ("gold", "predicted"):
                print(f"{name}, {how}", *results[how].wrong, sep="\n")
    written = json.dumps(figures, indent=1)
    print(written)
    if options.json:
        options.json.write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
