"""A large library as a person has it after years: many sources, tags, saved searches, changes, and
a long article with many highlights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from benchmarks.corpus import MINUTES_APART, START, Record, make_article, make_world
from benchmarks.documents import LATER, Corpus
from benchmarks.libraries import SEED, Work, bring_to_rest, index_format
from benchmarks.stages import run_stage
from reader.errors import SavedSearchExistsError
from reader.kept import Deeds
from reader.model import Draft, Precision, Published
from reader.service.library import Library

TAGS = 500
SEARCHES = 50
RULES = 10
SOURCES = 160
"""Sources beside the 40 of the corpus."""

HIGHLIGHTS = 200
LONG = 16
"""Articles that the long one is put together from, about 6,600 words."""

_SYLLABLES = ("ka", "lo", "mi", "ber", "ton", "ra", "vi", "dex", "nor", "sal")
_OF_A_KIND = 10
_KINDS = ("frequent word", "two words", "phrase", "prefix", "word in a month")
_DAYS = 200
_FAR = 100_000


@dataclass(frozen=True, slots=True)
class Furnished:
    """A library to work in, and the corpus that it is made from."""

    folder: Path
    corpus: Corpus
    title: str
    """Of the newest article, which is the long one."""


def furnished(work: Work, count: int, changes: int) -> Furnished:
    """A library of `count` articles and a few more, all indexed, in which `changes` were made."""
    answer = work.place("answer.json")
    texts = work.kept(f"articles-{count}", lambda path: _stage(answer, "write", path, count))

    def make(folder: Path) -> None:
        _stage(answer, "fill-library", folder, texts)
        _stage(answer, "build-index", folder, texts)
        _furnish(folder, Corpus(texts), changes)

    folder = work.kept(f"furnished-{count}-{changes}-{index_format()}", make)
    bring_to_rest(folder)
    return Furnished(folder, Corpus(texts), _long_one(count).title)


def queries(corpus: Corpus) -> list[str]:
    """What the saved searches ask, words of all kinds."""
    asks = corpus.draw_asks(_OF_A_KIND)
    return [ask.text for kind in _KINDS for ask in asks[kind]][:SEARCHES]


def tag_names() -> list[str]:
    """Names of tags, the same ones every time; some are nested."""
    random = Random(6)
    return [f"{''.join(random.choices(_SYLLABLES, k=3))}/{at // 10}" for at in range(TAGS)]


def set_rules(library: Library, corpus: Corpus) -> None:
    """Let ten saved searches, for words of all kinds, tag what arrives and star some of it."""
    asked = queries(corpus)
    for number, query in enumerate(asked[:: len(asked) // RULES][:RULES]):
        name = f"rule {number}"
        library.saved_searches.add(name, query)
        marks = ("starred",) if number % 2 else ()
        library.saved_searches.set_deeds(name, Deeds(add=(f"ruled/{number}",), marks=marks))


def _stage(answer: Path, task: str, folder: Path, other: Path | int) -> None:
    run_stage(task, answer, folder, other)


def _furnish(folder: Path, corpus: Corpus, changes: int) -> None:
    library = Library.open(folder)
    try:
        with library.store.transaction():
            for draft in _further(corpus.count):
                library.store.articles.save(draft)
        library.indexing.run()
        _highlight(library)
        for number, query in enumerate(queries(corpus)):
            with suppress(SavedSearchExistsError):
                library.saved_searches.add(f"search {number}", query)
        change(library, changes)
    finally:
        library.close()


def change(library: Library, times: int) -> None:
    """Change single articles, as a person does: a tag is set, and taken away again. Tags stay
    in use."""
    ids, names = list(library.store.articles.ids()), tag_names()
    with library.store.transaction():
        for at in range(0, TAGS, 10):
            library.tagging.tag([ids[at % len(ids)]], names[at : at + 10], [])
        for number in range(times):
            one, tags = ids[number // 2 % len(ids)], [f"day/{number // 2 % _DAYS}"]
            library.tagging.tag([one], *(([], tags) if number % 2 else (tags, [])))


def _further(count: int) -> Iterator[Draft]:
    """Old articles of sources of their own, and the long one."""
    for number, record in enumerate(_fresh(count, min(SOURCES, count // 10))):
        moment = START - timedelta(days=number + 1)
        yield Draft(
            title=record["title"],
            text=record["text"],
            published=Published(moment, Precision.SECOND),
            source=f"The {record['title'].split()[0]} {number}",
        )
    yield _long_one(count)


def _fresh(count: int, some: int) -> Iterator[Record]:
    """Articles that neither the corpus nor what arrives has."""
    world = make_world(SEED)
    return (make_article(world, count + LATER + _FAR + number) for number in range(some))


def _long_one(count: int) -> Draft:
    records = list(_fresh(count, LONG))
    moment = START + timedelta(minutes=MINUTES_APART * (count + LATER + 1_000))
    return Draft(
        title=records[0]["title"],
        text="\n\n".join(record["text"] for record in records),
        published=Published(moment, Precision.SECOND),
        source=records[0]["source"],
    )


def _highlight(library: Library) -> None:
    (newest,) = library.reading.newest(1)
    text = library.reading.get_article(newest).text
    step = len(text) // HIGHLIGHTS
    with library.store.transaction():
        for number in range(HIGHLIGHTS):
            words = f"Ask about {number}." if number % 2 else ""
            library.notes.add(newest, number * step, number * step + step // 2, words)
