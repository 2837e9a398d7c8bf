"""A library in a folder of its own, with a few articles."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.fetch.client import Client
from reader.service.library import Library
from tests.reader.service.site import Site

STORM = (
    "Storm over Bergen\nSource: Hill Post\nPublished: 2023-07-23\n\n"
    "The storm struck Bergen at night, Anna Berg said. Ms Berg leads the council.\n\n"
    "Engineers closed the bridge. Storm damage was slight.\n"
)
GRAIN = (
    "Grain leaves Odesa\nSource: Quay Notes\nPublished: 2022-08-01\n\n"
    "A ship with corn left Odesa on Monday. The storm had passed.\n"
)
TREES = "Council votes on trees\n\nThe council of Bergen voted to plant trees.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles as files, in the order of their names: grain, storm, trees."""
    made = tmp_path / "articles"
    made.mkdir()
    for name, text in (("grain", GRAIN), ("storm", STORM), ("trees", TREES)):
        (made / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without anything."""
    with Site() as made:
        yield made


@pytest.fixture
def impatient(tmp_path: Path) -> Iterator[Library]:
    """A library without articles that waits two seconds for a server, and knows no proxies."""
    library = Library.open(
        tmp_path / "library", connect=lambda: Client(deadline=2.0, environment={})
    )
    yield library
    library.close()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Library]:
    """A library without articles."""
    library = Library.open(tmp_path / "library")
    yield library
    library.close()


@pytest.fixture
def library(fresh: Library, folder: Path) -> Library:
    """The three articles, indexed: ids 1 grain, 2 storm, 3 trees."""
    fresh.importing.import_paths([folder])
    fresh.indexing.run()
    return fresh
