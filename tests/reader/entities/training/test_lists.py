"""The word lists hold together."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from reader.entities.tokens import flatten, tokenise
from reader.entities.trained import built_in
from reader.entities.training.lexicon import FLAGS, build_lexicon, key_of

FOLDER = resources.files("reader.entities").joinpath("data")
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith(".tsv"))
SPLIT = {"given_names.tsv": " ", "surnames.tsv": " "}
OF_ONE_CELL = {"common.tsv": 1, "groups.tsv": 1}
LEXICON = build_lexicon()


def rows(name: str) -> list[list[str]]:
    lines = FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def names_in(name: str) -> list[tuple[str, str]]:
    """Every name of a list with its kind."""
    return [
        (row[0], one)
        for row in rows(name)[1:]
        for one in row[-1].split(SPLIT.get(name, "|"))
        if len(row) > 1
    ]


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_the_cells_of_the_first(name: str) -> None:
    table = rows(name)
    assert len(table) > 1
    assert {len(row) for row in table} == {len(table[0])}
    assert len(table[0]) >= OF_ONE_CELL.get(name, 2)
    for row in table:
        assert all(cell == cell.strip() for cell in row)
        assert row[0]
        assert all(len(cell.splitlines()) <= 1 for cell in row)


@pytest.mark.parametrize("name", sorted({*FILES} - {*OF_ONE_CELL}))
def test_no_name_is_empty(name: str) -> None:
    assert [one for one in names_in(name) if one[1] != one[1].strip()] == []


@pytest.mark.parametrize("name", sorted(OF_ONE_CELL))
def test_no_word_is_there_twice(name: str) -> None:
    counts = Counter(row[0] for row in rows(name)[1:])
    assert [one for one, times in counts.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("organisations.tsv", 8_000), ("given_names.tsv", 10_000), ("surnames.tsv", 10_000),
        ("cities.tsv", 8_000), ("people.tsv", 2_000),
    ],
)  # fmt: skip
def test_lists_are_long(name: str, least: int) -> None:
    assert len({one for _, one in names_in(name)}) >= least


def test_names_are_kept_as_the_recogniser_reads_them() -> None:
    for file in FILES:
        for _, name in names_in(file):
            assert key_of(name) == " ".join(tokenise(flatten(name)).words)
    assert all(name == flatten(name) for name in LEXICON.gazetteer.names)
    assert key_of("São Tomé and Príncipe") == "Sao Tome and Principe"
    assert key_of("Moody's") == "Moody 's"
    assert key_of("Kenya") == "Kenya"


def test_every_listed_name_is_found() -> None:
    gazetteer = LEXICON.gazetteer
    for name, topics in gazetteer.names.items():
        words = name.split(" ")
        assert gazetteer.find(words) == [(0, len(words), topics)]
    assert max(gazetteer.names.values()) < 1 << len(gazetteer.topics)


def test_flags() -> None:
    assert max(LEXICON.flags.values()) < 1 << len(FLAGS)
    assert len(set(FLAGS)) == len(FLAGS)
    kinds = {flag: sum(1 for bits in LEXICON.flags.values() if bits >> at & 1)
             for at, flag in enumerate(FLAGS)}  # fmt: skip
    assert [flag for flag, count in kinds.items() if not count] == []


def test_the_model_knows_these_flags() -> None:
    assert built_in().knowledge.flag_names == FLAGS
