"""A file and a server that nothing may ask, and libraries filled with hostile files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.cases import CANARY_WORDS
from tests.hostile.servers import Server, answer


@pytest.fixture(scope="session")
def canary_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canary") / "canary.txt"
    path.write_text(CANARY_WORDS)
    return path


@pytest.fixture(scope="session")
def canary_server() -> Iterator[Server]:
    """A server that answers everybody, and remembers whom."""
    with Server(lambda connection, _: answer(connection, CANARY_WORDS.encode())) as server:
        yield server
