from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Store, open_store
from tests.reader.store.helpers import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def store(folder: Path, clock: Clock) -> Iterator[Store]:
    store = open_store(folder, clock=clock, busy_seconds=0.05)
    yield store
    store.close()
