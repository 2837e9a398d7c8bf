"""News to recognise names in: our own articles, over and over with other names in them.

In every later round the people of an article have other names, the same wherever the article
names them, and so have some of its places. They are drawn as the words of a language are: a few
names come again and again, and new ones keep coming. Organisations keep theirs: their short forms
would not fit any more.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import TypeVar

from reader.entities.training.recipe import ARTICLES, DEVELOPMENT, articles
from reader.entities.training.samples import Name, Sample
from reader.entities.variants import load_first_names, load_surnames
from reader.model import Draft

T = TypeVar("T")

WORDS = 400
"""Words of an article, about."""

WHOLE = 240
"""Texts of one round, fewer than there are: more are written now and then."""

PEOPLE, PLACES = 60_000, 3_000
"""Different names of people and places that are drawn."""

OTHER_PLACE = 0.35
"""How often a place has another name in a later round."""

_SEED = 5


def news(amount: int, seed: int = _SEED) -> Iterator[str]:
    """So many texts of about WORDS words, the same for every run."""
    random = Random(seed)
    joined = _joined()[:WHOLE]
    for number in range(amount):
        sample = joined[number % len(joined)]
        yield _renamed(sample, random) if number >= len(joined) else sample.text


def write_drafts(path: Path, amount: int) -> None:
    """Texts as lines of JSON, each with a title of its own."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(text) + "\n" for text in news(amount))


def read_drafts(path: Path) -> Iterator[Draft]:
    """The articles of a file of `write_drafts`."""
    with path.open(encoding="utf-8") as lines:
        for number, line in zip(count(1), lines, strict=False):
            yield Draft(f"Article {number}", json.loads(line), source="News", guid=str(number))


@cache
def _joined() -> Sequence[Sample]:
    """Our articles, short ones put together with the next."""
    found: list[Sample] = []
    text, names = "", frozenset[Name]()
    for article in (*articles(ARTICLES), *articles(DEVELOPMENT)):
        at, sample = len(text), article.sample
        names |= {(start + at, end + at, kind) for start, end, kind in sample.names}
        text += sample.text + "\n\n"
        if len(text.split()) >= WORDS:
            found.append(Sample(text, names))
            text, names = "", frozenset()
    return found


@cache
def _people() -> Sequence[tuple[str, str]]:
    """First names and surnames."""
    random = Random(_SEED)
    given, family = sorted(load_first_names()), sorted(load_surnames())
    return [(random.choice(given), random.choice(family)) for _ in range(PEOPLE)]


@cache
def _places() -> Sequence[str]:
    """Names of places in our articles, in any order."""
    names = {
        sample.text[start:end]
        for sample in _joined()
        for start, end, kind in sample.names
        if kind == "LOC"
    }
    return Random(_SEED).sample(sorted(names), min(PLACES, len(names)))


def _drawn(many: Sequence[T], random: Random) -> T:
    """One of many, those at the end the more rarely."""
    return many[int(len(many) ** random.random()) - 1]


def _renamed(sample: Sample, random: Random) -> str:
    """The text with other names."""
    names = sorted(sample.names)
    people = {sample.text[start:end] for start, end, kind in names if kind == "PER"}
    words = _other_words(sorted(people, key=lambda name: (-name.count(" "), name)), random)
    places: dict[str, str] = {}
    parts: list[str] = []
    behind = 0
    for start, end, kind in names:
        name = sample.text[start:end]
        parts.append(sample.text[behind:start])
        if kind == "PER":
            name = " ".join(words.get(word, word) for word in name.split(" "))
        elif kind == "LOC":
            if name not in places:
                is_other = random.random() < OTHER_PLACE
                places[name] = _drawn(_places(), random) if is_other else name
            name = places[name]
        parts.append(name)
        behind = end
    return "".join([*parts, sample.text[behind:]])


def _other_words(people: Iterable[str], random: Random) -> dict[str, str]:
    """What stands for the words of people's names; long names come first."""
    other: dict[str, str] = {}
    for person in people:
        given, family = _drawn(_people(), random)
        *first, last = person.split(" ")
        for word, new in (*((word, given) for word in first[:1]), (last, family)):
            if word[0].isupper() and len(word) > 2:
                other.setdefault(word, new)
    return other
