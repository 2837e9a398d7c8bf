"""The word lists, read once from the package data and kept in forms that are quick to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from reader.entities.tokens import flatten, tokenise
from reader.model import EntityKind

GIVEN = 1
SURNAME = 2
COMMON = 4
FUNCTION = 8
TIME = 16
WEAK = 32
ORG_TAIL = 64
GOV_TAIL = 128
PLACE_TAIL = 256
EVENT_TAIL = 512
PARTICLE = 1024
ACRONYM = 2048


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists say of a phrase. `topic` is the finer kind: "country", "city", "gov" ..."""

    kind: EntityKind
    topic: str


@dataclass(frozen=True, slots=True)
class Lists:
    """Phrases are flattened tokens joined by blanks; `reach` has their longest by first word."""

    phrases: dict[str, Entry]
    reach: dict[str, int]
    titles: dict[str, str]
    title_reach: dict[str, int]
    flags: dict[str, int]
    words: dict[str, frozenset[str]]


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("reader.entities").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _names(cell: str) -> list[str]:
    return [name for name in cell.split("|") if name]


def key_of(name: str) -> str:
    """The form in which a phrase stands in the lists."""
    if name.replace(" ", "").isalpha() and name.isascii():
        return name
    return " ".join(tokenise(flatten(name)).words)


class _Builder:
    def __init__(self) -> None:
        self.phrases: dict[str, Entry] = {}
        self.reach: dict[str, int] = {}
        self.titles: dict[str, str] = {}
        self.title_reach: dict[str, int] = {}
        self.flags: dict[str, int] = {}
        self.words: dict[str, frozenset[str]] = {}

    def add(self, names: Iterable[str], kind: EntityKind, topic: str) -> None:
        entry = Entry(kind, topic)
        for name in names:
            key = key_of(name)
            if key not in self.phrases:
                self.phrases[key] = entry
                _stretch(self.reach, key)

    def flag(self, words: Iterable[str], bit: int) -> None:
        flags = self.flags
        for word in words:
            flags[word] = flags.get(word, 0) | bit


def _stretch(reach: dict[str, int], key: str) -> None:
    first, _, rest = key.partition(" ")
    length = rest.count(" ") + 2 if rest else 1
    if reach.get(first, 0) < length:
        reach[first] = length


def _add_places(builder: _Builder) -> None:
    loc, misc = EntityKind.LOC, EntityKind.MISC
    for names, capitals, demonyms in _rows("countries.tsv"):
        builder.add(_names(names), loc, "country")
        builder.add(_names(demonyms), misc, "demonym")
        builder.add(_names(capitals), loc, "city")
    builder.add((row[0] for row in _rows("groups.tsv")), misc, "demonym")
    for kind, names in _rows("places.tsv"):
        builder.add(_names(names), loc, kind)
    for _, names in _rows("cities.tsv"):
        builder.add(_names(names), loc, "town")


def _add_organisations(builder: _Builder) -> None:
    for topic, names in _rows("organisations.tsv"):
        builder.add(_names(names), EntityKind.ORG, topic)
    for topic, names in _rows("misc.tsv"):
        builder.add(_names(names), EntityKind.MISC, topic)


def _add_people(builder: _Builder) -> None:
    titles = {name for _, cell in _rows("titles.tsv") for name in _names(cell)}
    for _, cell in _rows("people.tsv"):
        names = [name for name in _names(cell) if name.split(" ")[0] not in titles]
        builder.add(names, EntityKind.PER, "person")
        builder.flag((flatten(name).rsplit(" ", 1)[-1] for name in names if " " in name), SURNAME)
    for _, cell in _rows("given_names.tsv"):
        builder.flag(flatten(cell).split(" "), GIVEN)
    for _, cell in _rows("surnames.tsv"):
        builder.flag(flatten(cell).split(" "), SURNAME)


def _add_words(builder: _Builder) -> None:
    builder.flag((row[0].capitalize() for row in _rows("common.tsv")), COMMON)
    bits = {
        "function": FUNCTION,
        "month": TIME,
        "weekday": TIME,
        "nameless": TIME,
        "weak": WEAK,
        "place_tail": PLACE_TAIL,
        "event_tail": EVENT_TAIL,
        "gov_tail": GOV_TAIL,
        "org_tail": ORG_TAIL,
        "particle": PARTICLE,
    }
    for kind, cell in _rows("words.tsv"):
        names = _names(cell)
        if kind in bits:
            builder.flag(names, bits[kind])
        builder.words[kind] = frozenset(names) | builder.words.get(kind, frozenset())


def _add_titles(builder: _Builder) -> None:
    for kind, cell in _rows("titles.tsv"):
        for name in _names(cell):
            key = key_of(name)
            builder.titles[key] = kind
            _stretch(builder.title_reach, key)


@cache
def load_lists() -> Lists:
    """The lists of the package, read at the first call."""
    builder = _Builder()
    _add_places(builder)
    _add_organisations(builder)
    _add_people(builder)
    _add_words(builder)
    _add_titles(builder)
    return Lists(
        builder.phrases,
        builder.reach,
        builder.titles,
        builder.title_reach,
        builder.flags,
        builder.words,
    )
