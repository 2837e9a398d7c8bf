"""The word lists of the package as the recogniser wants them: names by topic, words by flag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources

from reader.entities.gazetteer import Gazetteer, reaches
from reader.entities.tokens import flatten, tokenise

_LISTED_WORDS = (
    "month", "weekday", "nameless", "weak", "place_tail", "place_head", "place_noun",
    "place_before", "event_tail", "person_before", "person_after", "org_before", "org_after",
    "particle", "suffix", "link_org", "gov_tail", "org_tail", "title_prefix", "title_tail",
    "function",
)  # fmt: skip
_HONORIFICS = (
    "Mr Mr. Mrs Mrs. Ms Ms. Miss Dr Dr. Prof Prof. Professor Sir Dame President Premier Chancellor "
    "Minister Senator Sen. Rep. Gov. Governor Gen. General Col. Colonel Maj. Capt. Captain Lt. "
    "Sgt. Sgt Sergeant Cpl. Adm. Admiral Pope Sheikh Ayatollah Rev. Judge Justice Secretary Mullah "
    "Ambassador Archbishop Cardinal Bishop Imam Engr Alhaji Hajia Chief Datuk Dato Ustaz Shri "
)
"""Words in front of a person's name that are never part of it."""

FLAGS = ("given", "surname", "common", "title", "honorific", *_LISTED_WORDS)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that lists say: `flags` are bits of FLAGS by word."""

    gazetteer: Gazetteer
    flags: dict[str, int]


def _rows(name: str) -> Iterator[list[str]]:
    text = resources.files("reader.entities").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _names(cell: str) -> list[str]:
    return [name for name in cell.split("|") if name]


def listed_words(name: str) -> Iterator[str]:
    """The words of a list whose names are single words."""
    for _, cell in _rows(name):
        yield from cell.split(" ")


def listed_names(name: str) -> Iterator[str]:
    """The names of a list."""
    for _, cell in _rows(name):
        yield from _names(cell)


def key_of(name: str) -> str:
    """The form in which a name stands in the lists: flattened words joined by blanks."""
    if name.replace(" ", "").isalpha() and name.isascii():
        return name
    return " ".join(tokenise(flatten(name)).words)


class _Builder:
    def __init__(self) -> None:
        self.topics: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.flags: dict[str, int] = {}

    def name(self, names: Iterable[str], topic: str) -> None:
        bit = 1 << self.topics.setdefault(topic, len(self.topics))
        for name in names:
            key = key_of(name)
            if key:
                self.names[key] = self.names.get(key, 0) | bit

    def flag(self, words: Iterable[str], flag: str) -> None:
        bit = 1 << FLAGS.index(flag)
        for word in words:
            self.flags[word] = self.flags.get(word, 0) | bit


def build_lexicon() -> Lexicon:
    """Read the lists of the package."""
    builder = _Builder()
    for names, capitals, demonyms in _rows("countries.tsv"):
        builder.name(_names(names), "country")
        builder.name(_names(demonyms), "demonym")
        builder.name(_names(capitals), "capital")
    builder.name((row[0] for row in _rows("groups.tsv")), "demonym")
    for kind, names in _rows("places.tsv"):
        builder.name(_names(names), kind)
    for _, names in _rows("cities.tsv"):
        builder.name(_names(names), "town")
    for kind, names in _rows("organisations.tsv"):
        builder.name(_names(names), kind)
    for kind, names in _rows("misc.tsv"):
        builder.name(_names(names), kind)
    _add_people(builder)
    _add_words(builder)
    topics = tuple(builder.topics)
    return Lexicon(Gazetteer(topics, builder.names, reaches(builder.names)), builder.flags)


def _add_people(builder: _Builder) -> None:
    titles = dict.fromkeys(name for _, cell in _rows("titles.tsv") for name in _names(cell))
    builder.flag(_HONORIFICS.split(), "honorific")
    for name in titles:
        builder.name([name], "title")
        builder.flag([key_of(name).rsplit(" ", 1)[-1]], "title")
    for _, cell in _rows("people.tsv"):
        names = [name for name in _names(cell) if name.split(" ")[0] not in titles]
        builder.name(names, "person")
        last = (flatten(name).rsplit(" ", 1)[-1] for name in names if " " in name)
        builder.flag(last, "surname")
    for _, cell in _rows("given_names.tsv"):
        builder.flag(flatten(cell).split(" "), "given")
    for _, cell in _rows("surnames.tsv"):
        builder.flag(flatten(cell).split(" "), "surname")


def _add_words(builder: _Builder) -> None:
    builder.flag((row[0].capitalize() for row in _rows("common.tsv")), "common")
    for kind, cell in _rows("words.tsv"):
        if kind in _LISTED_WORDS:
            builder.flag(map(key_of, _names(cell)), kind)
