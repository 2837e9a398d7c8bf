"""News to recognise names in: our own articles, over and over with other names in them.

Every round gives most people of an article another name, the same wherever the article names
them, and some of its organisations and places; about half of all names are met again and half are
new, so that what a recogniser or the library keeps of earlier texts helps as much as in use.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import count
from pathlib import Path
from random import Random

from reader.entities.training.recipe import ARTICLES, DEVELOPMENT, articles
from reader.entities.training.samples import Name, Sample
from reader.entities.variants import load_first_names, load_surnames
from reader.model import Draft

WORDS = 400
"""Words of an article, about."""

WHOLE = 240
"""Texts of one round, fewer than there are: more are written now and then."""

OTHER_PERSON, OTHER_NAME = 0.7, 0.35
"""How often a word of a person's name is another one in a later round, and how often another
name is."""

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
def _pools() -> dict[str, list[str]]:
    """Names to choose from, by kind; `given` and `family` are words of people's names."""
    names: dict[str, list[str]] = defaultdict(list)
    for sample in _joined():
        for start, end, kind in sorted(sample.names):
            names[kind].append(sample.text[start:end])
    names["given"] = sorted(load_first_names())
    names["family"] = sorted(load_surnames())
    return names


def _renamed(sample: Sample, random: Random) -> str:
    """The text with other names."""
    chosen: dict[str, str] = {}
    parts: list[str] = []
    behind = 0
    for start, end, kind in sorted(sample.names):
        name = sample.text[start:end]
        parts += [sample.text[behind:start], _other(name, kind, chosen, random)]
        behind = end
    return "".join([*parts, sample.text[behind:]])


def _other(name: str, kind: str, chosen: dict[str, str], random: Random) -> str:
    """What stands for a name in this article; a person's is changed word by word."""
    if kind == "PER":
        words = name.split(" ")
        places = [*["given"] * (len(words) - 1), "family"]
        changed = (
            _chosen(word, place, OTHER_PERSON, chosen, random) if _is_name(word) else word
            for word, place in zip(words, places, strict=True)
        )
        return " ".join(changed)
    return _chosen(name, kind, OTHER_NAME, chosen, random)


def _is_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 2


def _chosen(word: str, pool: str, often: float, chosen: dict[str, str], random: Random) -> str:
    if word not in chosen:
        is_other = random.random() < often
        chosen[word] = random.choice(_pools()[pool]) if is_other else word
    return chosen[word]
