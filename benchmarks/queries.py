"""Questions of every kind to a corpus, each for the index and, where it has the means, for FTS5.

Words are chosen by the share of articles they stand in, by a fixed draw: the same questions
every time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random

from benchmarks.corpus import MINUTES_APART, START, Record, make_world
from benchmarks.libraries import SEED
from index.parser import parse
from index.query import Query, Sort

NOW = datetime(2026, 1, 1, tzinfo=UTC)
_WORD = re.compile(r"\b[a-z]{4,}\b")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question. `match` is its text for FTS5, None where FTS5 has nothing like it;
    `months` restricts both to a stretch of time, in seconds since 1970 UTC."""

    text: str
    match: str | None
    sort: Sort = Sort.RELEVANCE
    between: tuple[int, int] | None = None

    @property
    def query(self) -> Query:
        """The tree for the index."""
        return parse(self.text, now=NOW).query


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by the share of articles that hold them, and phrases that recur."""

    rare: Sequence[str]
    common: Sequence[str]
    frequent: Sequence[str]
    phrases: Sequence[str]


def read_vocabulary(records: Iterator[Record], sample: int) -> Vocabulary:
    """Rare: in less than 2 of 1,000 articles; common: in 2 to 10 of 100; frequent: in 20 to 60."""
    counts: Counter[str] = Counter()
    seen = 0
    for record in islice(records, sample):
        counts.update(set(_WORD.findall(record["text"])))
        seen += 1

    def between(low: float, high: float) -> list[str]:
        return sorted(w for w, n in counts.items() if low * seen <= n < high * seen)

    phrases = [one for topic in make_world(SEED).topics[:6] for one in topic.phrases[:40]]
    return Vocabulary(
        between(0, max(0.002, 2 / seen)), between(0.02, 0.1), between(0.2, 0.6), phrases
    )


def make_asks(words: Vocabulary, count: int, articles: int) -> dict[str, list[Ask]]:
    """`count` different questions of every kind."""
    kinds: dict[str, Callable[[Random], Ask]] = {
        "rare word": lambda rng: _same(rng.choice(words.rare)),
        "frequent word": lambda rng: _same(rng.choice(words.frequent)),
        "two words": lambda rng: _joined(
            [rng.choice(words.frequent), rng.choice(words.common)], " ", " AND "
        ),
        "one of three words": lambda rng: _joined(rng.sample(words.common, 3), " OR ", " OR "),
        "phrase": lambda rng: _same(f'"{rng.choice(words.phrases)}"'),
        "near": lambda rng: _near(rng.choice(words.phrases)),
        "prefix": lambda rng: _same(f"{rng.choice(words.common)[:4]}*"),
        "wildcard": lambda rng: Ask(_wildcard(rng.choice(words.common)), None),
        "spelling": lambda rng: Ask(f"{_misspelt(rng, rng.choice(words.common))}~", None),
        "word in a month": lambda rng: _dated(rng, rng.choice(words.common), articles),
        "word, newest first": lambda rng: _same(rng.choice(words.frequent), Sort.NEWEST),
    }
    return {kind: list(_draw(make, kind, count)) for kind, make in kinds.items()}


def _draw(make: Callable[[Random], Ask], kind: str, count: int) -> Iterator[Ask]:
    rng, seen = Random(f"{SEED} {kind}"), set[str]()
    for _ in range(100 * count):
        ask = make(rng)
        if ask.text not in seen and len(seen) < count:
            seen.add(ask.text)
            yield ask


def _same(text: str, sort: Sort = Sort.RELEVANCE) -> Ask:
    return Ask(text, text, sort)


def _joined(words: Sequence[str], ours: str, theirs: str) -> Ask:
    return Ask(ours.join(words), theirs.join(words))


def _near(words: str) -> Ask:
    # FTS5 counts the words between, the index the positions from first to last.
    return Ask(f'"{words}"~5', f"NEAR({words}, 4)")


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
    return Ask(f"{word} date:{first:%Y-%m}", word, between=between)
