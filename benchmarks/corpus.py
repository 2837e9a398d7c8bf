"""Seeded made-up news: `python -m benchmarks.corpus N --seed S --out FILE` writes JSON Lines.

Word frequencies follow Zipf's law. Rare words belong to topics, phrases of two words recur within
a topic, and every article has a cast of persons, places and organisations that is named in full
once and by the short form afterwards. Article k of a seed is the same whatever the count.
"""

import argparse
import json
import struct
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate, chain, pairwise, repeat
from pathlib import Path
from random import Random
from typing import NamedTuple, TypedDict

from benchmarks.vocabulary import Name, make_names, make_words, surname

WORDS = 100_000
NAMES = 12_000
TOPICS = 24
LAYOUTS = 512
CAST = 6
# Texts are drawn with 16-bit numbers, so a topic is a table of just as many pieces.
PIECES = 1 << 16
PHRASE_SHARE, NAME_SHARE, FIGURE_SHARE, COMMA_SHARE = 0.07, 0.02, 0.012, 0.035
PHRASES_OF_TOPIC = 600
NAMES_OF_TOPIC = 2_000
MEAN_PIECES, SPREAD_PIECES = 324, 66
START = datetime(2019, 1, 1, tzinfo=UTC)
MINUTES_APART = 16
DESKS = ("Courier", "Dispatch", "Chronicle", "Bulletin", "Wire", "Echo")
UNITS = ("people", "jobs", "kilometres", "years", "tonnes", "dollars")
# {0} is a member of the cast, {1} running text. The last one is for a witness named only here.
TEMPLATES = (
    ("{1}.", 36),
    ("{0} {1}.", 14),
    ("{0} said {1}.", 6),
    ("{0} announced {1}.", 4),
    ("“{1},” {0} said.", 6),
    ("“{1},” {0} told reporters.", 4),
    ('"{1}," added {0}.', 3),
    ("According to {0}, {1}.", 5),
    ("In a statement {0} called it “{1}”.", 2),
)
WITNESS = "{0}, who lives nearby, said {1}."


class Record(TypedDict):
    """One article, as a line of the file holds it; `published` is ISO 8601 in UTC."""

    title: str
    text: str
    published: str
    source: str
    url: str
    authors: list[str]


class Sentence(NamedTuple):
    """How to fill one sentence: who of the cast, and which stretch of the drawn pieces."""

    template: str
    who: int
    start: int
    end: int
    opens: bool


class Layout(NamedTuple):
    """The shape of an article: its paragraphs, and how many pieces they take."""

    paragraphs: tuple[tuple[Sentence, ...], ...]
    pieces: int


class Topic(NamedTuple):
    """What articles on one subject draw from."""

    pieces: list[str]
    phrases: list[str]
    names: list[Name]


@dataclass(frozen=True, slots=True)
class World:
    """Everything that the articles of one seed share."""

    seed: int
    topics: list[Topic]
    layouts: list[Layout]
    sources: list[str]
    staff: list[str]


def articles(n: int, seed: int = 1) -> Iterator[Record]:
    """The first `n` articles of a seed."""
    world = make_world(seed)
    for number in range(n):
        yield make_article(world, number)


@lru_cache(maxsize=2)
def make_world(seed: int) -> World:
    """Vocabulary, names and shapes of a seed; takes about a second."""
    rng = Random(f"world {seed}")
    words = make_words(rng, WORDS)
    names = make_names(rng, NAMES)
    people = [name.full for name in names if name.person]
    places = [name.full for name in names if not name.person and name.full == name.later]
    return World(
        seed=seed,
        topics=[_make_topic(rng, words, names) for _ in range(TOPICS)],
        layouts=[_make_layout(rng) for _ in range(LAYOUTS)],
        sources=[f"{place} {rng.choice(DESKS)}" for place in rng.sample(places, 40)],
        staff=rng.sample(people, 300),
    )


def make_article(world: World, number: int) -> Record:
    """Article `number` (from 0) of a world; depends on nothing else."""
    rng = Random(f"article {world.seed} {number}")
    topic = world.topics[_skewed(rng, TOPICS)]
    layout = rng.choice(world.layouts)
    drawn = struct.unpack(f"<{layout.pieces}H", rng.randbytes(2 * layout.pieces))
    cast = [topic.names[_skewed(rng, NAMES_OF_TOPIC)] for _ in range(CAST)]
    when = START + timedelta(seconds=60 * MINUTES_APART * number + rng.randrange(3600))
    source = world.sources[_skewed(rng, len(world.sources))]
    host = source.lower().replace(" ", "-")
    return Record(
        title=_title(rng, topic, cast),
        text=_compose(layout, [topic.pieces[i] for i in drawn], _mentions(rng, cast)),
        published=when.isoformat(),
        source=source,
        url=f"https://{host}.example/{when:%Y/%m/%d}/{number:07d}",
        authors=[rng.choice(world.staff) for _ in range(1 + (rng.random() < 0.15))],
    )


def _skewed(rng: Random, size: int) -> int:
    """A number below `size`; k comes up about in proportion to 1 / (k + 1)."""
    return int((size + 1) ** rng.random()) - 1


def _mentions(rng: Random, cast: list[Name]) -> list[Iterator[str]]:
    """For each of the cast the names to use, mention after mention; the witness comes last."""
    named = [chain((name.full,), repeat(name.later)) for name in cast]
    # A name made up on the spot keeps the vocabulary growing with the corpus, as in real news.
    witness = f"{surname(rng, 1)} {surname(rng, 3)}"
    return [*named, repeat(witness)]


def _title(rng: Random, topic: Topic, cast: list[Name]) -> str:
    verb = rng.choice(("faces", "backs", "rejects", "seeks", "meets", "warns of", "signs", "wins"))
    phrase = topic.phrases[_skewed(rng, PHRASES_OF_TOPIC)]
    tail = f" after {topic.pieces[rng.randrange(PIECES)].rstrip(',')}" if rng.random() < 0.5 else ""
    return f"{cast[0].full} {verb} {phrase} with {cast[1].later}{tail}"


def _compose(layout: Layout, pieces: list[str], cast: list[Iterator[str]]) -> str:
    return "\n\n".join(
        [" ".join([_render(s, pieces, cast) for s in group]) for group in layout.paragraphs]
    )


def _render(sentence: Sentence, pieces: list[str], cast: list[Iterator[str]]) -> str:
    template, who, start, end, opens = sentence
    body = " ".join(pieces[start:end]).rstrip(",")
    if opens:
        body = body[0].upper() + body[1:]
    return template.format(next(cast[who]), body) if who >= 0 else template.format("", body)


def _make_topic(rng: Random, words: list[str], names: list[Name]) -> Topic:
    own = [*names[:100], *rng.sample(names[100:], NAMES_OF_TOPIC - 100)]
    rng.shuffle(own)
    vocabulary = _zipf_slots(rng, words, PIECES)
    content = [word for word in vocabulary if len(word) > 4]
    phrases = [f"{rng.choice(content)} {rng.choice(content)}" for _ in range(PHRASES_OF_TOPIC)]
    pieces = [
        *(phrases[_skewed(rng, PHRASES_OF_TOPIC)] for _ in range(int(PIECES * PHRASE_SHARE))),
        *(own[_skewed(rng, NAMES_OF_TOPIC)].full for _ in range(int(PIECES * NAME_SHARE))),
        *(_figure(rng) for _ in range(int(PIECES * FIGURE_SHARE))),
        *(rng.choice(vocabulary) + "," for _ in range(int(PIECES * COMMA_SHARE))),
    ]
    pieces += rng.sample(vocabulary, PIECES - len(pieces))
    return Topic(pieces, phrases, own)


def _zipf_slots(rng: Random, words: list[str], size: int) -> list[str]:
    """About `size` slots shared out by Zipf's law; a rare word gets one in some topics only."""
    total = sum(1 / rank for rank in range(1, len(words) + 1))
    slots: list[str] = []
    for rank, word in enumerate(words, 1):
        share = size / (total * rank)
        slots += [word] * (int(share) + (rng.random() < share % 1))
    return slots


def _figure(rng: Random) -> str:
    kinds = (
        f"{rng.randint(2, 99)} percent",
        f"{rng.randint(100, 999_999):,} {rng.choice(UNITS)}",
        f"in {rng.randint(1950, 2025)}",
    )
    return rng.choice(kinds)


def _make_layout(rng: Random) -> Layout:
    """Sentences of 5 to 22 pieces in paragraphs of 1 to 4, until the length is used up."""
    wanted = max(90, round(rng.gauss(MEAN_PIECES, SPREAD_PIECES)))
    sentences: list[Sentence] = []
    while not sentences or sentences[-1].end < wanted:
        start = sentences[-1].end if sentences else 0
        sentences.append(_make_sentence(rng, start, start + rng.randint(5, 22)))
    middle = len(sentences) // 2
    sentences[middle] = sentences[middle]._replace(template=WITNESS, who=CAST, opens=False)
    cuts = [0, *accumulate(rng.randint(1, 4) for _ in sentences)]
    groups = (tuple(sentences[a:b]) for a, b in pairwise(cuts))
    return Layout(tuple(group for group in groups if group), sentences[-1].end)


def _make_sentence(rng: Random, start: int, end: int) -> Sentence:
    (template,) = rng.choices([t for t, _ in TEMPLATES], [weight for _, weight in TEMPLATES])
    who = _skewed(rng, CAST) if "{0}" in template else -1
    return Sentence(template, who, start, end, template[:4] in {"{1}.", "“{1}", '"{1}'})


def main(argv: list[str] | None = None) -> None:
    """Write the articles as UTF-8 JSON Lines to a file, or to standard output."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description="Made-up news")
    parser.add_argument("count", type=int, metavar="N", help="number of articles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="file to write (default: standard output)")
    options = parser.parse_args(argv)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    target = options.out.open("w", encoding="utf-8", newline="\n") if options.out else None
    with target or nullcontext(sys.stdout) as out:
        out.writelines(f"{encode(record)}\n" for record in articles(options.count, options.seed))


if __name__ == "__main__":
    main()
