"""The curated ways of writing names, as they stand in the package data.

`variants.tsv` and `acronyms.tsv` hold a row for each name: its kind, then the ways it is written,
the one that is shown first. The kind `word` is a spelling of one word in whatever name, `given` a
first name with its short forms, `female` and `male` are first names that tell whom "Mrs." means,
`shared` are surnames of many, `namesake` cities after which others are called, those of a `state`.
`countries.tsv` gives the nationalities and capitals of countries, `cities.tsv` more of their towns,
`given_names.tsv` more first names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Variants:
    """Rows by kind: each the ways of writing one name, the one that is shown first. `countries`
    has names of a country and its nationalities, `capitals` and `cities` one name of a country and
    towns in it."""

    rows: dict[str, tuple[tuple[str, ...], ...]]
    countries: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    capitals: tuple[tuple[str, tuple[str, ...]], ...]
    cities: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def load_variants() -> Variants:
    """The tables of the package, read at the first call."""
    rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for file in ("variants.tsv", "acronyms.tsv"):
        for kind, names in _lines(file):
            rows[kind].append(_cell(names))
    table = [tuple(map(_cell, line)) for line in _lines("countries.tsv")]
    countries = tuple((names, demonyms) for names, _, demonyms in table)
    capitals = tuple((names[0], towns) for names, towns, _ in table)
    cities = tuple((country, _cell(towns)) for country, towns in _lines("cities.tsv"))
    kinds = {kind: tuple(some) for kind, some in rows.items()}
    return Variants(kinds, countries, capitals, cities)


@cache
def load_first_names() -> frozenset[str]:
    """First names of all cultures."""
    return _words("given_names.tsv")


@cache
def load_surnames() -> frozenset[str]:
    """Surnames of all cultures."""
    return _words("surnames.tsv")


def _lines(file: str) -> Iterator[list[str]]:
    text = resources.files("reader.entities").joinpath("data", file).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _words(file: str) -> frozenset[str]:
    return frozenset(name for _, names in _lines(file) for name in names.split())


def _cell(cell: str) -> tuple[str, ...]:
    return tuple(name for name in cell.split("|") if name)
