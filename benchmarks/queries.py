"""Questions of every kind to a corpus, in a form that every engine can put in its own words.

Words are chosen by the share of articles they stand in, by a fixed draw: the same questions
every time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from random import Random

from benchmarks.corpus import MINUTES_APART, START, make_world
from benchmarks.libraries import SEED
from index.api import Document
from index.query import Sort

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TAG = "marked"
_WORD = re.compile(r"\b[a-z]{4,}\b")


class Form(Enum):
    """How the words of a question belong together."""

    WORD = auto()
    EXACT = auto()
    ALL = auto()
    ANY = auto()
    PHRASE = auto()
    NEAR = auto()
    PREFIX = auto()
    WILDCARD = auto()
    FUZZY = auto()


class Task(Enum):
    """What is wanted of the matches: the best with their total, all ids in order, counts,
    stretches of text of the best, or both of these; or words of the index."""

    SEARCH = auto()
    ORDER = auto()
    FACETS = auto()
    SNIPPETS = auto()
    ROWS = auto()
    SUGGEST = auto()
    COMPLETE = auto()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `between` restricts it to a stretch of time, in seconds since 1970 UTC, and
    `month` names the same stretch; `tagged` restricts it to the tagged articles."""

    form: Form
    words: tuple[str, ...]
    task: Task = Task.SEARCH
    sort: Sort = Sort.RELEVANCE
    between: tuple[int, int] | None = None
    month: str = ""
    tagged: bool = False

    @property
    def text(self) -> str:
        """The question in the query language of the reader, order and tag included."""
        words = _SPELLING[self.form](self.words)
        order = "sort:newest " if self.sort is Sort.NEWEST else ""
        month = f" date:{self.month}" if self.month else ""
        return f"{order}{words}{month}{f' tag:{TAG}' if self.tagged else ''}"


_SPELLING: Mapping[Form, Callable[[tuple[str, ...]], str]] = {
    Form.WORD: " ".join,
    Form.EXACT: lambda words: f'="{words[0]}"',
    Form.ALL: " ".join,
    Form.ANY: " OR ".join,
    Form.PHRASE: lambda words: f'"{" ".join(words)}"',
    Form.NEAR: lambda words: f'"{" ".join(words)}"~5',
    Form.PREFIX: lambda words: f"{words[0]}*",
    Form.WILDCARD: " ".join,
    Form.FUZZY: lambda words: f"{words[0]}~",
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by the share of articles that hold them, and phrases that recur."""

    rare: Sequence[str]
    common: Sequence[str]
    frequent: Sequence[str]
    phrases: Sequence[str]


def read_vocabulary(documents: Iterable[Document]) -> Vocabulary:
    """Rare: in less than 2 of 1,000 articles; common: in 2 to 10 of 100; frequent: in 20 to 60."""
    counts: Counter[str] = Counter()
    seen = 0
    for document in documents:
        counts.update(set(_WORD.findall(document.text)))
        seen += 1

    def between(low: float, high: float) -> list[str]:
        return sorted(w for w, n in counts.items() if low * seen <= n < high * seen)

    phrases = [one for topic in make_world(SEED).topics[:6] for one in topic.phrases[:40]]
    return Vocabulary(
        between(0, max(0.002, 2 / seen)), between(0.02, 0.1), between(0.2, 0.6), phrases
    )


def make_asks(words: Vocabulary, count: int, articles: int) -> dict[str, list[Ask]]:
    """`count` different questions of every kind."""
    return {
        kind: list(_draw(make, kind, count))
        for kind, make in {**_searches(words, articles), **_other_tasks(words)}.items()
    }


def _searches(words: Vocabulary, articles: int) -> dict[str, Callable[[Random], Ask]]:
    def one_of(some: Sequence[str], form: Form = Form.WORD) -> Callable[[Random], Ask]:
        return lambda rng: Ask(form, (rng.choice(some),))

    frequent = one_of(words.frequent)
    return {
        "rare word": one_of(words.rare),
        "frequent word": frequent,
        "two words": lambda rng: Ask(
            Form.ALL, (rng.choice(words.frequent), rng.choice(words.common))
        ),
        "one of three common": lambda rng: Ask(Form.ANY, tuple(rng.sample(words.common, 3))),
        "one of three frequent": lambda rng: Ask(Form.ANY, tuple(rng.sample(words.frequent, 3))),
        "phrase": lambda rng: Ask(Form.PHRASE, tuple(rng.choice(words.phrases).split())),
        "near": lambda rng: Ask(Form.NEAR, tuple(rng.choice(words.phrases).split())),
        "prefix": lambda rng: Ask(Form.PREFIX, (_lead(rng, words),)),
        "wildcard": lambda rng: Ask(Form.WILDCARD, (_wildcard(rng.choice(words.common)),)),
        "spelling": lambda rng: Ask(Form.FUZZY, (_misspelt(rng, rng.choice(words.common)),)),
        "exact form": one_of(words.common, Form.EXACT),
        "word in a month": lambda rng: _dated(rng, rng.choice(words.frequent), articles),
        "word newest first": lambda rng: replace(frequent(rng), sort=Sort.NEWEST),
        "word and tag": lambda rng: replace(frequent(rng), tagged=True),
    }


def _other_tasks(words: Vocabulary) -> dict[str, Callable[[Random], Ask]]:
    def frequent(task: Task) -> Callable[[Random], Ask]:
        return lambda rng: Ask(Form.WORD, (rng.choice(words.frequent),), task)

    def two(task: Task) -> Callable[[Random], Ask]:
        return lambda rng: Ask(
            Form.ALL, (rng.choice(words.frequent), rng.choice(words.common)), task
        )

    return {
        "all ids of a word": frequent(Task.ORDER),
        "facets": frequent(Task.FACETS),
        "rows with snippets": two(Task.ROWS),
        "snippets": two(Task.SNIPPETS),
        "suggestions": lambda rng: Ask(
            Form.FUZZY, (_misspelt(rng, rng.choice(words.common)),), Task.SUGGEST
        ),
        "completion": lambda rng: Ask(Form.PREFIX, (_lead(rng, words),), Task.COMPLETE),
    }


def _draw(make: Callable[[Random], Ask], kind: str, count: int) -> Iterator[Ask]:
    rng, seen = Random(f"{SEED} {kind}"), set[str]()
    for _ in range(100 * count):
        ask = make(rng)
        if ask.text not in seen and len(seen) < count:
            seen.add(ask.text)
            yield ask


def _lead(rng: Random, words: Vocabulary) -> str:
    return rng.choice(words.common)[: rng.randint(2, 4)]


def _wildcard(word: str) -> str:
    return f"{word[:2]}?{word[3]}*"


def _misspelt(rng: Random, word: str) -> str:
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dated(rng: Random, word: str, articles: int) -> Ask:
    when = START + timedelta(minutes=MINUTES_APART * rng.randrange(articles))
    first = when.replace(day=1, hour=0, minute=0, second=0)
    after = (first + timedelta(days=32)).replace(day=1)
    between = (int(first.timestamp()), int(after.timestamp()))
    return Ask(Form.WORD, (word,), between=between, month=f"{first:%Y-%m}")
