"""What the tests of the index share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.api import SearchIndex
from index.factory import open_index

BACKENDS = ("memory", "whoosh")


@pytest.fixture(params=BACKENDS)
def make_index(request: pytest.FixtureRequest) -> Iterator[Callable[[Path], SearchIndex]]:
    """Opens an empty index of each backend in turn, in a folder of its own."""
    opened: list[SearchIndex] = []

    def make(folder: Path) -> SearchIndex:
        path = folder / f"index{len(opened)}" if request.param == "whoosh" else None
        opened.append(open_index(path, create=True))
        return opened[-1]

    yield make
    for index in opened:
        index.close()
